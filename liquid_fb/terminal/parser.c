/*
 * Bytes to characters, control characters and sequences: the states of Paul
 * Williams' diagram, with UTF-8 in the ground state and parameters that keep
 * their colons.
 */
#include <string.h>

#include "base/utf8.h"
#include "liquid_fb/terminal/terminal_private.h"

enum { REPLACEMENT = 0xfffd };

/* ---- sequences ---- */

static void begin_sequence(struct parser *p)
{
	p->count = 1;
	p->values[0] = 0;
	p->given = p->sub = 0;
	p->overflow = false;
	p->prefix = 0;
	p->intermediate_count = 0;
	p->intermediates[0] = 0;
}

static void begin_string(struct parser *p, enum parser_state state)
{
	enum { FIRST_CAPACITY = 256 };

	if (!p->string) {
		p->capacity = FIRST_CAPACITY;
		p->string = xcalloc(p->capacity, 1);
	}
	p->state = state;
	p->length = 0;
	p->too_long = false;
}

static void add_param(struct parser *p, bool sub)
{
	if (p->count == PARAMS_MAX) {
		p->overflow = true;
		return;
	}
	p->values[p->count] = 0;
	if (sub)
		p->sub |= 1u << p->count;
	p->count++;
}

static void add_digit(struct parser *p, unsigned digit)
{
	unsigned *value = &p->values[p->count - 1];

	if (p->overflow)
		return;
	*value = *value * 10 + digit;
	if (*value > PARAM_MAX)
		*value = PARAM_MAX;
	p->given |= 1u << (p->count - 1);
}

static bool add_intermediate(struct parser *p, uint8_t byte)
{
	if (p->intermediate_count == INTERMEDIATES_MAX)
		return false;
	p->intermediates[p->intermediate_count++] = (char)byte;
	p->intermediates[p->intermediate_count] = '\0';
	return true;
}

static size_t string_limit(const struct parser *p)
{
	/* OSC 52 may be long. */
	return p->state == STATE_OSC && p->length > 2 &&
			       !memcmp(p->string, "52;", 3)
		       ? TERMINAL_CLIPBOARD_MAX
		       : TERMINAL_STRING_MAX;
}

static void add_to_string(struct parser *p, uint8_t byte)
{
	if (p->length + 1 >= p->capacity) {
		size_t limit = string_limit(p);

		if (p->length + 1 >= limit) {
			p->too_long = true;
			return;
		}
		p->capacity *= 2;
		p->string = xreallocarray(p->string, p->capacity, 1);
	}
	p->string[p->length++] = (char)byte;
}

static void end_string(struct terminal *t)
{
	struct parser *p = &t->parser;
	const enum parser_state state = p->state;

	p->state = STATE_GROUND;
	if (p->too_long || (state != STATE_OSC && state != STATE_DCS_DATA))
		return;
	p->string[p->length] = '\0';
	if (state == STATE_OSC)
		osc_dispatch(t);
	else
		dcs_dispatch(t);
	if (p->capacity > TERMINAL_STRING_MAX) {
		free(p->string);
		p->string = NULL;
		p->capacity = 0;
	}
}

/* ---- control characters ---- */

static void designate_shift(struct terminal *t, uint8_t set)
{
	t->gl = set;
	print_update(t);
}

static void line_feed(struct terminal *t)
{
	cursor_index(t);
	if (t->modes & MODE_NEWLINE)
		cursor_return(t);
}

static void control(struct terminal *t, uint8_t byte)
{
	switch (byte) {
	case '\a':
		if (t->handler->bell)
			t->handler->bell(t->user);
		break;
	case '\b':
		cursor_back(t);
		break;
	case '\t':
		cursor_tab(t, 1);
		break;
	case '\n':
	case '\v':
	case '\f':
		line_feed(t);
		break;
	case '\r':
		cursor_return(t);
		break;
	case 0x0e:
		designate_shift(t, 1);
		break;
	case 0x0f:
		designate_shift(t, 0);
		break;
	default:
		break;
	}
}

/* C1, as code points or as ESC and a letter. */
static void control_c1(struct terminal *t, uint8_t letter)
{
	struct parser *p = &t->parser;

	p->state = STATE_GROUND;
	switch (letter) {
	case 'P':
		begin_sequence(p);
		p->state = STATE_DCS;
		break;
	case '[':
		begin_sequence(p);
		p->state = STATE_CSI;
		break;
	case ']':
		begin_string(p, STATE_OSC);
		break;
	case 'X':
	case '^':
	case '_':
		p->state = STATE_STRING;
		break;
	default:
		p->intermediate_count = 0;
		p->intermediates[0] = '\0';
		esc_dispatch(t, (char)letter);
	}
}

