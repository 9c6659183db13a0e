/* Holding back what a fault in the data touches (design section 4, "When data are wrong"). */
#ifndef MINGBAI_COMMAND_HOLD_H
#define MINGBAI_COMMAND_HOLD_H

#include <glib.h>

#include "document/bind.h"
#include "document/template.h"
#include "ledger/ledger.h"
#include "store/store.h"

/* One fault that reaches a template. */
struct hold {
    const char *village; /* 行政村, or NULL: every village */
    int64_t household;   /* 户._id, or 0: not known */
    struct place place;  /* lent by ledgers */
};

/* The faults that the template's reads meet: invalid cells and leaking cells of fields it reads,
 * lost rows of ledgers it reads. Internal products suffer only lost rows: they are written with the
 * cell marked. g_array_free() it. */
GArray *holds_find(const struct ledgers *ledgers, const struct stores *stores,
                   const struct template_head *head, const struct query_read *reads, size_t nread);

/* The 行政村 of a ledger's row: its own, else its household's; NULL: not known. Lent. */
const char *hold_village(const struct ledgers *ledgers, const struct ledger *ledger, size_t row);

/* Sorts the faults that reach one product: those of single households into units (ascending, each
 * once) when the template has units. Returns how many hold back the whole product and sets *first
 * to one of them. g_free(units->households). */
size_t holds_of_product(const GArray *holds, const char *village, bool by_unit,
                        struct held_units *units, const struct hold **first);

#endif
