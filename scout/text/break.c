/*
 * Where lines may end: UAX #14, with its example 7 for numbers. The rules are
 * asked in their order; LBn in a comment names the one.
 */
#include "base/utf8.h"
#include "scout/text/text.h"
#include "scout/text/unicode/table.h"

enum {
	START = 0xff, /* nothing came before */
	LAST_OF_ASCII = 0x7f,
	/* Where we stand in a number. */
	NUMBER_NONE = 0,
	NUMBER_DIGITS, /* and what may stand between them */
	NUMBER_CLOSED, /* by one bracket */
};

static enum break_class class_of(uint32_t code)
{
	size_t low = 0, high = unicode_breaks_size;

	if (code <= LAST_OF_ASCII && high > LAST_OF_ASCII)
		high = LAST_OF_ASCII;
	/* Last entry that begins at or before the code. */
	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (unicode_breaks[middle] >> 8 <= code)
			low = middle;
		else
			high = middle;
	}
	return (enum break_class)(unicode_breaks[low] & 0xff);
}

static uint64_t bit(unsigned cls)
{
	return cls < 64 ? 1ull << cls : 0;
}

#define IS(cls, set) ((bit(cls) & (set)) != 0)
#define B(name) (1ull << LB_##name)

#define HARD (B(BK) | B(CR) | B(LF) | B(NL))
#define OPEN (B(OP) | B(OPW))
#define CLOSE (B(CL) | B(CP) | B(CPW))
#define LETTER (B(AL) | B(HL))
#define IDEOGRAM (B(ID) | B(IDX) | B(EB) | B(EM))
#define HANGUL (B(JL) | B(JV) | B(JT) | B(H2) | B(H3))
#define SIGN (B(PR) | B(PO))

void text_breaks_begin(struct text_breaks *breaks, const char *string,
		       size_t bytes)
{
	*breaks = (struct text_breaks){
		.string = string,
		.bytes = bytes,
		.last = START,
		.base = START,
	};
}

static enum break_class read_class(const struct text_breaks *breaks, size_t at,
				   size_t *length)
{
	uint32_t code;

	*length = utf8_decode(breaks->string + at, breaks->bytes - at, &code);
	if (!*length) {
		*length = 1;
		code = 0xfffd;
	}
	return class_of(code);
}

static bool digit_follows(const struct text_breaks *breaks)
{
	size_t length;

	return breaks->at < breaks->bytes &&
	       read_class(breaks, breaks->at, &length) == LB_NU;
}

/* LB13 to LB17: what spaces in between don't change. */
static bool holds_over_spaces(unsigned base, unsigned c)
{
	if (IS(c, CLOSE | B(EX) | B(IS) | B(SY)) || IS(base, OPEN))
		return true;
	return (base == LB_QU && IS(c, OPEN)) ||
	       (IS(base, CLOSE) && c == LB_NS) || (base == LB_B2 && c == LB_B2);
}

/* LB25 */
static bool holds_number(const struct text_breaks *breaks, unsigned p,
			 unsigned c)
{
	if (c == LB_NU)
		return IS(p, SIGN | OPEN | B(HY)) ||
		       breaks->number == NUMBER_DIGITS;
	if (IS(p, SIGN) && IS(c, OPEN) && digit_follows(breaks))
		return true;
	return breaks->number != NUMBER_NONE && IS(c, SIGN);
}

/* LB26 to LB27 */
static bool holds_hangul(unsigned p, unsigned c)
{
	if (p == LB_JL)
		return IS(c, B(JL) | B(JV) | B(H2) | B(H3) | B(PO));
	if (IS(p, B(JV) | B(H2)))
		return IS(c, B(JV) | B(JT) | B(PO));
	if (IS(p, B(JT) | B(H3)))
		return IS(c, B(JT) | B(PO));
	return p == LB_PR && IS(c, HANGUL);
}

