/*
 * Rows that scrolled out, packed: their characters as bytes where that is
 * enough, their styles as runs, none where nothing is styled.
 */
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

struct packed {
	struct chunk *chunk;
	uint16_t used; /* cells */
	uint16_t runs; /* 0: all in the default style */
	bool wrapped, large; /* large: characters as words */
};

struct run {
	uint32_t fg, bg;
	uint16_t flags, extra, count, reserved;
};

struct chunk {
	struct chunk *next;
	size_t used, live; /* bytes of data; rows that are still needed */
	size_t reserved;
	_Alignas(16) uint8_t data[];
};

enum { CHUNK_BYTES = 64 << 10, FIRST_RING = 256 };

_Static_assert(sizeof(struct packed) +
			       TERMINAL_COLUMNS_MAX * (sizeof(struct run) + 4) <
		       CHUNK_BYTES - sizeof(struct chunk),
	       "the longest row fits into a chunk");

void scrollback_init(struct scrollback *s, unsigned limit)
{
	*s = (struct scrollback){ .limit = limit };
}

static void free_oldest_chunk(struct scrollback *s)
{
	struct chunk *chunk = s->oldest;

	s->oldest = chunk->next;
	if (!s->oldest)
		s->newest = NULL;
	s->bytes -= CHUNK_BYTES;
	free(chunk);
}

void scrollback_clear(struct scrollback *s)
{
	while (s->oldest)
		free_oldest_chunk(s);
	free(s->ring);
	*s = (struct scrollback){ .limit = s->limit };
}

void scrollback_finish(struct scrollback *s)
{
	scrollback_clear(s);
}

static struct packed *at(const struct scrollback *s, size_t i)
{
	return s->ring[(s->first + i) & (s->capacity - 1)];
}

/* ---- dropping ---- */

static void drop_oldest(struct scrollback *s)
{
	struct chunk *chunk = at(s, 0)->chunk;

	s->first = (s->first + 1) & (s->capacity - 1);
	s->count--;
	if (--chunk->live == 0 && chunk == s->oldest && chunk != s->newest)
		free_oldest_chunk(s);
}

/* Chunks that a resize emptied from behind. */
static void tidy(struct scrollback *s)
{
	while (s->oldest && s->oldest != s->newest && !s->oldest->live)
		free_oldest_chunk(s);
}

static void keep_limits(struct scrollback *s)
{
	const size_t most = (size_t)s->limit * SCROLLBACK_LINE_BYTES +
			    CHUNK_BYTES;

	while (s->count > s->limit)
		drop_oldest(s);
	while (s->count && s->bytes > most)
		drop_oldest(s);
}

void scrollback_set_limit(struct scrollback *s, unsigned limit)
{
	s->limit = limit;
	keep_limits(s);
	if (!s->count)
		scrollback_clear(s);
}

/* ---- adding ---- */

static void grow_ring(struct scrollback *s)
{
	const size_t capacity = s->capacity ? s->capacity * 2 : FIRST_RING;
	struct packed **ring = xcalloc(capacity, sizeof(*ring));

	for (size_t i = 0; i < s->count; i++)
		ring[i] = at(s, i);
	free(s->ring);
	s->ring = ring;
	s->capacity = capacity;
	s->first = 0;
}

/* Room for the largest that a row of so many cells may need. */
static struct chunk *chunk_for(struct scrollback *s, size_t bytes)
{
	struct chunk *chunk = s->newest;

	if (chunk && chunk->used + bytes <= CHUNK_BYTES - sizeof(*chunk))
		return chunk;
	chunk = xcalloc(1, CHUNK_BYTES);
	if (s->newest)
		s->newest->next = chunk;
	else
		s->oldest = chunk;
	s->newest = chunk;
	s->bytes += CHUNK_BYTES;
	tidy(s);
	return chunk;
}

/* Style words of a cell, without its code. */
static inline void style_of(const struct cell *cell, uint64_t style[2])
{
	memcpy(style, cell, sizeof(*cell));
	style[0] &= 0xffffffff00000000u;
}

static uint16_t pack_runs(struct run *runs, const struct cell *cells, int used)
{
	uint64_t now[2], before[2] = { 0, 0 };
	uint16_t count = 0;

	for (int x = 0; x < used; x++) {
		style_of(&cells[x], now);
		if (count && now[0] == before[0] && now[1] == before[1]) {
			runs[count - 1].count++;
			continue;
		}
		runs[count++] = (struct run){
			.fg = cells[x].fg,
			.bg = cells[x].bg,
			.flags = cells[x].flags,
			.extra = cells[x].extra,
			.count = 1,
		};
		before[0] = now[0];
		before[1] = now[1];
	}
	return count;
}

