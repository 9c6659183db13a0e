/* Running the checks over the ledgers that have been read. */
#ifndef MINGBAI_COMMAND_RUN_CHECKS_H
#define MINGBAI_COMMAND_RUN_CHECKS_H

#include "command/world.h"

/* All checks; if options name checks or ledgers, those checks, and those that find rows of those
 * ledgers. store: the internal one. What could not be run is noted once for each reason
 * (check-skipped). */
void run_checks(const struct world *world, const struct checks *checks, struct store *store,
                const struct options *options, struct findings *findings);

#endif
