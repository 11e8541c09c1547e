/*
 * Reports: what is where, for tests, tools and people. Made only if somebody
 * wants them, sent only if they changed, at most once a frame.
 */
#define _GNU_SOURCE
#include "server.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void put_view(FILE *out, const struct view *view)
{
	struct rect content = view_content(view);
	if (rect_is_empty(content))
		content = view->place;
	fputs("  <view", out);
	config_put(out, "label", view->session->label);
	config_put(out, "title", view->title);
	fprintf(out, " x=\"%d\" y=\"%d\" w=\"%d\" h=\"%d\" visible=\"%s\"/>\n",
		content.x, content.y, content.w, content.h,
		view->visible ? "yes" : "no");
}

static void put_views(FILE *out, const struct server *server)
{
	const struct core *core = &server->core;
	const struct view *v;
	fputs("<views>\n", out);
	for (v = TAILQ_FIRST(&core->stack); v; v = TAILQ_NEXT(v, link))
		if (v->placed)
			put_view(out, v);
	if (core->background)
		put_view(out, core->background);
	fputs("</views>\n", out);
}

static void put_session(FILE *out, const struct session *session)
{
	config_put(out, "label", session ? session->label : "");
	config_put(out, "domain", session ? session->domain->name : "");
}

static void put_focus(FILE *out, const struct server *server)
{
	const struct session *focus = server->core.focus;
	fputs("<focus", out);
	put_session(out, focus);
	config_put(out, "title", server->core.title);
	config_put(out, "mode", core_mode_name(&server->core));
	fputs("/>\n", out);
}

static void put_open(FILE *out, const char *label, const char *service,
		     uint64_t quota, uint64_t used, uint32_t views)
{
	fputs("  <session", out);
	config_put(out, "label", label);
	fprintf(out,
		" service=\"%s\" quota=\"%" PRIu64 "\" used=\"%" PRIu64
		"\" views=\"%u\"/>\n",
		service, quota, used, views);
}

static void put_sessions(FILE *out, const struct server *server)
{
	const struct screenshot_session *shot = screenshot_server_session(
		server->screenshot.server);
	fputs("<sessions>\n", out);
	for (const struct client *c = server->clients; c; c = c->next)
		put_open(out, c->session->label, SERVICE_NITPICKER, c->quota,
			 client_used(c), c->session->view_count);
	if (shot)
		put_open(out, shot->label, SERVICE_SCREENSHOT, shot->quota,
			 shot->used, 0);
	fputs("</sessions>\n", out);
}

static void put_clicked(FILE *out, const struct server *server)
{
	fputs("<clicked", out);
	put_session(out, server->core.clicked);
	fprintf(out, " count=\"%" PRIu64 "\"/>\n", server->core.clicks);
}

static void put_hover(FILE *out, const struct server *server)
{
	fputs("<hover", out);
	put_session(out, server->core.input.hover);
	fputs("/>\n", out);
}

static void put_pointer(FILE *out, const struct server *server)
{
	const struct point *at = &server->core.pointer;
	fprintf(out, "<pointer x=\"%d\" y=\"%d\"/>\n", at->x, at->y);
}

static void put_keystate(FILE *out, const struct server *server)
{
	fprintf(out, "<keystate count=\"%u\"/>\n", server->core.input.keys);
}

/* At the back those that move: at most ten times a second. */
static const struct {
	const char *name;
	void (*put)(FILE *out, const struct server *server);
} kinds[REPORTS] = {
	{ "views", put_views },       { "focus", put_focus },
	{ "sessions", put_sessions }, { "clicked", put_clicked },
	{ "hover", put_hover },       { "pointer", put_pointer },
	{ "keystate", put_keystate },
};

/* True if it was sent. */
static bool report(struct server *server, int kind)
{
	char *text = NULL, **last = &server->reports[kind];
	size_t size;
	FILE *out = server->reports_wanted[kind] ? open_memstream(&text, &size)
						 : NULL;
	if (!out)
		return false;
	kinds[kind].put(out, server);
	fclose(out);
	return parent_report_changed(server->component.parent, kinds[kind].name,
				     text, last);
}

/* What a server after this one has to know. */
static bool keep(struct server *server)
{
	const struct core *core = &server->core;
	struct point now = core->pointer, last = server->kept_pointer;
	char *text;
	if (core_restores(core) || (core->updates == server->kept &&
				    now.x == last.x && now.y == last.y))
		return false;
	text = core_describe(core);
	if (text && parent_keep(server->component.parent, text)) {
		server->kept = core->updates;
		server->kept_pointer = now;
	}
	free(text);
	return true;
}

static void report_moving(void *user)
{
	struct server *server = user;
	const struct policy *policy = &server->core.policy;
	const bool wanted[] = { policy->report_hover, policy->report_pointer,
				policy->report_keystate };
	bool sent = false;
	if (timer_is_set(&server->report_pace))
		return;
	for (int i = 0; i < 3; i++)
		sent |= wanted[i] && report(server, MOVING_REPORTS + i);
	if (keep(server) || sent)
		timer_set_in(&server->report_pace,
			     REPORT_MS * UINT64_C(1000000));
}

void server_report(struct server *server)
{
	for (int i = 0; i < MOVING_REPORTS; i++)
		report(server, i);
	report_moving(server);
}

void report_init(struct server *server)
{
	timer_init(&server->report_pace, server->component.loop, report_moving,
		   server);
	for (int i = 0; i < REPORTS; i++)
		server->reports_wanted[i] = parent_report_wanted(
			server->component.parent, kinds[i].name);
}

void report_finish(struct server *server)
{
	timer_finish(&server->report_pace);
	for (size_t i = 0; i < REPORTS; i++)
		free(server->reports[i]);
}
