/*
 * What doesn't fit into a cell: clusters of code points, links, colours of
 * underlines. Equal ones are one. When there is no room, what no cell uses any
 * more is thrown away.
 */
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

enum { FIRST_CLUSTERS = 64 };

void store_init(struct store *store)
{
	store->extras = xcalloc(1, sizeof(*store->extras));
	store->extra_count = 1;
}

void store_finish(struct store *store)
{
	for (size_t i = 0; store->links && i < TERMINAL_LINKS_MAX; i++) {
		free(store->links[i].address);
		free(store->links[i].id);
	}
	free(store->links);
	free(store->clusters);
	free(store->cluster_slots);
	free(store->extras);
}

/* ---- what is used ---- */

static void mark_extra(void *user, uint16_t extra)
{
	struct store *store = user;

	if (extra < store->extra_count)
		store->extras[extra].marked = true;
}

static void mark_cluster(void *user, uint32_t code)
{
	struct store *store = user;
	const uint32_t index = code & ~CELL_CLUSTER;

	if (code & CELL_CLUSTER && index < store->cluster_count)
		store->clusters[index].marked = true;
}

static void mark_screen(struct terminal *t, const struct screen *screen)
{
	for (int y = 0; y < t->height; y++) {
		const struct row *row = screen->rows[y];

		for (int x = 0; x < row->used; x++) {
			mark_extra(&t->store, row->cells[x].extra);
			mark_cluster(&t->store, row->cells[x].code);
		}
	}
}

static void mark_all(struct terminal *t)
{
	struct store *store = &t->store;

	for (size_t i = 0; i < store->cluster_count; i++)
		store->clusters[i].marked = false;
	for (size_t i = 0; i < store->extra_count; i++)
		store->extras[i].marked = false;
	mark_screen(t, &t->primary);
	mark_screen(t, &t->alternate);
	mark_extra(store, t->pen.extra);
	mark_extra(store, t->primary.saved.pen.extra);
	mark_extra(store, t->alternate.saved.pen.extra);
	scrollback_mark(&t->scrollback, mark_extra, mark_cluster, store);
}

/* ---- clusters ---- */

static uint32_t *slot_of(const struct store *store, const uint32_t *codes,
			 size_t count)
{
	uint64_t hash = count;
	const size_t slots = store->cluster_capacity * 2;
	size_t slot;

	for (size_t i = 0; i < count; i++)
		hash = ((hash ^ codes[i]) * 0x9e3779b97f4a7c15u) ^ hash >> 29;
	/* Codes that follow each other differ in the upper bits. */
	slot = (size_t)(hash >> 40) % slots;
	while (store->cluster_slots[slot]) {
		const struct cluster *cluster =
			&store->clusters[store->cluster_slots[slot] - 1];

		if (cluster->count == count &&
		    !memcmp(cluster->codes, codes, count * sizeof(*codes)))
			break;
		slot = (slot + 1) % slots;
	}
	return &store->cluster_slots[slot];
}

static void fill_slots(struct store *store)
{
	memset(store->cluster_slots, 0,
	       store->cluster_capacity * 2 * sizeof(*store->cluster_slots));
	for (size_t i = 0; i < store->cluster_count; i++) {
		const struct cluster *cluster = &store->clusters[i];

		if (cluster->count)
			*slot_of(store, cluster->codes,
				 cluster->count) = (uint32_t)i + 1;
	}
}

static void grow_clusters(struct store *store)
{
	const size_t capacity = store->cluster_capacity
					? store->cluster_capacity * 2
					: FIRST_CLUSTERS;

	store->clusters = xreallocarray(store->clusters, capacity,
					sizeof(*store->clusters));
	store->cluster_slots = xreallocarray(store->cluster_slots, capacity * 2,
					     sizeof(*store->cluster_slots));
	store->cluster_capacity = capacity;
	fill_slots(store);
}

/* Frees the unused ones. Used ones keep their number. */
static void collect_clusters(struct terminal *t)
{
	struct store *store = &t->store;

	mark_all(t);
	for (size_t i = 0; i < store->cluster_count; i++)
		if (!store->clusters[i].marked)
			store->clusters[i].count = 0;
	fill_slots(store);
}

/* A free place once all were used; TERMINAL_CLUSTERS_MAX: there is none. A
 * search for unused ones walks all cells, so after one in vain the next comes
 * only after many more wishes. */
static size_t reuse_cluster(struct terminal *t)
{
	struct store *store = &t->store;
	size_t i = store->cluster_hint;

	while (i < TERMINAL_CLUSTERS_MAX && store->clusters[i].count)
		i++;
	if (i == TERMINAL_CLUSTERS_MAX && store->refused == 0) {
		collect_clusters(t);
		i = 0;
		while (i < TERMINAL_CLUSTERS_MAX && store->clusters[i].count)
			i++;
	}
	if (i == TERMINAL_CLUSTERS_MAX)
		store->refused = (store->refused + 1) % TERMINAL_CLUSTERS_MAX;
	else
		store->refused = 0;
	store->cluster_hint = i;
	return i;
}

