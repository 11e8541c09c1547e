/*
 * child: a parent and its children. Starts programs, gives them sessions,
 * labels, quotas and configs, notices their deaths.
 *
 * A *family* is one parent's set of children. The root family (init) has no
 * parent of its own; every other family forwards to the parent session of its
 * component what it can't serve: sessions, files, settings, reports.
 *
 * Quota: `total` is what the family may give out. Each child is *assigned* a
 * part; what is neither assigned nor reserved for the owner is *left*. What a
 * child donates to a server stays part of what it was assigned (its `used`
 * counts it), so donations change no sum: total = reserve + assigned of all
 * children + left, at any moment. The enforced limit of a child is
 * assigned - donated by it + donated to it.
 *
 * All strings in these structs belong to the library and live until the next
 * call of its `changed` for that object, or its end.
 */
#ifndef CHILD_CHILD_H
#define CHILD_CHILD_H

#include "base/config.h"
#include "base/loop.h"
#include "session/parent.h"

enum {
	CHILD_NAME_MAX = 63, /* bytes */
	CHILD_LOG_KEPT = 20, /* last lines of output that are kept */
	CHILD_LOG_LINE = 512, /* bytes of one line; longer ones are split */
	CHILD_PROVIDES_MAX = 8, /* services of one child */
};

/* ---- entries: what can be started ---- */

/* The text of a <config> element and where it stood. */
struct entry_config {
	char *text; /* NULL: none */
	char *file;
	unsigned line, column;
};

struct entry_pair {
	char *name, *value;
	struct entry_pair *next;
};

/* What an entry, or the component description of its program, lets a child
 * reach besides what every child has. */
enum grant_kind { GRANT_FILES, GRANT_DEVICE, GRANT_NETWORK };

struct entry_grant {
	enum grant_kind kind;
	char *path; /* absolute; NULL: GRANT_NETWORK */
	bool writable; /* GRANT_FILES */
	struct entry_grant *next;
};

enum route_target { ROUTE_CHILD, ROUTE_ANY_CHILD, ROUTE_PARENT };

/* One target of one <service> or <any-service>, in order. */
struct entry_route {
	char *service; /* NULL: any */
	enum route_target target;
	char *child; /* ROUTE_CHILD: its name */
	struct entry_route *next;
};

/* One <start> or <launcher>. Made by entry_parse or entry_make; all members
 * are owned by it. */
struct entry {
	char *name; /* never NULL */
	bool named; /* it was given, not made of the file name */
	char *file; /* where it stood; NULL: nowhere */
	unsigned line, column;
	char *filename; /* of the suite, or absolute */
	uint64_t ram_quota; /* bytes; 0: that of the component description */
	struct entry_config config;
	struct entry_pair *args; /* value only */
	struct entry_pair *env;
	struct entry_pair *provides; /* name only */
	struct entry_route *routes;
	struct entry_grant *grants; /* without those of the description */
	bool restart; /* on failure, with backoff */
	bool power; /* may ask for the end of the desktop */
	struct entry *next; /* for the owner's lists */
};

/* Reads a <start> or <launcher> node. Complains about what it can't use, with
 * file, line and column; NULL if nothing can be started from it, without a
 * word if what it <needs> is not there. */
struct entry *entry_parse(const struct config_node *node);

/* A program of the suite with defaults. */
struct entry *entry_make(const char *filename, uint64_t ram_quota);
struct entry *entry_copy(const struct entry *entry);
void entry_destroy(struct entry *entry); /* NULL is fine */

void entry_config_copy(struct entry_config *to,
		       const struct entry_config *from);
void entry_config_finish(struct entry_config *config);

/* True when the program is there: beside our own, or at its absolute path. */
bool entry_is_installed(const struct entry *entry);

/* True when its component description says <driver/>. */
bool entry_is_driver(const struct entry *entry);

/* The default quota: the entry's own, else that of the description, else
 * 4 MiB. */
uint64_t entry_quota(const struct entry *entry);

/* A valid component name: [A-Za-z0-9._+-]{1,63}, not starting with a dot. */
bool child_name_is_valid(const char *name);

/* ---- the family ---- */

struct family;
struct child;

enum child_state {
	CHILD_WAITING, /* for a service: child_info.reason says which */
	CHILD_STARTING,
	CHILD_RUNNING,
	CHILD_EXITED, /* by itself, also when it could not be started */
	CHILD_KILLED, /* by a signal, or by us */
	CHILD_QUOTA, /* it used more than its quota */
	CHILD_LOCKED_OUT, /* by the user, in kill mode */
};

