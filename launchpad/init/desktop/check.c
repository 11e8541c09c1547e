/* --check: what would be, without starting anything. */
#include <stdio.h>
#include <stdlib.h>

#include "child/isolate.h"
#include "child/limit.h"
#include "desktop.h"

/* The first one that would really show something. */
static void print_backend(struct backend *backend)
{
	while (!backend_works(backend)) {
		printf("back end: not %s\n", backend->name);
		if (!backend_next(backend))
			return;
	}
	printf("back end: %s\n", backend->name);
}

int desktop_check(struct desktop *desktop)
{
	struct proof proof = { .reserve = DESKTOP_RESERVE, .out = stdout };
	struct scenario scenario;
	struct isolation isolation;
	struct limits limits;
	bool valid;

	limits_init(&limits, NULL, NULL, NULL);
	printf("quotas are enforced by: %s\n", limits_mechanism(&limits));
	limits_finish(&limits);
	isolation_init(&isolation);
	printf("children are isolated by: %s%s\n",
	       isolation_works(&isolation) ? "" : "nothing: ",
	       isolation_words(&isolation));
	isolation_finish(&isolation);
	scenario_init(&scenario);
	valid = desktop_find_config(desktop) &&
		desktop_read(desktop, &scenario);
	if (desktop->backend.name)
		print_backend(&desktop->backend);
	proof.total = scenario.ram_quota ? scenario.ram_quota
					 : desktop_default_quota();
	printf("quota of all: %llu KiB\n",
	       (unsigned long long)proof.total >> 10);
	if (valid && scenario.host_clients)
		printf("  %-16s %8llu KiB  up to %u programs of the host\n",
		       "host", (unsigned long long)scenario.host_quota >> 10,
		       scenario.host_clients);
	if (valid)
		valid = scenario_prove(&scenario, &proof) == 0;
	if (desktop->config)
		printf("scenario: %s: %s\n", desktop->config,
		       valid ? "valid" : "can't be used");
	scenario_finish(&scenario);
	return valid ? 0 : 1;
}
