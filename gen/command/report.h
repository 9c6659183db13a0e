/* What the user is told: the only place that prints. stdout carries what was asked for, everything
 * else goes to stderr. */
#ifndef MINGBAI_COMMAND_REPORT_H
#define MINGBAI_COMMAND_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/findings.h"

/* Notes, warnings, then errors, so that the worst stands nearest to the prompt; a last line counts
 * them. No more than most of each (0: all); quiet leaves the notes out. */
void report_print(const struct findings *findings, bool english, bool quiet, size_t most,
                  FILE *stream);
/* OUTPUT/检查结果.txt: errors first; 0600, since places name villages and households. */
int report_write(const char *output, bool english, struct findings *findings);

/* Progress on a terminal, from half a second on. */
struct progress;
struct progress *progress_new(bool english);
void progress_step(struct progress *progress, const char *what, size_t done, size_t of);
void progress_free(struct progress *progress); /* clears the line */

#endif
