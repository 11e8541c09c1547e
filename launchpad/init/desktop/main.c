#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "desktop.h"
#include "first.h"
#include "scope.h"

enum { GRACE_MS = 2000 };

static const uint64_t system_needs = 64 << 20;

uint64_t desktop_default_quota(void)
{
	const uint64_t memory = (uint64_t)sysconf(_SC_PHYS_PAGES) *
				(uint64_t)sysconf(_SC_PAGESIZE);

	return memory > 2 * system_needs ? memory - system_needs : memory / 2;
}

/* We were executed as long ago as our CPU time says, or a little longer. The
 * first process has used some before, as the kernel's and as a shell. */
static uint64_t time_of_exec(void)
{
	struct timespec used;

	if (first_is_us())
		return loop_now();
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return loop_now() - (uint64_t)used.tv_sec * 1000000000u -
	       (uint64_t)used.tv_nsec;
}

static void stop(struct desktop *desktop, int code)
{
	if (desktop->stopping)
		return;
	desktop->stopping = true;
	desktop->code = code;
	family_stop(desktop->family);
}

static void on_signal(void *user, int signo)
{
	struct desktop *desktop = user;

	/* As the first process: SIGINT is Ctrl+Alt+Del, or asks for it. */
	desktop->ending = signo == SIGINT ? END_RESTART : END_OFF;
	stop(desktop, 0);
}

static void on_stopped(void *user)
{
	struct desktop *desktop = user;

	loop_stop(desktop->loop, desktop->code);
}

static void apply(struct desktop *desktop);

static void apply_later(void *user)
{
	struct desktop *desktop = user;

	desktop->switching = false;
	apply(desktop);
}

/* Not from inside a watch or a callback: reading anew replaces watches and
 * children. */
static void apply_soon(struct desktop *desktop)
{
	loop_undefer(desktop->loop, desktop);
	loop_defer(desktop->loop, apply_later, desktop);
}

/* All else is started beside the driver: whether a back end works is seen from
 * whether its driver comes up. */
static void driver_is_up(struct desktop *desktop)
{
	if (desktop->driven)
		return;
	desktop->driven = true;
	backend_announce(&desktop->backend, desktop->runtime.path,
			 desktop->options.control);
}

static bool try_next_backend(struct desktop *desktop,
			     const struct child_info *driver)
{
	if (desktop->driven || desktop->stopping || !desktop->backend.is_auto)
		return false;
	if (desktop->switching)
		return true;
	log_info("not %s: %s: %s", desktop->backend.name, driver->name,
		 driver->reason);
	if (!backend_next(&desktop->backend))
		return false;
	desktop->switching = true;
	apply_soon(desktop);
	return true;
}

/* A desktop without its driver is none: closed window, dead display. */
static void on_changed(void *user, struct child *child)
{
	struct desktop *desktop = user;
	struct child_info info;

	if (!child_is_driver(child))
		return;
	if (child_provides(child)) {
		driver_is_up(desktop);
		if (desktop->failing == child)
			desktop->failing = NULL;
	}
	child_get_info(child, &info);
	if (child_is_alive(child))
		return;
	/* It is started again, once: where it can't even come up, what it
	 * showed itself on is gone. */
	if (info.failed && info.restarts && desktop->driven &&
	    desktop->failing != child) {
		desktop->failing = child;
		return;
	}
	if (info.failed && try_next_backend(desktop, &info))
		return;
	if (info.failed && !desktop->stopping)
		log_error("the desktop ends: %s: %s", info.name, info.reason);
	stop(desktop, info.failed ? 1 : 0);
}

static void on_removed(void *user, struct child *child)
{
	struct desktop *desktop = user;

	if (desktop->runner)
		runner_removed(desktop->runner, child);
}

static void on_quota_changed(void *user)
{
	struct desktop *desktop = user;

	if (desktop->runner)
		runner_quota_changed(desktop->runner);
}

