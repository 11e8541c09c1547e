#include "search.h"

#include <string.h>

#include "base/alloc.h"

enum search_class { FUZZY = 1, INSIDE, OTHER_WORD, WORDS, WORD, START };

enum { STEPS_MAX = 2000, USES_MAX = 999, LENGTH_MAX = 255 };

/* ---- lower case ---- */

/* The second byte of a capital letter whose small one differs in that only. */
static uint8_t folded_second(uint8_t first, uint8_t second)
{
	bool latin = first == 0xc3 && second >= 0x80 && second <= 0x9e &&
		     second != 0x97;
	bool greek = first == 0xce && second >= 0x91 && second <= 0x9f;
	bool cyrillic = first == 0xd0 && second >= 0x90 && second <= 0x9f;

	return latin || greek || cyrillic ? second + 0x20 : second;
}

char *search_fold(const char *text)
{
	char *copy = xstrdup(text);
	uint8_t before = 0;

	for (char *c = copy; *c; c++) {
		uint8_t byte = (uint8_t)*c;

		if (byte >= 'A' && byte <= 'Z')
			*c = (char)(byte + 'a' - 'A');
		else
			*c = (char)folded_second(before, byte);
		/* These two lie in the next row. */
		if (before == 0xd0 && byte >= 0xa0 && byte <= 0xaf) {
			c[-1] = (char)0xd1;
			*c = (char)(byte - 0x20);
		} else if (before == 0xce && byte >= 0xa0 && byte <= 0xa9) {
			c[-1] = (char)0xcf;
			*c = (char)(byte - 0x20);
		}
		before = byte;
	}
	return copy;
}

/* ---- words ---- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       (uint8_t)c >= 0x80;
}

static bool begins_word(const char *text, size_t at)
{
	return is_letter(text[at]) && (at == 0 || !is_letter(text[at - 1]));
}

static const char *find_word(const char *text, const char *wanted)
{
	for (const char *at = strstr(text, wanted); at;
	     at = strstr(at + 1, wanted))
		if (at == text || !is_letter(at[-1]) || !is_letter(*at))
			return at;
	return NULL;
}

static uint64_t bits(size_t from, size_t count)
{
	uint64_t all = 0;

	for (size_t i = from; i < from + count && i < 64; i++)
		all |= (uint64_t)1 << i;
	return all;
}

/* wanted[n..] from text[at..], each letter the next one or a word's first. */
static bool match_words(const char *text, size_t at, const char *wanted,
			size_t n, int *steps, uint64_t *letters)
{
	if (!wanted[n])
		return true;
	if (--*steps < 0)
		return false;
	if (text[at] == wanted[n] &&
	    match_words(text, at + 1, wanted, n + 1, steps, letters)) {
		*letters |= bits(at, 1);
		return true;
	}
	for (size_t i = at; text[i]; i++)
		if (begins_word(text, i) && text[i] == wanted[n] && i > at &&
		    match_words(text, i + 1, wanted, n + 1, steps, letters)) {
			*letters |= bits(i, 1);
			return true;
		}
	return false;
}

static bool match_initials(const char *text, const char *wanted,
			   uint64_t *letters)
{
	int steps = STEPS_MAX;

	for (size_t i = 0; text[i]; i++) {
		*letters = 0;
		if (begins_word(text, i) && text[i] == wanted[0] &&
		    match_words(text, i, wanted, 0, &steps, letters))
			return true;
	}
	return false;
}

/* At most two letters between for each that was typed. */
static bool match_letters(const char *text, const char *wanted, size_t n,
			  uint64_t *letters)
{
	const char *first = strchr(text, wanted[0]), *at = first;

	*letters = 0;
	if (n < 3)
		return false;
	for (; *wanted; wanted++, at++) {
		at = at ? strchr(at, *wanted) : NULL;
		if (!at)
			return false;
		*letters |= bits((size_t)(at - text), 1);
	}
	return (size_t)(at - first) <= 3 * n;
}

/* ---- classes ---- */

static enum search_class class_of(const char *wanted,
				  const struct searched *searched,
				  uint64_t *letters)
{
	const char *name = searched->name, *at;
	size_t n = strlen(wanted);

	*letters = bits(0, n);
	if (!strncmp(name, wanted, n))
		return START;
	at = find_word(name, wanted);
	if (at) {
		*letters = bits((size_t)(at - name), n);
		return WORD;
	}
	if (match_initials(name, wanted, letters))
		return WORDS;
	*letters = 0;
	if (find_word(searched->others, wanted))
		return OTHER_WORD;
	at = strstr(name, wanted);
	if (at) {
		*letters = bits((size_t)(at - name), n);
		return INSIDE;
	}
	return match_letters(name, wanted, n, letters) ? FUZZY : 0;
}

bool search_match(const char *wanted, const struct searched *searched,
		  struct search_hit *hit)
{
	enum search_class class = class_of(wanted, searched, &hit->letters);
	unsigned uses = searched->uses < USES_MAX ? searched->uses : USES_MAX;
	size_t length = strlen(searched->name);

	if (length > LENGTH_MAX)
		length = LENGTH_MAX;
	hit->score = ((unsigned)class * (USES_MAX + 1) + uses) *
			     (LENGTH_MAX + 1) +
		     LENGTH_MAX - (unsigned)length;
	return class != 0;
}
