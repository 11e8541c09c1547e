/* Where output goes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "family.h"
#include "session.h"

/* To our own output, which our parent takes with our label in front. */
static void print(const struct child *child, const char *line)
{
	char text[LABEL_MAX + 4 * CHILD_LOG_LINE + 16];
	size_t length;

	output_prefix(text, sizeof(text) - 1, child->label, child->is_parent,
		      line);
	length = strlen(text);
	text[length++] = '\n';
	if (write(STDERR_FILENO, text, length) < 0 && errno != EPIPE)
		return;
}

void child_print_line(void *user, const char *line)
{
	struct child *child = user;
	const struct family *family = child->family;
	char below[LABEL_MAX + 1];
	const char *text = line;

	if (child->log) {
		if (child->is_parent)
			text = output_split_label(line, below);
		else
			below[0] = '\0';
		log_client_write(child->log, below, text);
	} else {
		print(child, line);
	}
	if (family->handler.output)
		family->handler.output(family->user, child, line);
}

static struct session *log_session(const struct child *child)
{
	struct session *session = child->family->sessions;

	while (session && !(session->for_output && session->client == child))
		session = session->next;
	return session;
}

/* The server ended it; there may be another. */
static void closed(void *user)
{
	struct child *child = user;
	struct session *session = log_session(child);

	child_log_closed(child);
	if (session && session->state == SESSION_OPEN)
		session_start_closing(session, true);
}

void child_log_opened(struct child *child, int fd)
{
	child->log = log_client_create(child->family->loop, fd, closed, child);
}

void child_log_closed(struct child *child)
{
	log_client_destroy(child->log);
	child->log = NULL;
}

void family_log_announced(struct family *family)
{
	struct child *child;

	for (child = family->first; child; child = child->next)
		if (child->pid && !log_session(child))
			session_open_log(child);
}
