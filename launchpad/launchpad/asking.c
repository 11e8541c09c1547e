/*
 * What children ask for, and the user decides: to start one of our programs,
 * to get more memory.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "launchpad.h"

static void end(struct question *question, enum wire_status status)
{
	struct launchpad *launchpad = question->launchpad;
	struct question **at = &launchpad->questions;

	while (*at != question)
		at = &(*at)->next;
	*at = question->next;
	if (launchpad->family)
		family_answer_start(launchpad->family, question->request,
				    status);
	free(question->program);
	free(question);
}

static void answered(void *user, int answer)
{
	struct question *question = user;
	struct program *program = program_find(question->launchpad,
					       question->program);

	if (answer == 0 && program)
		program_start(question->launchpad, program);
	end(question, answer == 0 && program ? WIRE_OK : WIRE_DENIED);
}

void start_asked(void *user, struct child *asker, const char *entry,
		 uint32_t request)
{
	static const char *const answers[] = { "Start", "Don\u2019t", NULL };
	struct launchpad *launchpad = user;
	struct ui *ui = window_ui(launchpad->window);
	struct program *program = program_find(launchpad, entry);
	struct question *question;
	struct child_info info;
	char quota[QUOTA_TEXT_MAX], *title, *text;

	if (!program) {
		family_answer_start(launchpad->family, request,
				    WIRE_NO_SERVICE);
		return;
	}
	/* One at a time, or it would be a way to drown the user. */
	for (question = launchpad->questions; question;
	     question = question->next)
		if (question->asker == asker) {
			family_answer_start(launchpad->family, request,
					    WIRE_BUSY);
			return;
		}
	question = xcalloc(1, sizeof(*question));
	question->launchpad = launchpad;
	question->asker = asker;
	question->request = request;
	question->program = xstrdup(entry);
	question->next = launchpad->questions;
	launchpad->questions = question;
	child_get_info(asker, &info);
	quota_format(program->quota, quota);
	title = xasprintf("%s wants to start %s", info.name, program->name);
	text = xasprintf("It would get %s of launchpad's memory.", quota);
	question->toast = toast_ask(ui, frame_overlay((struct frame *)ui->root),
				    title, text, answers, answered, question);
	free(text);
	free(title);
}

/* Who asks is gone. */
void questions_forget(struct launchpad *launchpad, const struct child *asker)
{
	struct question *next;

	for (struct question *q = launchpad->questions; q; q = next) {
		next = q->next;
		if (asker && q->asker != asker)
			continue;
		toast_forget(q->toast);
		end(q, WIRE_DENIED);
	}
}

enum wire_status resource_asked(void *user, struct child *asker, uint64_t bytes)
{
	struct launchpad *launchpad = user;
	struct running *running;
	struct child_info info;
	char wanted[QUOTA_TEXT_MAX], *title, *text;

	child_get_info(asker, &info);
	running = running_find(launchpad, info.name);
	/* Told once: the bar is the user's. */
	if (!running || running->asked)
		return WIRE_DENIED;
	running->asked = true;
	quota_format(bytes, wanted);
	title = xasprintf("%s needs more memory", info.name);
	text = xasprintf("It asks for %s.", wanted);
	tell_matter(launchpad, title, text, info.name, NULL);
	free(text);
	free(title);
	return WIRE_DENIED;
}
