/* Ages on the reference date, for masks and for the functions 未成年 and 年龄. */
#ifndef MINGBAI_STORE_AGE_H
#define MINGBAI_STORE_AGE_H

#include <stdbool.h>

#include "base/date.h"

/* The day ages are counted on; day 0: none, then nobody is provably grown up. */
struct age_basis {
    struct date on;
};

enum { AGE_GROWN_UP = 18 }; /* 未成年人保护法 article 2 */

/* True unless the person is provably 18 on the day: every proof there is, an 18-character ID and an
 * ISO birth date (both may be NULL), must say so, and there must be one. A birth date without day
 * or month counts as its latest day. */
bool age_is_minor(const struct age_basis *basis, const char *id, const char *birth);
/* Full years, or -1 when the ISO date is incomplete or after the day. */
int age_years(const struct age_basis *basis, const char *birth);

#endif
