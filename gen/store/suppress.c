/* Which cells of a table of households are withheld. */
#include "store/suppress.h"

static bool is_small(int64_t households)
{
    return households < FEWEST_HOUSEHOLDS;
}

/* The size of the smallest cell that is not small; 0: there is none. */
static int64_t smallest_shown(const int64_t *households, size_t count)
{
    int64_t smallest = 0;

    for (size_t i = 0; i < count; i++) {
        if (!is_small(households[i]) && (!smallest || households[i] < smallest))
            smallest = households[i];
    }
    return smallest;
}

void suppress_row(const int64_t *households, size_t count, bool *withheld)
{
    const int64_t most = FEWEST_HOUSEHOLDS - 1; /* what a small cell can have */
    const int64_t next = smallest_shown(households, count);
    int64_t total = 0, hidden = 0, cells = 0;
    bool all, more;

    for (size_t i = 0; i < count; i++) {
        total += households[i];
        hidden += is_small(households[i]) ? households[i] : 0;
        cells += is_small(households[i]);
    }
    more = cells == 1 || hidden == most * cells;
    /* A row in which every cell has two must look like others of its total. */
    all = total == most * (int64_t)count;
    for (size_t i = 0; i < count; i++)
        withheld[i] =
            hidden > 0 && (all || is_small(households[i]) || (more && households[i] == next));
}
