/* What tells the rows of a ledger apart (design 4). */
#ifndef MINGBAI_LEDGER_NATURAL_H
#define MINGBAI_LEDGER_NATURAL_H

#include "ledger/schema.h"

/* The natural key of a ledger, and what stands for it where it is empty: of a household 行政村,
 * 村民小组 and 户主姓名, of a person the household and 姓名. */
struct natural {
    const char *const *key, *const *fallback; /* NULL-ended; fallback may be NULL */
};

struct natural natural_of(const struct schema *schema); /* lends */

/* One part of a key: a field, or a link to another row. */
struct key_part {
    size_t field, link; /* indices into fields and foreign_keys; one of them SIZE_MAX */
};

/* The foreign key whose link has that name, or SIZE_MAX. */
size_t natural_link(const struct schema *schema, const char *name);
struct key_part natural_part(const struct schema *schema, const char *name);

#endif
