/* Equal rows count once; rows that share a natural key but differ are errors on both (design 4). */
#include <stdio.h>
#include <string.h>

#include "ledger/load.h"
#include "ledger/natural.h"
#include "ledger/row_index.h"
#include "ledger/words.h"

static void compact_links(struct ledger *ledger, const size_t *into, size_t nrow)
{
    for (size_t k = 0; k < ledger->schema->nforeign_key; k++) {
        int64_t *links = ledger->links[k];
        size_t kept = 0;

        for (size_t row = 0; links && row < nrow; row++) {
            if (into[row] == row)
                links[kept++] = links[row];
        }
    }
}

/* Rows of other ledgers that belong to one of this one's by their order. */
static void compact_households(struct load *load, size_t ledger, const size_t *into,
                               const size_t *moved)
{
    const char *name = load_ledger(load, ledger)->schema->name;

    for (size_t i = 0; i < load->ledgers->count; i++) {
        GArray *households = load->extra[i].households;

        if (g_strcmp0(load_ledger(load, i)->schema->also, name) != 0)
            continue;
        for (guint row = 0; row < households->len; row++) {
            uint32_t *household = &g_array_index(households, uint32_t, row);
            const size_t kept = *household ? into[*household - 1] : SIZE_MAX;

            *household = kept == SIZE_MAX ? 0 : (uint32_t)moved[kept] + 1;
        }
    }
}

static void compact_invalid(struct load *load, size_t ledger, const size_t *into,
                            const size_t *moved)
{
    guint kept = 0;

    for (guint i = 0; i < load->invalid->len; i++) {
        struct invalid_cell cell = g_array_index(load->invalid, struct invalid_cell, i);

        if (cell.ledger == ledger && into[cell.row] != cell.row)
            continue;
        if (cell.ledger == ledger)
            cell.row = (uint32_t)moved[cell.row];
        g_array_index(load->invalid, struct invalid_cell, kept++) = cell;
    }
    g_array_set_size(load->invalid, kept);
    load_invalid_forget(load);
}

/* A new row set of the rows that stay; rows are only ever appended to one. */
static void compact_rows(struct load *load, size_t ledger, const size_t *into, size_t *moved)
{
    struct ledger *of = load_ledger(load, ledger);
    struct rows_extra *extra = &load->extra[ledger];
    const size_t nfield = of->schema->nfield, nrow = load_rows(load, ledger);
    struct value *values = g_new(struct value, nfield);
    const char **names = g_new(const char *, nfield);
    struct rowset *rows;
    guint kept = 0;

    for (size_t f = 0; f < nfield; f++)
        names[f] = of->schema->fields[f].name;
    rows = rowset_new(nfield, names);
    for (size_t row = 0; row < nrow; row++) {
        if (into[row] != row)
            continue;
        for (size_t f = 0; f < nfield; f++)
            values[f] = load_value(load, ledger, row, f);
        rowset_append(rows, values);
        g_array_index(extra->origins, struct row_origin, kept) =
            g_array_index(extra->origins, struct row_origin, row);
        g_array_index(extra->sources, uint8_t, kept) = g_array_index(extra->sources, uint8_t, row);
        g_array_index(extra->households, uint32_t, kept) =
            g_array_index(extra->households, uint32_t, row);
        moved[row] = kept++;
    }
    g_array_set_size(extra->origins, kept);
    g_array_set_size(extra->sources, kept);
    g_array_set_size(extra->households, kept);
    rowset_free(of->rows);
    of->rows = rows;
    g_free(names);
    g_free(values);
}

void rows_compact(struct load *load, size_t ledger, const size_t *into)
{
    const size_t nrow = load_rows(load, ledger);
    size_t *moved, dropped = 0;

    for (size_t row = 0; row < nrow; row++)
        dropped += into[row] != row;
    if (dropped == 0)
        return;
    moved = g_new0(size_t, nrow);
    compact_rows(load, ledger, into, moved);
    compact_invalid(load, ledger, into, moved);
    compact_households(load, ledger, into, moved);
    compact_links(load_ledger(load, ledger), into, nrow);
    g_free(moved);
}

