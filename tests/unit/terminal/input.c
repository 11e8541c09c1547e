/* Keys, mouse, paste as bytes. */
#include <string.h>

#include "suite.h"

#define F(n) (TERMINAL_KEY_F1 + (n)-1)

static const struct {
	const char *modes;
	enum terminal_key key;
	unsigned modifiers;
	const char *bytes;
} keys[] = {
	{ "", TERMINAL_KEY_UP, 0, "\33[A" },
	{ "\33[?1h", TERMINAL_KEY_UP, 0, "\33OA" },
	{ "\33[?1h", TERMINAL_KEY_LEFT, KEY_MOD_CTRL, "\33[1;5D" },
	{ "", TERMINAL_KEY_HOME, 0, "\33[H" },
	{ "", TERMINAL_KEY_END, KEY_MOD_SHIFT | KEY_MOD_ALT, "\33[1;4F" },
	{ "", TERMINAL_KEY_INSERT, 0, "\33[2~" },
	{ "", TERMINAL_KEY_DELETE, KEY_MOD_CTRL, "\33[3;5~" },
	{ "", TERMINAL_KEY_PAGE_UP, 0, "\33[5~" },
	{ "", TERMINAL_KEY_PAGE_DOWN, 0, "\33[6~" },
	{ "", F(1), 0, "\33OP" },
	{ "", F(4), KEY_MOD_SHIFT, "\33[1;2S" },
	{ "", F(5), 0, "\33[15~" },
	{ "", F(12), 0, "\33[24~" },
	{ "", F(20), 0, "\33[34~" },
	{ "", TERMINAL_KEY_ENTER, 0, "\r" },
	{ "\33[20h", TERMINAL_KEY_ENTER, 0, "\r\n" },
	{ "", TERMINAL_KEY_ENTER, KEY_MOD_ALT, "\33\r" },
	{ "", TERMINAL_KEY_TAB, 0, "\t" },
	{ "", TERMINAL_KEY_TAB, KEY_MOD_SHIFT, "\33[Z" },
	{ "", TERMINAL_KEY_BACKSPACE, 0, "\177" },
	{ "", TERMINAL_KEY_BACKSPACE, KEY_MOD_CTRL, "\b" },
	{ "\33[?67h", TERMINAL_KEY_BACKSPACE, 0, "\b" },
	{ "", TERMINAL_KEY_ESCAPE, 0, "\33" },
	{ "", TERMINAL_KEY_PAD_0 + 5, 0, "" },
	{ "\33=", TERMINAL_KEY_PAD_0 + 5, 0, "\33Ou" },
	{ "\33=", TERMINAL_KEY_PAD_PLUS, 0, "\33Ok" },
	{ "\33=", TERMINAL_KEY_PAD_ENTER, 0, "\33OM" },
	{ "\33=\33>", TERMINAL_KEY_PAD_ENTER, 0, "\r" },
	{ "\33[>4;2m", TERMINAL_KEY_ENTER, KEY_MOD_CTRL, "\33[27;5;13~" },
};

START_TEST(key)
{
	struct terminal *t = written(8, 4, keys[_i].modes);
	char out[TERMINAL_KEY_MAX + 1];
	size_t count = terminal_key(t, keys[_i].key, keys[_i].modifiers, out);

	out[count] = '\0';
	ck_assert_str_eq(out, keys[_i].bytes);
	terminal_destroy(t);
}
END_TEST

static const struct {
	const char *modes;
	uint32_t code;
	unsigned modifiers;
	const char *bytes;
	size_t count;
} characters[] = {
	{ "", 'a', 0, "a", 1 },
	{ "", 0x20ac, 0, "\342\202\254", 3 },
	{ "", 'c', KEY_MOD_CTRL, "\3", 1 },
	{ "", ' ', KEY_MOD_CTRL, "\0", 1 },
	{ "", '[', KEY_MOD_CTRL, "\33", 1 },
	{ "", '/', KEY_MOD_CTRL, "\37", 1 },
	{ "", '8', KEY_MOD_CTRL, "\177", 1 },
	{ "", 'x', KEY_MOD_ALT, "\33x", 2 },
	{ "", 'x', KEY_MOD_ALT | KEY_MOD_CTRL, "\33\30", 2 },
	{ "", ';', KEY_MOD_CTRL, ";", 1 },
	{ "\33[>4;1m", ';', KEY_MOD_CTRL, "\33[27;5;59~", 10 },
	{ "\33[>4;1m", 'c', KEY_MOD_CTRL, "\3", 1 },
	{ "\33[>4;2m", 'c', KEY_MOD_CTRL, "\33[27;5;99~", 10 },
	{ "\33[>4;2m\33[>4m", 'c', KEY_MOD_CTRL, "\3", 1 },
};

START_TEST(character)
{
	struct terminal *t = written(8, 4, characters[_i].modes);
	char out[TERMINAL_KEY_MAX];
	size_t count = terminal_character(t, characters[_i].code,
					  characters[_i].modifiers, out);

	ck_assert_uint_eq(count, characters[_i].count);
	ck_assert(!memcmp(out, characters[_i].bytes, count));
	terminal_destroy(t);
}
END_TEST

