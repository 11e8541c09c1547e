#include "output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

/* ---- what the client wants ---- */

static void handle_refresh(void *user, const struct rect *rects, size_t count,
			   bool end)
{
	struct output *output = user;
	const struct shadow_target target = {
		.memory = output->buffer.memory,
		.stride = output->buffer.stride,
		.depth = 32,
	};

	(void)end;
	if (output->shadow.memory)
		shadow_show(&output->shadow, &target, rects, count);
	if (!output->away)
		buffer_flush(&output->buffer, rects, count);
}

static enum wire_status handle_pointer_image(
	void *user, const struct frame_pointer_image *image,
	const uint32_t *pixels)
{
	struct output *output = user;

	if (!output->has_cursor || image->w > CURSOR_SIDE ||
	    image->h > CURSOR_SIDE)
		return WIRE_DENIED;
	cursor_set_image(&output->cursor, &output->layout, image->w, image->h,
			 (int32_t)image->hot_x, (int32_t)image->hot_y, pixels);
	return WIRE_OK;
}

static void handle_pointer_move(void *user, int32_t x, int32_t y, bool visible)
{
	struct output *output = user;

	if (output->has_cursor)
		cursor_move(&output->cursor, &output->layout, x, y, visible);
}

/* One that left takes its pointer along. */
static void handle_connected(void *user, bool connected, const char *label)
{
	struct output *output = user;

	(void)label;
	if (!connected && output->has_cursor)
		cursor_move(&output->cursor, &output->layout, 0, 0, false);
}

static const struct framebuffer_server_handler server_handler = {
	.connected = handle_connected,
	.refresh = handle_refresh,
	.pointer_image = handle_pointer_image,
	.pointer_move = handle_pointer_move,
};

/* ---- layout ---- */

/* What clients draw to: the card's memory where the kernel can share it, else
 * ordinary memory. -1 with one log line. */
static int make_drawable(struct output *output, bool buffered, uint32_t *stride,
			 bool *direct)
{
	int fd = buffered ? -1 : buffer_export(&output->buffer);

	*direct = fd >= 0;
	*stride = output->buffer.stride;
	if (*direct)
		return fd;
	if (!shadow_init(&output->shadow, output->buffer.w, output->buffer.h,
			 32) ||
	    (fd = dup(output->shadow.fd)) < 0) {
		log_error("memory for the picture: %s", strerror(errno));
		return -1;
	}
	*stride = output->shadow.stride;
	return fd;
}

static void announce(struct output *output,
		     const struct output_options *options, int fd,
		     uint32_t stride, bool direct)
{
	const struct layout *layout = &output->layout;

	framebuffer_server_set_mode(
		output->server,
		&(struct framebuffer_mode_info){
			.w = layout->w,
			.h = layout->h,
			.stride = stride,
			.format = FORMAT_XRGB8888,
			.mm_w = layout->w_mm,
			.mm_h = layout->h_mm,
			.scale = options->scale,
			.refresh = layout->refresh,
			.flags = (direct ? FRAMEBUFFER_SLOW_READ : 0) |
				 (output->has_cursor ? FRAMEBUFFER_CURSOR : 0),
		},
		fd);
	framebuffer_server_set_hidden(output->server, output->away);
}

bool output_set_layout(struct output *output, const struct layout *layout,
		       const struct output_options *options)
{
	struct buffer old = output->buffer, fresh;
	uint32_t stride;
	bool direct;
	int fd;

	if (!buffer_init(&fresh, output->card, layout->w, layout->h))
		return false;
	if (!layout_show(layout, output->card, fresh.id)) {
		log_error("no display takes its mode");
		buffer_finish(&fresh);
		return false;
	}
	shadow_finish(&output->shadow);
	cursor_finish(&output->cursor);
	output->layout = *layout;
	output->buffer = fresh;
	output->has_cursor = cursor_init(&output->cursor, output->card, layout);
	fd = make_drawable(output, options->buffered, &stride, &direct);
	buffer_finish(&old);
	if (fd < 0)
		return false;
	announce(output, options, fd, stride, direct);
	log_info("%ux%u, %s, %s pointer", layout->w, layout->h,
		 direct ? "shared" : "copied",
		 output->has_cursor ? "the card's" : "a drawn");
	return true;
}

void output_hide(struct output *output)
{
	if (!output->away)
		layout_show(&output->layout, output->card, 0);
	output->layout.count = 0;
	framebuffer_server_set_hidden(output->server, true);
}

void output_set_active(struct output *output, bool active)
{
	output->away = !active;
	if (active && output->layout.count) {
		layout_show(&output->layout, output->card, output->buffer.id);
		cursor_show(&output->cursor, &output->layout);
	}
	framebuffer_server_set_hidden(output->server,
				      !active || !output->layout.count);
}

void output_init(struct output *output, int card, struct loop *loop,
		 struct parent *parent, const char *name, struct output *first)
{
	*output = (struct output){
		.card = card,
		.buffer = { .card = -1 },
		.shadow = { .fd = -1 },
		.cursor = { .card = -1 },
	};
	output->server = first ? framebuffer_server_add(first->server, name,
							&server_handler, output)
			       : framebuffer_server_create(loop, parent, name,
							   &server_handler,
							   output);
}

void output_finish(struct output *output)
{
	if (!output->server)
		return;
	framebuffer_server_destroy(output->server);
	cursor_finish(&output->cursor);
	shadow_finish(&output->shadow);
	buffer_finish(&output->buffer);
	output->server = NULL;
}
