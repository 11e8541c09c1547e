/* What clients do. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/config.h"
#include "scene.h"

enum { BATCH_MAX = 6 };

/* Of one execute. */
struct batch {
	_Alignas(8) unsigned char bytes[BATCH_MAX * 80];
	size_t length;
};

static uint32_t pick(struct scene *scene, uint32_t below)
{
	return choose(&scene->choice, below);
}

static void add(struct batch *batch, enum record_op op, uint32_t view,
		const void *fields, size_t size)
{
	struct record_header header = { (uint16_t)op,
					(uint16_t)(sizeof(header) + size),
					view };

	memcpy(batch->bytes + batch->length, &header, sizeof(header));
	if (size)
		memcpy(batch->bytes + batch->length + sizeof(header), fields,
		       size);
	batch->length += header.size;
}

#define ADD(batch, op, view, ...) \
	add(batch, OP_##op, view, &(struct op){ __VA_ARGS__ }, \
	    sizeof(struct op))

static void add_place(struct scene *scene, struct batch *batch, uint32_t view,
		      const struct view *old)
{
	int x = (int)pick(scene, 100) - 24, y = (int)pick(scene, 90) - 24;
	uint32_t w = pick(scene, 50), h = pick(scene, 50);

	switch (pick(scene, old ? 5 : 3)) {
	case 0:
		ADD(batch, view_offset, view, (int)pick(scene, 20) - 15,
		    (int)pick(scene, 20) - 15);
		break;
	case 1:
		ADD(batch, view_content, view, (int)pick(scene, 10),
		    (int)pick(scene, 10), w, h);
		break;
	case 3: /* another size */
		ADD(batch, view_geometry, view, old->geometry.x,
		    old->geometry.y, w, h);
		break;
	case 4: /* another place */
		ADD(batch, view_geometry, view, x, y, (uint32_t)old->geometry.w,
		    (uint32_t)old->geometry.h);
		break;
	default:
		ADD(batch, view_geometry, view, x, y, w, h);
	}
}

static void add_title(struct scene *scene, struct batch *batch, uint32_t view)
{
	static const char *const titles[] = { "", "Eins", "W\xc3\xb6rter",
					      "a longer title than that" };
	struct view_title title = { 0 };

	wire_set(&title.title, titles[pick(scene, array_size(titles))]);
	add(batch, OP_view_title, view, &title, sizeof(title));
}

static const char *name_of(const struct batch *batch)
{
	static const char *const names[] = {
		"",         "create",    "destroy", "geometry",
		"offset",   "content",   "front",   "back",
		"front_of", "behind_of", "title",   "background"
	};

	return names[((const struct record_header *)batch->bytes)->op];
}

static void add_record(struct scene *scene, struct batch *batch,
		       const struct session *session)
{
	uint32_t view = pick(scene, SCENE_VIEWS) + 1;
	uint32_t other = pick(scene, SCENE_VIEWS + 1);
	const struct view *old = view_find(session, view);

	/* Most of the time one that is there. */
	if (!old && session->view_count && pick(scene, 4)) {
		old = session->views[pick(scene, session->view_count)];
		view = old->id;
	}
	switch (pick(scene, 14)) {
	case 0:
		ADD(batch, view_create, view, pick(scene, 2) ? other : 0);
		break;
	case 1:
		add(batch, OP_view_destroy, view, NULL, 0);
		break;
	case 2:
		add(batch, OP_view_background, view, NULL, 0);
		break;
	case 3:
		add_title(scene, batch, view);
		break;
	case 4:
	case 5:
		add(batch, OP_view_front, view, NULL, 0);
		break;
	case 6:
		add(batch, OP_view_back, view, NULL, 0);
		break;
	case 7:
		ADD(batch, view_front_of, view, other);
		break;
	case 8:
		ADD(batch, view_behind_of, view, other);
		break;
	default:
		add_place(scene, batch, view, old);
	}
}

