/* When documents say they were made. */
#ifndef MINGBAI_COMMAND_CREATED_H
#define MINGBAI_COMMAND_CREATED_H

#include <stdint.h>

/* SOURCE_DATE_EPOCH, else 1 January 2000: the clock is never asked. Seconds since 1970. */
int64_t created_time(void);

#endif
