/* Matching the rows of two versions, and telling their cells apart. */
#include "ledger/compare.h"

#include <string.h>

#include "ledger/field.h"
#include "ledger/load.h"
#include "ledger/natural.h"

enum { OLD, NEW, VERSIONS };

struct version {
    const struct ledgers *ledgers;
    struct plain *plain;
    size_t **partner; /* per ledger and row: the row of the other version, or SIZE_MAX */
};

struct comparison {
    struct version versions[VERSIONS];
    struct ledger_comparison *of;
    size_t count;
    bool *matched; /* ledgers done */
    GString *key;
};

static size_t rows_of(const struct comparison *comparison, int version, size_t ledger)
{
    return rowset_rows(comparison->versions[version].ledgers->list[ledger].rows);
}

static const struct schema *schema_of(const struct comparison *comparison, size_t ledger)
{
    return comparison->versions[OLD].ledgers->list[ledger].schema;
}

static size_t ledger_index(const struct ledgers *ledgers, const char *name)
{
    for (size_t i = 0; i < ledgers->count; i++) {
        if (strcmp(ledgers->list[i].schema->name, name) == 0)
            return i;
    }
    return SIZE_MAX;
}

/* --- keys: texts by which rows of both versions are told to be the same */

/* The row a link leads to, the same in both versions if it is matched. One that is not, or is not
 * there, is known by what the row says of it. */
static void append_link(GString *key, const struct comparison *comparison, int version,
                        size_t ledger, size_t row, size_t link)
{
    const struct version *of = &comparison->versions[version];
    const struct ledger *rows = &of->ledgers->list[ledger];
    const struct foreign_key *foreign = &rows->schema->foreign_keys[link];
    const size_t target = ledger_index(of->ledgers, foreign->ledger);
    const int64_t id = rows->links[link] ? rows->links[link][row] : 0;

    gsize before;

    if (id > 0 && target != SIZE_MAX && comparison->matched[target] &&
        of->partner[target][id - 1] != SIZE_MAX) {
        g_string_append_printf(key, "=%zu",
                               version == NEW ? (size_t)id - 1 : of->partner[target][id - 1]);
        return;
    }
    g_string_append_c(key, '?');
    before = key->len;
    for (size_t i = 0; foreign->fields[i]; i++)
        plain_append(key, of->plain, ledger, row, schema_field(rows->schema, foreign->fields[i]));
    if (key->len == before && id > 0)
        g_string_append_printf(key, "%d#%zu", version, (size_t)id);
}

/* A set of parts. last_needed: a row whose last part is blank has no such key. */
struct key_kind {
    GArray *parts; /* struct key_part */
    bool last_needed, unique;
};

static bool make_key(struct comparison *comparison, int version, size_t ledger, size_t row,
                     const struct key_kind *kind)
{
    GString *key = comparison->key;

    g_string_truncate(key, 0);
    for (guint i = 0; i < kind->parts->len; i++) {
        const struct key_part part = g_array_index(kind->parts, struct key_part, i);
        const gsize before = key->len;

        if (part.field != SIZE_MAX)
            plain_append(key, comparison->versions[version].plain, ledger, row, part.field);
        else
            append_link(key, comparison, version, ledger, row, part.link);
        if (kind->last_needed && i + 1 == kind->parts->len && key->len == before)
            return false;
        g_string_append_c(key, '\x1f');
    }
    return kind->parts->len > 0;
}

/* --- matching */

/* The rows of a key that have no partner yet, in their order. */
struct waiting {
    GArray *rows; /* size_t: of the new version */
    guint next;
    size_t nold; /* rows of the old version with that key */
};

static void waiting_free(gpointer data)
{
    g_array_free(((struct waiting *)data)->rows, TRUE);
    g_free(data);
}

static GHashTable *wait_rows(struct comparison *comparison, size_t ledger,
                             const struct key_kind *kind)
{
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, waiting_free);

    for (size_t row = 0; row < rows_of(comparison, NEW, ledger); row++) {
        struct waiting *waiting;

        if (comparison->versions[NEW].partner[ledger][row] != SIZE_MAX ||
            !make_key(comparison, NEW, ledger, row, kind))
            continue;
        waiting = g_hash_table_lookup(table, comparison->key->str);
        if (!waiting) {
            waiting = g_new0(struct waiting, 1);
            waiting->rows = g_array_new(FALSE, FALSE, sizeof(size_t));
            g_hash_table_insert(table, g_strdup(comparison->key->str), waiting);
        }
        g_array_append_val(waiting->rows, row);
    }
    return table;
}

