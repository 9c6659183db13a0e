/* Who a product is for. It decides which store its template is given (design 7) and the folder it
 * is written to. */
#ifndef MINGBAI_BASE_AUDIENCE_H
#define MINGBAI_BASE_AUDIENCE_H

#include <stdbool.h>

/* AUDIENCE_OFFICIAL (letters, bulletins) reads the public store. */
enum audience { AUDIENCE_PUBLIC, AUDIENCE_HOUSEHOLD, AUDIENCE_INTERNAL, AUDIENCE_OFFICIAL };
enum { AUDIENCES = 4 };

bool audience_parse(const char *name,
                    enum audience *audience); /* public household internal official */
const char *audience_name(enum audience audience);
const char *audience_folder(enum audience audience); /* 公开 入户 内部 公文 */
bool audience_is_private(enum audience audience);    /* folder 0700, files 0600 */
/* The audience whose store it reads: OFFICIAL reads PUBLIC's, the others their own. */
enum audience audience_store(enum audience audience);

#endif
