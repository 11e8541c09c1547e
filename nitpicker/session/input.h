/*
 * Input: a stream of events.
 */
#ifndef SESSION_INPUT_H
#define SESSION_INPUT_H

#include "session/parent.h"

/* An event of a key, or without one (0). */
static inline struct input_event input_event_of(enum input_type type,
						uint32_t code)
{
	return (struct input_event){ .type = type, .code = code };
}

/* ---- client half ---- */

struct input;

struct input_handler {
	/* One call per event, in order. */
	void (*event)(void *user, const struct input_event *event);
	/* After the last event of a batch; may be NULL. */
	void (*batch_end)(void *user);
	/* May be NULL. */
	void (*keyboard)(void *user, const struct input_keyboard *keyboard);
	/* What was held has been released by events before. */
	void (*closed)(void *user, const char *reason);
	/* The provider's clipboard changed; may be NULL. */
	void (*clipboard_changed)(void *user);
};

/* Opens the service and waits; NULL with *status when that fails. */
struct input *input_open(struct loop *loop, struct parent *parent,
			 const struct input_handler *handler, void *user,
			 enum wire_status *status);
/* The same over a descriptor that somebody else opened (taken over). */
struct input *input_attach(struct loop *loop, struct parent *parent, int fd,
			   uint32_t id, const struct input_handler *handler,
			   void *user);
void input_close(struct input *input);
enum wire_status input_grab(struct input *input, bool on);
/* The pixels of the output that the input is for: absolute pointers and touch
 * screens that belong to no output are scaled to it. */
void input_set_area(struct input *input, uint32_t w, uint32_t h);
/* The same without waiting, for servers; how it ends isn't told. */
void input_grab_later(struct input *input, bool on);
enum wire_status input_clipboard_offer(struct input *input, const char *text,
				       size_t bytes);
/* The provider's clipboard as a blob owned by the caller; -1: none. Waits. */
int input_clipboard_read(struct input *input);

/* The same without waiting, for servers. The blob stays the caller's. */
void input_clipboard_offer_later(struct input *input, int blob);
/* `fd` belongs to the function; -1 unless the status is WIRE_OK. Called once,
 * also when the session ends, but not after input_close. */
typedef void input_clipboard_fn(void *user, enum wire_status status, int fd);
void input_clipboard_read_later(struct input *input, input_clipboard_fn *fn,
				void *user);

/* ---- sending: for drivers, nitpicker, liquid_fb; one per client ---- */

/*
 * Collects events and sends them as few messages at the end of the turn.
 * Never blocks, never grows: a motion replaces the motion that waits last
 * (relative ones add up, also wheels); when the wire's queue is full, presses
 * and characters are dropped with one log line per episode, and releases that
 * the client is owed are kept as a bit set and sent when it reads again.
 * Owed are also the ends of touches, the loss or gain of focus, and the end of
 * hovering. Presses of a key that the client knows as pressed, and releases of
 * others, are dropped: what a client gets is always balanced. Embedded by its
 * owner.
 */
enum { INPUT_CODE_WORDS = (INPUT_CODE_MAX + 64) / 64, INPUT_SLOTS = 64 };

struct input_sender {
	struct loop *loop;
	struct wire *wire; /* not owned; NULL: events are dropped */
	struct input_event batch[LIMIT_INPUT_BATCH];
	unsigned count;
	bool flush_deferred, dropping;
	uint64_t pressed[INPUT_CODE_WORDS]; /* as the client knows it */
	uint64_t owed[INPUT_CODE_WORDS]; /* releases not sent yet */
	uint64_t touched, owed_untouch; /* the same for slots below 64 */
	bool focused; /* as it is */
	bool known_focused; /* as the client knows it */
	bool owed_hover_leave, owed_motion;
	struct input_event motion; /* the one that is owed */
};

void input_sender_init(struct input_sender *sender, struct loop *loop,
		       struct wire *wire);
void input_sender_finish(struct input_sender *sender);
void input_sender_event(struct input_sender *sender,
			const struct input_event *event);
/* Sends now what was collected; else it happens at the end of the turn. */
void input_sender_flush(struct input_sender *sender);
/* To be called from the wire's `drained`. */
void input_sender_drained(struct input_sender *sender);
/* Releases of all keys that the client believes pressed. */
void input_sender_release_all(struct input_sender *sender, uint64_t time_us);

/* Microseconds of CLOCK_MONOTONIC: the time of events made now. */
uint64_t input_now(void);

/* "KEY_A" <-> 30, "BTN_LEFT" <-> 0x110, all of linux/input-event-codes.h.
 * -1 / NULL when there is none. */
int input_code(const char *name);
const char *input_name(int code);

/* ---- server half: a driver's Input service; one client at a time ---- */

struct input_server;

struct input_server_handler {
	/* The first client came / the client went: start or stop sampling. */
	void (*connected)(void *user, bool connected);
	/* This one and those below may be NULL: denied. */
	enum wire_status (*grab)(void *user, bool on);
	/* Pixels of the client's output, see input_set_area. */
	void (*area)(void *user, uint32_t w, uint32_t h);
	/* Text for the clipboard of the host; takes nothing over. */
	enum wire_status (*clipboard_offer)(void *user, const char *text,
					    size_t bytes);
	/* The host's clipboard: a blob (taken over), or -1. */
	int (*clipboard_read)(void *user);
};

/* Announces Input. */
struct input_server *input_server_create(
	struct loop *loop, struct parent *parent,
	const struct input_server_handler *handler, void *user);
void input_server_destroy(struct input_server *server);
/* Dropped while no client is connected. */
void input_server_event(struct input_server *server,
			const struct input_event *event);
void input_server_flush(struct input_server *server);
void input_server_release_all(struct input_server *server);
/* Kept and sent at connect and at each change. */
void input_server_keyboard(struct input_server *server,
			   const struct input_keyboard *keyboard);
void input_server_clipboard_changed(struct input_server *server);

#endif
