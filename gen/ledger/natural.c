/* Natural keys of ledgers. */
#include "ledger/natural.h"

#include <stdint.h>
#include <string.h>

#include "ledger/words.h"

struct natural natural_of(const struct schema *schema)
{
    static const char *const household[] = {FIELD_VILLAGE_NAME, FIELD_GROUP_NAME, FIELD_HEAD_NAME,
                                            NULL};
    static const char *const person[] = {LINK_HOUSEHOLD, FIELD_PERSON_NAME, NULL};
    struct natural natural = {schema->primary_key, NULL};

    if (strcmp(schema->name, LEDGER_HOUSEHOLD) == 0)
        natural.fallback = household;
    else if (strcmp(schema->name, LEDGER_PERSON) == 0)
        natural.fallback = person;
    return natural;
}

size_t natural_link(const struct schema *schema, const char *name)
{
    for (size_t k = 0; k < schema->nforeign_key; k++) {
        if (strcmp(schema->foreign_keys[k].link, name) == 0)
            return k;
    }
    return SIZE_MAX;
}

struct key_part natural_part(const struct schema *schema, const char *name)
{
    return (struct key_part){schema_field(schema, name), natural_link(schema, name)};
}
