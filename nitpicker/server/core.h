/*
 * The server without sockets: views, composition, input. Whoever owns a core
 * gives it sessions, commands and events; what is to be sent to a client comes
 * out through struct core_handler. The server (server.h), the unit tests and
 * the fuzzer are such owners.
 *
 * Coordinates are pixels of the output, unless said otherwise; those of a
 * session have their origin below the menubar.
 */
#ifndef SERVER_CORE_H
#define SERVER_CORE_H

#include <sys/queue.h>

#include "base/base.h"
#include "blit/figure/figure.h"
#include "session/chord.h"
#include "session/input.h"
#include "session/records.h"

enum {
	FREE_VIEWS = 64, /* of a session, paid with SESSION_OVERHEAD */
	TOUCH_SLOTS = 16,
	TITLE_MAX = 64, /* bytes; of view_title */
	CODE_BYTES = INPUT_CODE_MAX / 8 + 1,
	PIECES_MAX = 256, /* of a session's damage until the next frame */
	STRIP_BYTES = 128 << 10, /* painted at a time, to stay in the cache */
	FRONT_GRACE_US = 500000, /* after a press a session may come to front */
	COLOR_BACKGROUND = 0x192532, /* 25, 37, 50 */
	MODE_KEYS_MAX = 32, /* of these, what a config may have */
	POLICIES_MAX = 256,
	GLOBAL_KEYS_MAX = 64,
	DOMAINS_MAX = 64,
	LAYER_DEFAULT = 100,
	LAYER_MAX = 1000000,
};

struct session;

enum mode {
	MODE_XRAY,
	MODE_KILL,
	MODE_SCREENSHOT,
	MODE_NEXT,
	MODE_PREVIOUS,
	MODE_LAUNCHER,
	MODE_LOCK,
	MODE_COUNT,
};

struct mode_key {
	enum mode mode;
	struct chord chord;
	char *label; /* of MODE_LAUNCHER; owned, may be NULL */
};

struct global_key {
	char *label; /* owned */
	int code;
};

enum focus_policy { FOCUS_CLICK, FOCUS_NONE, FOCUS_TRANSIENT };

/* Bit 0: right, bit 1: bottom. */
enum origin { TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT, BOTTOM_RIGHT };

/* What a group of sessions may do and how it looks; see nitpicker.1. */
struct domain {
	char *name; /* owned */
	uint32_t layer, color;
	bool has_color, label, tinted, hover_focused, input_always, lock;
	bool has_background, background;
	enum focus_policy focus;
	enum origin origin;
	int32_t x, y, w, h; /* logical pixels */
	char *clipboard; /* owned; "yes", "no", or names of domains */
};

struct rule {
	char *label; /* owned */
	const struct domain *domain;
	bool has_color;
	uint32_t color;
};

struct policy {
	struct mode_key keys[MODE_KEYS_MAX];
	struct rule rules[POLICIES_MAX], fallback;
	struct global_key globals[GLOBAL_KEYS_MAX];
	struct domain domains[DOMAINS_MAX]; /* the first: the default one */
	unsigned key_count, rule_count, global_count, domain_count;
	bool marks; /* some domain is labelled or tinted */
	bool report_hover, report_pointer, report_keystate;
};

/* Of the pointer; 0x00000000 is transparent. */
struct pointer_image {
	uint32_t *pixels; /* argb8888 premultiplied; owned. NULL: none */
	int w, h;
	struct point hot;
	uint64_t number; /* of all that there ever were */
};

/* Pixels that a client shares; `fd` -1: can have no holes (tests). */
struct buffer {
	int fd;
	void *pixels; /* NULL: no buffer */
	uint64_t bytes; /* whole pages */
	uint32_t w, h, stride;
	enum pixel_format format;
};

struct view {
	TAILQ_ENTRY(view) link; /* in the stack, towards the back */
	struct session *session;
	uint32_t id; /* the client's choice, not 0 */
	struct view *parent;
	uint32_t children, depth;
	struct rect geometry; /* session coordinates, or the parent's */
	struct point offset; /* of buffer pixel (0,0) in the view */
	struct rect content; /* view coordinates */
	bool has_content, background;
	bool stacked; /* in the stack, or the background in force */
	char *title; /* never NULL; owned */
	size_t rank; /* in the stack of the server before; 0: none */
	/* derived: */
	struct rect place; /* on the output */
	bool placed; /* stacked, and so are its parents */
	bool visible; /* at least one pixel of it, as of core_update */
	struct rect label; /* X-ray: where its label stands; may be empty */
};

