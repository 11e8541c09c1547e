/*
 * Commands: from text to arguments and back.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "desktop_entry.h"

struct splitter {
	const char *at;
	char *word; /* as long as the whole command */
	size_t length;
	const char *problem;
};

static void put(struct splitter *splitter, char c)
{
	splitter->word[splitter->length++] = c;
}

/* Behind the first quote, to behind the last one. */
static void take_quoted(struct splitter *splitter)
{
	for (char c; (c = *splitter->at); splitter->at++) {
		if (c == '"') {
			splitter->at++;
			return;
		}
		if (c == '\\') {
			c = splitter->at[1];
			if (!c || !strchr("\"`$\\", c))
				break;
			splitter->at++;
		} else if (c == '`' || c == '$') {
			break;
		}
		put(splitter, c);
	}
	splitter->problem = *splitter->at ? "needs a backslash in its quotes"
					  : "a quote that doesn't end";
}

static void take_word(struct splitter *splitter)
{
	splitter->length = 0;
	for (char c; !splitter->problem && (c = *splitter->at) && c != ' ' &&
		     c != '\t' && c != '\n';) {
		splitter->at++;
		if (c == '"')
			take_quoted(splitter);
		else if (strchr("'\\><~|&;$*?#()`", c))
			splitter->problem = "a reserved character outside of "
					    "quotes";
		else
			put(splitter, c);
	}
}

char **desktop_args_split(const char *command, const char **problem)
{
	struct splitter splitter = {
		.at = command,
		.word = xcalloc(strlen(command) + 1, 1),
	};
	char **args = xcalloc(DESKTOP_ARGS_MAX + 1, sizeof(*args));
	size_t count = 0;

	for (;;) {
		splitter.at += strspn(splitter.at, " \t\n");
		if (!*splitter.at || splitter.problem)
			break;
		take_word(&splitter);
		if (count == DESKTOP_ARGS_MAX)
			splitter.problem = "too many arguments";
		if (!splitter.problem)
			args[count++] = xstrndup(splitter.word,
						 splitter.length);
	}
	free(splitter.word);
	if (!count && !splitter.problem)
		splitter.problem = "no command";
	*problem = splitter.problem;
	if (!splitter.problem)
		return args;
	desktop_args_free(args);
	return NULL;
}

void desktop_args_free(char **args)
{
	for (size_t i = 0; args && args[i]; i++)
		free(args[i]);
	free(args);
}

char *desktop_args_join(char *const *args)
{
	size_t length = 1;
	char *text, *to;

	for (size_t i = 0; args[i]; i++)
		length += 2 * strlen(args[i]) + 3;
	text = to = xcalloc(length, 1);
	for (size_t i = 0; args[i]; i++) {
		bool quoted = !*args[i] ||
			      strpbrk(args[i], " \t\n\"'\\><~|&;$*?#()`");

		if (i)
			*to++ = ' ';
		if (quoted)
			*to++ = '"';
		for (const char *c = args[i]; *c; c++) {
			if (strchr("\"`$\\", *c))
				*to++ = '\\';
			*to++ = *c;
		}
		if (quoted)
			*to++ = '"';
	}
	return text;
}