/* ---- UTF-8 ---- */

static void flush_broken(struct terminal *t)
{
	if (!t->parser.missing)
		return;
	t->parser.missing = 0;
	print_code(t, REPLACEMENT);
}

static void take_code(struct terminal *t, uint32_t code)
{
	if (code >= 0x80 && code < 0xa0)
		control_c1(t, (uint8_t)(code - 0x40));
	else
		print_code(t, code);
}

static void begin_code(struct terminal *t, uint8_t byte)
{
	struct parser *p = &t->parser;

	p->lower = 0x80;
	p->upper = 0xbf;
	if (byte >= 0xc2 && byte <= 0xdf) {
		p->missing = 1;
		p->code = byte & 0x1f;
	} else if (byte >= 0xe0 && byte <= 0xef) {
		p->missing = 2;
		p->code = byte & 0x0f;
		p->lower = byte == 0xe0 ? 0xa0 : 0x80;
		p->upper = byte == 0xed ? 0x9f : 0xbf;
	} else if (byte >= 0xf0 && byte <= 0xf4) {
		p->missing = 3;
		p->code = byte & 0x07;
		p->lower = byte == 0xf0 ? 0x90 : 0x80;
		p->upper = byte == 0xf4 ? 0x8f : 0xbf;
	} else {
		print_code(t, REPLACEMENT);
	}
}

/* One byte of 0x80 and above. */
static void utf8_byte(struct terminal *t, uint8_t byte)
{
	struct parser *p = &t->parser;

	if (p->missing && byte >= p->lower && byte <= p->upper) {
		p->code = p->code << 6 | (byte & 0x3f);
		p->lower = 0x80;
		p->upper = 0xbf;
		if (--p->missing == 0)
			take_code(t, p->code);
		return;
	}
	flush_broken(t);
	begin_code(t, byte);
}

/* ---- ground ---- */

static void csi_end(struct terminal *t, uint8_t byte);

/*
 * What most control sequences are made of, at once: digits and semicolons, up
 * to the final letter. What else comes is left to the states.
 */
static const uint8_t *csi_run(struct terminal *t, const uint8_t *at,
			      const uint8_t *end)
{
	struct parser *p = &t->parser;
	unsigned value = 0, digit;

	begin_sequence(p);
	p->state = STATE_CSI;
	for (; at < end; at++) {
		digit = *at - (unsigned)'0';
		if (digit < 10) {
			value = value * 10 + digit;
			value = value < PARAM_MAX ? value : PARAM_MAX;
			p->given |= 1u << (p->count - 1);
		} else if (*at == ';' && p->count < PARAMS_MAX) {
			p->values[p->count - 1] = value;
			p->count++;
			value = 0;
		} else {
			break;
		}
	}
	p->values[p->count - 1] = value;
	if (at < end && *at >= 0x40 && *at < 0x7f)
		csi_end(t, *at++);
	return at;
}

/* How many printable characters of ASCII come. */
static size_t ascii_run(const uint8_t *at, size_t count)
{
	const uint64_t ones = 0x0101010101010101u;
	size_t i = 0;

	for (; i + 8 <= count; i += 8) {
		uint64_t word, found;

		memcpy(&word, at + i, 8);
		found = (((word - 0x20 * ones) & ~word) | (word + ones) |
			 word) &
			(0x80 * ones);
		if (found)
			return i + (size_t)__builtin_ctzll(found) / 8;
	}
	while (i < count && at[i] >= 0x20 && at[i] < 0x7f)
		i++;
	return i;
}

static const uint8_t *ground(struct terminal *t, const uint8_t *at,
			     const uint8_t *end)
{
	struct parser *p = &t->parser;

	while (at < end && p->state == STATE_GROUND) {
		const uint8_t byte = *at;

		if (byte >= 0x80) {
			utf8_byte(t, byte);
			at++;
			continue;
		}
		flush_broken(t);
		if (byte >= 0x20 && byte < 0x7f) {
			size_t run = ascii_run(at, (size_t)(end - at));

			print_ascii(t, at, run);
			at += run;
		} else {
			at++;
			if (byte != 0x1b)
				control(t, byte);
			else if (at < end && *at == '[')
				at = csi_run(t, at + 1, end);
			else
				p->state = STATE_ESCAPE;
		}
	}
	return at;
}

/* ---- the other states ---- */

