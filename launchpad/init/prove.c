#include "prove.h"

#include <libgen.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "child/description.h"

enum {
	USES_MAX = 16, /* services of one member that are looked at */
	NESTED_RESERVE = 2 << 20, /* what an init within needs, bytes */
};

struct member {
	const struct entry *entry;
	struct description description;
	struct entry_pair *uses; /* those of programs within it included */
	/* Who serves each of them; NULL: the parent, or nobody. */
	const struct member *from[USES_MAX];
	bool outside[USES_MAX];
	char *tree; /* of an init within, printed; NULL: none */
	unsigned rank; /* it can run when all of a lower rank do; 0: never */
};

struct prover {
	const struct proof *proof;
	struct member *members;
	size_t count;
	unsigned problems;
	unsigned depth;
};

static void __attribute__((format(printf, 3, 4)))
complain(struct prover *prover, const struct entry *entry, const char *format,
	 ...)
{
	char text[512];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	prover->problems++;
	log_error("%s:%u:%u: <start>: %s: %s",
		  entry->file ? entry->file : "command line", entry->line,
		  entry->column, entry->name, text);
}

static void note(struct entry_pair **list, const char *name)
{
	if (entry_pairs_have(*list, name))
		return;
	while (*list)
		list = &(*list)->next;
	*list = xcalloc(1, sizeof(**list));
	(*list)->name = xstrdup(name);
}

static bool provides(const struct member *member, const char *service)
{
	return entry_pairs_have(member->entry->provides, service) ||
	       entry_pairs_have(member->description.provides, service);
}

/* ---- single members ---- */

static void check_program(struct prover *prover, struct member *member)
{
	const struct entry *entry = member->entry;
	bool suite;
	char *path = program_path(entry->filename, &suite);
	const struct entry_pair *use;

	if (!path || access(path, X_OK) < 0)
		complain(prover, entry, "there is no program %s",
			 path ? path : entry->filename);
	else if (suite)
		description_read(&member->description, path);
	for (use = member->description.uses; use; use = use->next)
		note(&member->uses, use->name);
	free(path);
}

static void check_names(struct prover *prover)
{
	size_t i, n;

	for (i = 0; i < prover->count; i++)
		for (n = 0; n < i; n++)
			if (prover->members[i].entry->named &&
			    !strcmp(prover->members[i].entry->name,
				    prover->members[n].entry->name)) {
				complain(prover, prover->members[i].entry,
					 "this name is taken already");
				break;
			}
}

static void check_grants(struct prover *prover, const struct entry *entry)
{
	const struct entry_grant *grant;

	for (grant = entry->grants; grant; grant = grant->next)
		if (grant->path && access(grant->path, F_OK) < 0)
			complain(prover, entry, "there is no %s", grant->path);
}

/* A file of a config: beside that, else in the suite's data. */
static bool file_exists(const struct entry *entry, const char *name)
{
	char *data = suite_data_folder();
	char *config = xstrdup(entry->config.file ? entry->config.file : ".");
	char *beside = xasprintf("%s/%s", dirname(config), name);
	char *shipped = xasprintf("%s/%s", data, name);
	const bool there = access(name[0] == '/' ? name : beside, R_OK) == 0 ||
			   access(shipped, R_OK) == 0;

	free(shipped);
	free(beside);
	free(config);
	free(data);
	return there;
}

static void check_files(struct prover *prover, const struct entry *entry,
			const struct config_node *root)
{
	static const char *const names[] = { "image", "document", "icon" };
	size_t i;

	for (i = 0; i < array_size(names); i++) {
		const char *value = config_value(root, names[i]);

		if (value && value[0] && !file_exists(entry, value))
			complain(prover, entry, "<%s>: there is no file %s",
				 names[i], value);
	}
}

/* ---- an init within ---- */

static struct config *no_include(void *user, const struct config_node *include,
				 const char *path)
{
	(void)user;
	(void)path;
	config_complain(include, "is read when it runs, not proved");
	return NULL;
}

static unsigned prove(const struct scenario *scenario,
		      const struct proof *proof, unsigned depth,
		      struct entry_pair **needs);

