#include "suite.h"

int main(void)
{
	Suite *suite = suite_create("rfb");
	SRunner *runner;
	int failed;

	suite_add_tcase(suite, shake_case());
	suite_add_tcase(suite, screen_case());
	suite_add_tcase(suite, limits_case());
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