uint32_t store_cluster(struct terminal *t, const uint32_t *codes, size_t count)
{
	struct store *store = &t->store;
	uint32_t *slot;
	size_t i;

	if (store->cluster_count == store->cluster_capacity &&
	    store->cluster_capacity < TERMINAL_CLUSTERS_MAX)
		grow_clusters(store);
	slot = slot_of(store, codes, count);
	if (*slot)
		return CELL_CLUSTER | (*slot - 1);
	if (store->cluster_count < TERMINAL_CLUSTERS_MAX)
		i = store->cluster_count++;
	else
		i = reuse_cluster(t);
	if (i == TERMINAL_CLUSTERS_MAX)
		return 0;
	slot = slot_of(store, codes, count);
	memcpy(store->clusters[i].codes, codes, count * sizeof(*codes));
	store->clusters[i].count = (uint8_t)count;
	*slot = (uint32_t)i + 1;
	return CELL_CLUSTER | (uint32_t)i;
}

size_t terminal_characters(const struct terminal *t, const struct cell *cell,
			   uint32_t *out)
{
	const uint32_t index = cell->code & ~CELL_CLUSTER;
	const struct cluster *cluster;

	if (!cell->code || cell->flags & CELL_TAIL)
		return 0;
	if (!(cell->code & CELL_CLUSTER)) {
		out[0] = cell->code;
		return 1;
	}
	if (index >= t->store.cluster_count)
		return 0;
	cluster = &t->store.clusters[index];
	memcpy(out, cluster->codes, cluster->count * sizeof(*out));
	return cluster->count;
}

/* ---- links and colours ---- */

static void collect_extras(struct terminal *t)
{
	struct store *store = &t->store;

	mark_all(t);
	for (size_t i = 0; store->links && i < TERMINAL_LINKS_MAX; i++)
		store->links[i].marked = false;
	for (size_t i = 1; i < store->extra_count; i++) {
		store->extras[i].used = store->extras[i].marked;
		if (store->extras[i].used && store->extras[i].link)
			store->links[store->extras[i].link - 1].marked = true;
	}
	for (size_t i = 0; store->links && i < TERMINAL_LINKS_MAX; i++) {
		if (store->links[i].marked)
			continue;
		free(store->links[i].address);
		free(store->links[i].id);
		store->links[i] = (struct link){ .address = NULL };
	}
}

static size_t find_extra(const struct store *store, uint32_t line_color,
			 uint16_t link, size_t *free_one)
{
	*free_one = 0;
	for (size_t i = 1; i < store->extra_count; i++) {
		const struct extra *extra = &store->extras[i];

		if (!extra->used)
			*free_one = i;
		else if (extra->line_color == line_color && extra->link == link)
			return i;
	}
	return 0;
}

uint16_t store_extra(struct terminal *t, uint32_t line_color, uint16_t link)
{
	struct store *store = &t->store;
	size_t free_one, i;

	if (!line_color && !link)
		return 0;
	i = find_extra(store, line_color, link, &free_one);
	if (i)
		return (uint16_t)i;
	if (!free_one && store->extra_count < TERMINAL_EXTRAS_MAX) {
		store->extras = xreallocarray(store->extras,
					      store->extra_count + 1,
					      sizeof(*store->extras));
		free_one = store->extra_count++;
	} else if (!free_one) {
		/* The link may be in no cell yet. */
		t->pen.extra = 0;
		collect_extras(t);
		if (link && !store->links[link - 1].address)
			return 0;
		find_extra(store, line_color, link, &free_one);
		if (!free_one)
			return 0;
	}
	store->extras[free_one] = (struct extra){
		.line_color = line_color,
		.link = link,
		.used = true,
	};
	return (uint16_t)free_one;
}

static bool same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static size_t find_link(const struct store *store, const char *address,
			const char *id, size_t *free_one)
{
	*free_one = TERMINAL_LINKS_MAX;
	for (size_t i = 0; i < TERMINAL_LINKS_MAX; i++) {
		const struct link *link = &store->links[i];

		if (!link->address)
			*free_one = i;
		else if (same(link->address, address) && same(link->id, id))
			return i;
	}
	return TERMINAL_LINKS_MAX;
}

uint16_t store_link(struct terminal *t, const char *address, const char *id)
{
	struct store *store = &t->store;
	size_t i, free_one;

	if (!store->links)
		store->links = xcalloc(TERMINAL_LINKS_MAX,
				       sizeof(*store->links));
	i = find_link(store, address, id, &free_one);
	if (i < TERMINAL_LINKS_MAX)
		return (uint16_t)(i + 1);
	if (free_one == TERMINAL_LINKS_MAX) {
		collect_extras(t);
		find_link(store, address, id, &free_one);
	}
	if (free_one == TERMINAL_LINKS_MAX)
		return 0;
	store->links[free_one] = (struct link){
		.address = xstrdup(address),
		.id = xstrdup(id),
	};
	return (uint16_t)(free_one + 1);
}

const char *terminal_link(const struct terminal *t, const struct cell *cell)
{
	const uint16_t link = cell->extra < t->store.extra_count
				      ? t->store.extras[cell->extra].link
				      : 0;

	return link ? t->store.links[link - 1].address : NULL;
}

uint32_t terminal_line_color(const struct terminal *t, const struct cell *cell)
{
	return cell->extra < t->store.extra_count
		       ? t->store.extras[cell->extra].line_color
		       : COLOR_DEFAULT;
}
