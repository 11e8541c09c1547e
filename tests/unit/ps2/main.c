#include "suite.h"

#include <stdlib.h>

int main(void)
{
	SRunner *runner = srunner_create(keyboard_suite());

	srunner_add_suite(runner, mouse_suite());
	srunner_add_suite(runner, damage_suite());
	srunner_add_suite(runner, setup_suite());
	srunner_run_all(runner, CK_ENV);

	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
