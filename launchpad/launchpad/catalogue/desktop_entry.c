#include "desktop_entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/base.h"
#include "desktop_file.h"

/* What one entry is made from. */
struct maker {
	const struct desktop_context *context;
	struct desktop_file *file;
	struct desktop_entry *entry;
	char *problem;
};

static void complain(struct maker *maker, const char *key, const char *what)
{
	if (!maker->problem)
		maker->problem = xasprintf("%s: %s", key, what);
}

/* ---- values ---- */

/* \s \n \t \r \\, and \; which lists have; owned by the caller. */
static char *unescape(const struct desktop_key *key, bool is_list)
{
	char *text = xstrndup(key ? key->value : "",
			      key ? key->value_bytes : 0);
	char *to = text;

	for (const char *c = text; *c; c++) {
		const char *known = "s n\nt\tr\r\\\\";
		const char *at = NULL;

		if (*c != '\\') {
			*to++ = *c;
			continue;
		}
		for (const char *k = known; c[1] && *k; k += 2)
			if (*k == c[1])
				at = k;
		if (at)
			*to++ = at[1];
		else if (is_list && c[1] == ';')
			*to++ = ';';
		else
			*to++ = '\\';
		/* What isn't known stays as it is. */
		c += at || (is_list && c[1] == ';');
	}
	*to = 0;
	return text;
}

static char *get(struct maker *maker, const char *name, bool localized,
		 bool is_list)
{
	const char *locale = maker->context->locale;
	const struct desktop_key *key =
		localized && locale
			? desktop_file_find_localized(maker->file, name, locale)
			: desktop_file_find(maker->file, name);

	return unescape(key, is_list);
}

static char *get_text(struct maker *maker, const char *name, bool localized)
{
	return get(maker, name, localized, false);
}

/* With ';' behind each of its parts. */
static char *get_list(struct maker *maker, const char *name, bool localized)
{
	return get(maker, name, localized, true);
}

static bool get_flag(struct maker *maker, const char *name)
{
	char *text = get_text(maker, name, false);
	bool on = strcmp(text, "true") == 0;

	if (!on && *text && strcmp(text, "false") != 0)
		complain(maker, name, "neither true nor false");
	if (!*text && desktop_file_find(maker->file, name))
		complain(maker, name, "neither true nor false");
	free(text);
	return on;
}

/* ';' between them becomes a blank. */
static char *get_words(struct maker *maker, const char *name, bool localized)
{
	char *text = get_list(maker, name, localized);

	for (char *c = text; *c; c++)
		if (*c == ';')
			*c = ' ';
	return text;
}

/* ---- for whom ---- */

static bool names_desktop(const char *list, const char *desktops)
{
	size_t n;

	for (const char *at = desktops; *at; at += n + (at[n] != 0)) {
		n = strcspn(at, ":");
		for (const char *in = list; *in;) {
			size_t m = strcspn(in, ";");

			if (n && n == m && memcmp(in, at, n) == 0)
				return true;
			in += m + (in[m] != 0);
		}
	}
	return false;
}

static bool is_shown(struct maker *maker)
{
	bool hidden = get_flag(maker, "Hidden"),
	     no_display = get_flag(maker, "NoDisplay"), shown;
	char *only = get_list(maker, "OnlyShowIn", false);
	char *not_in = get_list(maker, "NotShowIn", false);

	shown = !hidden && !no_display &&
		(!*only || names_desktop(only, maker->context->desktop)) &&
		!names_desktop(not_in, maker->context->desktop);
	free(only);
	free(not_in);
	return shown;
}

static char *category_of(struct maker *maker)
{
	static const char *const mains[][2] = {
		{ "AudioVideo", "Sound and video" },
		{ "Audio", "Sound and video" },
		{ "Video", "Sound and video" },
		{ "Development", "Development" },
		{ "Education", "Education" },
		{ "Game", "Games" },
		{ "Graphics", "Graphics" },
		{ "Network", "Internet" },
		{ "Office", "Office" },
		{ "Science", "Science" },
		{ "Settings", "Settings" },
		{ "System", "System" },
		{ "Utility", "Accessories" },
	};
	char *list = get_list(maker, "Categories", false), *at = list, *word;
	const char *found = NULL;

	while (!found && (word = strsep(&at, ";")))
		for (size_t i = 0; i < array_size(mains) && !found; i++)
			if (strcmp(word, mains[i][0]) == 0)
				found = mains[i][1];
	free(list);
	return xstrdup(found ? found : "Other");
}