/* What a child of ours asks for is given if it is there. */
static enum wire_status on_resource_request(void *user, struct child *child,
					    uint64_t bytes)
{
	struct desktop *desktop = user;
	struct child_info info;

	child_get_info(child, &info);
	if (bytes > family_left(desktop->family))
		return WIRE_QUOTA_EXCEEDED;
	return family_set_quota(desktop->family, child, info.quota + bytes);
}

/* What children with <power/> may ask for here. */
static unsigned powers(void)
{
	const unsigned machine = 1u << POWER_RESTART | 1u << POWER_OFF;

	return 1u << POWER_LOG_OUT | (first_is_us() ? machine : 0);
}

static enum wire_status on_power(void *user, struct child *asker,
				 enum power_action action)
{
	static const char *const words[] = {
		[POWER_LOG_OUT] = "the desktop ends",
		[POWER_RESTART] = "the machine restarts",
		[POWER_OFF] = "the machine is switched off",
	};
	static const enum ending endings[] = {
		[POWER_LOG_OUT] = END_ANEW,
		[POWER_RESTART] = END_RESTART,
		[POWER_OFF] = END_OFF,
	};
	struct desktop *desktop = user;
	struct child_info info;

	child_get_info(asker, &info);
	log_info("%s, as %s asks", words[action], info.label);
	desktop->ending = endings[action];
	stop(desktop, 0);
	return WIRE_OK;
}

/* --timing: launchpad's first picture. */
static void on_report(void *user, const char *label, const char *name,
		      const char *xml, size_t bytes)
{
	struct desktop *desktop = user;
	struct config *report;
	int64_t time = 0;

	if (!desktop->options.timing || desktop->timed ||
	    strcmp(label, "launchpad") || strcmp(name, "first_picture"))
		return;
	report = config_parse(xml, bytes, "first_picture", 1, 1, NULL);
	if (report && config_get_int(config_root(report), "time_ns", 0,
				     INT64_MAX, &time)) {
		desktop->timed = true;
		printf("timing: first picture of launchpad after %.1f ms\n",
		       (double)(time - (int64_t)desktop->started) / 1e6);
		if (first_is_us())
			printf("timing: %.2f s after the machine's start\n",
			       (double)time / 1e9);
		fflush(stdout);
	}
	config_destroy(report);
}

/* Of all files, or of those that nobody uses any more. */
static void forget_watches(struct desktop *desktop, bool all)
{
	struct watched **link = &desktop->watched;

	while (*link) {
		struct watched *watched = *link;

		if (watched->used && !all) {
			link = &watched->next;
			continue;
		}
		*link = watched->next;
		config_watch_destroy(watched->watch);
		free(watched->path);
		free(watched);
	}
}

static void on_file(void *user)
{
	apply_soon(user);
}

void desktop_watch(struct desktop *desktop, const char *path)
{
	struct watched *watched = desktop->watched;

	if (!desktop->loop)
		return;
	while (watched && strcmp(watched->path, path))
		watched = watched->next;
	if (!watched) {
		watched = xcalloc(1, sizeof(*watched));
		*watched = (struct watched){
			.next = desktop->watched,
			.path = xstrdup(path),
			.watch = config_watch_create(desktop->loop, path,
						     on_file, desktop),
		};
		desktop->watched = watched;
	}
	watched->used = true;
}

static bool read_scenario(struct desktop *desktop, struct scenario *scenario)
{
	struct watched *watched;

	for (watched = desktop->watched; watched; watched = watched->next)
		watched->used = false;
	return desktop_read(desktop, scenario);
}

/* A change of the scenario's files. What can't be read changes nothing. */
static void apply(struct desktop *desktop)
{
	struct scenario scenario;

	scenario_init(&scenario);
	if (!desktop->stopping && read_scenario(desktop, &scenario)) {
		runner_apply(desktop->runner, &scenario);
		forget_watches(desktop, false);
	}
	scenario_finish(&scenario);
}