/* Rows by all that is compared: the values read and the links made so far. The text of a cell that
 * could not be read is part of it: two different faults are two rows. */
struct twins {
    struct load *load;
    size_t ledger;
    size_t nread;     /* fields but derived ones, which come last */
    uint64_t *hashes; /* one a row */
    uint32_t *slots;  /* row + 1, open addressing; 0: free */
    size_t mask;      /* their count, a power of two, less one */
};

static uint64_t hash_row(const struct twins *twins, size_t row)
{
    const struct ledger *of = load_ledger(twins->load, twins->ledger);
    uint64_t hash = rowset_hash(of->rows, row, twins->nread);

    for (size_t k = 0; k < of->schema->nforeign_key; k++) {
        if (of->links[k])
            hash = (hash ^ (uint64_t)of->links[k][row]) * UINT64_C(0x9E3779B97F4A7C15);
    }
    return hash ^ hash >> 32;
}

/* Whether the cells of both rows that could not be read, which are the same ones, hold equal texts.
 */
static bool same_invalid(const struct twins *twins, size_t a, size_t b)
{
    struct load *load = twins->load;

    for (size_t f = 0; load->invalid->len > 0 && f < twins->nread; f++) {
        if (load_value(load, twins->ledger, a, f).state == STATE_INVALID &&
            strcmp(load_invalid_text(load, twins->ledger, a, f),
                   load_invalid_text(load, twins->ledger, b, f)) != 0)
            return false;
    }
    return true;
}

static bool same_row(const struct twins *twins, size_t a, size_t b)
{
    const struct ledger *of = load_ledger(twins->load, twins->ledger);

    for (size_t k = 0; k < of->schema->nforeign_key; k++) {
        if (of->links[k] && of->links[k][a] != of->links[k][b])
            return false;
    }
    return rowset_same(of->rows, a, b, twins->nread) && same_invalid(twins, a, b);
}

/* The earlier row that is equal to this one, or SIZE_MAX. */
static size_t find_twin(struct twins *twins, size_t row)
{
    const uint64_t hash = twins->hashes[row] = hash_row(twins, row);
    size_t at = hash & twins->mask;

    for (; twins->slots[at]; at = (at + 1) & twins->mask) {
        const size_t other = twins->slots[at] - 1;

        if (twins->hashes[other] == hash && same_row(twins, other, row))
            return other;
    }
    twins->slots[at] = (uint32_t)row + 1;
    return SIZE_MAX;
}

static struct twins twins_open(struct load *load, size_t ledger)
{
    const struct schema *schema = load_ledger(load, ledger)->schema;
    const size_t nrow = load_rows(load, ledger);
    struct twins twins = {
        .load = load, .ledger = ledger, .nread = schema->nfield - schema->nderived};
    size_t count = 1;

    while (count / 4 * 3 <= nrow)
        count *= 2;
    twins.hashes = g_new(uint64_t, nrow);
    twins.slots = g_new0(uint32_t, count);
    twins.mask = count - 1;
    return twins;
}

static void twins_close(struct twins *twins)
{
    g_free(twins->hashes);
    g_free(twins->slots);
}

/* How many rows of a file stand elsewhere already, and the first of them. */
struct repeated {
    size_t count, row, twin;
};

static void report_repeated(struct load *load, size_t ledger, const struct repeated *repeated)
{
    GString *twin = g_string_new(NULL);
    char count[24];

    snprintf(count, sizeof count, "%zu", repeated->count);
    load_place_append(load, twin, ledger, repeated->twin);
    finding_add(load->findings, FINDING_LEDGER_DUPLICATE_ROW,
                load_place(load, ledger, repeated->row, SIZE_MAX), count, twin->str);
    load_snippet(load, ledger, repeated->row, SIZE_MAX, NULL);
    g_string_free(twin, TRUE);
}

