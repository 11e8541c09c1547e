/*
 * What the files of this room share. Nobody else includes it.
 *
 *   family.c    the list of children, quotas
 *   life.c      their beginning
 *   end.c       their end
 *   death.c     what became of them, in words
 *   start.c     starting a process
 *   serve.c     what children say on the session with their parent
 *   session.c   sessions between children, and to the own parent
 *   ask.c       opening one
 *   change.c    what its ends say
 *   route.c     who serves whom
 *   file.c      files and settings
 *   report.c    reports
 *   host.c      host clients
 *   descend.c   what children leave behind
 *   line.c      where output goes
 *   request.c   what the owner of the family decides
 */
#ifndef CHILD_FAMILY_H
#define CHILD_FAMILY_H

#include "base/base.h"
#include "child.h"
#include "description.h"
#include "grant.h"
#include "isolate.h"
#include "label.h"
#include "limit.h"
#include "output.h"
#include "quota.h"
#include "session/log_session.h"
#include "session/parent.h"

enum {
	ANSWER_MS = 2000, /* of a provider to open, upgrade and close */
	UPGRADES_MAX = 8, /* of one session at a time */
};

/* A report that a child sent; to be withdrawn at its end. */
struct sent_report {
	char *label, *name;
	struct sent_report *next;
};

/* Text with a name. */
struct memo {
	char *key, *value;
	struct memo *next;
};

struct child {
	struct family *family;
	struct child *next, *previous;
	char *name;
	char *label; /* the name; of a host client "host -> EXE.PID" */
	struct entry *entry; /* NULL: host client */
	char *program; /* absolute path */
	bool suite; /* speaks with us */
	bool is_parent, is_driver, is_host;
	bool is_hosted; /* a driver without a sandbox */
	bool has_serio; /* it drives the PS/2 ports */
	bool is_confined; /* by itself */
	bool runs_linux; /* programs that aren't of the suite */
	struct entry_pair *may_provide; /* by the description */
	struct entry_pair *helpers; /* programs that it runs, likewise */
	struct entry_grant *grants; /* of entry and description */
	char **grant_words; /* one per grant, NULL behind the last */
	bool isolated;
	bool drops; /* runs as the unprivileged user */
	unsigned long order; /* of its start; the newest has the greatest */

	enum child_state state;
	bool failed;
	char *reason;
	char *waits_for;
	bool was_killed; /* by us */
	bool removing; /* from the list as soon as it is dead */
	bool locked_out, over_quota, killed_by_user;
	char *last_words; /* what it said about its exit */
	char *kept; /* what it gave away for the next life; NULL: nothing */
	unsigned failures; /* that its life did not make up for */
	uint64_t started; /* ns */
	bool ready; /* it was executed, as far as we know */
	bool entered; /* its sandbox was made */
	struct timer restart_timer, kill_timer;

	struct quota_account own_account;
	struct quota_account *account; /* own_account, or that of all hosts */
	struct limit limit;

	pid_t pid; /* of our own child process: bubblewrap's when isolated */
	pid_t program_pid; /* of the program itself, once known */
	uint64_t peak; /* bytes, of what was measured */
	pid_t host_pid; /* of a host client */
	struct loop_source *exit_source;
	int problem_fd; /* tells why exec failed */
	struct loop_source *problem_source;
	struct output output;
	struct log_client *log; /* where its output goes; NULL: ours */
	struct wire *wire;
	bool late; /* with its answer: what it was asked for was withdrawn */
	bool config_due; /* changed, and not sent yet */
	bool config_waits; /* the queue was full */
	char *sent_text; /* of the config that it has; NULL: none */
	struct parent_config sent;

	struct entry_pair *announced; /* services */
	struct memo *providers; /* service -> name that served it last */
	struct memo *locked; /* labels locked out below it */
	struct sent_report *reports;
	unsigned report_count;
};

enum session_state {
	SESSION_WAITING, /* for somebody who provides it */
	SESSION_ASKED, /* the provider has the request */
	SESSION_OPEN,
	SESSION_CLOSING, /* the provider is to give all back */
};

/* More quota for a session, until its server knows of it. */
struct upgrade {
	uint32_t serial; /* of the client's request */
	uint64_t bytes;
};

struct session {
	struct family *family;
	struct session *next, *previous;
	uint32_t id;
	enum session_state state;
	struct child *client; /* NULL: gone */
	struct quota_account *payer; /* the client's; NULL: it was released */
	struct child *server; /* NULL: the own parent's, or none yet */
	bool outside; /* the own parent was asked */
	bool for_output; /* we are the client, on behalf of `client` */
	uint32_t outside_id; /* its id there, once open */
	unsigned outside_answers; /* that are still to come from there */
	char *service, *label, *args;
	uint64_t wanted; /* what the client offers at open */
	uint64_t donated; /* moved by now */
	uint32_t serial; /* of the client's request, until answered */
	int client_fd; /* the client's end, until accepted */
	struct upgrade upgrades[UPGRADES_MAX]; /* oldest first */
	unsigned upgrade_count;
	struct timer timer;
	struct child *passed[8]; /* providers that were busy this time */
	unsigned passed_count;
	enum wire_status refusal; /* why the last one passed it over */
};

struct host;
struct request;

struct family {
	struct family *self,
		*again; /* whose addresses tell deferred calls apart */
	struct loop *loop;
	struct parent *parent;
	struct family_handler handler;
	void *user;
	bool keep_from_devices, write_reports, stopping, starting_all;
	char *runtime, *store, *reports;
	char *data; /* the suite's */
	unsigned grace_ms;

