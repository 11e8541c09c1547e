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

	TAILQ_FOREACH(v, &core->stack, link)
	if (v->placed)
		put_view(out, v);
	if (core->background)
		put_view(out, core->background);
}

static void put_focus(FILE *out, const struct server *server)
{
	const struct session *focus = server->core.focus;
	const struct view *view = focus ? session_title_view(focus) : NULL;
	put_text(out, "label", focus ? focus->label : "");
	put_text(out, "title", view ? view->title : "");
	put_text(out, "domain", focus ? "default" : "");
	put_text(out, "mode", server->core.xray ? "x-ray" : "");
}

static void put_sessions(FILE *out, const struct server *server)
{
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
}

void server_report(struct server *server)
{
	static const struct {
		const char *name;
		bool attributes; /* of the root, instead of sub nodes */
		void (*put)(FILE *out, const struct server *server);
	} reports[] = {
		{ "views", false, put_views },
		{ "focus", true, put_focus },
		{ "sessions", false, put_sessions },
	};

	for (size_t i = 0; i < array_size(reports); i++) {
		const char *name = reports[i].name;
		struct parent *parent = server->component.parent;
		char *text = NULL;
		size_t size;
		FILE *out;

		if (!parent_report_wanted(parent, name))
			continue;
		out = open_memstream(&text, &size);
		if (!out)
			return;
		fprintf(out, reports[i].attributes ? "<%s" : "<%s>\n", name);
		reports[i].put(out, server);
		fprintf(out, reports[i].attributes ? "/>\n" : "</%s>\n", name);
		fclose(out);
		if (!server->reports[i] || strcmp(server->reports[i], text)) {
			parent_report(parent, "", name, text);
			free(server->reports[i]);
			server->reports[i] = text;
		} else {
			free(text);
		}
	}
}