static void check_config(struct prover *prover, struct member *member)
{
	const struct entry *entry = member->entry;
	const struct entry_config *config = &entry->config;
	struct scenario inner;
	struct config *parsed;
	FILE *out;
	size_t size;
	char *problem = NULL;

	if (!config->text)
		return;
	parsed = config_parse(config->text, strlen(config->text), config->file,
			      config->line, config->column, &problem);
	if (!parsed) {
		prover->problems++;
		log_error("%s", problem);
		free(problem);
		return;
	}
	check_files(prover, entry, config_root(parsed));
	if (!strcmp(entry->filename, "init") &&
	    prover->depth < SCENARIO_DEPTH_MAX) {
		scenario_init(&inner);
		scenario_read(&inner, config_root(parsed), no_include, NULL);
		out = open_memstream(&member->tree, &size);
		prover->problems += prove(&inner,
					  &(struct proof){
						  .total = entry_quota(entry),
						  .reserve = NESTED_RESERVE,
						  .out = out,
						  .has_parent = true,
					  },
					  prover->depth + 1, &member->uses);
		if (out)
			fclose(out);
		scenario_finish(&inner);
	}
	config_destroy(parsed);
}

/* ---- routes ---- */

/* May `server` serve that, once all of a lower rank run? */
static bool can_serve(const struct member *server, const struct member *client,
		      const char *service, const char *name)
{
	return server != client && server->rank && provides(server, service) &&
	       (!name || !strcmp(server->entry->name, name));
}

/* The newest one, as at run time. */
static const struct member *choose(const struct prover *prover,
				   const struct member *client,
				   const char *service, const char *name)
{
	size_t i = prover->count;

	while (i--)
		if (can_serve(&prover->members[i], client, service, name))
			return &prover->members[i];
	return NULL;
}

/* True when somebody, or the parent, serves `client`. */
static bool find_server(const struct prover *prover, struct member *client,
			const char *service, unsigned use)
{
	const struct entry_route *route = client->entry->routes;
	bool ruled = false;

	client->outside[use] = false;
	for (; route && !client->from[use]; route = route->next) {
		if (route->service && strcmp(route->service, service))
			continue;
		ruled = true;
		if (route->target != ROUTE_PARENT)
			client->from[use] = choose(prover, client, service,
						   route->target == ROUTE_CHILD
							   ? route->child
							   : NULL);
		else if (prover->proof->has_parent)
			return client->outside[use] = true;
	}
	if (!ruled)
		client->from[use] = choose(prover, client, service, NULL);
	return client->from[use] != NULL;
}

/* Who provides it at all: then what is missing is that one's own start. */
static bool is_provided(const struct prover *prover,
			const struct member *client, const char *service)
{
	size_t i;

	for (i = 0; i < prover->count; i++)
		if (&prover->members[i] != client &&
		    provides(&prover->members[i], service))
			return true;
	return false;
}

/* All services of a member; false: one of them is missing still. What nobody
 * here provides comes from the parent, if there is one. */
static bool route_all(struct prover *prover, struct member *member)
{
	const struct entry_pair *use = member->uses;
	unsigned n;

	for (n = 0; use && n < USES_MAX; use = use->next, n++) {
		member->from[n] = NULL;
		if (find_server(prover, member, use->name, n))
			continue;
		if (!member->entry->routes && prover->proof->has_parent &&
		    !is_provided(prover, member, use->name)) {
			member->outside[n] = true;
			continue;
		}
		return false;
	}
	return true;
}

static void complain_of_routes(struct prover *prover, struct member *member)
{
	const struct entry_pair *use = member->uses;
	unsigned n;

	for (n = 0; use && n < USES_MAX; use = use->next, n++) {
		if (find_server(prover, member, use->name, n))
			continue;
		if (is_provided(prover, member, use->name))
			complain(prover, member->entry,
				 "%s: who provides it waits, through others, "
				 "for this one, or is not on its route",
				 use->name);
		else
			complain(prover, member->entry,
				 "nobody provides %s, which it uses",
				 use->name);
		member->from[n] = NULL;
	}
}

