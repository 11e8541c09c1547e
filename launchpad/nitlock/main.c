/*
 * nitlock: shows a locked screen, and asks for the password.
 *
 * It is the server that keeps the screen locked (nitpicker(1), <domain
 * lock="yes">), from the user's wish until this program says that the password
 * was right; also while this program isn't there. It is told by getting the
 * focus, which it has at no other time.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "face.h"
#include "scout/scout.h"
#include "secret.h"
#include "session/component.h"

#define SETTING "password" /* as it is stored */

enum {
	W = 340, /* follow the size of text, too */
	H = 250,
	CLOCK_H = 100, /* more, with a clock */
	WAIT_S = 1, /* after a wrong password, twice as long after the next */
	WAIT_MAX_S = 32,
};

static const uint64_t SECOND_NS = 1000000000;

struct nitlock {
	struct component component;
	struct window *window;
	struct face *face; /* NULL: not locked */
	char *hash; /* owned; NULL: there is no password yet */
	char *first; /* the new password as it was written first; owned */
	unsigned wrong; /* passwords in a row */
	struct timer wait;
};

static bool open_window(struct nitlock *nitlock);

static void forget(char **text)
{
	if (*text)
		explicit_bzero(*text, strlen(*text));
	free(*text);
	*text = NULL;
}

/* ---- the password ---- */

static char *stored_hash(struct parent *parent)
{
	char text[SECRET_HASH_MAX];
	const int fd = parent_file(parent, SETTING, NULL);
	ssize_t got = -1;

	if (fd >= 0) {
		got = read(fd, text, sizeof(text) - 1);
		close(fd);
	}
	if (got <= 0)
		return NULL;
	text[got] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return secret_is_hash(text) ? xstrdup(text) : NULL;
}

static void read_hash(struct nitlock *nitlock, const struct config_node *root)
{
	const char *text = config_value(root, "password");

	if (text && !secret_is_hash(text)) {
		config_complain(root, "<password> is no hash of crypt(3)");
		text = NULL;
	}
	forget(&nitlock->hash);
	nitlock->hash = text ? xstrdup(text)
			     : stored_hash(nitlock->component.parent);
}

/* ---- unlocking ---- */

/* What is left of the locked screen; the next one gets a new session. */
static void close_window(void *user)
{
	struct nitlock *nitlock = user;

	face_destroy(nitlock->face);
	nitlock->face = NULL;
	window_destroy(nitlock->window);
	if (!open_window(nitlock))
		loop_stop(nitlock->component.loop, 1);
}

static void unlock(struct nitlock *nitlock)
{
	const enum wire_status status = nitpicker_lock(
		window_nitpicker(nitlock->window), false);

	if (status != WIRE_OK) {
		face_say(nitlock->face, wire_status_name(status));
		return;
	}
	nitlock->wrong = 0;
	loop_undefer(nitlock->component.loop, nitlock);
	/* Not below the widget that calls us. */
	loop_defer(nitlock->component.loop, close_window, nitlock);
}

static void wait_is_over(void *user)
{
	struct nitlock *nitlock = user;

	if (nitlock->face)
		face_wait(nitlock->face, false);
}

static void refuse(struct nitlock *nitlock)
{
	unsigned seconds = WAIT_S;

	for (unsigned i = 0; i < nitlock->wrong && seconds < WAIT_MAX_S; i++)
		seconds *= 2;
	nitlock->wrong++;
	log_info("a wrong password, %u in a row", nitlock->wrong);

	char *words = xasprintf("Wrong; the next one counts in %u second%s.",
				seconds, seconds == 1 ? "" : "s");

	face_refuse(nitlock->face, words);
	face_wait(nitlock->face, true);
	timer_set_in(&nitlock->wait, seconds * SECOND_NS);
	free(words);
}

static void enter_password(struct nitlock *nitlock, const char *text)
{
	if (timer_is_set(&nitlock->wait))
		return;
	if (secret_fits(nitlock->hash, text))
		unlock(nitlock);
	else
		refuse(nitlock);
}

/* ---- choosing a password ---- */

static void ask_new(struct nitlock *nitlock)
{
	face_ask(nitlock->face, "Choose a password for this desktop", true);
}

static void keep(struct nitlock *nitlock, const char *text)
{
	char *hash = secret_make(text);
	enum wire_status status = hash ? parent_store(nitlock->component.parent,
						      SETTING, hash,
						      strlen(hash))
				       : WIRE_INVALID;
	char *words;

	if (status != WIRE_OK) {
		/* What is forgotten when we die would let anybody in. */
		words = xasprintf("It can't be kept: %s.",
				  wire_status_name(status));
		ask_new(nitlock);
		face_refuse(nitlock->face, words);
		forget(&hash);
		free(words);
		return;
	}
	nitlock->hash = hash;
	face_ask(nitlock->face, "Password", false);
	face_say(nitlock->face, "From now on this password unlocks it.");
}