/* True when all characters are bytes; *styled: some cell has a style. */
static bool pack_bytes(uint8_t *out, const struct cell *cells, int used,
		       bool *styled)
{
	uint64_t style = 0, codes = 0, words[2];

	for (int x = 0; x < used; x++) {
		memcpy(words, &cells[x], sizeof(words));
		style |= (words[0] >> 32) | words[1];
		codes |= words[0];
		out[x] = (uint8_t)words[0];
	}
	*styled = style != 0;
	return !(codes & 0xffffff00u);
}

static uint8_t *pack_plain(uint8_t *out, const struct cell *cells, int used)
{
#pragma GCC unroll 8
	for (int x = 0; x < used; x++)
		out[x] = (uint8_t)cells[x].code;
	return out + used;
}

static uint8_t *pack_special(struct packed *packed, uint8_t *data,
			     const struct cell *cells, int used)
{
	bool styled;

	packed->large = !pack_bytes(data, cells, used, &styled);
	if (styled) {
		packed->runs = pack_runs((struct run *)data, cells, used);
		data += packed->runs * sizeof(struct run);
		pack_plain(data, cells, used);
	}
	if (packed->large)
		for (int x = 0; x < used; x++)
			memcpy(data + 4 * x, &cells[x].code, 4);
	return data + (packed->large ? 4 * used : used);
}

void scrollback_push(struct scrollback *s, const struct cell *cells, int used,
		     bool wrapped, bool special)
{
	struct packed *packed;
	struct chunk *chunk;
	uint8_t *data;

	if (!s->limit)
		return;
	chunk = chunk_for(s, sizeof(*packed) +
				     (size_t)used * (sizeof(struct run) + 4));
	packed = (struct packed *)(chunk->data + chunk->used);
	data = (uint8_t *)(packed + 1);
	*packed = (struct packed){
		.chunk = chunk,
		.used = (uint16_t)used,
		.wrapped = wrapped,
	};
	data = special ? pack_special(packed, data, cells, used)
		       : pack_plain(data, cells, used);
	chunk->used = ((size_t)(data - chunk->data) + 7) & ~(size_t)7;
	chunk->live++;
	if (s->count == s->capacity)
		grow_ring(s);
	s->ring[(s->first + s->count++) & (s->capacity - 1)] = packed;
	keep_limits(s);
}

/* ---- reading ---- */

int scrollback_used(const struct scrollback *s, size_t i, bool *wrapped)
{
	*wrapped = at(s, i)->wrapped;
	return at(s, i)->used;
}

int scrollback_get(const struct scrollback *s, size_t i, struct cell *cells,
		   int columns, bool *wrapped)
{
	const struct packed *packed = at(s, i);
	const struct run *run = (const struct run *)(packed + 1);
	const uint8_t *data = (const uint8_t *)(run + packed->runs);
	const int used = packed->used < columns ? packed->used : columns;
	int left = packed->runs ? run->count : 0;

	memset(cells, 0, (size_t)columns * sizeof(*cells));
	for (int x = 0; x < used; x++) {
		if (packed->runs) {
			if (!left)
				left = (++run)->count;
			left--;
			cells[x].fg = run->fg;
			cells[x].bg = run->bg;
			cells[x].flags = run->flags;
			cells[x].extra = run->extra;
		}
		if (packed->large)
			memcpy(&cells[x].code, data + 4 * x, 4);
		else
			cells[x].code = data[x];
	}
	*wrapped = packed->wrapped;
	return packed->used;
}

bool scrollback_pop(struct scrollback *s, struct cell *cells, int columns,
		    int *used, bool *wrapped)
{
	struct packed *packed;
	struct chunk *chunk;

	if (!s->count)
		return false;
	*used = scrollback_get(s, s->count - 1, cells, columns, wrapped);
	packed = at(s, s->count - 1);
	chunk = packed->chunk;
	chunk->live--;
	if (chunk == s->newest)
		chunk->used = (size_t)((uint8_t *)packed - chunk->data);
	s->count--;
	tidy(s);
	return true;
}

void scrollback_mark(const struct scrollback *s,
		     void (*extra)(void *user, uint16_t extra),
		     void (*cluster)(void *user, uint32_t code), void *user)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct packed *packed = at(s, i);
		const struct run *run = (const struct run *)(packed + 1);
		const uint8_t *data = (const uint8_t *)(run + packed->runs);

		for (unsigned n = 0; n < packed->runs; n++)
			if (run[n].extra)
				extra(user, run[n].extra);
		for (unsigned x = 0; packed->large && x < packed->used; x++) {
			uint32_t code;

			memcpy(&code, data + 4 * x, 4);
			cluster(user, code);
		}
	}
}
