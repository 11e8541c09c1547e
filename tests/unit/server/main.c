#include "desk.h"

int main(void)
{
	SRunner *runner = srunner_create(painter_suite());

	srunner_add_suite(runner, stack_suite());
	srunner_add_suite(runner, input_suite());
	srunner_add_suite(runner, balance_suite());
	srunner_add_suite(runner, holes_suite());
	srunner_add_suite(runner, xray_suite());
	srunner_add_suite(runner, policy_suite());
	srunner_add_suite(runner, pointer_suite());
	srunner_add_suite(runner, kill_suite());
	srunner_add_suite(runner, domain_suite());
	srunner_add_suite(runner, many_suite());
	srunner_add_suite(runner, lock_suite());
	srunner_run_all(runner, CK_ENV);

	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
