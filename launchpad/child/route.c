/*
 * Who serves whom. Nothing here changes anything.
 *
 * Explicit rules first, in their order; else running children that announced
 * the service, newest first, then the own parent. A child that served the
 * client before comes first. Never the client itself, nor one that is, however
 * indirectly, a client of the asker.
 */
#include <string.h>

#include "family.h"

bool child_may_provide(const struct child *child, const char *service)
{
	return !child->is_host &&
	       (entry_pairs_have(child->entry->provides, service) ||
		entry_pairs_have(child->may_provide, service));
}

static bool is_device(const char *service)
{
	return !strcmp(service, SERVICE_FRAMEBUFFER) ||
	       !strcmp(service, SERVICE_INPUT);
}

/* True when `child` gets something from `server`, through others or not. The
 * graph has no cycles because this is asked before each new edge. */
static bool depends_on(const struct child *child, const struct child *server)
{
	const struct session *session;

	if (child == server)
		return true;
	for (session = child->family->sessions; session;
	     session = session->next)
		if (session->client == child && session->server &&
		    depends_on(session->server, server))
			return true;
	return false;
}

static bool was_passed_over(const struct session *session,
			    const struct child *server)
{
	unsigned i;

	for (i = 0; i < session->passed_count; i++)
		if (session->passed[i] == server)
			return true;
	return false;
}

/*
 * The one whose Framebuffer (or Input) the client has already, if that one may
 * provide the other as well: both come from there, or the client waits.
 */
static const struct child *bound_device(const struct session *session)
{
	const struct session *other;

	for (other = session->family->sessions; other; other = other->next)
		if (other != session && other->client == session->client &&
		    other->server && is_device(other->service) &&
		    strcmp(other->service, session->service) &&
		    child_may_provide(other->server, session->service))
			return other->server;
	return NULL;
}

static bool can_serve(const struct session *session, const struct child *server,
		      const struct child *bound)
{
	return (!bound || bound == server) && child_is_alive(server) &&
	       server->wire && !server->was_killed &&
	       entry_pairs_have(server->announced, session->service) &&
	       !was_passed_over(session, server) &&
	       !depends_on(server, session->client);
}

/* The former provider's name, else the newest; `name` NULL: any. */
static struct child *choose(const struct session *session, const char *name)
{
	const char *former = memo_get(session->client->providers,
				      session->service);
	const struct child *bound = is_device(session->service)
					    ? bound_device(session)
					    : NULL;
	struct child *child, *best = NULL;

	for (child = session->family->first; child; child = child->next) {
		if (name && strcmp(child->name, name))
			continue;
		if (!can_serve(session, child, bound))
			continue;
		if (former && !strcmp(child->name, former))
			return child;
		if (!best || child->order > best->order)
			best = child;
	}
	return best;
}

static bool may_ask_outside(const struct session *session)
{
	const struct family *family = session->family;

	return family->parent &&
	       !(family->keep_from_devices && is_device(session->service));
}

static enum route_result by_default(const struct session *session,
				    struct child **server)
{
	*server = choose(session, NULL);
	if (*server)
		return ROUTE_TO_CHILD;
	return may_ask_outside(session) ? ROUTE_OUTSIDE : ROUTE_WAIT;
}

enum route_result route_find(const struct session *session,
			     struct child **server)
{
	const struct entry *entry = session->client->entry;
	const struct entry_route *route = entry ? entry->routes : NULL;
	bool ruled = false;

	for (; route; route = route->next) {
		if (route->service && strcmp(route->service, session->service))
			continue;
		ruled = true;
		if (route->target == ROUTE_PARENT) {
			if (session->family->parent)
				return ROUTE_OUTSIDE;
			continue;
		}
		*server = choose(session, route->target == ROUTE_CHILD
						  ? route->child
						  : NULL);
		if (*server)
			return ROUTE_TO_CHILD;
	}
	return ruled ? ROUTE_WAIT : by_default(session, server);
}