/* Reports are written for tests and on request; --timing needs one of them. */
static const char *wanted_reports(const struct desktop *desktop)
{
	const struct backend *backend = &desktop->backend;

	if (desktop->options.reports ||
	    (backend->name && !strcmp(backend->name, "virtual")))
		return "all";
	return desktop->options.timing ? "first_picture" : "";
}

static void make_family(struct desktop *desktop,
			const struct scenario *scenario)
{
	static const struct family_handler handler = {
		.changed = on_changed,
		.removed = on_removed,
		.quota_changed = on_quota_changed,
		.resource_request = on_resource_request,
		.power = on_power,
		.report = on_report,
		.stopped = on_stopped,
	};
	const char *reports = wanted_reports(desktop);
	const struct family_options options = {
		.loop = desktop->loop,
		.total = scenario->ram_quota ? scenario->ram_quota
					     : desktop_default_quota(),
		.reserve = DESKTOP_RESERVE,
		.runtime = desktop->runtime.path,
		.store = desktop->store,
		.reports = reports,
		.write_reports = !strcmp(reports, "all"),
		.grace_ms = GRACE_MS,
	};

	desktop->family = family_create(&options, &handler, desktop);
	family_set_powers(desktop->family, powers());
	desktop->runner = runner_create(desktop->loop, desktop->family);
}

static bool start(struct desktop *desktop)
{
	struct scenario scenario;
	bool read;

	scenario_init(&scenario);
	read = desktop_find_config(desktop) &&
	       read_scenario(desktop, &scenario) &&
	       runtime_take(&desktop->runtime, desktop->options.runtime);
	if (read) {
		make_family(desktop, &scenario);
		if (scenario.host_clients)
			family_listen(desktop->family, scenario.host_quota,
				      scenario.host_clients);
		runner_apply(desktop->runner, &scenario);
		log_debug("quotas are enforced by: %s",
			  family_mechanism(desktop->family));
	}
	scenario_finish(&scenario);
	return read;
}

/* The same program as the same process, with nothing left of its past. */
static void begin_anew(char **argv)
{
	loop_reset_signals();
	execv("/proc/self/exe", argv);
	log_error("the desktop can't start again: %s", strerror(errno));
}

int main(int argc, char **argv)
{
	struct desktop desktop = { .started = time_of_exec(), .code = 0 };
	int code = 1;

	options_parse(&desktop.options, argc, argv);
	scope_enter(argv);
	if (desktop.options.check) {
		code = desktop_check(&desktop);
		goto finish;
	}
	if (first_is_us())
		first_begin();
	/* Where we came from is not our parent. */
	unsetenv("NITPICKER_PARENT");
	unsetenv("NITPICKER_CHILD");
	desktop.loop = loop_create();
	loop_on_signal(desktop.loop, SIGTERM, on_signal, &desktop);
	loop_on_signal(desktop.loop, SIGINT, on_signal, &desktop);
	loop_on_signal(desktop.loop, SIGHUP, on_signal, &desktop);
	/* Of process 1 the kernel asks so for Ctrl+Alt+Del. */
	if (first_is_us() && reboot(RB_DISABLE_CAD) < 0)
		log_debug("Ctrl+Alt+Del: %s", strerror(errno));
	if (start(&desktop))
		code = loop_run(desktop.loop);
	forget_watches(&desktop, true);
	family_destroy(desktop.family);
	runner_destroy(desktop.runner);
	runtime_release(&desktop.runtime);
	loop_destroy(desktop.loop);
	if (first_is_us() && desktop.ending == END_ANEW)
		begin_anew(argv);
	if (first_is_us())
		first_end(desktop.ending == END_RESTART);
finish:
	backend_finish(&desktop.backend);
	free(desktop.config);
	free(desktop.store);
	return code;
}