static const struct {
	const char *modes;
	enum mouse_button button;
	enum mouse_action action;
	unsigned modifiers;
	int x, y;
	const char *bytes;
} clicks[] = {
	{ "", MOUSE_LEFT, MOUSE_PRESSED, 0, 1, 2, "" },
	{ "\33[?9h", MOUSE_LEFT, MOUSE_PRESSED, KEY_MOD_CTRL, 1, 2,
	  "\33[M \"#" },
	{ "\33[?9h", MOUSE_LEFT, MOUSE_RELEASED, 0, 1, 2, "" },
	{ "\33[?1000h", MOUSE_RIGHT, MOUSE_PRESSED, 0, 1, 2, "\33[M\"\"#" },
	{ "\33[?1000h", MOUSE_RIGHT, MOUSE_RELEASED, 0, 1, 2, "\33[M#\"#" },
	{ "\33[?1000h", MOUSE_LEFT, MOUSE_MOVED, 0, 1, 2, "" },
	{ "\33[?1000h", MOUSE_LEFT, MOUSE_PRESSED, 0, 230, 2, "" },
	{ "\33[?1000;1006h", MOUSE_LEFT, MOUSE_PRESSED, 0, 230, 2,
	  "\33[<0;231;3M" },
	{ "\33[?1000;1006h", MOUSE_LEFT, MOUSE_RELEASED, KEY_MOD_SHIFT, 1, 2,
	  "\33[<4;2;3m" },
	{ "\33[?1002;1006h", MOUSE_LEFT, MOUSE_MOVED, 0, 1, 2, "\33[<32;2;3M" },
	{ "\33[?1002;1006h", MOUSE_NONE, MOUSE_MOVED, 0, 1, 2, "" },
	{ "\33[?1003;1006h", MOUSE_NONE, MOUSE_MOVED, 0, 1, 2, "\33[<35;2;3M" },
	{ "\33[?1000;1015h", MOUSE_LEFT, MOUSE_PRESSED, 0, 1, 2,
	  "\33[32;2;3M" },
	{ "\33[?1000;1016h", MOUSE_LEFT, MOUSE_PRESSED, 0, 1, 2,
	  "\33[<0;12;34M" },
	{ "\33[?1000;1006h", MOUSE_WHEEL_DOWN, MOUSE_PRESSED, 0, 1, 2,
	  "\33[<65;2;3M" },
	{ "", MOUSE_WHEEL_DOWN, MOUSE_PRESSED, 0, 1, 2, "" },
	{ "\33[?1049h", MOUSE_WHEEL_UP, MOUSE_PRESSED, 0, 1, 2, "\33[A" },
	{ "\33[?1049h\33[?1007l", MOUSE_WHEEL_UP, MOUSE_PRESSED, 0, 1, 2, "" },
	{ "\33[?1000h", MOUSE_LEFT, MOUSE_PRESSED, 0, -1, 2, "" },
	{ "\33[?1000h", MOUSE_LEFT, MOUSE_PRESSED, 0, 1, 99, "" },
};

START_TEST(click)
{
	struct terminal *t = written(300, 40, clicks[_i].modes);
	char out[TERMINAL_KEY_MAX + 1];
	size_t count = terminal_mouse(t, clicks[_i].button, clicks[_i].action,
				      clicks[_i].modifiers, clicks[_i].x,
				      clicks[_i].y, 11, 33, out);

	out[count] = '\0';
	ck_assert_str_eq(out, clicks[_i].bytes);
	terminal_destroy(t);
}
END_TEST

static void expect_paste(struct terminal *t, const char *text,
			 const char *expected)
{
	size_t bytes;
	char *out = terminal_paste(t, text, strlen(text), &bytes);

	ck_assert_uint_eq(bytes, strlen(expected));
	ck_assert(!memcmp(out, expected, bytes));
	free(out);
}

START_TEST(paste)
{
	struct terminal *t = written(8, 4, "");

	expect_paste(t, "a\nb\r\nc\td", "a\rb\rc\td");
	expect_paste(t, "a\33[201~b\177\302\233c\303\244", "a[201~bc\303\244");
	put(t, "\33[?2004h");
	expect_paste(t, "x\33[201~y", "\33[200~x[201~y\33[201~");
	expect_paste(t, "", "\33[200~\33[201~");
	terminal_destroy(t);
}
END_TEST

START_TEST(focus)
{
	struct terminal *t = written(8, 4, "");
	char out[TERMINAL_KEY_MAX];

	ck_assert_uint_eq(terminal_focus(t, true, out), 0);
	put(t, "\33[?1004h");
	ck_assert_uint_eq(terminal_focus(t, true, out), 3);
	ck_assert(!memcmp(out, "\33[I", 3));
	ck_assert_uint_eq(terminal_focus(t, false, out), 3);
	ck_assert(!memcmp(out, "\33[O", 3));
	terminal_destroy(t);
}
END_TEST

TCase *input_case(void)
{
	TCase *tcase = tcase_create("input");

	tcase_add_loop_test(tcase, key, 0, (int)array_size(keys));
	tcase_add_loop_test(tcase, character, 0, (int)array_size(characters));
	tcase_add_loop_test(tcase, click, 0, (int)array_size(clicks));
	tcase_add_test(tcase, paste);
	tcase_add_test(tcase, focus);
	return tcase;
}
