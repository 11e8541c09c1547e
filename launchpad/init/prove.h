/*
 * Proves that a scenario can run, without starting it.
 */
#ifndef INIT_PROVE_H
#define INIT_PROVE_H

#include <stdio.h>

#include "scenario.h"

struct proof {
	uint64_t total; /* bytes to give out */
	uint64_t reserve; /* of it for init itself */
	FILE *out; /* the tree, with quotas and routes */
	bool has_parent; /* what nobody provides, init's parent may */
};

/*
 * Every program is there, names that were given are unique, each service that
 * a component description says it uses has a provider, no two programs wait
 * for each other, the quotas fit, files that configs and grants name exist.
 * Prints the tree; each problem is one line of the log with file, line and
 * column. Returns how many there are.
 */
unsigned scenario_prove(const struct scenario *scenario,
			const struct proof *proof);

#endif
