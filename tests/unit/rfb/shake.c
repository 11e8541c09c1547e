/* How a connection begins, or doesn't. */
#include <unistd.h>

#include "suite.h"

START_TEST(step_by_step)
{
	struct server *s = server_create();

	server_says(s, "524642203030332e3030380a");
	expect_sent(s, "524642203030332e3030380a");
	/* two types, ours among them */
	server_says(s, "02 02 01");
	expect_sent(s, "01");
	server_says(s, "00000000");
	expect_sent(s, "01"); /* others may look on */
	server_says(s, "0280 01e0 20180001 00ff00ff 00ff1008 00000000"
		       "00000003 514551");
	/* xrgb8888, then: raw, pointer, two kinds of sizes, keys */
	expect_sent(s, "00000000 2018 00 01 00ff 00ff 00ff 10 08 00 000000"
		       "02 00 0005 00000000 ffffff11 ffffff21 fffffecc"
		       "fffffefe");
	expect_said(s, "size:640x480 ");
	server_destroy(s);
}
END_TEST

static const struct {
	const char *says, *reason;
} refusals[] = {
	{ "485454502f312e31203430", "" }, /* not all there yet */
	{ "485454502f312e3120343030", "closed:it speaks no RFB " },
	{ "524642203030332e3030380a 00", "closed:it refuses viewers " },
	{ "524642203030332e3030380a 02 02 13", "closed:it wants a password " },
	{ "524642203030332e3030380a 01 01 00000001",
	  "closed:it refuses this viewer " },
	{ "524642203030332e3030380a 01 01 00000000 0000 0006 20*16 00000000",
	  "closed:a screen of a size that can't be " },
	{ "524642203030332e3030380a 01 01 00000000 4000 4000 20*16 00000000",
	  "size:16384x16384 " },
	{ "524642203030332e3030380a 01 01 00000000 4001 0006 20*16 00000000",
	  "closed:a screen of a size that can't be " },
	{ "524642203030332e3030380a 01 01 00000000 0008 0006 20*16 00100001",
	  "closed:a name that is too long " },
};

START_TEST(refused)
{
	struct server *s = server_create();

	s->piece = 5;
	server_says(s, refusals[_i].says);
	expect_said(s, refusals[_i].reason);
	/* and nothing more is taken */
	server_says(s, "00*300");
	if (refusals[_i].reason[0] == 'c')
		expect_said(s, "");
	server_destroy(s);
}
END_TEST

START_TEST(it_ends)
{
	struct server *s = server_create();

	server_greets(s);
	close(s->fd);
	s->fd = -1;
	server_turns(s);
	expect_said(s, "closed:it ended the connection ");
	rfb_key(s->rfb, 30, true);
	rfb_request(s->rfb, true);
	server_turns(s);
	expect_said(s, "");
	server_destroy(s);
}
END_TEST

/* Who doesn't read is left. */
START_TEST(it_does_not_read)
{
	struct server *s = server_create();

	server_greets(s);
	for (int i = 0; i < 1000000 && !s->log[0]; i++)
		rfb_pointer(s->rfb, 0, 1, 1);
	expect_said(s, "closed:it doesn't read what it is sent ");
	server_destroy(s);
}
END_TEST

TCase *shake_case(void)
{
	TCase *tcase = tcase_create("shake");

	tcase_add_test(tcase, step_by_step);
	tcase_add_loop_test(tcase, refused, 0, (int)array_size(refusals));
	tcase_add_test(tcase, it_ends);
	tcase_add_test(tcase, it_does_not_read);
	return tcase;
}