/* ---- Exec ---- */

/* What a word of the command becomes, appended to `args`. */
static void expand(struct maker *maker, const char *word, char **args,
		   size_t *count)
{
	const struct desktop_entry *entry = maker->entry;
	char *text;
	size_t length = strlen(word) + strlen(entry->name) +
			strlen(maker->context->file) + 1;
	size_t used = 0, codes = 0;

	if (strcmp(word, "%i") == 0) {
		if (!*entry->icon)
			return;
		args[(*count)++] = xstrdup("--icon");
		args[(*count)++] = xstrdup(entry->icon);
		return;
	}
	for (const char *c = word; *c; c++)
		codes += *c == '%';
	length += codes * (strlen(entry->name) + strlen(maker->context->file));
	text = xcalloc(length, 1);
	for (const char *c = word; *c; c++) {
		const char *part = "";

		if (*c != '%') {
			text[used++] = *c;
			continue;
		}
		c++;
		if (*c == '%')
			part = "%";
		else if (*c == 'c')
			part = entry->name;
		else if (*c == 'k')
			part = maker->context->file;
		memcpy(text + used, part, strlen(part));
		used += strlen(part);
	}
	/* A word of nothing but a file that there isn't. */
	if (used || !*word)
		args[(*count)++] = text;
	else
		free(text);
}

static void check_codes(struct maker *maker, const char *word, int *files)
{
	for (const char *c = word; *c; c++) {
		if (*c != '%')
			continue;
		c++;
		if (!*c || !strchr("%fFuUickdDnNvm", *c)) {
			complain(maker, "Exec", "an unknown field code");
			return;
		}
		if (strchr("FU", *c) && strlen(word) != 2)
			complain(maker, "Exec", "%F or %U within a word");
		if (strchr("fFuU", *c) && ++*files > 1)
			complain(maker, "Exec",
				 "more than one field code for "
				 "files");
	}
}

/* Those of Exec; NULL after a complaint. */
static char **make_args(struct maker *maker)
{
	char *command = get_text(maker, "Exec", false), **args;
	const char *problem;
	char **words = desktop_args_split(command, &problem);
	size_t count = 0;
	int files = 0;

	free(command);
	if (!words) {
		complain(maker, "Exec", problem);
		return NULL;
	}
	for (size_t i = 0; words[i]; i++)
		check_codes(maker, words[i], &files);
	args = xcalloc(2 * DESKTOP_ARGS_MAX + 1, sizeof(*args));
	for (size_t i = 0; words[i] && !maker->problem; i++)
		expand(maker, words[i], args, &count);
	desktop_args_free(words);
	if (!count)
		complain(maker, "Exec", "no command");
	return args;
}

/* ---- Actions ---- */

static const char action_group[] = "Desktop Action ";

static bool is_action_id(const char *id)
{
	for (const char *c = id; *c; c++)
		if (!(*c >= 'a' && *c <= 'z') && !(*c >= 'A' && *c <= 'Z') &&
		    !(*c >= '0' && *c <= '9') && *c != '-')
			return false;
	return true;
}

static bool has_action(const struct desktop_entry *entry, const char *id,
		       size_t bytes)
{
	for (size_t i = 0; i < entry->action_count; i++)
		if (strlen(entry->actions[i].id) == bytes &&
		    memcmp(entry->actions[i].id, id, bytes) == 0)
			return true;
	return false;
}

static void make_action(struct maker *maker, const char *id)
{
	struct desktop_entry *entry = maker->entry;
	struct desktop_action *action;
	char *group = xasprintf("%s%s", action_group, id);

	maker->file->group = desktop_file_group(maker->file, group);
	free(group);
	if (!maker->file->group) {
		complain(maker, "Actions", "there is no group for one");
	} else {
		entry->actions = xreallocarray(entry->actions,
					       entry->action_count + 1,
					       sizeof(*action));
		action = &entry->actions[entry->action_count++];
		*action = (struct desktop_action){ .id = xstrdup(id) };
		action->name = get_text(maker, "Name", true);
		if (!*action->name)
			complain(maker, "Actions", "one has no Name");
		if (!desktop_file_find(maker->file, "Exec"))
			complain(maker, "Actions", "one has no Exec");
		else
			action->args = make_args(maker);
	}
	maker->file->group = 1;
}

