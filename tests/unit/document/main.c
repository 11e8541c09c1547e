#include <stdlib.h>

#include "suite.h"

int main(void)
{
	SRunner *runner = srunner_create(tree_suite());
	int failed;

	srunner_add_suite(runner, flow_suite());
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
