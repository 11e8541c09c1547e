#include "words.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool split_text(struct words *words, char *line)
{
	char *blank = strchr(line, ' ');

	words->at[0] = line;
	words->count = 1;
	if (blank && blank[1]) {
		*blank = '\0';
		words->at[1] = blank + 1;
		words->count = 2;
	}
	return *line;
}

/* Ends the word that starts at *at; moves *at behind it. False: open quote. */
static bool cut_word(char **at, char **word)
{
	bool quoted = **at == '"';

	*word = *at + quoted;
	*at = quoted ? strchr(*word, '"') : *word + strcspn(*word, " ");
	if (!*at || (quoted && (*at)[1] && (*at)[1] != ' ')) {
		return false;
	}
	if (**at) {
		*(*at)++ = '\0';
	}
	return true;
}

bool words_split(struct words *words, char *line, bool text)
{
	words->count = 0;
	if (text) {
		return split_text(words, line);
	}
	for (;;) {
		line += strspn(line, " ");
		if (!*line) {
			return words->count > 0;
		}
		if (words->count == WORDS_MAX ||
		    !cut_word(&line, &words->at[words->count])) {
			return false;
		}
		words->count++;
	}
}

bool words_number(const char *word, long min, long max, long *out)
{
	char *end;

	if (isspace((unsigned char)*word)) {
		return false;
	}
	errno = 0;
	long value = strtol(word, &end, 10);

	if (errno || end == word || *end || value < min || value > max) {
		return false;
	}
	*out = value;
	return true;
}
