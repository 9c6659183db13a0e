/* The date in the metadata of documents. */
#include "command/created.h"

#include <glib.h>
#include <stdlib.h>

/* Without SOURCE_DATE_EPOCH: 2000-01-01 (design decision 12). */
enum { EPOCH_2000 = 946684800 };

int64_t created_time(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    const int64_t seconds = epoch ? g_ascii_strtoll(epoch, NULL, 10) : 0;

    return seconds > 0 ? seconds : EPOCH_2000;
}
