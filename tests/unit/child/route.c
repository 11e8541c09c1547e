/* Who serves whom: the rules, on families without processes. */
#include "child/family.h"

#include <string.h>

#include "suite.h"

enum { CHILDREN = 6 };

struct house {
	struct family family;
	struct child children[CHILDREN];
	struct entry entries[CHILDREN];
	struct session sessions[CHILDREN];
	struct session asked;
	struct entry_pair pairs[4 * CHILDREN];
	unsigned count, session_count, pair_count;
};

/* Anything but NULL: routing looks no further. */
static struct wire *some_wire(void)
{
	static int there;

	return (struct wire *)&there;
}

static struct child *add(struct house *house, const char *name)
{
	struct child *child = &house->children[house->count];
	struct child *last = house->family.last;

	*child = (struct child){
		.family = &house->family,
		.name = (char *)name,
		.entry = &house->entries[house->count],
		.order = ++house->count,
		.pid = (pid_t)house->count,
		.wire = some_wire(),
		.previous = last,
	};
	*(last ? &last->next : &house->family.first) = child;
	house->family.last = child;
	return child;
}

static struct entry_pair *new_pair(struct house *house, const char *name,
				   struct entry_pair *next)
{
	struct entry_pair *pair = &house->pairs[house->pair_count++];

	*pair = (struct entry_pair){ .name = (char *)name, .next = next };
	return pair;
}

static void provide(struct child *child, const char *service, bool announced)
{
	/* The family is the house's first member. */
	struct house *house = (struct house *)child->family;

	child->may_provide = new_pair(house, service, child->may_provide);
	if (announced)
		child->announced = new_pair(house, service, child->announced);
}

/* `client` has a session at `server` already. */
static void open_session(struct house *house, struct child *client,
			 struct child *server, const char *service)
{
	struct session *session = &house->sessions[house->session_count++];

	*session = (struct session){
		.family = &house->family,
		.client = client,
		.server = server,
		.service = (char *)service,
		.state = SESSION_OPEN,
		.next = house->family.sessions,
	};
	house->family.sessions = session;
}

static enum route_result ask(struct house *house, struct child *client,
			     const char *service, struct child **server)
{
	house->asked = (struct session){
		.family = &house->family,
		.client = client,
		.service = (char *)service,
		.next = house->family.sessions,
	};
	house->family.sessions = &house->asked;
	*server = NULL;

	const enum route_result result = route_find(&house->asked, server);

	house->family.sessions = house->asked.next;
	return result;
}

static void expect(struct house *house, struct child *client,
		   const char *service, const struct child *server)
{
	struct child *found;
	const enum route_result result = ask(house, client, service, &found);

	ck_assert_ptr_eq(found, server);
	ck_assert_int_eq(result, server ? ROUTE_TO_CHILD : ROUTE_WAIT);
}

START_TEST(the_newest_that_announced)
{
	struct house house = { 0 };
	struct child *client = add(&house, "client");
	struct child *old = add(&house, "old"), *new = add(&house, "new");

	expect(&house, client, "Nitpicker", NULL);
	provide(old, "Nitpicker", true);
	provide(new, "Nitpicker", false);
	expect(&house, client, "Nitpicker", old);
	provide(new, "Nitpicker", true);
	expect(&house, client, "Nitpicker", new);
	new->pid = 0;
	expect(&house, client, "Nitpicker", old);
}
END_TEST

START_TEST(the_own_parent_last_but_not_for_devices)
{
	struct house house = { 0 };
	struct child *client = add(&house, "client"), *found;

	house.family.parent = (struct parent *)some_wire();
	ck_assert_int_eq(ask(&house, client, "Nitpicker", &found),
			 ROUTE_OUTSIDE);
	ck_assert_int_eq(ask(&house, client, "Input", &found), ROUTE_OUTSIDE);
	house.family.keep_from_devices = true;
	ck_assert_int_eq(ask(&house, client, "Input", &found), ROUTE_WAIT);
	ck_assert_int_eq(ask(&house, client, "Framebuffer", &found),
			 ROUTE_WAIT);
	ck_assert_int_eq(ask(&house, client, "Nitpicker", &found),
			 ROUTE_OUTSIDE);
}
END_TEST

START_TEST(never_itself_nor_its_own_clients)
{
	struct house house = { 0 };
	struct child *outer = add(&house, "outer");
	struct child *liquid = add(&house, "liquid");
	struct child *inner = add(&house, "inner");

	provide(outer, "Nitpicker", true);
	provide(liquid, "Framebuffer", true);
	provide(inner, "Nitpicker", true);
	open_session(&house, liquid, outer, "Nitpicker");
	open_session(&house, inner, liquid, "Framebuffer");
	/* inner is newer, but shows itself through liquid. */
	expect(&house, liquid, "Nitpicker", outer);
	expect(&house, inner, "Nitpicker", outer);
	expect(&house, add(&house, "scout"), "Nitpicker", inner);
}
END_TEST