/* In rounds: who can run when the ones so far do. */
static void check_routes(struct prover *prover)
{
	unsigned rank = 1;
	bool progress = true;
	size_t i;

	while (progress) {
		progress = false;
		for (i = 0; i < prover->count; i++) {
			struct member *member = &prover->members[i];

			if (!member->rank && route_all(prover, member)) {
				member->rank = rank++;
				progress = true;
			}
		}
	}
	for (i = 0; i < prover->count; i++)
		if (!prover->members[i].rank)
			complain_of_routes(prover, &prover->members[i]);
}

/* ---- sums, the tree ---- */

static void check_sums(struct prover *prover, const struct scenario *scenario)
{
	const struct proof *proof = prover->proof;
	uint64_t left = proof->total > proof->reserve
				? proof->total - proof->reserve
				: 0;
	size_t i;

	if (!proof->has_parent && scenario->host_clients) {
		if (scenario->host_quota > left) {
			prover->problems++;
			log_error("<host>: %llu KiB are more than the %llu KiB "
				  "that there are",
				  (unsigned long long)scenario->host_quota >>
					  10,
				  (unsigned long long)left >> 10);
		}
		left -= scenario->host_quota < left ? scenario->host_quota
						    : left;
	}
	for (i = 0; i < prover->count; i++) {
		const struct entry *entry = prover->members[i].entry;
		const uint64_t quota = entry_quota(entry);

		if (quota > left)
			complain(prover, entry,
				 "its %llu KiB are more than the %llu KiB that "
				 "are left",
				 (unsigned long long)quota >> 10,
				 (unsigned long long)left >> 10);
		left -= quota < left ? quota : left;
	}
	if (proof->out)
		fprintf(proof->out, "%*s%-16s %8llu KiB\n",
			(int)(2 + 2 * prover->depth), "", "left",
			(unsigned long long)left >> 10);
}

static void print_member(const struct prover *prover,
			 const struct member *member)
{
	FILE *out = prover->proof->out;
	const struct entry *entry = member->entry;
	const struct entry_pair *use = member->uses;
	unsigned n;

	fprintf(out, "%*s%-16s %8llu KiB  %s", (int)(2 + 2 * prover->depth), "",
		entry->name, (unsigned long long)entry_quota(entry) >> 10,
		entry->filename);
	for (n = 0; use && n < USES_MAX; use = use->next, n++)
		fprintf(out, "%s %s from %s", n ? "," : ":", use->name,
			member->from[n]      ? member->from[n]->entry->name
			: member->outside[n] ? "the parent"
					     : "nobody");
	fprintf(out, "\n%s", member->tree ? member->tree : "");
}

static void finish(struct prover *prover)
{
	size_t i;

	for (i = 0; i < prover->count; i++) {
		description_finish(&prover->members[i].description);
		entry_pairs_destroy(prover->members[i].uses);
		free(prover->members[i].tree);
	}
	free(prover->members);
}

static unsigned prove(const struct scenario *scenario,
		      const struct proof *proof, unsigned depth,
		      struct entry_pair **needs)
{
	struct prover prover = { .proof = proof, .depth = depth };
	const struct entry *entry;
	const struct entry_pair *use;
	size_t i;
	unsigned n;

	prover.problems = scenario->lost;
	prover.members = xcalloc(scenario->count + 1, sizeof(*prover.members));
	for (entry = scenario->entries; entry; entry = entry->next) {
		struct member *member = &prover.members[prover.count++];

		member->entry = entry;
		check_program(&prover, member);
		check_grants(&prover, entry);
		check_config(&prover, member);
	}
	check_names(&prover);
	check_routes(&prover);
	for (i = 0; i < prover.count; i++) {
		if (proof->out)
			print_member(&prover, &prover.members[i]);
		use = prover.members[i].uses;
		for (n = 0; needs && use && n < USES_MAX; use = use->next, n++)
			if (prover.members[i].outside[n])
				note(needs, use->name);
	}
	check_sums(&prover, scenario);
	n = prover.problems;
	finish(&prover);
	return n;
}

unsigned scenario_prove(const struct scenario *scenario,
			const struct proof *proof)
{
	return prove(scenario, proof, 0, NULL);
}
