#include "suite.h"

int main(void)
{
	SRunner *runner = srunner_create(codes_suite());
	int failed;

	srunner_add_suite(runner, spare_suite());
	srunner_add_suite(runner, cursor_suite());
	srunner_add_suite(runner, settings_suite());
	srunner_add_suite(runner, pixels_suite());
	srunner_add_suite(runner, contour_suite());
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
