#include "server.h"
#include "session/trust/trust.h"

static void config_changed(void *user, const struct config_node *root)
{
	struct server *server = user;
	core_configure(&server->core, root);
	clipboard_configure(server, root);
	screenshot_configure(server, root);
}

static void kept(void *user, const char *text)
{
	struct server *server = user;
	core_restore(&server->core, text);
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "nitpicker",
		.summary = "The GUI server: views, focus, labels.",
	};
	static const struct parent_handler handler = {
		.config = config_changed,
		.kept = kept,
	};
	const struct config_node *config;
	struct server server = { 0 };
	int code;
	bool locked = true;
	trust_begin();
	component_init(&server.component, &info, argc, argv, &handler, &server);
	output_init(&server);
	config = parent_config(server.component.parent);
	config_changed(&server, config);
	config_get_bool(config, "seccomp", &locked);
	if (!trust_lock(locked))
		return 1;
	server_open_output(&server);
	server_open_input(&server);
	code = loop_run(server.component.loop);
	while (server.clients)
		client_destroy(server.clients);
	output_finish(&server);
	component_finish(&server.component);
	return code;
}