static void note_repeated(struct load *load, size_t ledger, size_t row, size_t twin)
{
    const GArray *origins = load->extra[ledger].origins;
    const struct repeated_row repeated = {.ledger = (uint32_t)ledger,
                                          .origin = g_array_index(origins, struct row_origin, row),
                                          .same_as =
                                              g_array_index(origins, struct row_origin, twin)};

    g_array_append_val(load->repeated, repeated);
}

void duplicates_drop(struct load *load, size_t ledger)
{
    const size_t nrow = load_rows(load, ledger);
    const struct rows_extra *extra = &load->extra[ledger];
    struct repeated *repeated = g_new0(struct repeated, load->files->len);
    size_t *into = g_new(size_t, nrow);
    struct twins twins = twins_open(load, ledger);

    for (size_t row = 0; row < nrow; row++) {
        struct repeated *of = &repeated[g_array_index(extra->origins, struct row_origin, row).file];
        size_t twin = SIZE_MAX;

        if (g_array_index(extra->sources, uint8_t, row) == ROW_OWN)
            twin = find_twin(&twins, row);
        into[row] = twin == SIZE_MAX ? row : twin;
        if (twin != SIZE_MAX)
            note_repeated(load, ledger, row, twin);
        if (twin != SIZE_MAX && of->count++ == 0) {
            of->row = row;
            of->twin = twin;
        }
    }
    for (guint i = 0; i < load->files->len; i++) {
        if (repeated[i].count > 0)
            report_repeated(load, ledger, &repeated[i]);
    }
    rows_compact(load, ledger, into);
    twins_close(&twins);
    g_free(repeated);
    g_free(into);
}

static GArray *key_parts(const struct schema *schema, const char *const *names)
{
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(struct key_part));

    for (size_t i = 0; names[i]; i++) {
        const struct key_part part = natural_part(schema, names[i]);

        g_array_append_val(parts, part);
    }
    return parts;
}

/* The row's key as a text. false: it has none, because its last part, or a link, is empty or a part
 * could not be read. An empty 批次 or 村民小组 is as good as any. */
static bool key_of(const struct load *load, GString *key, size_t ledger, size_t row,
                   const GArray *parts)
{
    const struct ledger *of = load_ledger(load, ledger);

    g_string_truncate(key, 0);
    for (guint i = 0; i < parts->len; i++) {
        const struct key_part part = g_array_index(parts, struct key_part, i);

        if (part.field != SIZE_MAX) {
            const struct value value = load_value(load, ledger, row, part.field);

            if (value.state == STATE_INVALID || (i + 1 == parts->len && value.type == VALUE_NULL))
                return false;
            value_append(key, &value);
        } else if (part.link != SIZE_MAX && of->links[part.link] && of->links[part.link][row]) {
            g_string_append_printf(key, "%" G_GINT64_FORMAT, of->links[part.link][row]);
        } else {
            return false;
        }
        g_string_append_c(key, '\n');
    }
    return key->len > 0;
}

struct cell {
    size_t row, field;
};

static void add_cell(GArray *cells, size_t row, size_t field)
{
    const struct cell cell = {row, field};

    g_array_append_val(cells, cell);
}

/* The cells of both rows that cannot be trusted: the key's, unless they are places, and those that
 * differ. */
static void add_cells(const struct load *load, GArray *cells, size_t ledger, size_t a, size_t b,
                      const struct natural *natural)
{
    const struct schema *schema = load_ledger(load, ledger)->schema;
    const char *const *lists[] = {natural->key, natural->fallback};

    for (size_t f = 0; f < schema->nfield - schema->nderived; f++) {
        const struct value of_a = load_value(load, ledger, a, f);
        const struct value of_b = load_value(load, ledger, b, f);
        bool bad = !value_equal(&of_a, &of_b);

        for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
            bad = bad || (lists[i] && g_strv_contains(lists[i], schema->fields[f].name));
        if (bad && schema->fields[f].type != FIELD_AREA) {
            add_cell(cells, a, f);
            add_cell(cells, b, f);
        }
    }
}