static struct waiting *waiting_for(struct comparison *comparison, GHashTable *table, size_t ledger,
                                   size_t row, const struct key_kind *kind)
{
    if (comparison->versions[OLD].partner[ledger][row] != SIZE_MAX ||
        !make_key(comparison, OLD, ledger, row, kind))
        return NULL;
    return g_hash_table_lookup(table, comparison->key->str);
}

static void match(struct comparison *comparison, size_t ledger, const struct key_kind *kind)
{
    const size_t nold = rows_of(comparison, OLD, ledger);
    GHashTable *table = wait_rows(comparison, ledger, kind);

    for (size_t row = 0; kind->unique && row < nold; row++) {
        struct waiting *waiting = waiting_for(comparison, table, ledger, row, kind);

        if (waiting)
            waiting->nold++;
    }
    for (size_t row = 0; row < nold; row++) {
        struct waiting *waiting = waiting_for(comparison, table, ledger, row, kind);
        size_t other;

        if (!waiting || waiting->next == waiting->rows->len ||
            (kind->unique && (waiting->nold != 1 || waiting->rows->len != 1)))
            continue;
        other = g_array_index(waiting->rows, size_t, waiting->next++);
        comparison->versions[OLD].partner[ledger][row] = other;
        comparison->versions[NEW].partner[ledger][other] = row;
    }
    g_hash_table_destroy(table);
}

static void add_part(GArray *parts, size_t field, size_t link)
{
    const struct key_part part = {field, link};

    g_array_append_val(parts, part);
}

static void match_names(struct comparison *comparison, size_t ledger, const char *const *names,
                        bool unique)
{
    const struct schema *schema = schema_of(comparison, ledger);
    struct key_kind kind = {.parts = g_array_new(FALSE, FALSE, sizeof(struct key_part)),
                            .last_needed = true,
                            .unique = unique};

    for (size_t i = 0; names && names[i]; i++) {
        const struct key_part part = natural_part(schema, names[i]);

        add_part(kind.parts, part.field, part.link);
    }
    match(comparison, ledger, &kind);
    g_array_free(kind.parts, TRUE);
}

/* Rows that say the same in every cell and lead to the same rows. */
static void match_whole(struct comparison *comparison, size_t ledger)
{
    const struct schema *schema = schema_of(comparison, ledger);
    struct key_kind kind = {.parts = g_array_new(FALSE, FALSE, sizeof(struct key_part))};

    for (size_t f = 0; f < schema->nfield - schema->nderived; f++)
        add_part(kind.parts, f, SIZE_MAX);
    for (size_t k = 0; k < schema->nforeign_key; k++)
        add_part(kind.parts, SIZE_MAX, k);
    match(comparison, ledger, &kind);
    g_array_free(kind.parts, TRUE);
}

/* Whether rows may be told apart by it: an amount or a date is what a row says, not what it is. */
static bool names_rows(const struct field *field)
{
    return field->identify && (field->type == FIELD_STRING || field->type == FIELD_CODE ||
                               field->type == FIELD_AREA || field->type == FIELD_IDCARD);
}

/* In a ledger without key: its required links, and the words by which such a file is known. */
static void match_identifying(struct comparison *comparison, size_t ledger)
{
    const struct schema *schema = schema_of(comparison, ledger);
    struct key_kind kind = {.parts = g_array_new(FALSE, FALSE, sizeof(struct key_part)),
                            .unique = true};

    for (size_t k = 0; k < schema->nforeign_key; k++) {
        if (schema->foreign_keys[k].required)
            add_part(kind.parts, SIZE_MAX, k);
    }
    for (size_t f = 0; f < schema->nfield - schema->nderived; f++) {
        if (names_rows(&schema->fields[f]))
            add_part(kind.parts, f, SIZE_MAX);
    }
    match(comparison, ledger, &kind);
    g_array_free(kind.parts, TRUE);
}