static void escape(struct terminal *t, uint8_t byte)
{
	struct parser *p = &t->parser;

	if (p->state == STATE_ESCAPE) {
		p->intermediate_count = 0;
		p->intermediates[0] = '\0';
		if (byte >= 0x40 && byte < 0x60 && byte != '\\') {
			control_c1(t, byte);
			return;
		}
	}
	if (byte < 0x20) {
		control(t, byte);
	} else if (byte < 0x30) {
		if (!add_intermediate(p, byte))
			p->intermediates[0] = '?'; /* nothing has that */
		p->state = STATE_ESCAPE_MORE;
	} else if (byte < 0x7f) {
		p->state = STATE_GROUND;
		esc_dispatch(t, (char)byte);
	}
}

static void csi_end(struct terminal *t, uint8_t byte)
{
	struct parser *p = &t->parser;
	const bool ignore = p->state == STATE_CSI_IGNORE;

	p->state = STATE_GROUND;
	if (!ignore)
		csi_dispatch(t, (char)byte);
}

/* Parameters and intermediates of CSI and DCS; false: not one of them. */
static bool parameter(struct parser *p, uint8_t byte, bool more)
{
	if (byte >= '0' && byte <= '9' && !more)
		add_digit(p, byte - '0');
	else if ((byte == ';' || byte == ':') && !more)
		add_param(p, byte == ':');
	else
		return false;
	return true;
}

static void csi(struct terminal *t, uint8_t byte)
{
	struct parser *p = &t->parser;

	if (parameter(p, byte, p->state != STATE_CSI))
		return;
	if (byte >= 0x40 && byte < 0x7f) {
		csi_end(t, byte);
	} else if (byte < 0x20) {
		control(t, byte);
	} else if (byte < 0x30) {
		if (p->state != STATE_CSI_IGNORE)
			p->state = add_intermediate(p, byte) ? STATE_CSI_MORE
							     : STATE_CSI_IGNORE;
	} else if (byte < 0x40) {
		if (byte >= '<' && p->state == STATE_CSI && !p->prefix &&
		    p->count == 1 && !p->given)
			p->prefix = (char)byte;
		else
			p->state = STATE_CSI_IGNORE;
	}
}

static void dcs(struct terminal *t, uint8_t byte)
{
	struct parser *p = &t->parser;

	if (parameter(p, byte, p->state != STATE_DCS))
		return;
	if (byte >= 0x40 && byte < 0x7f) {
		p->final = (char)byte;
		begin_string(p, STATE_DCS_DATA);
	} else if (byte >= 0x20 && byte < 0x30) {
		if (add_intermediate(p, byte))
			p->state = STATE_DCS_MORE;
		else
			p->state = STATE_STRING;
	} else if (byte >= '<' && byte < 0x40 && p->state == STATE_DCS) {
		p->prefix = (char)byte;
	} else if (byte >= 0x20 && byte < 0x40) {
		p->state = STATE_STRING;
	}
	(void)t;
}

static void string_byte(struct terminal *t, uint8_t byte)
{
	struct parser *p = &t->parser;

	if (byte == '\a' && p->state == STATE_OSC)
		end_string(t);
	else if (p->state != STATE_STRING &&
		 (byte >= 0x20 || p->state == STATE_DCS_DATA) && !p->too_long)
		add_to_string(p, byte);
}

static void step(struct terminal *t, uint8_t byte)
{
	struct parser *p = &t->parser;

	if (byte == 0x18 || byte == 0x1a) { /* CAN, SUB */
		p->state = STATE_GROUND;
		return;
	}
	if (byte == 0x1b) {
		if (p->state >= STATE_OSC)
			end_string(t);
		p->state = STATE_ESCAPE;
		return;
	}
	switch (p->state) {
	case STATE_ESCAPE:
	case STATE_ESCAPE_MORE:
		escape(t, byte);
		break;
	case STATE_CSI:
	case STATE_CSI_MORE:
	case STATE_CSI_IGNORE:
		csi(t, byte);
		break;
	case STATE_DCS:
	case STATE_DCS_MORE:
		dcs(t, byte);
		break;
	default:
		string_byte(t, byte);
	}
}

void terminal_write(struct terminal *t, const void *bytes, size_t count)
{
	const uint8_t *at = bytes, *end = at + count;

	if (t->replies_taken) {
		t->reply_bytes = 0;
		t->replies_taken = false;
	}
	while (at < end)
		if (t->parser.state == STATE_GROUND)
			at = ground(t, at, end);
		else
			step(t, *at++);
}