/* "waiting", "starting", "running", "exited", "killed", "quota",
 * "locked_out" */
const char *child_state_name(enum child_state state);

enum grant_files { FILES_NONE, FILES_READ, FILES_WRITE };

/* A child's grants in short; child_grant has each of them. */
struct child_grants {
	/* In namespaces of its own. If not, nothing of what the user may do is
	 * kept from it, and `why_not` says why. */
	bool isolated;
	const char *why_not; /* "" when isolated */
	enum grant_files files;
	bool network, devices;
};

struct child_info {
	const char *label; /* its name, of a host client "host -> EXE.PID" */
	const char *name; /* unique in the family: testnit, testnit.2, ... */
	const char *filename;
	enum child_state state;
	bool failed; /* dead, and not as wished: exit code, signal, not started
		      */
	const char *reason; /* in words, "" when there is nothing to say */
	/* Services it waits for, "Framebuffer, Input"; "": none. */
	const char *waits_for;
	struct child_grants grants;
	uint64_t donated; /* bytes of its quota that are at servers now */
	uint64_t quota; /* bytes assigned; 0 once it is dead */
	pid_t pid; /* 0: none */
	bool is_parent; /* it has children of its own */
	bool restarts; /* dead, and about to be started again */
};

/* What a child and all its descendants use. */
struct child_usage {
	uint64_t used; /* bytes now, donated ones included */
	uint64_t peak; /* bytes, the most so far that was measured */
	uint64_t cpu_ns; /* CPU time so far */
	unsigned processes;
};

/* Any member may be NULL. */
struct family_handler {
	/* Something of that child changed: state, reason, quota; also called
	 * for a new one. */
	void (*changed)(void *user, struct child *child);
	/* The child leaves the list; its pointer is invalid afterwards. */
	void (*removed)(void *user, struct child *child);
	/* total or left changed. */
	void (*quota_changed)(void *user);
	/*
	 * A child asks to start an entry. To be answered once, at any time,
	 * also from in here, with family_answer_start and that request;
	 * answers that come after the asker's end are fine. NULL: denied.
	 */
	void (*start)(void *user, struct child *asker, const char *entry,
		      uint32_t request);
	/* A child came near its limit, so that the kernel had to look for
	 * memory: a good moment to measure. Not with every mechanism. */
	void (*memory_event)(void *user, struct child *child);
	/* A child asks for more quota; return what family_set_quota did, or
	 * denied. NULL: denied. */
	enum wire_status (*resource_request)(void *user, struct child *asker,
					     uint64_t bytes);
	/* A child with <power/> asks for something that family_set_powers
	 * named. NULL: denied. */
	enum wire_status (*power)(void *user, struct child *asker,
				  enum power_action action);
	/* A line of output, already escaped, without prefix. */
	void (*output)(void *user, struct child *child, const char *line);
	/* A report arrived (`label` is the full one). The root gets all, other
	 * families those of the name "children" that parents below them make;
	 * there no bytes mean that it is withdrawn. */
	void (*report)(void *user, const char *label, const char *name,
		       const char *xml, size_t bytes);
	/* Each child of the family is gone after family_stop. */
	void (*stopped)(void *user);
};

struct family_options {
	struct loop *loop;
	struct parent *parent; /* NULL: the root */
	uint64_t total; /* bytes that may be given out, reserve included */
	uint64_t reserve; /* bytes of it that the owner itself needs */
	/* Never ask the own parent for Framebuffer and Input (launchpad). */
	bool keep_from_devices;
	/* The root's: runtime folder (NULL: none), store folder (NULL: none),
	 * value of NITPICKER_REPORTS for children (NULL: as in our own
	 * environment), whether to write report/LABEL/NAME.xml. */
	const char *runtime, *store, *reports;
	bool write_reports;
	unsigned grace_ms; /* from SIGTERM to SIGKILL; 0: 1000 */
};

/* Options and handler are copied. */
struct family *family_create(const struct family_options *options,
			     const struct family_handler *handler, void *user);

/* Kills what is left of all children, waits for that, frees. NULL is fine. */
void family_destroy(struct family *family);

/* Asks all children to end (SIGTERM), kills them after the grace time, then
 * calls `stopped`. Nothing can be started any more. */
void family_stop(struct family *family);

