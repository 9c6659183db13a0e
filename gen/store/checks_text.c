/* The texts of checks: cut into pieces, verified against the query, filled in for a row. */
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "ledger/field.h"
#include "store/checks_inside.h"

static void add_literal(GArray *pieces, struct arena *arena, const char *text, size_t length)
{
    const struct check_piece piece = {.literal = arena_text_length(arena, text, length)};

    if (length)
        g_array_append_val(pieces, piece);
}

/* The column of {{column}} at open; *end: behind it. NULL: not closed, or no name. */
static const char *cut_column(struct arena *arena, const char *open, const char **end)
{
    const char *close = strstr(open, "}}"), *name;
    size_t length;

    if (!close)
        return NULL;
    *end = close + 2;
    name = text_trim(arena_text_length(arena, open + 2, (size_t)(close - open) - 2), &length);
    return length ? arena_text_length(arena, name, length) : NULL;
}

bool check_text_read(struct arena *arena, const char *text, struct place place,
                     struct check_text *out, struct findings *findings)
{
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(struct check_piece));
    const char *open;
    bool good = true;

    while (good && (open = strstr(text, "{{"))) {
        struct check_piece piece = {0};
        const char *end = NULL;

        add_literal(pieces, arena, text, (size_t)(open - text));
        piece.column = cut_column(arena, open, &end);
        good = piece.column;
        if (!good) {
            finding_add(findings, FINDING_TEMPLATE_TEXT, place, open);
            break;
        }
        g_array_append_val(pieces, piece);
        text = end;
    }
    add_literal(pieces, arena, text, strlen(text));
    out->place = place;
    out->count = pieces->len;
    out->pieces = arena_copy(arena, pieces->data, pieces->len * sizeof(struct check_piece));
    g_array_free(pieces, TRUE);
    return good;
}

static size_t find_column(const struct query *query, const char *name)
{
    for (size_t i = 0; i < query_columns(query); i++)
        if (strcmp(query_column(query, i)->name, name) == 0)
            return i;
    return SIZE_MAX;
}

static int add_unknown(const char *name, struct place place, const struct query *query,
                       struct findings *findings)
{
    GPtrArray *names = g_ptr_array_new();
    GString *known = g_string_new(NULL);
    const char *near;

    for (size_t i = 0; i < query_columns(query); i++) {
        g_ptr_array_add(names, (gpointer)query_column(query, i)->name);
        g_string_append_printf(known, "%s%s", i ? "、" : "", query_column(query, i)->name);
    }
    near = text_nearest(name, (const char *const *)names->pdata, names->len);
    finding_add(findings, FINDING_TEMPLATE_UNKNOWN_COLUMN, place, name, near ? near : known->str);
    g_string_free(known, TRUE);
    g_ptr_array_free(names, TRUE);
    return -1;
}

/* How the public sees the field; open text counts as hidden, as in a finding's row. */
static enum show public_show(const struct field *field)
{
    return field->open_text ? SHOW_HIDE : field->show[AUDIENCE_PUBLIC];
}

int check_text_verify(const struct check_text *text, const struct query *query,
                      struct findings *findings)
{
    int result = 0;

    for (size_t i = 0; i < text->count; i++) {
        const char *name = text->pieces[i].column;
        const size_t column = name ? find_column(query, name) : SIZE_MAX;

        if (name && column == SIZE_MAX) {
            result = add_unknown(name, text->place, query, findings);
        } else if (name) {
            const struct field *origin = query_column(query, column)->origin;

            if (origin && public_show(origin) == SHOW_HIDE)
                result = finding_add(findings, FINDING_CHECK_PRIVATE, text->place, name);
        }
    }
    return result;
}

/* A count, an age, a number of months: no number, amount or word that belongs to somebody. */
static bool is_small(const struct value *value)
{
    enum { BELOW = 1000 };

    return value->type == VALUE_INTEGER && value->integer > -BELOW && value->integer < BELOW;
}

static void fill_column(GString *out, const struct field *origin, const struct value *value)
{
    GString *text = g_string_new(NULL);

    format_value(text, (struct format){.kind = FORMAT_PLAIN}, value);
    if (value->type == VALUE_NULL || (!origin && is_small(value)) ||
        (origin && public_show(origin) == SHOW_FULL))
        g_string_append(out, text->str);
    else if (origin && public_show(origin) == SHOW_MASK)
        field_mask(out, origin->mask, text->str, true);
    else
        g_string_append(out, "··");
    g_string_free(text, TRUE);
}

void check_text_fill(GString *out, const struct check_text *text, const struct query *query,
                     const struct rowset *rows, size_t row)
{
    for (size_t i = 0; i < text->count; i++) {
        const char *name = text->pieces[i].column;

        if (!name) {
            g_string_append(out, text->pieces[i].literal);
        } else {
            const size_t column = find_column(query, name);
            const struct value value = rowset_at(rows, row, column);

            fill_column(out, query_column(query, column)->origin, &value);
        }
    }
}
