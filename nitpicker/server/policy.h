/*
 * What the config says: colours of labels, and the keys of the server.
 */
#ifndef SERVER_POLICY_H
#define SERVER_POLICY_H

#include "base/config.h"

enum mode {
	MODE_XRAY,
	MODE_KILL,
	MODE_SCREENSHOT,
	MODE_NEXT,
	MODE_PREVIOUS,
	MODE_LAUNCHER,
	MODE_COUNT,
};

struct mode_key {
	enum mode mode;
	int code; /* 0: Super alone */
	bool super, shift;
	char *label; /* of MODE_LAUNCHER; owned, may be NULL */
};

struct label_value {
	char *label; /* owned */
	uint32_t value; /* a colour, or the code of a key */
};

enum { MODE_KEYS_MAX = 32, POLICIES_MAX = 256, GLOBAL_KEYS_MAX = 64 };

struct policy {
	struct mode_key keys[MODE_KEYS_MAX];
	struct label_value colors[POLICIES_MAX], globals[GLOBAL_KEYS_MAX];
	unsigned key_count, color_count, global_count;
};

void policy_init(struct policy *policy); /* the defaults */
void policy_finish(struct policy *policy);
/* Replaces all by what the node says, and complains about the rest. */
void policy_read(struct policy *policy, const struct config_node *config);

/* Of the policy that fits best, else one of eight hues by hash. */
uint32_t policy_color(const struct policy *policy, const char *label);
/* The mode key of that combination; Shift is ignored where it would make no
 * other one. NULL: none. */
const struct mode_key *policy_mode_key(const struct policy *policy, int code,
				       bool super, bool shift);
/* The key that the menubar shows for a mode, "" if there is none. */
void policy_key_text(const struct policy *policy, enum mode mode, char *out,
		     size_t size);
/* The label that gets sequences which begin with that key; NULL: none. */
const char *policy_global_key(const struct policy *policy, int code);

#endif