static void report_key(struct load *load, size_t ledger, size_t row, size_t other,
                       const char *const *names)
{
    const struct schema *schema = load_ledger(load, ledger)->schema;
    GString *place = g_string_new(NULL), *key = g_string_new(NULL);
    size_t field = SIZE_MAX;

    for (size_t i = 0; names[i]; i++) {
        const size_t named = schema_field(schema, names[i]);

        field = named != SIZE_MAX ? named : field;
        g_string_append_printf(key, "%s%s", i ? "、" : "",
                               strcmp(names[i], LINK_HOUSEHOLD) == 0 ? LEDGER_HOUSEHOLD : names[i]);
    }
    load_place_append(load, place, ledger, other);
    finding_add(load->findings, FINDING_LEDGER_DUPLICATE_KEY, load_place(load, ledger, row, field),
                key->str, place->str);
    load_snippet(load, ledger, row, field, NULL);
    g_string_free(place, TRUE);
    g_string_free(key, TRUE);
}

static void note_clash(struct load *load, size_t ledger, size_t row, size_t other)
{
    const struct key_clash clash = {(uint32_t)ledger, (uint32_t)row, (uint32_t)other};

    g_array_append_val(load->clashes, clash);
}

/* Reports the rows of one key against the first of them. known: rows that must not be told apart by
 * this key alone, because both have the better one; NULL: none. */
static void find_equal_keys(struct load *load, size_t ledger, const struct natural *natural,
                            const char *const *names, const bool *known, bool *told, GArray *cells)
{
    const size_t nrow = load_rows(load, ledger);
    struct row_index *index = row_index_new(nrow);
    GString *key = g_string_new(NULL);
    GArray *parts = key_parts(load_ledger(load, ledger)->schema, names);

    for (size_t row = 0; row < nrow; row++) {
        if (!key_of(load, key, ledger, row, parts))
            continue;
        for (size_t at = row_index_first(index, key->str); at != SIZE_MAX;
             at = row_index_next(index, at)) {
            if ((known && known[row] && known[at]) || (told[row] && told[at]))
                continue;
            if (!told[at])
                report_key(load, ledger, at, row, names);
            if (!told[row])
                report_key(load, ledger, row, at, names);
            told[at] = told[row] = true;
            note_clash(load, ledger, at, row);
            add_cells(load, cells, ledger, at, row, natural);
        }
        row_index_add(index, key->str, row);
    }
    g_array_free(parts, TRUE);
    g_string_free(key, TRUE);
    row_index_free(index);
}

void duplicates_report(struct load *load, size_t ledger)
{
    const struct natural natural = natural_of(load_ledger(load, ledger)->schema);
    const size_t nrow = load_rows(load, ledger);
    bool *known = g_new0(bool, nrow), *told = g_new0(bool, nrow);
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
    GArray *parts = key_parts(load_ledger(load, ledger)->schema, natural.key);
    GString *key = g_string_new(NULL);
    bool all_known = true;

    find_equal_keys(load, ledger, &natural, natural.key, NULL, told, cells);
    for (size_t row = 0; row < nrow; row++) {
        known[row] = key_of(load, key, ledger, row, parts);
        all_known = all_known && known[row];
    }
    if (natural.fallback && !all_known)
        find_equal_keys(load, ledger, &natural, natural.fallback, known, told, cells);
    for (guint i = 0; i < cells->len; i++)
        load_invalidate(load, ledger, g_array_index(cells, struct cell, i).row,
                        g_array_index(cells, struct cell, i).field, NULL);
    g_string_free(key, TRUE);
    g_array_free(parts, TRUE);
    g_array_free(cells, TRUE);
    g_free(known);
    g_free(told);
}
