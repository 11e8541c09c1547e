#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "suites.h"

/* "unit_session --corpus tests/fuzz" writes the corpora of the fuzz targets. */
int main(int argc, char **argv)
{
	SRunner *runner;
	int failed;

	if (argc == 3 && !strcmp(argv[1], "--corpus"))
		return sample_write_corpus(argv[2]);
	runner = srunner_create(tables_suite());
	srunner_add_suite(runner, wire_suite());
	srunner_add_suite(runner, wire_raw_suite());
	srunner_add_suite(runner, call_suite());
	srunner_add_suite(runner, sender_suite());
	srunner_add_suite(runner, parent_suite());
	srunner_add_suite(runner, framebuffer_suite());
	srunner_add_suite(runner, nitpicker_suite());
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? 1 : 0;
}