struct session {
	TAILQ_ENTRY(session) link; /* in order of creation */
	struct core *core;
	void *user; /* the owner's */
	char *label;
	const struct domain *domain; /* of core->policy */
	uint32_t color;
	struct point origin; /* where its (0,0) is */
	struct rect area; /* that it may use, in its coordinates */
	struct buffer buffer;
	struct region damage; /* of the buffer, its coordinates; not composed */
	struct view **views; /* sorted by id */
	uint32_t view_count;
	size_t view_capacity;
	struct view *background; /* or NULL */
	struct view *clicked; /* the last one, or NULL: gives the title */
	bool fresh; /* no view of it was stacked yet */
	bool visible; /* one of its views is */
	bool touch; /* understands it; else it gets a pointer instead */
	bool locked_out; /* in kill mode: its views stay away for good */
	uint64_t birth; /* core->presses when it began */
	uint64_t pressed_us; /* when it last got a press */
	bool acted; /* got a press since it has the focus */
	enum figure_pointer shape; /* while it is hovered; or: */
	struct pointer_image image;
};

struct core_handler {
	void (*event)(void *user, struct session *session,
		      const struct input_event *event);
	/* The session got the focus: it wants to know the keyboard. */
	void (*keyboard)(void *user, struct session *session);
	/* Something changed: call core_update, then core_compose, soon. */
	void (*changed)(void *user);
	/* Its area is another one. May be NULL. */
	void (*area)(void *user, struct session *session);
	/* The user locked it out; its views are gone. May be NULL. */
	void (*locked_out)(void *user, struct session *session);
	/* The key of MODE_SCREENSHOT. May be NULL. */
	void (*screenshot)(void *user);
};

/* The input state machine; see input.c. */
struct input_state {
	/* Sets of codes: as the devices say; of these, the server's own, and
	 * those whose press the receiver got. */
	uint8_t down[CODE_BYTES], swallowed[CODE_BYTES], delivered[CODE_BYTES];
	unsigned keys; /* down, buttons too */
	unsigned held; /* down and not swallowed: a sequence runs */
	unsigned shifts, supers; /* of these keys down */
	bool super_alone; /* nothing else happened since Super went down */
	struct session *receiver; /* of the running sequence, or NULL */
	struct session *hover; /* that one knows the pointer over it */
	/* Has the focus until the sequence ends, and who gets it then. */
	struct session *transient, *former;
	struct session *touch[TOUCH_SLOTS];
	uint32_t touching; /* slots, as the devices say */
	uint32_t pointing; /* slot + 1 that is the pointer; 0: none is */
	uint64_t time_us; /* of the present event */
};

/* What the output shows in kill mode, front to back, and who that was. */
struct frozen_view {
	struct rect rect;
	struct session *session; /* NULL: ended meanwhile */
};

struct frozen {
	bool on;
	struct frozen_view *views; /* owned */
	size_t count, capacity;
	uint32_t *under; /* of the output, where the pointer is; owned */
};

/* What the server before this one kept; see restore.c. */
struct restore {
	char *text; /* owned; `lines` point into it */
	const char **lines; /* owned */
	size_t count; /* 0: nothing is known */
	size_t missing; /* views that are not back */
};

TAILQ_HEAD(view_stack, view);
TAILQ_HEAD(session_list, session);

struct core {
	const struct core_handler *handler;
	void *user;
	struct policy policy;
	struct blit_surface output; /* pixels NULL: there is none now */
	struct rect screen, bar; /* below the menubar; the menubar */
	uint32_t scale; /* percent */
	struct session_list sessions;
	unsigned session_count;
	struct view_stack stack; /* front to back */
	struct view *background; /* the one in force, or NULL */
	struct session *focus;
	bool xray, kill, locked;
	struct session *unlocked; /* who had the focus before, or NULL */
	bool watched; /* the menubar tells of a screenshot */
	struct frozen frozen; /* in kill mode */
	struct restore restore;
	struct point pointer;
	struct rect pointer_drawn;
	uint64_t pointer_number; /* of the image that is drawn */
	uint64_t pointer_images; /* made so far */
	struct pointer_image shapes[POINTER_COUNT]; /* made when needed */
	uint32_t shapes_scale; /* that they were made for */
	bool pointer_gone; /* it left the output */
	bool pointer_elsewhere; /* the output draws it */
	struct session *grab; /* wants motion as it comes; or NULL */
	struct point grab_point; /* last place of an absolute device then */
	uint64_t presses, clicks; /* so far */
	struct session *clicked; /* the last one, or NULL: nothing, or gone */
	char title[TITLE_MAX + 1]; /* in the menubar, as of core_update */
	struct input_state input;
	struct region damage; /* to be composed */
	struct region scratch, left; /* for the time of one function */
	bool stack_changed; /* since core_update */
	uint64_t updates; /* of what follows from the stack */
	bool session_damage; /* some session->damage is not empty */
	/* For tests: pixels written opaquely, and that had to be painted. */
	uint64_t written, painted;
};

