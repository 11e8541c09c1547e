#include "suite.h"

int main(void)
{
	SRunner *runner = srunner_create(generic_suite());

	srunner_add_suite(runner, every_suite());
	srunner_add_suite(runner, surface_suite());
	srunner_run_all(runner, CK_ENV);

	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
