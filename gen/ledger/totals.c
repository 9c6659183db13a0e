/* Compares 合计 and 小计 rows with the sums of the rows they cover; never corrects anything. */
#include <string.h>

#include "base/decimal.h"
#include "ledger/reader.h"

/* Sums over all rows up to one place; differences of two such are what a total covers. */
struct running {
    decimal sum;
    size_t unknown; /* cells that could not be read, rows refused */
};

struct mark {
    enum row_kind kind;
    uint32_t line;
    size_t rows;             /* rows of data above it */
    struct running *running; /* per column, above it */
    decimal *figures;        /* per column: what the row says */
    bool *written;           /* per column: it says something */
};

struct totals {
    struct arena *arena;
    size_t ncolumn;
    const struct slot **columns; /* the numeric ones, per column */
    size_t rows;
    struct running *running;
    GArray *marks; /* struct mark */
};

/* 人均收入 and prices are no sums, whatever the clerk puts below them. */
static bool is_additive(const struct field *field)
{
    return (field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL ||
            field->type == FIELD_MONEY) &&
           !strstr(field->name, "均") && !strstr(field->name, "单价") && !strstr(field->name, "序");
}

struct totals *totals_new(const struct reader *reader)
{
    struct arena *arena = arena_new();
    struct totals *totals = arena_alloc(arena, sizeof *totals);

    totals->arena = arena;
    totals->columns = arena_array(arena, reader->nslot, sizeof(const struct slot *));
    for (size_t i = 0; i < reader->nslot; i++) {
        const struct slot *slot = &reader->slots[i];

        if (is_additive(slot->field) && !slot->broken && !slot->shared)
            totals->columns[totals->ncolumn++] = slot;
    }
    totals->running = arena_array(arena, totals->ncolumn, sizeof *totals->running);
    totals->marks = g_array_new(FALSE, FALSE, sizeof(struct mark));
    return totals;
}

static bool figure_of(const struct value *value, decimal *figure)
{
    bool ok = true;

    if (value->type == VALUE_INTEGER)
        *figure = (decimal)value->integer * DECIMAL_ONE;
    else if (value->type == VALUE_REAL)
        *figure = decimal_from_real(value->real, &ok);
    else
        ok = false;
    return ok;
}

void totals_row(struct totals *totals, const struct reader *reader)
{
    totals->rows++;
    for (size_t i = 0; i < totals->ncolumn; i++) {
        const struct slot *slot = totals->columns[i];
        decimal figure;

        /* what belongs to the household is counted once, though every member's row may repeat it */
        if (slot->field->household_level && reader->runs.on && !reader->runs.starts)
            continue;
        if (figure_of(&slot->value, &figure))
            totals->running[i].sum += figure;
        else if (slot->value.state == STATE_INVALID)
            totals->running[i].unknown++;
    }
}

void totals_refused(struct totals *totals)
{
    totals->rows++;
    for (size_t i = 0; i < totals->ncolumn; i++)
        totals->running[i].unknown++;
}

static struct place total_place(const struct reader *reader, uint32_t line, uint32_t column)
{
    struct place place = csv_place(reader->sheet->table, line, column + 1);

    place.field = reader->sheet->columns[column].text;
    return place;
}

void totals_mark(struct totals *totals, const struct reader *reader, size_t row, enum row_kind kind)
{
    const struct csv_row *cells = &reader->sheet->table->rows[row];
    struct mark mark = {.kind = kind, .line = reader->line, .rows = totals->rows};
    GString *text = g_string_new(NULL);

    mark.running = arena_array(totals->arena, totals->ncolumn, sizeof *mark.running);
    mark.figures = arena_array(totals->arena, totals->ncolumn, sizeof *mark.figures);
    mark.written = arena_array(totals->arena, totals->ncolumn, sizeof *mark.written);
    for (size_t i = 0; i < totals->ncolumn; i++) {
        struct field_context context = totals->columns[i]->context;
        struct field unbounded = *context.field;
        const uint32_t column = totals->columns[i]->column;
        struct value value = value_null(STATE_EMPTY);
        enum finding_code warning = FINDING_CODES;
        enum repair repair;

        mark.running[i] = totals->running[i];
        if (column >= cells->ncell || cell_is_blank(cells->cells[column]))
            continue;
        unbounded.has_minimum = unbounded.has_maximum = false; /* a sum may exceed what a row may */
        context.field = &unbounded;
        g_string_truncate(text, 0);
        if (field_parse(&context, cells->cells[column], text, &value, &repair, NULL, &warning) ==
            FINDING_CODES)
            mark.written[i] = figure_of(&value, &mark.figures[i]);
        else if (strpbrk(cells->cells[column], "0123456789"))
            finding_add(reader->load->findings, FINDING_LEDGER_TOTAL_UNREAD,
                        total_place(reader, mark.line, column), totals->columns[i]->field->name);
    }
    g_array_append_val(totals->marks, mark);
    g_string_free(text, TRUE);
}

