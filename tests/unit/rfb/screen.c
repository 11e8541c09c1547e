/* Pictures, sizes, the pointer; keys, buttons and wishes. */
#include <string.h>

#include "suite.h"

START_TEST(pictures)
{
	struct server *s = server_create();

	server_greets(s);
	server_says(s,
		    UPDATE("02") "0000 0000 0002 0001" RAW "01020300 04050600"
				 "0007 0005 0001 0001" RAW "07080900");
	expect_said(s, "drawn:0,0,2x1 drawn:7,5,1x1 end ");
	ck_assert_uint_eq(s->sum,
			  (0x030201u * 31 + 0x060504u) * 31 + 0x090807u);
	/* nothing at all, an empty one */
	server_says(s, UPDATE("00") UPDATE("01") "0000 0000 0000 0003" RAW);
	expect_said(s, "end end ");
	server_destroy(s);
}
END_TEST

/* Whatever the pieces, it is the same. */
START_TEST(pieces)
{
	static const char text[] = UPDATE(
		"03") "0001 0001 0003 0002" RAW "11223300*9 "
		      "44556600*9 0000 0000 0002 0002" POINTER
		      "ff*16 80 40 0000 0000 0008 0006" RAW "a5*192 "
		      "02" /* a bell */
		      "03 000000 00000003 616263" /* somebody's clipboard */
		      "01 00 0000 0002 00*12 " /* colours */
		UPDATE("01") "0000 0000 0005 0004" SIZE;
	char log[LOG_BYTES];
	uint32_t sum = 0;

	for (size_t piece = 0; piece < 9; piece++) {
		struct server *s = server_create();

		server_greets(s);
		s->piece = piece;
		server_says(s, text);
		if (!piece) {
			strcpy(log, s->log);
			sum = s->sum;
		}
		ck_assert_str_eq(s->log, log);
		ck_assert_uint_eq(s->sum, sum);
		ck_assert_ptr_nonnull(strstr(log, "size:5x4 end "));
		server_destroy(s);
	}
}
END_TEST

static const struct {
	const char *says, *said;
} answers[] = {
	/* to the edge, and one beyond */
	{ UPDATE("01") "0004 0000 0004 0001" RAW "00*16",
	  "drawn:4,0,4x1 end " },
	{ UPDATE("01") "0005 0000 0004 0001" RAW,
	  "closed:pixels outside of the screen " },
	{ UPDATE("01") "0000 0005 0001 0002" RAW,
	  "closed:pixels outside of the screen " },
	{ UPDATE("01") "ffff ffff ffff ffff" RAW,
	  "closed:pixels outside of the screen " },
	/* sizes: by the guest, as an answer, denied, handed on */
	{ UPDATE("01") "0000 0000 0010 0009" SIZES
		       "01000000 00000007 00000000 00100009 00000000",
	  "size:16x9 end " },
	{ UPDATE("01") "0001 0000 0010 0009" SIZES
		       "01000000 00000007 00000000 00100009 00000000",
	  "asked:accepted size:16x9 end " },
	{ UPDATE("01") "0001 0003 0008 0006" SIZES "01000000 00*16",
	  "asked:refused end " },
	{ UPDATE("01") "0001 0004 0008 0006" SIZES "01000000 00*16",
	  "asked:accepted end " },
	{ UPDATE("01") "0000 0000 0010 0009" SIZES "00000000",
	  "closed:a screen without screens " },
	{ UPDATE("01") "0000 0000 0010 0009" SIZES "ff000000 00*4080",
	  "size:16x9 end " },
	{ UPDATE("01") "0000 0000 0000 0009" SIZE,
	  "closed:a screen of a size that can't be " },
	/* a picture of the old size behind the change */
	{ UPDATE("02") "0000 0000 0004 0004" SIZE "0000 0000 0008 0006" RAW,
	  "size:4x4 closed:pixels outside of the screen " },
	/* the pointer: its mask, none, a hot spot outside */
	{ UPDATE("01") "0001 0000 0002 0001" POINTER "01020300 04050600 40",
	  "pointer:2x1+1+0:00000000:ff060504 end " },
	{ UPDATE("01") "0000 0000 0000 0000" POINTER, "pointer:0x0+0+0 end " },
	{ UPDATE("01") "0009 0009 0001 0001" POINTER "ffffff00 80",
	  "pointer:1x1+0+0:ffffffff end " },
	/* kinds of keys, which it knows; kinds that nobody asked for */
	{ UPDATE("01") "0000 0000 0000 0000 fffffefe", "end " },
	{ UPDATE("01") "0000 0000 0001 0001 00000005",
	  "closed:a kind of rectangle that was not asked for " },
	{ "04", "closed:a message of an unknown kind " },
};

START_TEST(answer)
{
	struct server *s = server_create();

	server_greets(s);
	server_says(s, answers[_i].says);
	expect_said(s, answers[_i].said);
	server_destroy(s);
}
END_TEST

START_TEST(what_is_sent)
{
	struct server *s = server_create();

	server_greets(s);
	rfb_request(s->rfb, true);
	expect_sent(s, "03 00 0000 0000 0008 0006");
	rfb_request(s->rfb, false);
	expect_sent(s, "03 01 0000 0000 0008 0006");
	rfb_key(s->rfb, 0xc8, true);
	expect_sent(s, "ff 00 0001 00000000 000000c8");
	rfb_key(s->rfb, 0xc8, false);
	expect_sent(s, "ff 00 0000 00000000 000000c8");
	rfb_pointer(s->rfb, 5, 7, 300);
	expect_sent(s, "05 05 0007 012c");
	/* A size can be wished for once the server said that it can that. */
	rfb_resize(s->rfb, 640, 480);
	server_says(s, UPDATE("01") "0000 0000 0008 0006" SIZES
				    "01000000 00000007 00000000 00080006"
				    "00000003");
	rfb_resize(s->rfb, 640, 480);
	expect_sent(s, "fb 00 0280 01e0 01 00 00000007 0000 0000 0280 01e0"
		       "00000003");
	server_destroy(s);
}
END_TEST

TCase *screen_case(void)
{
	TCase *tcase = tcase_create("screen");

	tcase_add_test(tcase, pictures);
	tcase_add_test(tcase, pieces);
	tcase_add_loop_test(tcase, answer, 0, (int)array_size(answers));
	tcase_add_test(tcase, what_is_sent);
	return tcase;
}