/* view.c: sessions, the stack of views, where they lie */
void core_init(struct core *core, const struct core_handler *handler,
	       void *user);
void core_finish(struct core *core); /* and all sessions */
/* A new mode, or none (pixels NULL). All is damaged. */
void core_set_output(struct core *core, const struct blit_surface *output,
		     uint32_t scale);
void core_apply(struct core *core); /* policy and output, to all sessions */
/* Reads the config and applies it to all that is there. */
void core_configure(struct core *core, const struct config_node *config);

struct session *session_create(struct core *core, const char *label,
			       void *user);
void session_destroy(struct session *session);
/* The buffer from now on; the old one is the caller's again. */
void session_set_buffer(struct session *session, const struct buffer *buffer);
/* Bytes of views beyond the free ones, for the quota. */
uint64_t session_view_bytes(uint32_t views);
bool session_raise(struct session *session); /* false: has no window */

struct view *view_find(const struct session *session, uint32_t id);
struct view *view_create(struct session *session, uint32_t id,
			 struct view *parent);
void view_destroy(struct view *view); /* and its children */
/* Of it and of what hangs on it: where it lies now; what it shows. */
void view_place_family(struct view *view);
void view_damage_family(struct view *view);
/* Puts it in front of `behind`, NULL: at the back. */
void view_stack(struct view *view, struct view *behind);
void view_unstack(struct view *view);
void view_set_background(struct view *view);
/* Which background is in force: after focus or backgrounds changed. */
void core_choose_background(struct core *core);

bool view_blends(const struct view *view);
bool view_framed(const struct view *view); /* and labelled */
/* The part that is framed and takes all input; may be empty. */
struct rect view_content(const struct view *view);
/* What is painted of its buffer without blending. */
struct rect view_solid(const struct view *view);
/* What hides all behind it, and all that it paints, in the present mode. */
struct rect view_opaque(const struct view *view);
struct rect view_outline(const struct view *view);
/* The front-most one that takes input there, or NULL. */
struct view *core_view_at(const struct core *core, int32_t x, int32_t y);
/* The view that gives the title to the menubar; NULL: none. */
const struct view *session_title_view(const struct session *session);

/* execute.c: records of nitpicker_execute */
/*
 * All records, or none and why not: WIRE_INVALID for names of views that are
 * not there, for too deep or too many views. `views_max`: what the session's
 * quota allows (WIRE_QUOTA_EXCEEDED).
 */
enum wire_status session_execute(struct session *session,
				 struct record_walk records, uint32_t views_max,
				 uint64_t now_us);

/* restore.c: as it was before the server died */
char *core_describe(const struct core *core); /* owned by the caller, or NULL */
void core_restore(struct core *core, const char *text);
bool core_restores(const struct core *core); /* what was kept still counts */
void restore_finish(struct restore *restore);
/* Stacks a view for the first time where it lay; false: nobody knows. */
bool view_restore(struct view *view);

/* damage.c: which pixels changed, which views are visible */
/* A part of the output, all of it. */
void core_damage(struct core *core, struct rect rect);
void core_damage_all(struct core *core);
/* The same without what views in front of `below` hide (NULL: all views). */
void core_damage_below(struct core *core, struct rect rect,
		       const struct view *below);
void view_damage(struct view *view);
void session_refresh(struct session *session, const struct rect *rects,
		     size_t count);
/* Brings up to date what follows from the stack: visibility, labels, hover. */
void core_update(struct core *core);

/* compose.c: painting what changed, each opaque pixel once */
/* Paints what is damaged; `painted` gets it. False: there was nothing to do. */
bool core_compose(struct core *core, struct region *painted);

/* focus.c: who has it, and what mode keys do */
void core_focus(struct core *core, struct session *session);
/* Raises and focuses it; false: it has no window, or may not. */
bool focus_window(struct session *session);
/* May it get the focus for longer than a click? */
bool session_takes_focus(const struct session *session);
/* Takes the focus from who may not have it any more. */
void core_check_focus(struct core *core);
struct session *core_find_label(const struct core *core, const char *label);
void core_do_mode(struct core *core, const struct mode_key *key);
/* While locked, only sessions of domains with that right are there; nobody else
 * unlocks it, and their end doesn't. Asker NULL: the user. */
