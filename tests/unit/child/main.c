#include "suite.h"

int main(void)
{
	SRunner *runner = srunner_create(quota_suite());
	int failed;

	srunner_add_suite(runner, label_suite());
	srunner_add_suite(runner, output_suite());
	srunner_add_suite(runner, entry_suite());
	srunner_add_suite(runner, route_suite());
	srunner_add_suite(runner, session_suite());
	srunner_add_suite(runner, scenario_suite());
	srunner_add_suite(runner, file_suite());
	srunner_add_suite(runner, pulse_suite());
	srunner_add_suite(runner, serio_suite());
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
