/* Any sequence of assignments, donations and deaths: the sums add up. */
#include "child/quota.h"

#include <stdio.h>

#include "suite.h"

enum { ACCOUNTS = 12, SESSIONS = 64, STEPS = 1000000 };

static const uint64_t total = 1000000, reserve = 5000;

struct gift {
	int from, to; /* -1: released / outside */
	uint64_t bytes; /* 0: free */
};

struct world {
	struct quota_pool pool;
	struct quota_account accounts[ACCOUNTS];
	bool alive[ACCOUNTS];
	struct gift gifts[SESSIONS];
	uint64_t seed;
};

static uint64_t random_below(struct world *world, uint64_t n)
{
	world->seed = world->seed * 6364136223846793005u + 1442695040888963407u;
	return (world->seed >> 33) % n;
}

static void return_gift(struct world *world, struct gift *gift)
{
	quota_return(&world->pool,
		     gift->from < 0 ? NULL : &world->accounts[gift->from],
		     gift->to < 0 ? NULL : &world->accounts[gift->to],
		     gift->bytes);
	gift->bytes = 0;
}

static void die(struct world *world, int who)
{
	struct gift *gift;

	for (gift = world->gifts; gift < world->gifts + SESSIONS; gift++) {
		if (!gift->bytes)
			continue;
		/* Its memory is gone, so what others gave it is free. */
		if (gift->to == who)
			return_gift(world, gift);
		else if (gift->from == who)
			gift->from = -1;
	}
	quota_release(&world->pool, &world->accounts[who]);
	world->alive[who] = false;
}

static void donate(struct world *world, int who)
{
	struct gift *gift = &world->gifts[random_below(world, SESSIONS)];
	int to = (int)random_below(world, ACCOUNTS + 1) - 1;
	const uint64_t bytes = 1 + random_below(world, 60000);

	if (gift->bytes || to == who || (to >= 0 && !world->alive[to]))
		return;
	if (quota_donate(&world->pool, &world->accounts[who],
			 to < 0 ? NULL : &world->accounts[to], bytes,
			 random_below(world, 20000)))
		*gift = (struct gift){ who, to, bytes };
}

static void step(struct world *world)
{
	const int who = (int)random_below(world, ACCOUNTS);
	struct quota_account *account = &world->accounts[who];
	struct gift *gift;

	if (!world->alive[who]) {
		quota_assign(&world->pool, account,
			     random_below(world, 200000));
		world->alive[who] = true;
		return;
	}
	switch (random_below(world, 8)) {
	case 0:
		die(world, who);
		break;
	case 1:
		quota_reassign(&world->pool, account,
			       random_below(world, 300000),
			       random_below(world, 50000));
		break;
	case 2:
	case 3:
	case 4:
		donate(world, who);
		break;
	default:
		gift = &world->gifts[random_below(world, SESSIONS)];
		if (gift->bytes)
			return_gift(world, gift);
	}
}

static bool sums_add_up(const struct world *world)
{
	uint64_t assigned = 0, limits = 0, lingering = 0, outside = 0;
	const struct gift *gift;
	bool fine = true;
	int i;

	for (i = 0; i < ACCOUNTS; i++) {
		const struct quota_account *account = &world->accounts[i];

		fine = fine && account->donated <= account->assigned;
		assigned += account->assigned;
		limits += quota_limit(account);
	}
	for (gift = world->gifts; gift < world->gifts + SESSIONS; gift++) {
		lingering += gift->from < 0 ? gift->bytes : 0;
		outside += gift->to < 0 ? gift->bytes : 0;
	}
	return fine && world->pool.assigned == assigned + lingering &&
	       world->pool.outside == outside &&
	       total == reserve + limits + outside + quota_left(&world->pool);
}

START_TEST(sums_always_add_up)
{
	struct world world = {
		.pool = { .total = total, .reserve = reserve },
		.seed = 20111,
	};
	int i;

	for (i = 0; i < STEPS; i++) {
		step(&world);
		if (!sums_add_up(&world))
			break;
	}
	ck_assert_int_eq(i, STEPS);
	printf("# %d steps\n", STEPS);
}
END_TEST

START_TEST(a_request_above_what_is_left_is_cut)
{
	struct quota_pool pool = { .total = 100, .reserve = 10 };
	struct quota_account a = { 0 }, b = { 0 }, c = { 0 };

	ck_assert_uint_eq(quota_assign(&pool, &a, 60), 60);
	ck_assert_uint_eq(quota_assign(&pool, &b, 60), 30);
	ck_assert_uint_eq(quota_assign(&pool, &c, 1), 0);
	ck_assert_uint_eq(quota_left(&pool), 0);
	quota_release(&pool, &a);
	ck_assert_uint_eq(quota_left(&pool), 60);
}
END_TEST

START_TEST(a_donation_moves_the_limit)
{
	struct quota_pool pool = { .total = 100 };
	struct quota_account client = { 0 }, server = { 0 };

	quota_assign(&pool, &client, 40);
	quota_assign(&pool, &server, 20);
	ck_assert(!quota_donate(&pool, &client, &server, 31, 10));
	ck_assert(quota_donate(&pool, &client, &server, 30, 10));
	ck_assert_uint_eq(quota_limit(&client), 10);
	ck_assert_uint_eq(quota_limit(&server), 50);
	ck_assert_uint_eq(quota_left(&pool), 40);
	/* What others gave can't be given on. */
	ck_assert(!quota_donate(&pool, &server, NULL, 21, 0));
	/* The client dies: its part is back when the server returns it. */
	quota_release(&pool, &client);
	ck_assert_uint_eq(quota_left(&pool), 50);
	quota_return(&pool, NULL, &server, 30);
	ck_assert_uint_eq(quota_left(&pool), 80);
}
END_TEST

START_TEST(reassigning_respects_use_and_what_is_left)
{
	struct quota_pool pool = { .total = 100 };
	struct quota_account a = { 0 };

	quota_assign(&pool, &a, 50);
	ck_assert(quota_donate(&pool, &a, NULL, 20, 0));
	ck_assert(!quota_reassign(&pool, &a, 101, 0));
	ck_assert(!quota_reassign(&pool, &a, 29, 10));
	ck_assert(quota_reassign(&pool, &a, 30, 10));
	ck_assert(quota_reassign(&pool, &a, 100, 10));
	ck_assert_uint_eq(quota_left(&pool), 0);
}
END_TEST

START_TEST(a_lowered_total_leaves_nothing_but_breaks_nothing)
{
	struct quota_pool pool = { .total = 100 };
	struct quota_account a = { 0 };

	quota_assign(&pool, &a, 80);
	pool.total = 50;
	ck_assert_uint_eq(quota_left(&pool), 0);
	quota_release(&pool, &a);
	ck_assert_uint_eq(quota_left(&pool), 50);
}
END_TEST

Suite *quota_suite(void)
{
	Suite *suite = suite_create("quota");
	TCase *tcase = tcase_create("quota");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, sums_always_add_up);
	tcase_add_test(tcase, a_request_above_what_is_left_is_cut);
	tcase_add_test(tcase, a_donation_moves_the_limit);
	tcase_add_test(tcase, reassigning_respects_use_and_what_is_left);
	tcase_add_test(tcase,
		       a_lowered_total_leaves_nothing_but_breaks_nothing);
	suite_add_tcase(suite, tcase);
	return suite;
}
