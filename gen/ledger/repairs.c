/* Notes of what was done to read cells: one a file, column and kind. */
#include <glib.h>
#include <stdio.h>

#include "ledger/reader.h"

static const enum finding_code codes[REPAIR_KINDS] = {
    [REPAIR_NONE] = FINDING_LEDGER_FILLED,
    [REPAIR_PREFIX] = FINDING_LEDGER_REPAIR_PREFIX,
    [REPAIR_WIDTH] = FINDING_LEDGER_REPAIR_WIDTH,
    [REPAIR_CHECK_X] = FINDING_LEDGER_REPAIR_CHECK_X,
    [REPAIR_SEPARATOR] = FINDING_LEDGER_REPAIR_SEPARATOR,
    [REPAIR_SYNONYM] = FINDING_LEDGER_REPAIR_SYNONYM,
    [REPAIR_UNIT] = FINDING_LEDGER_REPAIR_UNIT,
    [REPAIR_ABOUT] = FINDING_LEDGER_REPAIR_ABOUT,
    [REPAIR_SCALED] = FINDING_LEDGER_REPAIR_SCALED,
    [REPAIR_DATE] = FINDING_LEDGER_REPAIR_DATE,
    [REPAIR_DISABLED_CARD] = FINDING_LEDGER_REPAIR_CARD,
    [REPAIR_OLD_ID] = FINDING_LEDGER_REPAIR_OLD_ID,
};

/* "（old → new）" when everybody may see both, else nothing. */
static char *sample_of(const struct slot *slot)
{
    const struct field *field = slot->field;
    GString *text = g_string_new(NULL);

    if (field->show[AUDIENCE_PUBLIC] == SHOW_FULL && field->mask == MASK_NONE &&
        !field->open_text && text_is_harmless(slot->raw)) {
        char *old = g_strdup(slot->raw);

        g_strstrip(g_strdelimit(old, "\r\n\t", ' '));
        g_string_append_printf(text, "（%s → ", old);
        value_append(text, &slot->value);
        g_string_append(text, "）");
        g_free(old);
    }
    return g_string_free(text, FALSE);
}

void repair_count(struct reader *reader, struct slot *slot, enum repair repair)
{
    struct repair_count *count = &slot->repairs[repair];

    if (count->count++ == 0) {
        count->line = reader->line;
        count->sample = sample_of(slot);
    }
}

void fill_count(struct reader *reader, struct slot *slot)
{
    struct repair_count *count = &slot->repairs[REPAIR_NONE];

    if (count->count++ == 0) {
        count->line = reader->line;
        count->sample = g_strdup("");
    }
}

void repairs_report(struct reader *reader)
{
    for (size_t i = 0; i < reader->nslot; i++) {
        const struct slot *slot = &reader->slots[i];

        for (size_t kind = 0; kind < REPAIR_KINDS; kind++) {
            const struct repair_count *count = &slot->repairs[kind];
            struct place place = csv_place(reader->sheet->table, count->line, slot->column + 1);
            char number[24];

            if (count->count == 0)
                continue;
            place.field = reader->sheet->columns[slot->column].text;
            snprintf(number, sizeof number, "%zu", count->count);
            finding_add(reader->load->findings, codes[kind], place, slot->field->name, number,
                        count->sample);
        }
    }
}