enum wire_status core_lock(struct core *core, const struct session *asker,
			   bool on);
static inline bool session_hidden(const struct session *session)
{
	return session->core->locked && !session->domain->lock;
}

/* input.c: from device events to clients' events */
/* At the time of the present event; NULL: to nobody. */
void core_send(struct core *core, struct session *to, struct input_event event);
void core_input(struct core *core, const struct input_event *event);
/* Within the output. */
void core_move_pointer(struct core *core, int32_t x, int32_t y);
/* Nobody gets input any more: ends what was begun. */
void core_silence(struct core *core);
/* Finds out what the pointer is over, unless a key or button is held. */
void core_hover(struct core *core);
/* Forgets a session that ends. */
void core_input_forget(struct core *core, struct session *session);
/* The devices went: as if all keys were released. */
void core_input_reset(struct core *core);

/* xray.c: frames and floating labels */
enum { FRAME = 3, FRAME_FOCUSED = 5, LABEL_TEXT_MAX = 600 };
void core_set_xray(struct core *core, bool on);
/* Frames, labels, no decoration: X-ray or kill mode. */
static inline bool core_marks(const struct core *core)
{
	return core->xray || core->kill;
}
void core_mark_anew(struct core *core); /* frames and labels; damages all */
int xray_frame(const struct view *view); /* pixels around its content */
void xray_place_labels(struct core *core);
void xray_paint_frame(const struct blit_surface *to, const struct view *view,
		      struct rect clip);
/* The labels that touch `clip`. */
void xray_paint_labels(struct core *core, const struct blit_surface *to,
		       struct rect clip);

/* kill.c: the picture stands still, a click locks out */
void core_set_kill(struct core *core, bool on);
void kill_freeze(struct core *core); /* the red picture is painted */
/* Like core_compose, while it stands still. */
bool kill_compose(struct core *core, struct region *painted);
void kill_click(struct core *core, int32_t x, int32_t y);
void kill_forget(struct core *core, const struct session *session);

/* pointer.c: its picture, the grab */
void pointer_finish(struct core *core);
/* Until another session is hovered; `pixels` are taken over. */
void pointer_set_shape(struct session *session, enum figure_pointer shape);
void pointer_set_image(struct session *session, uint32_t *pixels, int w, int h,
		       struct point hot);
/* The one in force. */
const struct pointer_image *pointer_image(struct core *core);
bool pointer_is_shown(const struct core *core);
struct rect pointer_rect(struct core *core); /* empty: not drawn here */
void pointer_update(struct core *core);
void pointer_paint(struct core *core, const struct blit_surface *to,
		   struct rect clip);
/* Who has the pointer for itself, NULL: nobody. */
struct session *core_grabber(const struct core *core);
/* It has the focus, and the user pressed a key or button in it since. */
bool core_acts(const struct core *core, const struct session *session);
/* NULL: ends it. False when the session may not. */
bool core_set_grab(struct core *core, struct session *session);
/* True: the event went to who has the grab. */
bool grab_motion(struct core *core, const struct input_event *event);

/* menubar.c: what stands above all views */
int scaled(const struct core *core, int value); /* by the output's scale */
/* As reports name it, "": none. */
const char *core_mode_name(const struct core *core);
int32_t menubar_height(const struct core *core);
void menubar_paint(const struct core *core, const struct blit_surface *to,
		   struct rect clip);

/* policy.c: config */
void policy_init(struct policy *policy); /* the defaults */
void policy_finish(struct policy *policy);
/* Replaces all by what the node says, and complains about the rest. */
void policy_read(struct policy *policy, const struct config_node *config);

/* The policy that fits best; without one, that of the default domain. */
const struct rule *policy_rule(const struct policy *policy, const char *label);
/* Its colour, else that of its domain, else one of eight hues by hash. */
uint32_t rule_color(const struct rule *rule, const char *label);
/* Shift is ignored where it would make no other one. NULL: none. */
const struct mode_key *policy_mode_key(const struct policy *policy, int code,
				       bool super, bool shift);
/* The key that the menubar shows for a mode, "" if there is none. */
void policy_key_text(const struct policy *policy, enum mode mode, char *out,
		     size_t size);

/* domain.c */
void domain_init(struct domain *domain, const char *name); /* the defaults */
void domain_finish(struct domain *domain);
void domain_read(struct domain *domain, const struct config_node *node);
/* Whether sessions of a domain may read what one of the other offers. */
bool domain_may_read(const struct domain *reader, const struct domain *from);
void session_place_area(struct session *session); /* derives it */
/* Its background is the default one. */
bool session_is_backdrop(const struct session *session);

#endif
