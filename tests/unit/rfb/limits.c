/* Lengths at their limits: taken, or skipped; one more ends the connection. */
#include <stdio.h>
#include <string.h>

#include "suite.h"

struct limit {
	const char *head; /* before the length's four bytes */
	size_t most; /* that are taken */
	const char *reason; /* of one more */
};

static const struct limit limits[] = {
	{ "03 000000", RFB_SKIP_MAX, "closed:a text that is too long " },
};

START_TEST(texts)
{
	for (int over = 0; over < 2; over++) {
		struct server *s = server_create();
		const size_t bytes = limits[_i].most + (size_t)over;
		char text[128];

		server_greets(s);
		snprintf(text, sizeof(text), "%s %08zx 61*%zu", limits[_i].head,
			 bytes, bytes);
		server_says(s, text);
		if (!over)
			server_says(s, UPDATE("00"));
		expect_said(s, over ? limits[_i].reason : "end ");
		server_destroy(s);
	}
}
END_TEST

static void point(unsigned w, unsigned h, const char *said)
{
	struct server *s = server_create();
	const size_t all = (size_t)w * h * 4 + (size_t)(w + 7) / 8 * h;
	const size_t bytes = all < 2 * RFB_SKIP_MAX ? all : 1;
	char text[128];

	server_greets(s);
	snprintf(text, sizeof(text),
		 UPDATE("01") "0000 0000 %04x %04x" POINTER "00*%zu 02", w, h,
		 bytes);
	server_says(s, text);
	ck_assert_msg(!strncmp(s->log, said, strlen(said)), "%s", s->log);
	server_destroy(s);
}

START_TEST(pointers)
{
	point(RFB_POINTER_MAX, RFB_POINTER_MAX, "pointer:64x64");
	/* too large to be shown, not to be skipped */
	point(RFB_POINTER_MAX + 1, 1, "end ");
	point(1, RFB_POINTER_MAX + 1, "end ");
	point(512, 496, "end ");
	point(512, 497, "closed:a pointer of a size");
	point(0xffff, 0xffff, "closed:a pointer of a size");
}
END_TEST

TCase *limits_case(void)
{
	TCase *tcase = tcase_create("limits");

	tcase_add_loop_test(tcase, texts, 0, (int)array_size(limits));
	tcase_add_test(tcase, pointers);
	return tcase;
}
