/*
 * The server around the core: sessions over sockets, buffers, the output.
 */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include "core.h"
#include "session/frames.h"
#include "session/screenshot.h"
#include "session/session.h"

enum {
	ALLOCATE_BYTES = 4 << 20, /* at most, per turn */
	REPORTS = 7, /* that there are; the last three move */
	MOVING_REPORTS = 4, /* the first of those */
	REPORT_MS = 100, /* between two of those that move with the mouse */
};

struct server;

struct client {
	struct server *server;
	struct client *next;
	struct session *session;
	struct wire *wire;
	struct input_sender sender;
	uint32_t id; /* of the session, at the parent */
	uint64_t quota;

	/* The buffer that comes after the one that is shown. */
	struct buffer coming; /* fd -1: none */
	uint64_t allocated; /* bytes of it */
	uint32_t request; /* serial to be answered; 0: was */
	bool adopted;

	/* Frames: drawn, being shown by the output, shown but not told. */
	struct frame_runs drawn, sent, told;
	uint64_t clipboard_seen; /* number of the one that it knows of */
	bool told_hidden; /* its last frame was: `exposed` is owed */
	uint64_t hidden_ns; /* when it was told so */
};

struct clipboard {
	int fd; /* sealed text; -1: none */
	char *label; /* of who offered it; owned */
	bool host; /* it is the host's, fetched when it is read */
	bool with_host; /* the config joins the two */
	uint64_t number, reads; /* so far */
};

struct screenshot {
	struct screenshot_server *server; /* NULL: not announced yet */
	char *label; /* who gets pictures; owned. NULL: nobody */
};

struct server {
	struct component component;
	struct core core;
	struct client *clients;
	struct framebuffer *output; /* NULL while there is none */
	struct input *input;
	struct input_keyboard keyboard;
	struct clipboard clipboard;
	struct screenshot screenshot;
	bool grabbed; /* as the input's provider knows it */
	/* The pointer where the output draws it. */
	uint64_t cursor_image; /* number of the last one sent; 0: none */
	bool cursor_works; /* the output took that */
	bool cursor_visible;
	struct point cursor;
	bool update_deferred;
	uint32_t frame; /* that the output is showing; 0: none */
	uint64_t waits; /* since then for that, or for room; 0: doesn't */
	bool hidden; /* nothing of the output can be seen */
	bool announced;
	uint64_t shown_ns; /* when the last one was */
	struct timer pace; /* for frames without a frame of the output */
	struct timer patience; /* with an output that doesn't answer */
	struct region painted;
	char *reports[REPORTS]; /* the last texts */
	bool reports_wanted[REPORTS];
	struct timer report_pace; /* of those that move */
	uint64_t kept; /* core.updates, as the parent has it */
	struct point kept_pointer;
};

/* output.c: Framebuffer, Input, frames */
void output_init(struct server *server);
void output_finish(struct server *server);
/* Opens Framebuffer, Input, also again after the driver died. The first time,
 * Nitpicker is announced as soon as there is an output. */
void server_open_output(struct server *server);
void server_open_input(struct server *server);
/* Does what changed, at the end of this turn. */
void server_changed(void *user);
uint32_t output_refresh_rate(const struct server *server); /* mHz */

/* session.c: messages of one client */
extern const struct provider_handler server_provider;
void client_destroy(struct client *client); /* gives all back */
struct client *client_find(struct server *server, uint32_t id); /* or NULL */
void client_send_info(void *user, struct session *session);
void client_locked_out(void *user, struct session *session);

/* cursor.c: the pointer where the output draws it, images of clients */
enum wire_status client_take_image(struct client *client,
				   const struct wire_packet *packet);
void cursor_update(struct server *server);

/* clipboard.c */
void clipboard_init(struct clipboard *clipboard);
void clipboard_forget(struct clipboard *clipboard); /* also at the end */
void clipboard_configure(struct server *server,
			 const struct config_node *config);
void clipboard_offer(struct client *client, struct wire_packet *packet);
void clipboard_read(struct client *client, uint32_t serial);
void clipboard_host_changed(void *user); /* of the input */
void clipboard_update(struct server *server); /* tells the focused session */

/* screenshot.c */
void screenshot_finish(struct server *server);
void screenshot_configure(struct server *server,
			  const struct config_node *config);
/* False with one log line. */
bool screenshot_announce(struct server *server);
void screenshot_take(void *user);

/* buffer.c: sealed memory, its quota */
uint64_t client_used(const struct client *client); /* bytes of its quota */
uint32_t client_views_max(const struct client *client);
/* Answered later. `fd`: one to be adopted (taken over), -1: none. */
void client_request_buffer(struct client *client, uint32_t serial,
			   const struct nitpicker_buffer *body, int fd);
/* Shows the coming buffer, if there is one. */
void client_swap_buffer(struct client *client);
void client_free_buffers(struct client *client);

/* report.c: what nitpicker.1 lists */
void report_init(struct server *server);
void report_finish(struct server *server);
void server_report(struct server *server);

#endif
