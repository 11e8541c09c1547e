/*
 * Reports: what is where, for tests, tools and people. Made only if somebody
 * wants them, sent only if they changed, at most once a frame.
 */
#define _GNU_SOURCE
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void put_text(FILE *out, const char *name, const char *value)
{
	char *text = config_escape(value);
	fprintf(out, " %s=\"%s\"", name, text);
	free(text);
}

static void put_view(FILE *out, const struct view *view)
{
	struct rect content = view_content(view);
	if (rect_is_empty(content))
		content = view->place;
	fputs("  <view", out);
	put_text(out, "label", view->session->label);
	put_text(out, "title", view->title);
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

static void put_focus(FILE *out, const struct server *server)
{
	const struct session *focus = server->core.focus;
	const struct view *view = focus ? session_title_view(focus) : NULL;
	fputs("<focus", out);
	put_text(out, "label", focus ? focus->label : "");
	put_text(out, "title", view ? view->title : "");
	put_text(out, "domain", focus ? focus->domain->name : "");
	put_text(out, "mode", core_mode_name(&server->core));
	fputs("/>\n", out);
}

static void put_sessions(FILE *out, const struct server *server)
{
	fputs("<sessions>\n", out);
	for (const struct client *c = server->clients; c; c = c->next) {
		fputs("  <session", out);
		put_text(out, "label", c->session->label);
		fprintf(out,
			" service=\"Nitpicker\" quota=\"%llu\" used=\"%llu\" "
			"views=\"%u\"/>\n",
			(unsigned long long)c->quota,
			(unsigned long long)client_used(c),
			c->session->view_count);
	}
	fputs("</sessions>\n", out);
}

static void report(struct server *server, const char *name, char **last,
		   void (*put)(FILE *out, const struct server *server))
{
	struct parent *parent = server->component.parent;
	char *text = NULL;
	size_t size;
	FILE *out = parent_report_wanted(parent, name)
			    ? open_memstream(&text, &size)
			    : NULL;
	if (!out)
		return;
	put(out, server);
	fclose(out);
	if (!*last || strcmp(*last, text))
		parent_report(parent, "", name, text);
	free(*last);
	*last = text;
}

void server_report(struct server *server)
{
	report(server, "views", &server->reports[0], put_views);
	report(server, "focus", &server->reports[1], put_focus);
	report(server, "sessions", &server->reports[2], put_sessions);
}