/* Creates, places and stacks one, as clients do. */
static void add_window(struct scene *scene, struct batch *batch)
{
	uint32_t view = pick(scene, SCENE_VIEWS) + 1;

	ADD(batch, view_create, view, 0);
	ADD(batch, view_geometry, view, (int)pick(scene, 70) - 10,
	    (int)pick(scene, 60) - 10, pick(scene, 50) + 5,
	    pick(scene, 50) + 5);
	add(batch, OP_view_front, view, NULL, 0);
}

static void send(struct scene *scene, struct session *session,
		 const struct batch *batch)
{
	struct record_walk walk = { batch->bytes, batch->length };

	if (wire_check_records(batch->bytes, batch->length))
		scene_fail(scene, "a batch that the wire would not let pass");
	session_execute(session, walk, 64, scene->now_us);
}

static void execute(struct scene *scene, struct session *session, bool single)
{
	struct batch batch = { .length = 0 };
	uint32_t count = single ? 1 : pick(scene, BATCH_MAX) + 1;

	if (!single && !pick(scene, 3))
		add_window(scene, &batch);
	else
		while (count--)
			add_record(scene, &batch, session);
	scene->doing = single ? name_of(&batch) : "execute";
	send(scene, session, &batch);
}

static void noise(struct scene *scene, const struct buffer *buffer,
		  struct rect r)
{
	uint64_t state = pick(scene, 256) + scene->step * 256u;
	struct choice choice = { .state = state + 1 };

	for (int y = r.y; y < r.y + r.h; y++)
		for (int x = r.x; x < r.x + r.w; x++) {
			void *row = (char *)buffer->pixels +
				    (size_t)y * buffer->stride;
			uint32_t alpha = choose(&choice, 4), c = 0;

			alpha = !alpha       ? 0
				: alpha == 1 ? 255
					     : choose(&choice, 256);
			if (buffer->format != FORMAT_ARGB8888)
				alpha = 255;
			for (int k = 0; k < 3; k++)
				c = c << 8 | choose(&choice, alpha + 1);
			if (buffer->format == FORMAT_RGB565)
				((uint16_t *)row)[x] = (uint16_t)(c >> 4);
			else
				((uint32_t *)row)[x] = alpha << 24 | c;
		}
}

static void draw(struct scene *scene, struct session *session)
{
	const struct buffer *buffer = &session->buffer;
	struct rect all = { 0, 0, (int)buffer->w, (int)buffer->h };
	struct rect rects[3];
	uint32_t count = pick(scene, 3) + 1;

	scene->doing = "refresh";
	if (!buffer->pixels)
		return;
	for (uint32_t i = 0; i < count; i++) {
		rects[i] = (struct rect){ (int)pick(scene, buffer->w),
					  (int)pick(scene, buffer->h),
					  (int)pick(scene, 20) + 1,
					  (int)pick(scene, 20) + 1 };
		if (scene->paint)
			noise(scene, buffer, rect_intersect(rects[i], all));
	}
	session_refresh(session, rects, count);
}

void scene_buffer(struct scene *scene, struct scene_client *client)
{
	void *old = client->session->buffer.pixels;
	struct buffer buffer = { .fd = -1 };

	scene->doing = "buffer";
	buffer.w = pick(scene, SCENE_BUFFER_MAX) + 1;
	buffer.h = pick(scene, SCENE_BUFFER_MAX) + 1;
	buffer.format = (enum pixel_format)pick(scene, 3);
	if (scene->opaque && buffer.format == FORMAT_ARGB8888)
		buffer.format = FORMAT_XRGB8888;
	buffer.stride = (buffer.w * 4 + 63) / 64 * 64;
	buffer.bytes = (uint64_t)buffer.stride * buffer.h;
	buffer.pixels = xcalloc(1, buffer.bytes);
	if (scene->paint)
		noise(scene, &buffer,
		      (struct rect){ 0, 0, (int)buffer.w, (int)buffer.h });
	session_set_buffer(client->session, &buffer);
	free(old);
}

