/*
 * Damage: who draws only what it names has the whole picture.
 */
#include <string.h>

#include "suite.h"

struct picture {
	struct cell cells[SCREEN_ROWS][SCREEN_COLUMNS];
	unsigned drawn;
};

static void move_rows(struct picture *p, const struct terminal_damage *damage)
{
	const int n = damage->scrolled;
	const int rows = damage->end - damage->top - abs(n);

	memmove(p->cells[damage->top + (n < 0 ? -n : 0)],
		p->cells[damage->top + (n > 0 ? n : 0)],
		(size_t)rows * sizeof(p->cells[0]));
}

static void draw(struct terminal *t, struct picture *p)
{
	struct terminal_span spans[SCREEN_ROWS];
	struct terminal_damage damage;

	terminal_take_damage(t, &damage, spans);
	if (damage.scrolled)
		move_rows(p, &damage);
	for (int y = 0; y < SCREEN_ROWS; y++)
		for (int x = spans[y].first; x < spans[y].last; x++) {
			p->cells[y][x] = terminal_row(t, y)[x];
			p->drawn++;
		}
}

static void compare(const struct terminal *t, const struct picture *p,
		    unsigned seed)
{
	for (int y = 0; y < SCREEN_ROWS; y++)
		ck_assert_msg(!memcmp(p->cells[y], terminal_row(t, y),
				      sizeof(p->cells[y])),
			      "stream %u, row %d", seed, y);
}

START_TEST(streams)
{
	static char stream[STREAM_MAX];

	for (unsigned seed = 0; seed < 300; seed++) {
		struct terminal *t = terminal_create(
			SCREEN_COLUMNS, SCREEN_ROWS, 100, NULL, NULL);
		size_t bytes = stream_make(seed, stream, sizeof(stream));
		struct picture p = { .drawn = 0 };

		for (size_t i = 0; i < bytes; i += 37) {
			terminal_write(t, stream + i,
				       bytes - i < 37 ? bytes - i : 37);
			draw(t, &p);
			compare(t, &p, seed);
		}
		terminal_destroy(t);
	}
}
END_TEST

START_TEST(only_what_changed)
{
	struct terminal *t = written(SCREEN_COLUMNS, SCREEN_ROWS, "");
	struct picture p = { .drawn = 0 };
	struct terminal_span spans[SCREEN_ROWS];
	struct terminal_damage damage;

	draw(t, &p);
	p.drawn = 0;
	put(t, "abc");
	draw(t, &p);
	ck_assert_uint_eq(p.drawn, 3);
	draw(t, &p);
	ck_assert_uint_eq(p.drawn, 3);
	put(t, "\33[12;1H\n\n");
	terminal_take_damage(t, &damage, spans);
	ck_assert_int_eq(damage.scrolled, 2);
	ck_assert_int_eq(damage.top, 0);
	ck_assert_int_eq(damage.end, SCREEN_ROWS);
	ck_assert_int_eq(spans[5].last - spans[5].first, 0);
	ck_assert_int_eq(spans[11].last - spans[11].first, SCREEN_COLUMNS);
	terminal_destroy(t);
}
END_TEST

TCase *damage_case(void)
{
	TCase *tcase = tcase_create("damage");

	tcase_add_test(tcase, streams);
	tcase_add_test(tcase, only_what_changed);
	return tcase;
}
