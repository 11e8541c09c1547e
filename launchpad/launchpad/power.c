/*
 * Locking the screen; the end of the desktop, or of the machine: what our own
 * parent lets us ask for. That is asked twice.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "launchpad.h"

static const char *const names[] = {
	[POWER_LOG_OUT] = "Log out",
	[POWER_RESTART] = "Restart",
	[POWER_OFF] = "Power off",
};

static bool can(const struct launchpad *launchpad, enum power_action action)
{
	return launchpad->powers & 1u << action;
}

static void ask_parent(struct launchpad *launchpad, enum power_action action)
{
	enum wire_status status = parent_power(launchpad->component.parent,
					       action);
	char *title;

	if (status == WIRE_OK)
		return;
	title = xasprintf("%s: not possible", names[action]);
	window_message(launchpad->window, title, wire_status_name(status));
	free(title);
}

static unsigned count_running(const struct launchpad *launchpad)
{
	unsigned count = 0;

	for (struct running *r = launchpad->children; r; r = r->next)
		count += child_is_alive(r->child);
	return count;
}

static void confirmed(void *user, int answer)
{
	struct launchpad *launchpad = user;

	launchpad->power_question = NULL;
	if (answer == 0 && can(launchpad, launchpad->power_wish))
		ask_parent(launchpad, launchpad->power_wish);
}

static void ask_user(struct launchpad *launchpad, enum power_action action)
{
	const char *const answers[] = { names[action], "Cancel", NULL };
	struct ui *ui = window_ui(launchpad->window);
	unsigned running = count_running(launchpad);
	char *title = xasprintf("%s?", names[action]);
	char *text = running == 0
			     ? xstrdup("No program of launchpad is running.")
			     : xasprintf("%u running program%s will end; what "
					 "is not saved is lost.",
					 running, running == 1 ? "" : "s");

	power_forget(launchpad);
	launchpad->power_wish = action;
	launchpad->power_question = toast_ask(
		ui, frame_overlay((struct frame *)ui->root), title, text,
		answers, confirmed, launchpad);
	/* Enter alone ends nothing. */
	ui_set_focus(ui, toast_answer(launchpad->power_question, 1));
	free(text);
	free(title);
}

static void lock_screen(struct launchpad *launchpad)
{
	enum wire_status status = nitpicker_lock(
		window_nitpicker(launchpad->window), true);

	if (status != WIRE_OK)
		window_message(launchpad->window, "The screen is not locked",
			       status == WIRE_NO_SERVICE
				       ? "There is no nitlock to unlock it."
				       : wire_status_name(status));
}

/* The menu shows only what can be. */
static void chosen(void *user, int index)
{
	struct launchpad *launchpad = user;
	enum power_action action;

	if (launchpad->lock && index-- == 0) {
		lock_screen(launchpad);
		return;
	}
	for (action = 0; action <= POWER_LAST; action++)
		if (can(launchpad, action) && index-- == 0)
			break;
	if (action <= POWER_LAST)
		ask_user(launchpad, action);
}

void power_pressed(void *user)
{
	struct launchpad *launchpad = user;
	const char *shown[POWER_LAST + 3];
	unsigned action, count = 0;

	if (launchpad->lock)
		shown[count++] = "Lock";
	for (action = 0; action <= POWER_LAST; action++)
		if (can(launchpad, action))
			shown[count++] = names[action];
	shown[count] = NULL;
	panel_open_power(launchpad->panel, shown, chosen, launchpad);
}

void power_told(void *user, unsigned powers)
{
	struct launchpad *launchpad = user;

	launchpad->powers = powers;
	if (launchpad->panel)
		panel_show_power(launchpad->panel, powers || launchpad->lock);
}

void power_configure(struct launchpad *launchpad,
		     const struct config_node *root)
{
	launchpad->lock = false;
	config_get_bool(root, "lock", &launchpad->lock);
	power_told(launchpad, launchpad->powers);
}

void power_forget(struct launchpad *launchpad)
{
	if (launchpad->power_question)
		toast_forget(launchpad->power_question);
	launchpad->power_question = NULL;
}