START_TEST(busy_ones_are_passed_over)
{
	struct house house = { 0 };
	struct child *client = add(&house, "client"), *found = NULL;
	struct child *first = add(&house, "a"), *second = add(&house, "b");

	provide(first, "Framebuffer", true);
	provide(second, "Framebuffer", true);
	house.asked = (struct session){
		.family = &house.family,
		.client = client,
		.service = (char *)"Framebuffer",
		.passed = { second },
		.passed_count = 1,
	};
	ck_assert_int_eq(route_find(&house.asked, &found), ROUTE_TO_CHILD);
	ck_assert_ptr_eq(found, first);
	house.asked.passed[1] = first;
	house.asked.passed_count = 2;
	ck_assert_int_eq(route_find(&house.asked, &found), ROUTE_WAIT);
}
END_TEST

START_TEST(framebuffer_and_input_from_one)
{
	struct house house = { 0 };
	struct child *client = add(&house, "client");
	struct child *window = add(&house, "window");
	struct child *other = add(&house, "other");

	provide(window, "Framebuffer", true);
	provide(window, "Input", false);
	provide(other, "Framebuffer", true);
	provide(other, "Input", true);
	open_session(&house, client, window, "Framebuffer");
	/* It may provide Input, but did not announce it yet: wait for it. */
	expect(&house, client, "Input", NULL);
	provide(window, "Input", true);
	expect(&house, client, "Input", window);
	expect(&house, add(&house, "another"), "Input", other);
}
END_TEST

START_TEST(input_from_elsewhere_where_there_is_none)
{
	struct house house = { 0 };
	struct child *client = add(&house, "client");
	struct child *screen = add(&house, "intel_drv");
	struct child *keys = add(&house, "evdev_drv");

	provide(screen, "Framebuffer", true);
	provide(keys, "Input", true);
	open_session(&house, client, screen, "Framebuffer");
	expect(&house, client, "Input", keys);
}
END_TEST

START_TEST(the_former_provider_first)
{
	struct house house = { 0 };
	struct child *client = add(&house, "client");
	struct child *old = add(&house, "old"), *new = add(&house, "new");

	provide(old, "Nitpicker", true);
	provide(new, "Nitpicker", true);
	memo_set(&client->providers, "Nitpicker", "old");
	expect(&house, client, "Nitpicker", old);
	old->pid = 0;
	expect(&house, client, "Nitpicker", new);
	memos_destroy(&client->providers);
}
END_TEST

START_TEST(explicit_rules_first)
{
	struct house house = { 0 };
	struct child *client = add(&house, "client"), *found;
	struct child *old = add(&house, "old"), *new = add(&house, "new");
	struct entry_route parent = { .service = (char *)"Nitpicker",
				      .target = ROUTE_PARENT };
	struct entry_route rule = { .service = (char *)"Nitpicker",
				    .target = ROUTE_CHILD,
				    .child = (char *)"old",
				    .next = &parent };

	provide(new, "Nitpicker", true);
	provide(new, "Log", true);
	client->entry->routes = &rule;
	/* The root has no parent to ask, so it waits for the named one. */
	expect(&house, client, "Nitpicker", NULL);
	provide(old, "Nitpicker", true);
	expect(&house, client, "Nitpicker", old);
	/* What no rule speaks of goes its usual way. */
	expect(&house, client, "Log", new);
	old->pid = 0;
	house.family.parent = (struct parent *)some_wire();
	ck_assert_int_eq(ask(&house, client, "Nitpicker", &found),
			 ROUTE_OUTSIDE);
}
END_TEST

Suite *route_suite(void)
{
	Suite *suite = suite_create("route");
	TCase *tcase = tcase_create("route");

	tcase_add_test(tcase, the_newest_that_announced);
	tcase_add_test(tcase, the_own_parent_last_but_not_for_devices);
	tcase_add_test(tcase, never_itself_nor_its_own_clients);
	tcase_add_test(tcase, busy_ones_are_passed_over);
	tcase_add_test(tcase, framebuffer_and_input_from_one);
	tcase_add_test(tcase, input_from_elsewhere_where_there_is_none);
	tcase_add_test(tcase, the_former_provider_first);
	tcase_add_test(tcase, explicit_rules_first);
	suite_add_tcase(suite, tcase);
	return suite;
}