	struct child *first, *last;
	struct child *first_host; /* host clients, linked by next/previous */
	struct session *sessions;
	uint32_t last_id;
	unsigned long last_order;

	struct quota_pool pool;
	struct limits limits;
	struct isolation isolation;
	struct request *requests;
	uint32_t last_request;

	char *theme, *keyboard;
	unsigned powers; /* see family_set_powers */
	bool report_due, route_due, configs_due;
	struct host *host;
};

/* family.c */
void family_list_changed(struct family *family);
void family_quota_changed(struct family *family);
void child_changed(struct child *child);
void child_set_reason(struct child *child, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Waiting or running, by its sessions. */
void child_update_waiting(struct child *child);
/* Sets the kernel's limit to the account's. False: more is in use. */
bool child_apply_limit(struct child *child);
void child_send_resource(struct child *child);
struct child *family_child_of_pid(struct family *family, pid_t pid);
/* Those that are due, now: before a new child may open a session with one that
 * its own config was changed for. */
void family_send_configs(struct family *family);

/* life.c */
void child_unlink(struct child *child);
void child_free(struct child *child);

/* end.c */
/* The time between SIGTERM and SIGKILL. */
void child_grace_is_over(void *child);
void child_process_died(void *user, pid_t pid, int status);
/* State and reason of a process that ended with `status` (waitpid); true: it
 * failed. */
bool child_tell_death(struct child *child, int status, enum child_state *state);
/* How long a child that failed waits for its restart; counts the failure. */
uint64_t child_backoff_ms(unsigned *failures, uint64_t lived_ms);
/* It never ran, or is gone: tidies up, decides about a restart. */
void child_ended(struct child *child, enum child_state state, bool failed);
void child_kill_now(struct child *child);

/* start.c */
bool child_launch(struct child *child);
bool child_hear_of_exec(struct child *child);
void child_send_config(struct child *child);

/* The program's own process, also behind bubblewrap; 0: it doesn't run. */
pid_t child_program_pid(struct child *child);

/* request.c */
enum wire_status request_power(struct child *asker, enum power_action action);
void child_send_powers(struct child *child);
void request_start(struct child *asker, const char *entry, uint32_t serial);
void requests_forget(struct child *asker);

/* serve.c */
void child_connect(struct child *child, int fd);

/* ask.c */
void session_open(struct child *client, const struct parent_session_open *body,
		  uint32_t serial);
/* A session for the child's output, if somebody of us provides Log. */
void session_open_log(struct child *child);
/* Tries all waiting sessions again, after this turn. */
void sessions_retry(struct family *family);

/* change.c */
void session_upgrade(struct child *client, uint32_t id, uint64_t bytes,
		     uint32_t serial);
enum wire_status session_close(struct child *client, uint32_t id);
void session_accepted(struct child *server, uint32_t id);
void session_denied(struct child *server, uint32_t id, enum wire_status why);
void session_closed(struct child *server, uint32_t id);
enum wire_status session_revoke(struct child *server, uint32_t id,
				enum revoke_reason reason);

/* session.c */
/* Both ends that this child was. */
void sessions_of_dead(struct child *child);
void sessions_finish(struct family *family);
/* What this child was assigned returns, but for what it donated. */
void sessions_release_quota(struct child *child);
const struct session *session_first_waiting(const struct child *client);
/* All services that it waits for, "Framebuffer, Input"; owned by the caller. */
char *sessions_waiting_for(const struct child *client);

/* route.c */
enum route_result { ROUTE_WAIT, ROUTE_TO_CHILD, ROUTE_OUTSIDE };
enum route_result route_find(const struct session *session,
			     struct child **server);
bool child_may_provide(const struct child *child, const char *service);

/* line.c */
/* A line of output goes on: to a sibling that shows it, else to our own. */
void child_print_line(void *user, const char *line);
/* The session for its output is open, or over. */
void child_log_opened(struct child *child, int fd);
void child_log_closed(struct child *child);
/* All that live find a server for their output. */
void family_log_announced(struct family *family);

/* memo.c */
const char *memo_get(const struct memo *list, const char *key);
void memo_set(struct memo **list, const char *key, const char *value);
void memos_destroy(struct memo **list);

/* file.c */
int family_open_file(struct child *asker, const char *name,
		     enum wire_status *status);
enum wire_status family_store(struct child *asker, const char *name, int fd);
/* The whole config text that a child gets; owned by the caller. */
char *config_text(const struct family *family, const struct entry *entry);
/* True when that text is a value in the config document. */
bool config_names(const char *text, const char *value);

/* report.c */
enum wire_status family_report(struct child *sender, const char *label,
			       const char *name, int fd);
/* Withdraws what a child and those below it reported. */
void family_withdraw_reports(struct child *child);
void family_report_children(struct family *family);
void family_prepare_reports(struct family *family);

/* host.c */
void host_finish(struct family *family);
void host_forget(struct child *client);
void host_lock_out(struct child *client);
/* What all host clients share, bytes; 0: there are none. */
uint64_t host_quota(const struct family *family);

/* descend.c */
void descend_init(struct family *family);
void descend_finish(struct family *family);
/* Kills what is left of a dead child's descendants. */
void descend_kill(struct family *family, pid_t pid, unsigned long order);

#endif