void scene_connect(struct scene *scene, struct scene_client *client)
{
	static const char *const labels[] = {
		"launchpad", "launchpad -> testnit", "backdrop",
		"host -> W\xc3\xb6rter.1", "launchpad -> pad -> testnit.2"
	};

	scene->doing = "connect";
	client->session = session_create(
		&scene->core, labels[pick(scene, array_size(labels))], client);
	client->session->touch = pick(scene, 2);
	client->number = ++scene->connected;
	if (pick(scene, 8))
		scene_buffer(scene, client);
	for (uint32_t count = pick(scene, 4); count; count--) {
		struct batch batch = { .length = 0 };

		add_window(scene, &batch);
		send(scene, client->session, &batch);
	}
}

void scene_disconnect(struct scene *scene, struct scene_client *client)
{
	const struct session *focus = scene->core.focus;
	void *pixels;

	if (!client->session)
		return;
	scene->doing = "disconnect";
	pixels = client->session->buffer.pixels;
	client->ledger = (struct ledger){ 0 }; /* told nothing any more */
	session_destroy(client->session);
	free(pixels);
	if (focus != client->session && scene->core.focus != focus)
		scene_fail(scene, "the end of another one moves the focus");
	*client = (struct scene_client){ 0 };
}

static void set_pointer(struct scene *scene, struct session *session)
{
	struct core *core = &scene->core;

	scene->doing = "pointer";
	switch (pick(scene, 3)) {
	case 0:
		core_set_grab(core, session);
		break;
	case 1:
		if (core->grab == session)
			core_set_grab(core, NULL);
		break;
	default:
		pointer_set_shape(session, (enum figure_pointer)pick(
						   scene, POINTER_COUNT));
	}
}

void scene_command(struct scene *scene, bool single)
{
	uint32_t which = pick(scene, SCENE_CLIENTS);
	struct scene_client *client = &scene->clients[which];
	uint32_t what;

	if (!client->session) {
		scene_connect(scene, client);
		return;
	}
	if (scene->core.locked && !pick(scene, 20)) {
		scene->doing = "unlock";
		core_lock(&scene->core, NULL, false);
		return;
	}
	what = pick(scene, 40);
	if (what == 0)
		scene_disconnect(scene, client);
	else if (what == 1)
		scene_buffer(scene, client);
	else if (what == 2)
		set_pointer(scene, client->session);
	else if (what < 12)
		draw(scene, client->session);
	else
		execute(scene, client->session, single);
}

void scene_configure(struct scene *scene)
{
	static const char *const nodes[] = {
		"<domain name='a' layer='10' label='yes' color='#80ff00'/>"
		"<policy label='launchpad' domain='a'/>",
		"<domain name='b' content='tinted' hover='focused'/>"
		"<policy label='host' domain='b'/>",
		"<domain name='c' focus='transient' layer='500' xpos='9'/>"
		"<policy label='launchpad -&gt; testnit' domain='c'/>",
		"<domain name='d' focus='none' input='always' label='yes'/>"
		"<policy label='launchpad -&gt; pad' domain='d'/>",
		"<domain name='e' origin='bottom_right' xpos='-50' ypos='-40'/>"
		"<policy label='launchpad -&gt; testnit' domain='e'/>",
		"<domain name='f' background='yes' content='tinted'/>"
		"<policy label='launchpad' domain='f'/>",
		"<domain name='default' content='tinted' label='yes'/>",
		"<policy label='backdrop' color='#ff0000'/>",
		"<domain name='g' lock='yes' layer='90'/>"
		"<policy label='launchpad -&gt; pad' domain='g'/>",
		"<global-key name='KEY_B' label='launchpad -&gt; testnit'/>",
		"<mode-key mode='kill' key='KEY_K'/>",
		"",
	};
	char *text = NULL, *more;
	struct config *config;

	scene->doing = "config";
	for (uint32_t i = pick(scene, 4) + 1; i; i--) {
		more = xasprintf("%s%s", text ? text : "<config>",
				 nodes[pick(scene, array_size(nodes))]);
		free(text);
		text = more;
	}
	more = xasprintf("%s</config>", text);
	config = config_parse(more, strlen(more), "scene", 1, 1, NULL);
	if (!config)
		scene_fail(scene, "%s", more);
	core_configure(&scene->core, config_root(config));
	config_destroy(config);
	free(more);
	free(text);
}
