#include "suite.h"
#include "capture.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/utf8.h"

void capture_begin(struct capture *capture)
{
	capture->saved = dup(STDERR_FILENO);
	capture->file = memfd_create("capture", MFD_CLOEXEC);
	dup2(capture->file, STDERR_FILENO);
}

char *capture_end(struct capture *capture)
{
	off_t size = lseek(capture->file, 0, SEEK_END);
	char *text = xcalloc((size_t)size + 1, 1);

	ck_assert_int_eq(pread(capture->file, text, (size_t)size, 0), size);
	dup2(capture->saved, STDERR_FILENO);
	close(capture->saved);
	close(capture->file);
	return text;
}

static void check_line(const char *text, const char *expected)
{
	struct capture capture;

	capture_begin(&capture);
	log_info("%s", text);

	char *line = capture_end(&capture);
	char *wanted = xasprintf("%s: %s\n", program_invocation_short_name,
				 expected);

	ck_assert_str_eq(line, wanted);
	free(line);
	free(wanted);
}

START_TEST(escapes)
{
	check_line("plain \\ text", "plain \\ text");
	check_line("a\nb\tc\x1b[31m\x7f", "a\\x0ab\\x09c\\x1b[31m\\x7f");
	check_line("gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80",
		   "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80");
	/* C1 control, overlong, surrogate, cut short, beyond Unicode */
	check_line("\xc2\x9b", "\\xc2\\x9b");
	check_line("\xc0\xaf", "\\xc0\\xaf");
	check_line("\xed\xa0\x80", "\\xed\\xa0\\x80");
	check_line("\xe2\x82", "\\xe2\\x82");
	check_line("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
}
END_TEST

START_TEST(severities)
{
	struct capture capture;

	unsetenv("NITPICKER_LOG");
	capture_begin(&capture);
	errno = EDOM;
	log_error("e%d", 1);
	log_warning("w");
	log_debug("hidden");
	setenv("NITPICKER_LOG", "debug", 1);
	log_debug("d");
	ck_assert_int_eq(errno, EDOM);

	char *text = capture_end(&capture);
	const char *name = program_invocation_short_name;
	char *wanted = xasprintf("%s: error: e1\n%s: warning: w\n"
				 "%s: debug: d\n",
				 name, name, name);

	ck_assert_str_eq(text, wanted);
	free(text);
	free(wanted);
}
END_TEST

/* Lines around the limit: whole up to it, then cut at a character. */
START_TEST(long_lines)
{
	size_t prefix = strlen(program_invocation_short_name) + 2;
	size_t room = LOG_LINE_MAX - prefix - 1;

	for (size_t length = room - 1; length <= room + 1; length++) {
		struct capture capture;
		char *text = xcalloc(length + 1, 1);

		memset(text, 'x', length);
		memcpy(text + room - 4, "\xe2\x82\xac", 3);
		capture_begin(&capture);
		log_info("%s", text);

		char *line = capture_end(&capture);

		if (length <= room) {
			ck_assert_uint_eq(strlen(line), prefix + length + 1);
		} else {
			ck_assert_uint_eq(strlen(line),
					  prefix + room - 4 + 3 + 1);
			ck_assert_str_eq(line + strlen(line) - 5, "x...\n");
		}
		free(line);
		free(text);
	}
}
END_TEST

START_TEST(utf8_text)
{
	ck_assert(utf8_is_text("", 0));
	ck_assert(utf8_is_text("a\n\xc3\xa4\xf0\x9f\x98\x80", 8));
	ck_assert(!utf8_is_text("a\0b", 3));
	ck_assert(!utf8_is_text("a\xc3", 2));
	ck_assert(!utf8_is_text("\xff", 1));
}
END_TEST

START_TEST(utf8_round_trip)
{
	for (uint32_t code = 0; code < 0x110100; code++) {
		char text[4];
		uint32_t back = ~code;
		size_t length = utf8_encode(code, text);
		bool valid = code < 0xd800 ||
			     (code >= 0xe000 && code < 0x110000);

		if ((length != 0) != valid)
			ck_abort_msg("U+%X", code);
		if (length &&
		    (utf8_decode(text, length, &back) != length ||
		     back != code || utf8_decode(text, length - 1, NULL) != 0))
			ck_abort_msg("U+%X", code);
	}
}
END_TEST

Suite *log_suite(void)
{
	Suite *suite = suite_create("log");
	TCase *tcase = tcase_create("log");

	tcase_add_test(tcase, escapes);
	tcase_add_test(tcase, severities);
	tcase_add_test(tcase, long_lines);
	tcase_add_test(tcase, utf8_text);
	tcase_add_test(tcase, utf8_round_trip);
	suite_add_tcase(suite, tcase);
	return suite;
}
