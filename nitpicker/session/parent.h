/*
 * The session that every component has: the one with its parent.
 *
 * Found through NITPICKER_PARENT: the number of an inherited descriptor, or
 * the path of a desktop's socket; without it the running desktop's socket,
 * $XDG_RUNTIME_DIR/nitpicker/desktop/parent (see runtime_directory).
 */
#ifndef SESSION_PARENT_H
#define SESSION_PARENT_H

#include "base/config.h"
#include "base/loop.h"
#include "session/protocol.h"

struct parent;

struct parent_handler {
	/* The component's config, at each change (the first is fetched with
	 * parent_config). The tree lives until the next change. May be NULL. */
	void (*config)(void *user, const struct config_node *root);
	/* Own quota and what of it is in use, bytes. May be NULL. */
	void (*resource)(void *user, uint64_t quota, uint64_t used);
	/* The last that parent_keep gave away before this component died and
	 * was started again. May be NULL. */
	void (*kept)(void *user, const char *text);
	/* What parent_power can be asked for, 1 << each enum power_action; for
	 * who has <power/>, behind the config and at each change. May be
	 * NULL. */
	void (*powers)(void *user, unsigned powers);
	/* The parent is gone. NULL: the loop is stopped with code 1. */
	void (*closed)(void *user);
};

/* NULL with one log line when there is no parent. */
struct parent *parent_connect(struct loop *loop,
			      const struct parent_handler *handler, void *user);
void parent_destroy(struct parent *parent);

/*
 * $XDG_RUNTIME_DIR/nitpicker, else /run/user/UID/nitpicker, else
 * nitpicker-UID under the temporary directory; made if it isn't there. Owned by
 * the caller. NULL with one log line when there is none that is a folder (no
 * link) of ours and of nobody else (0700).
 */
char *runtime_directory(void);

/*
 * The config as it is now: waits for the first one, which each parent sends
 * (host clients, found through a path, have none). An empty or missing config
 * is an empty <config/>; a malformed one is logged and treated so; a later
 * malformed one is logged and the last good one stays. Never NULL.
 */
const struct config_node *parent_config(struct parent *parent);

/* Own quota, bytes: waits for the first word of it, which each parent sends
 * behind the config. 0: nobody counts (host clients). */
uint64_t parent_quota(struct parent *parent);

/* ---- as a client of services ---- */

/*
 * Opens a session: WIRE_OK with a connected descriptor (caller's) and the
 * session's id, or why not. Waits, also while the parent waits for a provider.
 * `label` may be ""; `args` is text the service documents.
 */
enum wire_status parent_open(struct parent *parent, const char *service,
			     const char *label, uint64_t ram_quota,
			     const char *args, int *fd, uint32_t *id);

/* The same without waiting; fd is -1 unless status is WIRE_OK. */
typedef void parent_open_fn(void *user, enum wire_status status, int fd,
			    uint32_t id);
void parent_open_later(struct parent *parent, const char *service,
		       const char *label, uint64_t ram_quota, const char *args,
		       parent_open_fn *fn, void *user);

/* The later calls with that `user` are forgotten: fn is not called any more,
 * sessions that still open are closed. */
void parent_forget_open(struct parent *parent, void *user);

/* Donates more. Waits. */
enum wire_status parent_upgrade(struct parent *parent, uint32_t id,
				uint64_t bytes);
/* The same without waiting. */
typedef void parent_upgrade_fn(void *user, enum wire_status status);
void parent_upgrade_later(struct parent *parent, uint32_t id, uint64_t bytes,
			  parent_upgrade_fn *fn, void *user);
/* Does not wait; the descriptor is the caller's to close. */
void parent_close(struct parent *parent, uint32_t id);

/* Calls fn when the parent revokes session `id` (once; then forgotten). */
typedef void parent_revoked_fn(void *user, enum revoke_reason reason);
void parent_on_revoked(struct parent *parent, uint32_t id,
		       parent_revoked_fn *fn, void *user);
void parent_forget_revoked(struct parent *parent, uint32_t id);

/* ---- as a provider of services ---- */

struct session_request {
	uint32_t id;
	const char *service, *label, *args;
	uint64_t ram_quota; /* bytes donated for this session */
};

struct provider_handler {
	/* Takes `fd` (non-blocking, close-on-exec) when it returns WIRE_OK; any
	 * other status denies the session and the fd is closed for it. */
	enum wire_status (*open)(void *user,
				 const struct session_request *request, int fd);
	/* More quota for a session; may be NULL. */
	void (*upgrade)(void *user, uint32_t id, uint64_t bytes);
	/* The parent wants it closed: give all of it back, then call
	 * parent_closed (within 2 s). */
	void (*close)(void *user, uint32_t id);
};

/* Announces a service (waits for the answer). The handler is kept by pointer;
 * a later announcement of the same service replaces it. */
enum wire_status parent_announce(struct parent *parent, const char *service,
				 const struct provider_handler *handler,
				 void *user);

/* Takes the handler back where it still is that of `user`: requests are denied
 * from then on. Does not wait. */
void parent_withdraw(struct parent *parent, const char *service, void *user);

/* All of the session's memory is free again: its quota returns to the client.
 * Also to be called when the provider itself ended the session. */
void parent_closed(struct parent *parent, uint32_t id);

/* Ends a session for a reason that the client's parents hear. */
void parent_revoke(struct parent *parent, uint32_t id,
		   enum revoke_reason reason);

/* ---- the rest ---- */

/* Asks for more quota. Waits. */
enum wire_status parent_request_resource(struct parent *parent, uint64_t bytes);

/* A file named in the config, read-only: from the config's folder, then from
 * the suite's data. -1 and *status (may be NULL) if denied. Waits. */
int parent_file(struct parent *parent, const char *name,
		enum wire_status *status);

/* True when somebody wants reports of that name: for not making others. */
bool parent_report_wanted(const struct parent *parent, const char *name);

/* Publishes a report (XML text) as NAME.xml below the label. Never waits; the
 * latest text of a name is what counts. `label` "" is the component's own. */
void parent_report(struct parent *parent, const char *label, const char *name,
		   const char *xml);

/* The same where `text` (taken over) is not *last, which it replaces. True: it
 * was sent. */
bool parent_report_changed(struct parent *parent, const char *name, char *text,
			   char **last);

/* Gives the parent a text (at most LIMIT_KEPT bytes) for the case that this
 * process dies. Never waits; false when there is no room now. */
bool parent_keep(struct parent *parent, const char *text);

/* Saves a setting; later parent_file(name) reads it first. Waits. */
enum wire_status parent_store(struct parent *parent, const char *name,
			      const void *data, size_t bytes);

/* Asks the parent to start one of its entries. Waits. */
enum wire_status parent_start(struct parent *parent, const char *entry);
/* The same without waiting: the parent may ask the user first. fn is called at
 * once for what can't be a name, and not any more after parent_forget_open with
 * that `user`. */
typedef void parent_start_fn(void *user, enum wire_status status);
void parent_start_later(struct parent *parent, const char *entry,
			parent_start_fn *fn, void *user);

/* Asks for the end of the desktop, or more; waits for the answer, not
 * for the end. */
enum wire_status parent_power(struct parent *parent, enum power_action action);

/* Last words, kept by the parent and shown to the user. The caller exits. */
void parent_exit(struct parent *parent, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
