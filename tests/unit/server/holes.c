/* Buffers whose pages a client took away again. */
#include "desk.h"

#include <fcntl.h>
#include <linux/falloc.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIDE = 256, STRIDE = SIDE * 4, BYTES = STRIDE * SIDE };

static struct desk desk;
static struct session *session;
static uint32_t *drawing; /* the client's mapping */

static void setup(void)
{
	struct buffer buffer = { .bytes = BYTES,
				 .w = SIDE,
				 .h = SIDE,
				 .stride = STRIDE,
				 .format = FORMAT_XRGB8888 };

	desk_init(&desk, SIDE, SIDE + 16);
	buffer.fd = memory_create_buffer("test", BYTES);
	ck_assert_int_ge(buffer.fd, 0);
	ck_assert(memory_allocate(buffer.fd, 0, BYTES));
	buffer.pixels = memory_map(buffer.fd, BYTES, false);
	drawing = memory_map(buffer.fd, BYTES, true);
	for (int i = 0; i < SIDE * SIDE; i++)
		drawing[i] = 0xff00ff00;
	session = session_create(&desk.core, "a", NULL);
	session_set_buffer(session, &buffer);
	desk_window(&desk, session, 1, 0, 0, SIDE, SIDE);
	desk_show(&desk);
}

static void teardown(void)
{
	struct buffer buffer = session->buffer;

	session_destroy(session);
	memory_unmap(drawing, BYTES);
	memory_unmap(buffer.pixels, BYTES);
	close(buffer.fd);
	desk_finish(&desk);
}

static int64_t allocated(void)
{
	struct stat status;

	ck_assert_int_eq(fstat(session->buffer.fd, &status), 0);
	return (int64_t)status.st_blocks * 512;
}

static void punch(off_t from, off_t bytes)
{
	ck_assert_int_eq(fallocate(session->buffer.fd,
				   FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
				   from, bytes),
			 0);
}

static void refresh(void)
{
	struct rect all = { 0, 0, SIDE, SIDE };

	session_refresh(session, &all, 1);
	ck_assert_int_eq(desk_show(&desk), SIDE * SIDE);
}

START_TEST(a_hole_is_black_and_costs_no_memory)
{
	punch(0, BYTES);
	refresh();
	ck_assert_int_eq(allocated(), 0);
	ck_assert(desk_pixel_is(&desk, 100, 100, 0));
	core_damage_all(&desk.core);
	desk_show(&desk);
	ck_assert_int_eq(allocated(), 0);
}
END_TEST

START_TEST(rows_beside_a_hole_are_shown)
{
	punch(64 * STRIDE, 16 * STRIDE);
	refresh();
	ck_assert_int_eq(allocated(), BYTES - 16 * STRIDE);
	ck_assert(desk_pixel_is(&desk, 100, 16 + 63, 0x00ff00));
	ck_assert(desk_pixel_is(&desk, 100, 16 + 64, 0));
	ck_assert(desk_pixel_is(&desk, 100, 16 + 79, 0));
	ck_assert(desk_pixel_is(&desk, 100, 16 + 80, 0x00ff00));
}
END_TEST

START_TEST(a_hole_that_is_drawn_again_is_shown_again)
{
	punch(0, BYTES);
	refresh();
	for (int i = 0; i < SIDE * SIDE; i++)
		drawing[i] = 0xff0000ff;
	refresh();
	ck_assert(desk_pixel_is(&desk, 100, 100, 0x0000ff));
}
END_TEST

Suite *holes_suite(void)
{
	Suite *suite = suite_create("holes");
	TCase *tcase = tcase_create("holes");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_hole_is_black_and_costs_no_memory);
	tcase_add_test(tcase, rows_beside_a_hole_are_shown);
	tcase_add_test(tcase, a_hole_that_is_drawn_again_is_shown_again);
	suite_add_tcase(suite, tcase);
	return suite;
}