/* All that are named are described, and the other way round. */
static void make_actions(struct maker *maker)
{
	const size_t begin = sizeof(action_group) - 1;
	struct desktop_entry *entry = maker->entry;
	char *list = get_list(maker, "Actions", false), *at = list, *id;
	const struct desktop_key *heading;
	bool full = false;

	while (!maker->problem && (id = strsep(&at, ";"))) {
		if (!*id || has_action(entry, id, strlen(id)))
			continue;
		full = entry->action_count == DESKTOP_ACTIONS_MAX;
		if (!is_action_id(id))
			complain(maker, "Actions", "a malformed name");
		else if (!full)
			make_action(maker, id);
	}
	free(list);
	for (size_t i = 0; (heading = desktop_file_heading(maker->file, i)) &&
			   !full && !maker->problem;
	     i++)
		if (heading->name_bytes >= begin &&
		    memcmp(heading->name, action_group, begin) == 0 &&
		    !has_action(entry, heading->name + begin,
				heading->name_bytes - begin))
			complain(maker, "Actions",
				 "a group for one that isn't named");
}

/* ---- all of it ---- */

static void make_texts(struct maker *maker)
{
	struct desktop_entry *entry = maker->entry;

	entry->name = get_text(maker, "Name", true);
	entry->generic = get_text(maker, "GenericName", true);
	entry->comment = get_text(maker, "Comment", true);
	entry->keywords = get_words(maker, "Keywords", true);
	entry->icon = get_text(maker, "Icon", true);
	entry->path = get_text(maker, "Path", false);
	entry->try_exec = get_text(maker, "TryExec", false);
	entry->category = category_of(maker);
	entry->terminal = get_flag(maker, "Terminal");
	entry->shown = is_shown(maker);
	if (!*entry->name)
		complain(maker, "Name", "missing");
	for (char *c = entry->name; *c; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
}

bool desktop_entry_parse(const char *text, size_t bytes,
			 const struct desktop_context *context,
			 struct desktop_entry *entry, char **problem)
{
	struct desktop_file file;
	struct maker maker = { context, &file, entry,
			       desktop_file_read(text, bytes, &file) };
	char *type = NULL;
	bool program = false;

	*entry = (struct desktop_entry){ .name = NULL };
	if (!maker.problem) {
		type = get_text(&maker, "Type", false);
		program = strcmp(type, "Application") == 0;
		if (!*type)
			complain(&maker, "Type", "missing");
		else if (!program && strcmp(type, "Link") != 0 &&
			 strcmp(type, "Directory") != 0)
			complain(&maker, "Type", "unknown");
	}
	if (!maker.problem && program) {
		make_texts(&maker);
		/* Who is only started by D-Bus can't be started here; who only
		   names an icon isn't to be started. */
		if (!desktop_file_find(&file, "Exec") &&
		    (get_flag(&maker, "DBusActivatable") || !entry->shown))
			program = false;
		else if (!maker.problem)
			entry->args = make_args(&maker);
		if (program && !maker.problem)
			make_actions(&maker);
	}
	free(type);
	desktop_file_finish(&file);
	*problem = maker.problem;
	if (!maker.problem && program)
		return true;
	desktop_entry_finish(entry);
	return false;
}

void desktop_entry_finish(struct desktop_entry *entry)
{
	free(entry->name);
	free(entry->generic);
	free(entry->comment);
	free(entry->keywords);
	free(entry->icon);
	free(entry->path);
	free(entry->try_exec);
	free(entry->category);
	desktop_args_free(entry->args);
	for (size_t i = 0; i < entry->action_count; i++) {
		free(entry->actions[i].id);
		free(entry->actions[i].name);
		desktop_args_free(entry->actions[i].args);
	}
	free(entry->actions);
	*entry = (struct desktop_entry){ .name = NULL };
}
