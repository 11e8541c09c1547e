#include "suite.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/config.h"

static struct config *parse(const char *text)
{
	char *error = NULL;
	struct config *config = config_parse(text, strlen(text), "test", 1, 1,
					     &error);

	ck_assert_msg(config, "%s: %s", text, error);
	ck_assert_ptr_null(error);
	return config;
}

static void check_error(const char *text, const char *expected)
{
	char *error = NULL;

	ck_assert_ptr_null(
		config_parse(text, strlen(text), "test", 1, 1, &error));
	ck_assert_str_eq(error, expected);
	free(error);
	/* Nobody has to ask for the text. */
	ck_assert_ptr_null(
		config_parse(text, strlen(text), "test", 1, 1, NULL));
}

START_TEST(tree)
{
	struct config *config = parse("<?xml version=\"1.0\"?>\n"
				      "<config a='1' b=\"x &lt; y\">\n"
				      "  <!-- ignored -->\n"
				      "  <one/>  <two>t<i/> u </two>\n"
				      "\t<one>second</one>\n"
				      "</config>\n");
	const struct config_node *root = config_root(config);
	const struct config_node *one = config_child(root, "one");
	const struct config_node *two = config_next(one, NULL);

	ck_assert_str_eq(config_file(config), "test");
	ck_assert_str_eq(root->name, "config");
	ck_assert_str_eq(config_attribute(root, "b"), "x < y");
	ck_assert_ptr_null(config_attribute(root, "c"));
	ck_assert_str_eq(root->text, "");
	ck_assert_str_eq(two->name, "two");
	ck_assert_str_eq(two->text, "t u");
	ck_assert_ptr_eq(two->parent, root);
	ck_assert_ptr_eq(two->children->parent, two);
	one = config_next(one, "one");
	ck_assert_str_eq(one->text, "second");
	ck_assert_ptr_null(config_next(one, "one"));
	ck_assert_ptr_null(config_child(root, "three"));
	ck_assert_uint_eq(one->line, 5);
	ck_assert_uint_eq(one->column, 2);
	ck_assert_uint_eq(two->line, 4);
	ck_assert_uint_eq(two->column, 11);
	config_destroy(config);
}
END_TEST

START_TEST(source_of_elements)
{
	const char *text = "<a> <b x='1' /><c >t<d/></c ></a>";
	struct config *config = parse(text);
	const struct config_node *root = config_root(config);
	const char *const expected[] = { "<b x='1' />", "<c >t<d/></c >" };
	const struct config_node *node = root->children;
	size_t length;

	for (int i = 0; i < 2; i++, node = node->next) {
		const char *source = config_source(node, &length);

		ck_assert_uint_eq(length, strlen(expected[i]));
		ck_assert_int_eq(memcmp(source, expected[i], length), 0);
	}
	config_source(root, &length);
	ck_assert_uint_eq(length, strlen(text));
	config_destroy(config);
}
END_TEST

/* A part handed on complains about places in the file it came from. */
START_TEST(place_of_a_part)
{
	const char *text = "<config>\n <x/> </config>";
	char *error;
	struct config *config = config_parse(text, strlen(text), "desk.xml", 12,
					     5, NULL);
	const struct config_node *root = config_root(config);

	ck_assert_uint_eq(root->line, 12);
	ck_assert_uint_eq(root->column, 5);
	ck_assert_uint_eq(root->children->line, 13);
	ck_assert_uint_eq(root->children->column, 2);
	config_destroy(config);
	config_parse("<a", 2, "desk.xml", 12, 5, &error);
	ck_assert_str_eq(error, "desk.xml:12:5: unclosed token");
	free(error);
}
END_TEST

START_TEST(refused)
{
	check_error("<a>\n <b>\n</a>", "test:3:3: mismatched tag");
	check_error("<a x='1' x='2'/>", "test:1:10: duplicate attribute");
	check_error("", "test:1:1: no element found");
	check_error("<a/><b/>", "test:1:5: junk after document element");
	check_error("<a>&nbsp;</a>", "test:1:4: undefined entity");
	check_error("<a>\xff</a>", "test:1:4: not well-formed (invalid token)");
	check_error("<a>\x01</a>", "test:1:4: not well-formed (invalid token)");
	check_error("<!DOCTYPE a><a/>",
		    "test:1:12: DOCTYPE is not allowed in a config");
	check_error("<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a>&b;</a>",
		    "test:1:13: DOCTYPE is not allowed in a config");
	check_error("<?xml version='1.0'?>\n"
		    "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
		    "test:2:40: DOCTYPE is not allowed in a config");
}
END_TEST

START_TEST(bytes_behind_a_nul)
{
	char *error;

	ck_assert_ptr_null(config_parse("<a/>\0<b/>", 9, "f", 1, 1, &error));
	ck_assert_str_eq(error, "f:1:5: not well-formed (invalid token)");
	free(error);
}
END_TEST

/* <a><a>...</a></a> with that many levels. */
static struct config *parse_deep(int depth, char **error)
{
	char *text = xcalloc((size_t)depth * 7 + 1, 1), *end = text;

	for (int i = 0; i < depth; i++)
		end = stpcpy(end, "<a>");
	for (int i = 0; i < depth; i++)
		end = stpcpy(end, "</a>");

	struct config *config = config_parse(text, strlen(text), "test", 1, 1,
					     error);

	free(text);
	return config;
}

