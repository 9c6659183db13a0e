/* Ctrl-C without a handler and without a global: the signals are held back and asked for between
 * two pieces of work, so that no half file is ever left. */
#ifndef MINGBAI_BASE_INTERRUPT_H
#define MINGBAI_BASE_INTERRUPT_H

#include <stdbool.h>

/* Holds back SIGINT, SIGTERM and SIGHUP for the whole process; before any thread is started. */
void interrupt_hold(void);
/* One of them has arrived. */
bool interrupt_pending(void);

#endif