static void match_ledger(struct comparison *comparison, size_t ledger)
{
    const struct natural natural = natural_of(schema_of(comparison, ledger));

    match_whole(comparison, ledger);
    match_names(comparison, ledger, natural.key, false);
    match_names(comparison, ledger, natural.fallback, true);
    if (!natural.key[0])
        match_identifying(comparison, ledger);
    comparison->matched[ledger] = true;
}

/* What a ledger points into comes before it; a circle is cut where it closes. */
static void match_in_order(struct comparison *comparison, size_t ledger, bool *entered)
{
    const struct schema *schema = schema_of(comparison, ledger);

    if (entered[ledger])
        return;
    entered[ledger] = true;
    for (size_t k = 0; k < schema->nforeign_key; k++) {
        const size_t target =
            ledger_index(comparison->versions[OLD].ledgers, schema->foreign_keys[k].ledger);

        if (target != SIZE_MAX)
            match_in_order(comparison, target, entered);
    }
    match_ledger(comparison, ledger);
}

/* --- differences */

static bool has_value(const struct ledger *ledger, size_t field)
{
    for (size_t row = 0; row < rowset_rows(ledger->rows); row++) {
        if (rowset_at(ledger->rows, row, field).state != STATE_EMPTY)
            return true;
    }
    return false;
}

/* A column that one version's files do not have would be a change in every row. */
static void find_columns(struct comparison *comparison, size_t index)
{
    struct ledger_comparison *of = &comparison->of[index];
    const struct schema *schema = schema_of(comparison, index);

    for (int version = 0; version < VERSIONS; version++) {
        const struct ledger *here = &comparison->versions[version].ledgers->list[index];
        const struct ledger *there = &comparison->versions[!version].ledgers->list[index];

        of->only[version] = g_new0(bool, schema->nfield);
        for (size_t f = 0; f < schema->nfield - schema->nderived; f++)
            of->only[version][f] = rowset_rows(there->rows) > 0 && here->columns[f] &&
                                   !there->columns[f] && !has_value(there, f);
    }
}

static void compare_cells(struct comparison *comparison, size_t ledger, size_t old, size_t new,
                          GString *texts[VERSIONS])
{
    struct ledger_comparison *of = &comparison->of[ledger];
    const struct schema *schema = schema_of(comparison, ledger);
    const guint before = of->changes->len;

    for (size_t f = 0; f < schema->nfield - schema->nderived; f++) {
        const struct change change = {{old, new}, f};

        if (of->only[OLD][f] || of->only[NEW][f])
            continue;
        for (int version = 0; version < VERSIONS; version++) {
            g_string_truncate(texts[version], 0);
            comparison_cell(texts[version], comparison, version, ledger, change.row[version], f);
        }
        if (!g_string_equal(texts[OLD], texts[NEW]))
            g_array_append_val(of->changes, change);
    }
    of->nchanged += of->changes->len > before;
}

static void list_differences(struct comparison *comparison, size_t ledger)
{
    struct ledger_comparison *of = &comparison->of[ledger];
    GString *texts[VERSIONS] = {g_string_new(NULL), g_string_new(NULL)};

    for (int version = 0; version < VERSIONS; version++) {
        of->nrow[version] = rows_of(comparison, version, ledger);
        of->present = of->present || comparison->versions[version].ledgers->list[ledger].present;
    }
    find_columns(comparison, ledger);
    for (size_t row = 0; row < of->nrow[OLD]; row++) {
        const size_t other = comparison->versions[OLD].partner[ledger][row];

        if (other == SIZE_MAX)
            g_array_append_val(of->left, row);
        else
            compare_cells(comparison, ledger, row, other, texts);
    }
    for (size_t row = 0; row < of->nrow[NEW]; row++) {
        if (comparison->versions[NEW].partner[ledger][row] == SIZE_MAX)
            g_array_append_val(of->entered, row);
    }
    g_string_free(texts[OLD], TRUE);
    g_string_free(texts[NEW], TRUE);
}

/* --- what callers see */

static void open_version(struct comparison *comparison, int version, const struct ledgers *ledgers)
{
    struct version *of = &comparison->versions[version];

    of->ledgers = ledgers;
    of->plain = plain_new(ledgers);
    of->partner = g_new(size_t *, ledgers->count);
    for (size_t i = 0; i < ledgers->count; i++) {
        const size_t nrow = rowset_rows(ledgers->list[i].rows);

        of->partner[i] = g_new(size_t, nrow);
        for (size_t row = 0; row < nrow; row++)
            of->partner[i][row] = SIZE_MAX;
    }
}