/* Rows from one running sum to another. */
struct span {
    size_t rows;
    const struct running *from, *to;
};

/* How many of the mark's figures equal the sums over the span; those that cannot be known agree. */
static size_t agreeing(const struct totals *totals, const struct mark *mark, struct span span)
{
    size_t count = 0;

    for (size_t i = 0; i < totals->ncolumn; i++) {
        if (mark->written[i] && (span.to[i].unknown > span.from[i].unknown ||
                                 span.to[i].sum - span.from[i].sum == mark->figures[i]))
            count++;
    }
    return count;
}

static const struct mark *mark_at(const struct totals *totals, size_t index)
{
    return &g_array_index(totals->marks, struct mark, index);
}

/* Which rows a total covers is not written anywhere: those since the total above, since the last
 * one of its kind, all above, those up to the next total, or all. The most agreeing of them is
 * meant; of equals the first, in the order usual for its kind. */
static struct span covered(const struct totals *totals, size_t index, const struct running *zero)
{
    const struct mark *mark = mark_at(totals, index);
    struct span since_total = {mark->rows, zero, mark->running};
    struct span since_kind = since_total, above = since_total;
    struct span below = {totals->rows - mark->rows, mark->running, totals->running};
    struct span all = {totals->rows, zero, totals->running};
    struct span best = {0, zero, zero};
    size_t most = 0;

    if (index > 0) {
        since_total.from = mark_at(totals, index - 1)->running;
        since_total.rows = mark->rows - mark_at(totals, index - 1)->rows;
    }
    for (size_t i = 0; i < index; i++) {
        if (mark_at(totals, i)->kind == mark->kind) {
            since_kind.from = mark_at(totals, i)->running;
            since_kind.rows = mark->rows - mark_at(totals, i)->rows;
        }
    }
    if (index + 1 < totals->marks->len) {
        below.to = mark_at(totals, index + 1)->running;
        below.rows = mark_at(totals, index + 1)->rows - mark->rows;
    }

    const struct span subtotal[] = {since_total, below, since_kind, above, all};
    const struct span total[] = {above, all, since_kind, since_total, below};
    const struct span *spans = mark->kind == ROW_SUBTOTAL ? subtotal : total;

    for (size_t i = 0; i < G_N_ELEMENTS(total); i++) {
        const size_t count = agreeing(totals, mark, spans[i]);

        if (spans[i].rows > 0 && (best.rows == 0 || count > most)) {
            best = spans[i];
            most = count;
        }
    }
    return best;
}

/* The sum of one or two hidden figures gives them away (design 7: fewer than 3). */
static bool may_be_shown(const struct field *field, size_t summed)
{
    return field->show[AUDIENCE_PUBLIC] == SHOW_FULL || summed >= 3;
}

static void report(const struct totals *totals, const struct reader *reader,
                   const struct mark *mark, struct span span)
{
    for (size_t i = 0; i < totals->ncolumn; i++) {
        const struct slot *slot = totals->columns[i];
        const decimal sum = span.to[i].sum - span.from[i].sum;
        const struct place place = total_place(reader, mark->line, slot->column);
        GString *said, *found;

        if (!mark->written[i] || span.to[i].unknown > span.from[i].unknown ||
            sum == mark->figures[i])
            continue;
        said = g_string_new(NULL);
        found = g_string_new(NULL);
        if (may_be_shown(slot->field, span.rows)) {
            decimal_format_plain(said, mark->figures[i]);
            decimal_format_plain(found, sum);
        } else {
            g_string_append(said, "··");
            g_string_append(found, "··");
        }
        finding_add(reader->load->findings, FINDING_LEDGER_TOTAL_DIFFERS, place, slot->field->name,
                    said->str, found->str);
        g_string_free(said, TRUE);
        g_string_free(found, TRUE);
    }
}

void totals_close(struct totals *totals, const struct reader *reader)
{
    const struct running *zero = arena_array(totals->arena, totals->ncolumn, sizeof *zero);

    for (size_t i = 0; i < totals->marks->len; i++)
        report(totals, reader, mark_at(totals, i), covered(totals, i, zero));
    g_array_free(totals->marks, TRUE);
    arena_free(totals->arena);
}
