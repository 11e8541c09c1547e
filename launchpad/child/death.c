/* What became of a child, in words. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "family.h"

/* Code and what it said about it, or else the last line that it printed. */
static void tell_exit(struct child *child, int code)
{
	const char *words = child->last_words;
	unsigned n;

	for (n = 0; !words && code && n < CHILD_LOG_KEPT; n++)
		if (!output_kept(&child->output, n + 1))
			words = output_kept(&child->output, n);
	if (words && words[0])
		child_set_reason(child, "exit code %d: %s", code, words);
	else
		child_set_reason(child, "exit code %d", code);
}

static void tell_excess(struct child *child)
{
	const uint64_t limit = quota_limit(child->account);
	const uint64_t peak = limit_peak(&child->limit);

	if (child->peak < peak)
		child->peak = peak;
	child_set_reason(child,
			 "used more than its quota of %llu KiB (limit %llu "
			 "KiB, peak %llu KiB)",
			 (unsigned long long)child->account->assigned >> 10,
			 (unsigned long long)limit >> 10,
			 (unsigned long long)child->peak >> 10);
}

static const char *killer(const struct child *child)
{
	return child->killed_by_user ? "killed by the user" : "killed";
}

static void tell_signal(struct child *child, int signo)
{
	const char *name = sigabbrev_np(signo), *words = sigdescr_np(signo);

	if (name && words)
		child_set_reason(child, "signal %d (SIG%s, %s)", signo, name,
				 words);
	else
		child_set_reason(child, "signal %d", signo);
}

/* bubblewrap tells by its exit code, as shells do, which signal ended the
 * program. */
static int status_of_program(const struct child *child, int status)
{
	const int signo = WIFEXITED(status) ? WEXITSTATUS(status) - 128 : 0;

	/* W_EXITCODE of the kernel: a signal stands alone in the low bits. */
	return child->isolated && signo > 0 && signo < NSIG ? signo : status;
}

bool child_tell_death(struct child *child, int status, enum child_state *state)
{
	status = status_of_program(child, status);

	const bool out_of_memory = child->over_quota ||
				   (WIFSIGNALED(status) &&
				    WTERMSIG(status) == SIGKILL &&
				    limit_was_exceeded(&child->limit));

	*state = CHILD_KILLED;
	if (child->locked_out) {
		*state = CHILD_LOCKED_OUT;
		child_set_reason(child, "locked out by the user");
	} else if (child->last_words && child->failed) {
		*state = CHILD_EXITED;
		child_set_reason(child, "%s", child->last_words);
		return true;
	} else if (out_of_memory) {
		*state = CHILD_QUOTA;
		tell_excess(child);
		return true;
	} else if (WIFEXITED(status)) {
		*state = CHILD_EXITED;
		tell_exit(child, WEXITSTATUS(status));
		return WEXITSTATUS(status) != 0;
	} else if (child->was_killed) {
		child_set_reason(child, "%s",
				 child->last_words ? child->last_words
						   : killer(child));
		return child->last_words != NULL;
	} else {
		tell_signal(child, WTERMSIG(status));
		return !child->family->stopping;
	}
	return false;
}