struct comparison *comparison_new(const struct ledgers *old, const struct ledgers *new)
{
    struct comparison *comparison = g_new0(struct comparison, 1);
    bool *entered;

    comparison->count = old->count;
    comparison->of = g_new0(struct ledger_comparison, old->count);
    comparison->matched = g_new0(bool, old->count);
    comparison->key = g_string_new(NULL);
    open_version(comparison, OLD, old);
    open_version(comparison, NEW, new);
    entered = g_new0(bool, old->count);
    for (size_t i = 0; i < old->count; i++)
        match_in_order(comparison, i, entered);
    for (size_t i = 0; i < old->count; i++) {
        comparison->of[i].left = g_array_new(FALSE, FALSE, sizeof(size_t));
        comparison->of[i].entered = g_array_new(FALSE, FALSE, sizeof(size_t));
        comparison->of[i].changes = g_array_new(FALSE, FALSE, sizeof(struct change));
        list_differences(comparison, i);
    }
    g_free(entered);
    return comparison;
}

void comparison_free(struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++) {
        g_array_free(comparison->of[i].left, TRUE);
        g_array_free(comparison->of[i].entered, TRUE);
        g_array_free(comparison->of[i].changes, TRUE);
        for (int version = 0; version < VERSIONS; version++) {
            g_free(comparison->of[i].only[version]);
            g_free(comparison->versions[version].partner[i]);
        }
    }
    for (int version = 0; version < VERSIONS; version++) {
        plain_free(comparison->versions[version].plain);
        g_free(comparison->versions[version].partner);
    }
    g_string_free(comparison->key, TRUE);
    g_free(comparison->matched);
    g_free(comparison->of);
    g_free(comparison);
}

const struct ledger_comparison *comparison_of(const struct comparison *comparison, size_t ledger)
{
    return &comparison->of[ledger];
}

void comparison_cell(GString *out, const struct comparison *comparison, int version, size_t ledger,
                     size_t row, size_t field)
{
    plain_append(out, comparison->versions[version].plain, ledger, row, field);
}

void comparison_public_cell(GString *out, const struct comparison *comparison, int version,
                            size_t ledger, size_t row, size_t field)
{
    static const char hidden[] = "■";
    const struct field *of = &schema_of(comparison, ledger)->fields[field];
    GString *text = g_string_new(NULL);

    comparison_cell(text, comparison, version, ledger, row, field);
    if (of->show[AUDIENCE_PUBLIC] == SHOW_FULL && !of->open_text && text_is_harmless(text->str) &&
        (of->mask == MASK_NONE || of->mask == MASK_NAME))
        g_string_append(out, text->str);
    else
        g_string_append(out, text->len ? hidden : "");
    g_string_free(text, TRUE);
}

/* Keys that lead on to one another end: schemas may go in a circle. */
static void append_key(GString *out, const struct comparison *comparison, int version,
                       size_t ledger, size_t row, int depth)
{
    const struct version *of = &comparison->versions[version];
    const struct ledger *rows = &of->ledgers->list[ledger];
    const char *const *names = rows->schema->primary_key;
    const gsize begin = out->len;

    for (size_t i = 0; names[i]; i++) {
        const struct key_part part = natural_part(rows->schema, names[i]);
        const gsize before = out->len;
        gsize filled;

        if (before > begin)
            g_string_append(out, "、");
        filled = out->len;
        if (part.field != SIZE_MAX)
            comparison_cell(out, comparison, version, ledger, row, part.field);
        else if (depth > 0 && rows->links[part.link] && rows->links[part.link][row])
            append_key(out, comparison, version,
                       ledger_index(of->ledgers, rows->schema->foreign_keys[part.link].ledger),
                       (size_t)rows->links[part.link][row] - 1, depth - 1);
        if (out->len == filled)
            g_string_truncate(out, before);
    }
}

void comparison_key(GString *out, const struct comparison *comparison, int version, size_t ledger,
                    size_t row)
{
    enum { DEPTH = 2 };

    append_key(out, comparison, version, ledger, row, DEPTH);
}