/* LB21 to LB30b: pairs that stay together. */
static bool holds(const struct text_breaks *breaks, unsigned p, unsigned c)
{
	if (IS(c, B(BA) | B(HY) | B(NS) | B(IN)) || p == LB_BB)
		return true;
	if (breaks->after_hebrew && IS(p, B(HY) | B(BA)))
		return true;
	if (p == LB_SY && c == LB_HL)
		return true;
	if ((IS(p, LETTER) && c == LB_NU) || (p == LB_NU && IS(c, LETTER)))
		return true;
	if ((p == LB_PR && IS(c, IDEOGRAM)) || (IS(p, IDEOGRAM) && c == LB_PO))
		return true;
	if ((IS(p, SIGN) && IS(c, LETTER)) || (IS(p, LETTER) && IS(c, SIGN)))
		return true;
	if (holds_number(breaks, p, c) || holds_hangul(p, c))
		return true;
	if (IS(c, LETTER) && IS(p, LETTER | B(IS)))
		return true;
	if ((IS(p, LETTER | B(NU)) && c == LB_OP) ||
	    (p == LB_CP && IS(c, LETTER | B(NU))))
		return true;
	if (p == LB_RI && c == LB_RI)
		return breaks->regional & 1;
	return c == LB_EM && IS(p, B(EB) | B(IDX));
}

static enum text_break decide(const struct text_breaks *breaks, unsigned c)
{
	unsigned p = breaks->last, base = breaks->base;

	if (p == START)
		return TEXT_BREAK_NOT;
	if (p == LB_CR && c == LB_LF)
		return TEXT_BREAK_NOT;
	if (IS(p, HARD))
		return TEXT_BREAK_MUST;
	/* LB6, LB7 */
	if (IS(c, HARD | B(SP) | B(ZW)))
		return TEXT_BREAK_NOT;
	if (base == LB_ZW)
		return TEXT_BREAK_MAY;
	/* LB8a, LB11, LB12 */
	if (breaks->joined || c == LB_WJ || p == LB_WJ || p == LB_GL)
		return TEXT_BREAK_NOT;
	if (c == LB_GL && !IS(p, B(SP) | B(BA) | B(HY)))
		return TEXT_BREAK_NOT;
	if (holds_over_spaces(base, c))
		return TEXT_BREAK_NOT;
	if (p == LB_SP)
		return TEXT_BREAK_MAY;
	/* LB19, LB20 */
	if (c == LB_QU || p == LB_QU)
		return TEXT_BREAK_NOT;
	if (c == LB_CB || p == LB_CB)
		return TEXT_BREAK_MAY;
	return holds(breaks, p, c) ? TEXT_BREAK_NOT : TEXT_BREAK_MAY;
}

static void step(struct text_breaks *breaks, unsigned c)
{
	if (c == LB_NU)
		breaks->number = NUMBER_DIGITS;
	else if (breaks->number == NUMBER_DIGITS && IS(c, CLOSE))
		breaks->number = NUMBER_CLOSED;
	else if (breaks->number != NUMBER_DIGITS || !IS(c, B(SY) | B(IS)))
		breaks->number = NUMBER_NONE;
	breaks->regional = c == LB_RI ? breaks->regional + 1 : 0;
	breaks->after_hebrew = breaks->last == LB_HL;
	breaks->last = (uint8_t)c;
	if (c != LB_SP)
		breaks->base = (uint8_t)c;
}

bool text_breaks_next(struct text_breaks *breaks, size_t *at,
		      enum text_break *kind)
{
	size_t length;
	unsigned c;

	if (breaks->at == breaks->bytes)
		return false;
	*at = breaks->at;
	c = read_class(breaks, breaks->at, &length);
	breaks->at += length;

	bool mark = c == LB_CM || c == LB_ZWJ;

	/* LB9: a mark belongs to what it is put on. */
	if (mark && breaks->last != START &&
	    !IS(breaks->last, HARD | B(SP) | B(ZW))) {
		*kind = TEXT_BREAK_NOT;
		breaks->joined = c == LB_ZWJ;
		return true;
	}
	*kind = decide(breaks, mark ? LB_AL : c);
	step(breaks, mark ? LB_AL : c);
	breaks->joined = c == LB_ZWJ;
	return true;
}