START_TEST(depth_limit)
{
	char *error;

	for (int depth = CONFIG_MAX_DEPTH - 1; depth <= CONFIG_MAX_DEPTH;
	     depth++) {
		struct config *config = parse_deep(depth, NULL);

		ck_assert_ptr_nonnull(config);
		config_destroy(config);
	}
	ck_assert_ptr_null(parse_deep(CONFIG_MAX_DEPTH + 1, &error));
	ck_assert_str_eq(error, "test:1:193: elements are nested too deeply");
	free(error);
}
END_TEST

static struct config *parse_wide(int nodes, char **error)
{
	size_t inner = (size_t)(nodes - 1) * 4;
	char *text = xcalloc(inner + 8, 1);

	memcpy(text, "<r>", 3);
	for (size_t i = 0; i < inner; i += 4)
		memcpy(text + 3 + i, "<n/>", 4);
	memcpy(text + 3 + inner, "</r>", 4);

	struct config *config = config_parse(text, strlen(text), "test", 1, 1,
					     error);

	free(text);
	return config;
}

START_TEST(node_limit)
{
	char *error;

	for (int nodes = CONFIG_MAX_NODES - 1; nodes <= CONFIG_MAX_NODES;
	     nodes++) {
		struct config *config = parse_wide(nodes, NULL);
		int count = 1;

		ck_assert_ptr_nonnull(config);
		for (const struct config_node *n =
			     config_root(config)->children;
		     n; n = n->next)
			count++;
		ck_assert_int_eq(count, nodes);
		config_destroy(config);
	}
	ck_assert_ptr_null(parse_wide(CONFIG_MAX_NODES + 1, &error));
	ck_assert_str_eq(error, "test:1:80000: too many elements");
	free(error);
}
END_TEST

/* A document of exactly that many bytes. */
static char *make_long(size_t length)
{
	char *text = xcalloc(length + 1, 1);

	memset(text, 'x', length);
	memcpy(text, "<a>", 3);
	memcpy(text + length - 4, "</a>", 4);
	return text;
}

START_TEST(size_limit)
{
	char *folder = make_folder();
	char *path = xasprintf("%s/config", folder);

	for (size_t length = CONFIG_MAX_BYTES - 1;
	     length <= CONFIG_MAX_BYTES + 1; length++) {
		bool fits = length <= CONFIG_MAX_BYTES;
		char *text = make_long(length), *error = NULL;
		struct config *config = config_parse(text, length, "test", 1, 1,
						     &error);
		FILE *file = fopen(path, "w");

		ck_assert_int_eq(config != NULL, fits);
		if (!fits)
			ck_assert_str_eq(error,
					 "test:1:1: larger than 1048576 bytes");
		else
			ck_assert_uint_eq(strlen(config_root(config)->text),
					  length - 7);
		config_destroy(config);
		free(error);
		ck_assert_uint_eq(fwrite(text, 1, length, file), length);
		fclose(file);
		config = config_load(path, NULL);
		ck_assert_int_eq(config != NULL, fits);
		config_destroy(config);
		free(text);
	}
	free(path);
	remove_folder(folder);
}
END_TEST

static void check_load_error(const char *path, const char *problem)
{
	char *expected = xasprintf("%s: can't be read: %s", path, problem);
	char *error = NULL;

	ck_assert_ptr_null(config_load(path, &error));
	ck_assert_str_eq(error, expected);
	free(error);
	free(expected);
}

START_TEST(unreadable_files)
{
	char *folder = make_folder();
	char *fifo = xasprintf("%s/fifo", folder);
	char *missing = xasprintf("%s/missing", folder);

	ck_assert_int_eq(mkfifo(fifo, 0600), 0);
	check_load_error(missing, "No such file or directory");
	check_load_error(folder, "Is a directory");
	check_load_error(fifo, "Invalid argument");
	free(fifo);
	free(missing);
	remove_folder(folder);
}
END_TEST

/* Whoever waits for randomness dies from now on. */
static void refuse_to_wait(void)
{
	struct sock_filter steps[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getrandom, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, args[2])),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K,
			 GRND_NONBLOCK | GRND_INSECURE, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { array_size(steps), steps };

	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program),
			 0);
}

/* A machine that has just started has none for seconds. */
START_TEST(needs_no_randomness)
{
	int status;
	const pid_t pid = fork();

	if (pid == 0) {
		refuse_to_wait();
		config_destroy(parse("<config a='1'><b/></config>"));
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
END_TEST

START_TEST(load_names_the_file)
{
	char *folder = make_folder();
	char *path = xasprintf("%s/a.xml", folder);
	char *expected = xasprintf("%s:2:3: mismatched tag", path);
	char *error = NULL;
	FILE *file = fopen(path, "w");

	fputs("<a>\n</b>", file);
	fclose(file);
	ck_assert_ptr_null(config_load(path, &error));
	ck_assert_str_eq(error, expected);
	free(error);
	free(expected);
	free(path);
	remove_folder(folder);
}
END_TEST

Suite *config_suite(void)
{
	Suite *suite = suite_create("config");
	TCase *tcase = tcase_create("documents");

	tcase_add_test(tcase, tree);
	tcase_add_test(tcase, source_of_elements);
	tcase_add_test(tcase, place_of_a_part);
	tcase_add_test(tcase, refused);
	tcase_add_test(tcase, bytes_behind_a_nul);
	tcase_add_test(tcase, depth_limit);
	tcase_add_test(tcase, node_limit);
	tcase_add_test(tcase, size_limit);
	tcase_add_test(tcase, unreadable_files);
	tcase_add_test(tcase, load_names_the_file);
	tcase_add_test(tcase, needs_no_randomness);
	suite_add_tcase(suite, tcase);
	return suite;
}
