/* What the terminal answers, and what it must not answer. */
#include <stdio.h>
#include <string.h>

#include "suite.h"

static const struct {
	const char *text, *answer;
} talks[] = {
	{ "\33[c", "\33[?64;21;22;28c" },
	{ "\33Z", "\33[?64;21;22;28c" },
	{ "\33[>c", "\33[>41;390;0c" },
	{ "\33[=c", "\33P!|00000000\33\\" },
	{ "\33[5n", "\33[0n" },
	{ "ab\33[6n", "\33[1;3R" },
	{ "\33[?6n", "\33[?1;1;1R" },
	{ "\33[2;3r\33[?6h\33[2;1H\33[6n", "\33[2;1R" },
	{ "\33[?15n", "\33[?13n" },
	{ "\33[18t", "\33[8;4;8t" },
	{ "\33[14t", "\33[4;64;64t" },
	{ "\33[16t", "\33[6;16;8t" },
	{ "\33[?7$p", "\33[?7;1$y" },
	{ "\33[?6$p", "\33[?6;2$y" },
	{ "\33[?2026h\33[?2026$p", "\33[?2026;1$y" },
	{ "\33[?1002h\33[?1002$p", "\33[?1002;1$y" },
	{ "\33[?31337$p", "\33[?31337;0$y" },
	{ "\33[4$p", "\33[4;2$y" },
	{ "\33[1;4:3;31;48:5:99m\33P$qm\33\\",
	  "\33P1$r0;1;4:3;31;48:5:99m\33\\" },
	{ "\33[2;3r\33P$qr\33\\", "\33P1$r2;3r\33\\" },
	{ "\33[?69h\33[2;5s\33P$qs\33\\", "\33P1$r2;5s\33\\" },
	{ "\33[?69h\33[3;6s\33[2;3r\33[?6h\33[2;2H\33[6n", "\33[2;2R" },
	{ "\33[2*x\33P$q*x\33\\", "\33P1$r2*x\33\\" },
	{ "\33[?69h\33[?69$p", "\33[?69;1$y" },
	{ "\33[?3$p", "\33[?3;2$y" },
	{ "\33[4 q\33P$q q\33\\", "\33P1$r4 q\33\\" },
	{ "\33P$qxyz\33\\", "\33P0$r\33\\" },
	{ "\33P+q544e\33\\", "\33P1+r544E=787465726D2D323536636F6C6F72\33\\" },
	{ "\33P+q00\33\\", "\33P0+r\33\\" },
	{ "\33[>q", "\33P>|Nitpicker console\33\\" },
	{ "\33]4;1;rgb:12/34/56\a\33]4;1;?\a",
	  "\33]4;1;rgb:1212/3434/5656\33\\" },
	{ "\33]11;#abc\a\33]11;?\a", "\33]11;rgb:aaaa/bbbb/cccc\33\\" },
	/* what a program wrote is not typed for it */
	{ "\33]0;rm -rf\a\33[21t", "" },
	{ "\33]52;c;?\a", "" },
	{ "\5", "" },
	/* nor may it read what stands on the screen */
	{ "secret\33[1;1;1;1;1;6*y", "" },
	{ "\33[?31337n", "" },
};

START_TEST(talk)
{
	struct terminal *t = written(8, 4, talks[_i].text);
	size_t bytes;
	const char *answer = terminal_replies(t, &bytes);

	ck_assert_uint_eq(bytes, strlen(talks[_i].answer));
	ck_assert(!bytes || !memcmp(answer, talks[_i].answer, bytes));
	terminal_replies(t, &bytes);
	ck_assert_uint_eq(bytes, 0);
	terminal_destroy(t);
}
END_TEST

/* Nobody takes them: they don't grow. */
START_TEST(many_replies)
{
	struct terminal *t = written(8, 4, "");
	size_t bytes;

	for (int i = 0; i < 100000; i++)
		put(t, "\33[6n");
	terminal_replies(t, &bytes);
	ck_assert_uint_gt(bytes, TERMINAL_REPLY_MAX - 10);
	ck_assert_uint_le(bytes, TERMINAL_REPLY_MAX);
	terminal_destroy(t);
}
END_TEST

struct heard {
	char title[TERMINAL_TITLE_BYTES + 1];
	char clipboard[64];
	unsigned bells, columns, rows;
};

static void on_title(void *user, const char *title)
{
	struct heard *heard = user;

	snprintf(heard->title, sizeof(heard->title), "%s", title);
}

static void on_bell(void *user)
{
	((struct heard *)user)->bells++;
}

static void on_clipboard(void *user, const char *text, size_t bytes)
{
	struct heard *heard = user;

	ck_assert_uint_lt(bytes, sizeof(heard->clipboard));
	memcpy(heard->clipboard, text, bytes);
	heard->clipboard[bytes] = '\0';
}

static void on_size_wish(void *user, int columns, int rows)
{
	struct heard *heard = user;

	heard->columns = (unsigned)columns;
	heard->rows = (unsigned)rows;
}

static const struct terminal_handler handler = {
	.title = on_title,
	.bell = on_bell,
	.clipboard = on_clipboard,
	.size_wish = on_size_wish,
};

START_TEST(what_the_owner_hears)
{
	struct heard heard = { .bells = 0 };
	struct terminal *t = terminal_create(8, 4, 10, &handler, &heard);

	put(t, "\33]2;a\303\244\1\377b\33\\");
	ck_assert_str_eq(heard.title, "a\303\244b");
	put(t, "\33[22t\33]0;other\a\33[23t");
	ck_assert_str_eq(heard.title, "a\303\244b");
	put(t, "\33[23t\33[23t");
	put(t, "\33]52;c;aGVsbG8=\a");
	ck_assert_str_eq(heard.clipboard, "hello");
	put(t, "\33]52;c;!!!\a\33]52\a\33]52;c;\a");
	ck_assert_str_eq(heard.clipboard, "hello");
	put(t, "\a\33]0;x\a");
	ck_assert_uint_eq(heard.bells, 1);
	put(t, "\33[8;30;90t");
	ck_assert_uint_eq(heard.columns, 90);
	ck_assert_uint_eq(heard.rows, 30);
	terminal_destroy(t);
}
END_TEST

/* Strings at the limit are taken, longer ones are not, and cost no more. */
START_TEST(long_strings)
{
	struct heard heard = { .bells = 0 };
	struct terminal *t = terminal_create(8, 4, 10, &handler, &heard);
	char *long_text = xcalloc(TERMINAL_STRING_MAX + 100, 1);

	memset(long_text, 'x', TERMINAL_STRING_MAX + 99);
	put(t, "\33]0;");
	put(t, long_text);
	put(t, "\aok");
	ck_assert_str_eq(heard.title, "");
	expect_row(t, 0, "ok");
	long_text[TERMINAL_TITLE_BYTES + 50] = '\0';
	put(t, "\33]0;");
	put(t, long_text);
	put(t, "\a");
	ck_assert_uint_eq(strlen(heard.title), TERMINAL_TITLE_BYTES);
	free(long_text);
	terminal_destroy(t);
}
END_TEST

TCase *replies_case(void)
{
	TCase *tcase = tcase_create("replies");

	tcase_add_loop_test(tcase, talk, 0, (int)array_size(talks));
	tcase_add_test(tcase, many_replies);
	tcase_add_test(tcase, what_the_owner_hears);
	tcase_add_test(tcase, long_strings);
	return tcase;
}
