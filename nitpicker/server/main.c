#include "server.h"

#include <stdlib.h>
#include <sys/prctl.h>

static void config_changed(void *user, const struct config_node *root)
{
	struct server *server = user;
	core_configure(&server->core, root);
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "nitpicker",
		.summary = "The GUI server: views, focus, labels.",
	};
	static const struct parent_handler handler = {
		.config = config_changed,
	};
	struct server server = { 0 };
	int code;
	prctl(PR_SET_DUMPABLE, 0);
	component_init(&server.component, &info, argc, argv, &handler, &server);
	output_init(&server);
	core_configure(&server.core, parent_config(server.component.parent));
	server_open_output(&server);
	server_open_input(&server);
	code = loop_run(server.component.loop);
	while (server.clients)
		client_destroy(server.clients);
	output_finish(&server);
	for (size_t i = 0; i < array_size(server.reports); i++)
		free(server.reports[i]);
	component_finish(&server.component);
	return code;
}