/* The component's `resource` event: a new total. */
void family_set_total(struct family *family, uint64_t total);
uint64_t family_total(const struct family *family);
uint64_t family_reserve(const struct family *family);
uint64_t family_left(const struct family *family);
/* Bytes of the total that the dead had given to servers which still have it;
 * `quota_changed` is called when they are back. */
uint64_t family_returning(const struct family *family);

/* Which mechanism enforces quotas, in words: "cgroup v2 memory.max", "cgroup v1
 * memory.limit_in_bytes", "soft limit (RLIMIT_DATA and a watch)". */
const char *family_mechanism(const struct family *family);

/* "bubblewrap", or why this parent can't isolate its children, in words. */
const char *family_isolation(const struct family *family);

/* Answers what the handler's `start` was asked. */
void family_answer_start(struct family *family, uint32_t request,
			 enum wire_status status);

/*
 * <theme> and <keyboard> (the elements' text, NULL: none) are added to the
 * config of each child that has none of its own; changed ones are handed on to
 * running children.
 */
void family_set_defaults(struct family *family, const char *theme,
			 const char *keyboard);

/* What children with <power/> may ask for, 1 << each enum power_action; none at
 * first. */
void family_set_powers(struct family *family, unsigned powers);

/*
 * Starts an entry (copied) under a unique name. A quota above what is left is
 * cut, with one line. Returns the child also when it fails at once: then it is
 * CHILD_EXITED, `failed`, and the reason says why. NULL with one line when
 * there is no quota or no valid name at all; *problem (may be NULL, owned by
 * the caller) then says the same in words.
 */
struct child *family_start(struct family *family, const struct entry *entry,
			   char **problem);

/*
 * For init: makes all quotas known before the first start. `entries` is a
 * list; each gets its quota or what is left, then all are started in order.
 */
void family_start_all(struct family *family, const struct entry *entries);

/* Ends a child at once, with all its descendants, and takes it off the list
 * (`removed` is called when it is gone); a dead one is just taken off. */
void family_kill(struct family *family, struct child *child);

/* Ends a child at once; its row stays, "killed by the user", until it is
 * started again or killed. */
void family_kill_by_user(struct family *family, struct child *child);

/* The first again, but politely: SIGTERM first. */
void family_end(struct family *family, struct child *child);

/* Starts a dead child again, with its entry's quota. False: no quota left. */
bool family_restart(struct family *family, struct child *child);

/*
 * Sets what a child is assigned. WIRE_QUOTA_EXCEEDED when that is more than is
 * left, or less than it uses; nothing changes then.
 */
enum wire_status family_set_quota(struct family *family, struct child *child,
				  uint64_t bytes);

/* Hands a new config (may be that of no text) to a child. */
void family_set_config(struct family *family, struct child *child,
		       const struct entry_config *config);

/* ---- children ---- */

/* In the order of their start; NULL ends the walk. */
struct child *family_first(struct family *family);
struct child *child_next(struct child *child);
struct child *family_find(struct family *family, const char *name);

void child_get_info(const struct child *child, struct child_info *info);
const struct entry *child_entry(const struct child *child);
bool child_is_alive(const struct child *child);

/* True when it lives and has announced a service; `changed` is called then. */
bool child_provides(const struct child *child);

/* True when its component description has <driver/>. */
bool child_is_driver(const struct child *child);

/* Bytes in use now, donated ones included. Measured by this call: not for
 * free, so call it at most once a second, and only while somebody looks. */
uint64_t child_used(struct child *child);

/* The same and more; zeroes for a dead one, but for its peak. As expensive. */
void child_measure(struct child *child, struct child_usage *usage);

/* Each grant in words, "reads /usr/share/games", "network"; index from 0; NULL
 * behind the last. Entry and component description together. */
const char *child_grant(const struct child *child, unsigned index);

/* Last lines of output, oldest first; index from 0; NULL behind the last. */
const char *child_log_line(const struct child *child, unsigned index);

/* ---- host clients ---- */

/*
 * Listens at RUNTIME/parent: the root family for programs that the same user
 * started elsewhere, labelled "host -> EXE.PID"; any other family for programs
 * that its own process' descendants started, labelled EXE, EXE.2. They share
 * `quota`, taken from the total; at most `clients` at a time; they can open
 * only Nitpicker. False with one line if that can't be.
 */
bool family_listen(struct family *family, uint64_t quota, unsigned clients);

/* ---- places ---- */

/* Folder of our own executable, and of the suite's data ("share/nitpicker"
 * beside it); owned by the caller. */
char *suite_program_folder(void);
char *suite_data_folder(void);

#endif