static void choose(struct nitlock *nitlock, const char *text)
{
	if (!*text) {
		face_refuse(nitlock->face, "It can't be empty.");
	} else if (!nitlock->first) {
		nitlock->first = xstrdup(text);
		face_ask(nitlock->face, "The same once more", true);
		face_say(nitlock->face, "");
	} else if (strcmp(nitlock->first, text)) {
		forget(&nitlock->first);
		ask_new(nitlock);
		face_refuse(nitlock->face, "They were not the same.");
	} else {
		forget(&nitlock->first);
		keep(nitlock, text);
	}
}

/* ---- the face ---- */

static void on_entered(void *user, const char *text)
{
	struct nitlock *nitlock = user;

	if (nitlock->hash)
		enter_password(nitlock, text);
	else
		choose(nitlock, text);
}

static void on_cancelled(void *user)
{
	struct nitlock *nitlock = user;

	/* Only while there is no password. */
	if (nitlock->hash)
		return;
	forget(&nitlock->first);
	unlock(nitlock);
}

static bool shows_clock(const struct nitlock *nitlock)
{
	bool shown = true;

	config_get_bool(parent_config(nitlock->component.parent), "clock",
			&shown);
	return shown;
}

static struct rect middle(const struct nitlock *nitlock)
{
	const struct nitpicker_info *info = nitpicker_info(
		window_nitpicker(nitlock->window));
	const struct ui *ui = window_ui(nitlock->window);
	const int w = ui_tx(ui, W);
	const int h = ui_tx(ui, shows_clock(nitlock) ? H + CLOCK_H : H);

	return (struct rect){ ((int)info->w - w) / 2, ((int)info->h - h) / 3, w,
			      h };
}

static void show(struct nitlock *nitlock)
{
	static const struct face_handler handler = { on_entered, on_cancelled };
	const struct face_options options = {
		.loop = nitlock->component.loop,
		.clock = shows_clock(nitlock),
		.handler = &handler,
		.user = nitlock,
	};

	nitlock->face = face_create(window_ui(nitlock->window),
				    window_body(nitlock->window), &options);
	if (nitlock->hash)
		face_ask(nitlock->face, "Password", false);
	else
		ask_new(nitlock);
	if (timer_is_set(&nitlock->wait))
		face_wait(nitlock->face, true);
	window_set_style(nitlock->window, false, true);
	window_set_first_place(nitlock->window, middle(nitlock));
	window_show(nitlock->window);
}

static bool on_input(void *user, const struct input_event *event)
{
	struct nitlock *nitlock = user;

	if (event->type == INPUT_FOCUS_ENTER && !nitlock->face)
		show(nitlock);
	return false;
}

static void lock_again(void *user)
{
	struct nitlock *nitlock = user;

	if (nitlock->face)
		nitpicker_lock(window_nitpicker(nitlock->window), true);
}

/* Another screen; or a new server, which may not know yet that it is locked. */
static void on_info(void *user)
{
	struct nitlock *nitlock = user;

	if (!nitlock->face)
		return;
	window_set_place(nitlock->window, middle(nitlock));
	loop_defer(nitlock->component.loop, lock_again, nitlock);
}

/* ---- life ---- */

static bool open_window(struct nitlock *nitlock)
{
	static const struct window_handler handler = {
		.input = on_input,
		.info = on_info,
	};
	const struct window_options options = {
		.title = "Locked",
		.place = { 0, 0, W, H },
	};

	nitlock->window = window_create(nitlock->component.loop,
					nitlock->component.parent, &options,
					&handler, nitlock);
	return nitlock->window != NULL;
}

static void on_config(void *user, const struct config_node *root)
{
	static const char *const known[] = { "password", "clock", NULL };
	struct nitlock *nitlock = user;

	config_check_known(root, known);
	read_hash(nitlock, root);
	if (nitlock->window)
		window_configure(nitlock->window, root);
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "nitlock",
		.summary = "Shows a locked screen, and asks for the password.",
	};
	static const struct parent_handler parent = { .config = on_config };
	struct nitlock nitlock = { .window = NULL };
	struct component *self = &nitlock.component;
	int code = 1;

	component_init(self, &info, argc, argv, &parent, &nitlock);
	timer_init(&nitlock.wait, self->loop, wait_is_over, &nitlock);
	read_hash(&nitlock, parent_config(self->parent));
	if (open_window(&nitlock))
		code = loop_run(self->loop);
	loop_undefer(self->loop, &nitlock);
	face_destroy(nitlock.face);
	window_destroy(nitlock.window);
	timer_finish(&nitlock.wait);
	forget(&nitlock.first);
	forget(&nitlock.hash);
	component_finish(self);
	return code;
}
