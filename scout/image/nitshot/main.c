/*
 * nitshot: writes the pictures of the screen that nitpicker hands out on
 * Super+SysRq. It can't ask for one, and sees nothing but these.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/base.h"
#include "blit/blit.h"
#include "scout/image/image.h"
#include "session/session.h"

enum { SAME_SECOND_MAX = 100 }; /* pictures with the same time in their name */

/* Enough for 4096x2160 pixels. */
static const uint64_t default_quota = 36 << 20;

struct nitshot {
	struct component component;
	struct wire *wire; /* NULL while there is no session */
	uint64_t quota; /* donated with the session, bytes */
	char *folder;
};

static void open_session(struct nitshot *nitshot);

/* ---- the file ---- */

/* Owned by the caller. `path` may begin with "~/"; NULL: the usual place. */
static char *find_folder(const char *path)
{
	const char *home = getenv("HOME");
	struct stat status;
	char *pictures;

	home = home ? home : "/";
	if (path && path[0] == '~' && (!path[1] || path[1] == '/'))
		return xasprintf("%s%s", home, path + 1);
	if (path && *path)
		return xstrdup(path);
	pictures = xasprintf("%s/Pictures", home);
	if (!stat(pictures, &status) && S_ISDIR(status.st_mode))
		return pictures;
	free(pictures);
	return xstrdup(home);
}

/* A new file with the time in its name; -1 with errno. *path: the caller's. */
static int create_file(const char *folder, char **path)
{
	time_t now = time(NULL);
	struct tm local;
	char text[64], number[16] = "";
	int fd = -1;

	localtime_r(&now, &local);
	strftime(text, sizeof(text), "Screenshot %Y-%m-%d %H.%M.%S", &local);
	*path = NULL;
	for (int i = 1; i <= SAME_SECOND_MAX && fd < 0; i++) {
		if (i > 1)
			snprintf(number, sizeof(number), " (%d)", i);
		free(*path);
		*path = xasprintf("%s/%s%s.png", folder, text, number);
		fd = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	return fd;
}

static void save(const char *folder, const uint32_t *pixels, size_t stride,
		 const struct screenshot_picture *picture)
{
	char *path;
	char error[IMAGE_ERROR_MAX];
	int fd = create_file(folder, &path);

	if (fd < 0) {
		log_error("%s: %s", path, strerror(errno));
	} else if (!image_save_png(fd, pixels, stride, picture->w, picture->h,
				   error)) {
		log_error("%s: %s", path, error);
		unlink(path);
	} else {
		log_info("%s", path);
	}
	if (fd >= 0)
		close(fd);
	free(path);
}

/* ---- the session ---- */

static void save_rgb565(const char *folder, void *pixels,
			const struct screenshot_picture *picture)
{
	int w = (int)picture->w, h = (int)picture->h;
	uint32_t *wide = xreallocarray(NULL, (size_t)w * (size_t)h, 4);
	struct blit_surface from = { .pixels = pixels,
				     .stride = (ptrdiff_t)picture->stride,
				     .width = w,
				     .height = h,
				     .format = BLIT_RGB565 };
	struct blit_surface to = { .pixels = wide,
				   .stride = w * 4,
				   .width = w,
				   .height = h,
				   .format = BLIT_XRGB8888 };

	blit_copy(&to, &from, (struct blit_area){ 0, 0, w, h, 0, 0 });
	save(folder, wide, (size_t)w * 4, picture);
	free(wide);
}

static void take(struct nitshot *nitshot,
		 const struct screenshot_picture *picture, int fd)
{
	bool narrow = picture->format == FORMAT_RGB565;
	uint64_t bytes = (uint64_t)picture->stride * picture->h;
	void *pixels = NULL;

	if (picture->stride >= picture->w * (narrow ? 2 : 4) &&
	    memory_is_sealed(fd, bytes))
		pixels = memory_map(fd, bytes, false);
	if (!pixels)
		log_error("the picture is not what it should be");
	else if (narrow)
		save_rgb565(nitshot->folder, pixels, picture);
	else
		save(nitshot->folder, pixels, picture->stride, picture);
	memory_unmap(pixels, bytes);
}

static void message(void *user, struct wire_packet *packet)
{
	struct nitshot *nitshot = user;

	if (packet->message->opcode != OP_screenshot_picture)
		return;
	take(nitshot, packet->body, packet->fd);
	wire_post(nitshot->wire, OP_screenshot_done, NULL, NULL, 0, -1);
}

static void closed(void *user, const char *reason)
{
	struct nitshot *nitshot = user;

	(void)reason;
	wire_destroy(nitshot->wire);
	nitshot->wire = NULL;
}

/* What was donated is ours again. A server that is started again is waited
 * for. */
static void revoked(void *user, enum revoke_reason reason)
{
	closed(user, NULL);
	if (reason == REVOKE_SERVER_GONE)
		open_session(user);
}

static void opened(void *user, enum wire_status status, int fd, uint32_t id)
{
	static const struct wire_handler handler = {
		.message = message,
		.closed = closed,
	};
	struct nitshot *nitshot = user;

	if (status != WIRE_OK) {
		log_error("no %s session: %s", SERVICE_SCREENSHOT,
			  wire_status_name(status));
		loop_stop(nitshot->component.loop, 1);
		return;
	}
	parent_on_revoked(nitshot->component.parent, id, revoked, nitshot);
	nitshot->wire = wire_create(nitshot->component.loop, fd, WIRE_CLIENT,
				    &screenshot_protocol, SERVICE_SCREENSHOT,
				    false, &handler, nitshot);
}

static void open_session(struct nitshot *nitshot)
{
	parent_open_later(nitshot->component.parent, SERVICE_SCREENSHOT, "",
			  nitshot->quota, "", opened, nitshot);
}

static void read_config(void *user, const struct config_node *config)
{
	static const char *const known[] = { "folder", "picture_quota", NULL };
	struct nitshot *nitshot = user;

	config_check_known(config, known);
	free(nitshot->folder);
	nitshot->folder = find_folder(config_value(config, "folder"));
	/* Of the next session. */
	nitshot->quota = default_quota;
	config_get_bytes(config, "picture_quota", &nitshot->quota);
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "nitshot",
		.summary = "writes screenshots",
	};
	static const struct parent_handler handler = {
		.config = read_config,
	};
	struct nitshot nitshot = { 0 };
	struct component *component = &nitshot.component;
	int code;

	component_init(component, &info, argc, argv, &handler, &nitshot);
	read_config(&nitshot, parent_config(component->parent));
	open_session(&nitshot);
	code = loop_run(component->loop);
	parent_forget_open(component->parent, &nitshot);
	wire_destroy(nitshot.wire);
	free(nitshot.folder);
	component_finish(component);
	return code;
}
