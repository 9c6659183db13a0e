/* Notes of what was done to read cells: one a file, column and kind, which lists every change. */
#include <glib.h>
#include <stdio.h>
#include <string.h>

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
    [REPAIR_SPLIT] = FINDING_LEDGER_REPAIR_SPLIT,
};

/* What differs is listed each with its lines; a column of amounts in 万元 differs in every row, and
 * nobody reads hundreds of lines. */
enum { GROUPS_LISTED = 20, RANGES_LISTED = 50 };

/* Cells that held the same text, and the lines they stand on. */
struct repair_group {
    const char *raw; /* lent by the table; NULL: the public may not see it, or too many differ */
    char *change;    /* old → new; NULL likewise */
    GArray *lines;   /* uint32_t: from, to, from, to … */
    bool more;       /* some lines are not in it */
};

static bool may_be_shown(const struct slot *slot)
{
    const struct field *field = slot->field;

    return field->show[AUDIENCE_PUBLIC] == SHOW_FULL && field->mask == MASK_NONE &&
           !field->open_text && text_is_harmless(slot->raw);
}

static char *change_of(const struct slot *slot)
{
    GString *text = g_string_new(slot->raw);

    g_strstrip(g_strdelimit(text->str, "\r\n\t", ' '));
    g_string_set_size(text, strlen(text->str));
    g_string_append(text, " → ");
    value_append(text, &slot->value);
    return g_string_free(text, FALSE);
}

static struct repair_group *group_for(struct repair_count *count, const struct slot *slot,
                                      bool shown)
{
    struct repair_group *group;

    if (!count->groups)
        count->groups = g_ptr_array_new();
    for (guint i = 0; i < count->groups->len; i++) {
        group = count->groups->pdata[i];
        if (shown ? g_strcmp0(group->raw, slot->raw) == 0 : !group->raw)
            return group;
    }
    if (shown && count->groups->len >= GROUPS_LISTED)
        return group_for(count, slot, false);
    group = g_new0(struct repair_group, 1);
    group->raw = shown ? slot->raw : NULL;
    group->change = shown ? change_of(slot) : NULL;
    group->lines = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_ptr_array_add(count->groups, group);
    return group;
}

static void group_add(struct repair_group *group, uint32_t line)
{
    uint32_t *last = group->lines->len > 0
                         ? &g_array_index(group->lines, uint32_t, group->lines->len - 1)
                         : NULL;

    if (last && line <= *last + 1) {
        *last = MAX(*last, line);
    } else if (group->lines->len < 2 * RANGES_LISTED) {
        g_array_append_val(group->lines, line);
        g_array_append_val(group->lines, line);
    } else {
        group->more = true;
    }
}

static void count_one(struct reader *reader, struct slot *slot, enum repair repair, bool shown)
{
    struct repair_count *count = &slot->repairs[repair];

    if (count->count++ == 0)
        count->line = reader->line;
    group_add(group_for(count, slot, shown), reader->line);
}

void repair_count(struct reader *reader, struct slot *slot, enum repair repair)
{
    count_one(reader, slot, repair, may_be_shown(slot));
}

void fill_count(struct reader *reader, struct slot *slot)
{
    count_one(reader, slot, REPAIR_NONE, false);
}

void split_count(struct reader *reader, struct slot *slot)
{
    count_one(reader, slot, REPAIR_SPLIT, false);
}

static void append_lines(GString *text, const struct repair_group *group, bool english)
{
    g_string_append(text, english ? "lines " : "第");
    for (guint i = 0; i < group->lines->len; i += 2) {
        const uint32_t from = g_array_index(group->lines, uint32_t, i);
        const uint32_t to = g_array_index(group->lines, uint32_t, i + 1);

        if (i > 0)
            g_string_append(text, english ? ", " : "、");
        g_string_append_printf(text, from == to ? "%u" : "%u-%u", from, to);
    }
    if (!english)
        g_string_append(text, "行");
    if (group->more)
        g_string_append(text, english ? " …" : "等");
}

/* （old → new：第2-5、9行；第7行） */
static char *listed(const struct repair_count *count, bool english)
{
    GString *text = g_string_new(english ? " (" : "（");

    for (guint i = 0; i < count->groups->len; i++) {
        const struct repair_group *group = count->groups->pdata[i];

        if (i > 0)
            g_string_append(text, english ? "; " : "；");
        if (group->change)
            g_string_append_printf(text, english ? "%s: " : "%s：", group->change);
        append_lines(text, group, english);
    }
    g_string_append(text, english ? ")" : "）");
    return g_string_free(text, FALSE);
}

void repairs_report(struct reader *reader)
{
    for (size_t i = 0; i < reader->nslot; i++) {
        const struct slot *slot = &reader->slots[i];

        for (size_t kind = 0; kind < REPAIR_KINDS; kind++) {
            const struct repair_count *count = &slot->repairs[kind];
            struct place place = csv_place(reader->sheet->table, count->line, slot->column + 1);
            char number[24], *chinese, *english;

            if (count->count == 0)
                continue;
            place.field = reader->sheet->columns[slot->column].text;
            snprintf(number, sizeof number, "%zu", count->count);
            chinese = listed(count, false);
            english = listed(count, true);
            finding_add(reader->load->findings, codes[kind], place, slot->field->name, number,
                        chinese, english);
            g_free(english);
            g_free(chinese);
        }
    }
}

void repairs_drop(struct slot *slot)
{
    for (size_t kind = 0; kind < REPAIR_KINDS; kind++) {
        GPtrArray *groups = slot->repairs[kind].groups;

        for (guint i = 0; groups && i < groups->len; i++) {
            struct repair_group *group = groups->pdata[i];

            g_free(group->change);
            g_array_free(group->lines, TRUE);
            g_free(group);
        }
        if (groups)
            g_ptr_array_free(groups, TRUE);
    }
}
