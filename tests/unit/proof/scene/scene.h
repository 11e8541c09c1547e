/*
 * A scene: a core with an output in memory and a handful of clients. What they
 * and the devices do is decided by a source of choices, random numbers or the
 * bytes of a fuzzer. Whatever is wrong ends the process with a line that says
 * what, and where in the sequence.
 */
#ifndef PROOF_SCENE_H
#define PROOF_SCENE_H

#include "server/core.h"

/* ---- choices ---- */

struct choice {
	const uint8_t *bytes; /* NULL: random numbers from `state` */
	size_t left;
	uint64_t state;
};

/* A number below `below`, which is at least 1; 0 when the bytes are used up. */
uint32_t choose(struct choice *choice, uint32_t below);

/* ---- what the output should show ---- */

struct naive {
	int w, h;
	enum blit_format format;
	uint32_t *pixels; /* 0xffRRGGBB, as an output of that format has it */
	uint64_t *layers; /* of each pixel, what it is made of, as a hash */
	uint32_t *still; /* the picture without the pointer */
};

void naive_init(struct naive *naive);
void naive_finish(struct naive *naive);
/*
 * Paints everything from back to front, pixel by pixel, with its own
 * arithmetic. The menubar, labels and the pointer are painted by the server's
 * functions, whole. `still`: in kill mode the picture that stands still, else
 * NULL.
 */
void naive_paint(struct naive *naive, struct core *core, const uint32_t *still);

/* ---- the scene ---- */

enum {
	SCENE_CLIENTS = 5,
	SCENE_VIEWS = 6, /* ids of each client */
	SCENE_SIDE_MAX = 128, /* of the output, pixels */
	SCENE_BUFFER_MAX = 48, /* sides */
};

/* What a client was told. */
struct ledger {
	uint8_t keys[CODE_BYTES]; /* pressed and not released */
	uint32_t slots; /* touched and not lifted */
	bool focused, hovered;
};

struct scene_client {
	struct session *session; /* NULL: not connected */
	uint32_t number; /* of all that ever connected */
	struct ledger ledger;
};

/* What came of one device event. */
struct outcome {
	unsigned presses, releases, motions, others;
	struct session *press; /* who got the last one */
	struct session *motion;
};

struct scene {
	struct core core;
	struct choice choice;
	struct scene_client clients[SCENE_CLIENTS];
	struct naive now, then; /* the picture, and the one before */
	struct region painted;
	void *output;
	uint64_t now_us;
	uint32_t connected; /* so far */
	bool opaque; /* no client blends */
	bool paint; /* with pixels: else only input matters */
	struct outcome outcome;
	/* The device, as the scene believes it to be. */
	uint8_t down[CODE_BYTES];
	/* For messages. */
	unsigned seed, step;
	const char *doing;
};

void scene_init(struct scene *scene, struct choice choice);
/* Clients go, devices are released; checks what remains. */
void scene_finish(struct scene *scene);

/* Ends the process. */
_Noreturn void scene_fail(const struct scene *scene, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A new output of that size, format and scale. */
void scene_output(struct scene *scene, int w, int h, enum blit_format format,
		  uint32_t scale);

/* One thing happens. `single`: at most one record at a time. */
void scene_step(struct scene *scene, bool single);
/* The same for commands of clients, and events of devices, alone. */
void scene_command(struct scene *scene, bool single);
void scene_device(struct scene *scene);
void scene_configure(struct scene *scene); /* random domains and policies */
void scene_connect(struct scene *scene, struct scene_client *client);
void scene_disconnect(struct scene *scene, struct scene_client *client);
void scene_buffer(struct scene *scene, struct scene_client *client);

/* Updates and composes; the output must be as the naive painter's. */
void scene_show(struct scene *scene);
/*
 * Updates; each pixel whose layers changed since the last scene_show must be
 * damaged. Returns damaged and changed pixels.
 */
void scene_measure(struct scene *scene, int64_t *damaged, int64_t *changed);

/* ---- ledgers ---- */

extern const struct core_handler scene_handler;
/* An event for the core, with what must come of it. */
void scene_event(struct scene *scene, struct input_event event);
/* That ledgers agree with each other and with the core. */
void ledger_check(const struct scene *scene);

#endif
