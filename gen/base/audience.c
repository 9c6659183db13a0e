/* Audiences: their names, folders and stores. */
#include "base/audience.h"

#include <string.h>

static const struct {
    const char *name, *folder;
    bool private;
    enum audience store;
} audiences[AUDIENCES] = {
    [AUDIENCE_PUBLIC] = {"public", "公开", false, AUDIENCE_PUBLIC},
    [AUDIENCE_HOUSEHOLD] = {"household", "入户", true, AUDIENCE_HOUSEHOLD},
    [AUDIENCE_INTERNAL] = {"internal", "内部", true, AUDIENCE_INTERNAL},
    [AUDIENCE_OFFICIAL] = {"official", "公文", false, AUDIENCE_PUBLIC},
};

bool audience_parse(const char *name, enum audience *audience)
{
    for (int i = 0; i < AUDIENCES; i++) {
        if (strcmp(audiences[i].name, name) == 0) {
            *audience = (enum audience)i;
            return true;
        }
    }
    return false;
}

const char *audience_name(enum audience audience)
{
    return audiences[audience].name;
}

const char *audience_folder(enum audience audience)
{
    return audiences[audience].folder;
}

bool audience_is_private(enum audience audience)
{
    return audiences[audience].private;
}

enum audience audience_store(enum audience audience)
{
    return audiences[audience].store;
}
