/* Matches heads to schemas: the schema whose identify columns are all there and that knows most
 * wins. */
#include "ledger/recognise.h"

#include <glib.h>
#include <string.h>

#include "base/text.h"
#include "ledger/recognise_report.h"
#include "ledger/title.h"
#include "ledger/words.h"

/* How a name stands in a schema; the lower, the better it fits. */
enum { RANK_NAME, RANK_ALIAS, RANK_BARE, RANKS = 4 };

struct dictionary {
    GHashTable *names; /* folded name: field * RANKS + rank + 1 */
};

struct recogniser {
    const struct schemas *schemas;
    struct arena *arena;
    struct dictionary *dictionaries; /* one a schema */
};

static size_t read_fields(const struct schema *schema)
{
    return schema->nfield - schema->nderived;
}

static void add_name(struct dictionary *dictionary, const char *name, size_t field, size_t rank)
{
    const size_t known = GPOINTER_TO_SIZE(g_hash_table_lookup(dictionary->names, name));

    if (!known || (known - 1) % RANKS > rank)
        g_hash_table_insert(dictionary->names, (gpointer)name,
                            GSIZE_TO_POINTER(field * RANKS + rank + 1));
}

static void add_names(struct recogniser *recogniser, struct dictionary *dictionary,
                      const char *text, size_t field, size_t rank)
{
    const char *unit;
    const struct head_name name = head_name_of(recogniser->arena, text, &unit);

    add_name(dictionary, name.full, field, rank);
    if (name.bare)
        add_name(dictionary, name.bare, field, RANK_BARE);
}

struct recogniser *recogniser_new(const struct schemas *schemas)
{
    struct recogniser *recogniser = g_new0(struct recogniser, 1);

    recogniser->schemas = schemas;
    recogniser->arena = arena_new();
    recogniser->dictionaries = g_new0(struct dictionary, schemas_count(schemas));
    for (size_t s = 0; s < schemas_count(schemas); s++) {
        const struct schema *schema = schemas_at(schemas, s);
        struct dictionary *dictionary = &recogniser->dictionaries[s];

        dictionary->names = g_hash_table_new(g_str_hash, g_str_equal);
        for (size_t f = 0; f < read_fields(schema); f++) {
            const struct field *field = &schema->fields[f];

            add_names(recogniser, dictionary, field->name, f, RANK_NAME);
            for (size_t a = 0; field->aliases[a]; a++)
                add_names(recogniser, dictionary, field->aliases[a], f, RANK_ALIAS);
        }
    }
    return recogniser;
}

void recogniser_free(struct recogniser *recogniser)
{
    if (!recogniser)
        return;
    for (size_t s = 0; s < schemas_count(recogniser->schemas); s++)
        g_hash_table_destroy(recogniser->dictionaries[s].names);
    g_free(recogniser->dictionaries);
    arena_free(recogniser->arena);
    g_free(recogniser);
}

static bool is_numeric(const struct field *field)
{
    return field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL ||
           field->type == FIELD_MONEY;
}

/* 姓名(户主) is not 姓名, but 金额(万元) is 金额, 性别(男/女) is 性别: whether the bracket only
 * explains. */
static bool bracket_explains(const struct field *field, const char *bracket)
{
    int scale;

    switch (field->type) {
    case FIELD_INTEGER:
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        return g_utf8_strlen(bracket, -1) <= 2 ||
               (field->unit && unit_scale(bracket, field->unit, &scale) != UNIT_NONE);
    case FIELD_DATE:
    case FIELD_YEAR:
    case FIELD_BOOLEAN:
        return true;
    case FIELD_STRING:
    case FIELD_CODE:
    case FIELD_IDCARD:
    case FIELD_PHONE:
    case FIELD_AREA:
        return strpbrk(bracket, "/") || strstr(bracket, "、") || strstr(bracket, "填") ||
               strstr(bracket, "选");
    }
    return false;
}

/* What a column's best name says: the field, or SIZE_MAX; *quality: the lower the surer. */
static size_t field_of_column(const struct dictionary *dictionary, const struct schema *schema,
                              const struct head_column *column, size_t *quality)
{
    for (size_t i = 0; i < HEAD_NAMES; i++) {
        const char *const names[] = {column->names[i].full, column->names[i].bare};

        for (size_t bare = 0; bare < G_N_ELEMENTS(names); bare++) {
            const size_t known =
                names[bare] ? GPOINTER_TO_SIZE(g_hash_table_lookup(dictionary->names, names[bare]))
                            : 0;
            const size_t field = known ? (known - 1) / RANKS : SIZE_MAX;

            if (!known ||
                (bare && column->unit && !bracket_explains(&schema->fields[field], column->unit)))
                continue;
            *quality = (i * 2 + bare) * RANKS + (known - 1) % RANKS;
            return field;
        }
    }
    return SIZE_MAX;
}

static void set_scale(const struct sheet *sheet, const struct field *field, struct column_use *use)
{
    const char *unit = sheet->columns[use->column].unit;

    if (!is_numeric(field) || !field->unit)
        return;
    if (unit && unit_scale(unit, field->unit, &use->scale) == UNIT_FOREIGN)
        use->broken = true;
    if (!unit && field->type == FIELD_MONEY)
        sheet_title_scale(sheet, field->unit, &use->scale);
}

/* Gives each field its best column. open[c]: the column may be used. */
static struct column_use *use_columns(const struct recogniser *recogniser, struct arena *arena,
                                      size_t ledger, const struct sheet *sheet, const bool *open)
{
    const struct schema *schema = schemas_at(recogniser->schemas, ledger);
    struct column_use *uses = arena_array(arena, schema->nfield, sizeof *uses);
    size_t *best = arena_array(arena, schema->nfield, sizeof *best);

    for (size_t f = 0; f < schema->nfield; f++)
        uses[f].column = NO_COLUMN;
    for (size_t c = 0; c < sheet->ncolumn; c++) {
        size_t quality = 0, field = SIZE_MAX;

        if (open[c])
            field = field_of_column(&recogniser->dictionaries[ledger], schema, &sheet->columns[c],
                                    &quality);
        if (field == SIZE_MAX)
            continue;
        if (uses[field].column == NO_COLUMN || quality < best[field]) {
            uses[field] = (struct column_use){.column = (uint32_t)c};
            best[field] = quality;
        } else if (quality == best[field]) {
            uses[field].broken = true;
        }
    }
    for (size_t f = 0; f < schema->nfield; f++) {
        if (uses[f].column == NO_COLUMN)
            continue;
        /* several columns below one group's name: none of them is the field */
        if (uses[f].broken && best[f] / RANKS / 2 == HEAD_UPPER)
            uses[f] = (struct column_use){.column = NO_COLUMN};
        else
            set_scale(sheet, &schema->fields[f], &uses[f]);
    }
    return uses;
}

/* The columns that may fill the other ledger: those not used, and those of areas and the household.
 */
static void open_for_also(const struct schema *schema, const struct schema *also,
                          const struct column_use *uses, bool *open)
{
    for (size_t f = 0; f < schema->nfield; f++) {
        const struct field *field = &schema->fields[f];

        if (uses[f].column != NO_COLUMN)
            open[uses[f].column] = (field->type == FIELD_AREA || field->household_level) &&
                                   schema_field(also, field->name) != SIZE_MAX;
    }
}

static size_t index_of(const struct schemas *schemas, const char *name)
{
    for (size_t s = 0; s < schemas_count(schemas); s++) {
        if (strcmp(schemas_at(schemas, s)->name, name) == 0)
            return s;
    }
    return SIZE_MAX;
}

static bool is_serial(const struct head_column *column)
{
    return column->names[HEAD_LOWER].full && strcmp(column->names[HEAD_LOWER].full, "序号") == 0;
}

static bool is_household_key(const char *name)
{
    return strcmp(name, FIELD_HOUSEHOLD_NUMBER) == 0 || strcmp(name, FIELD_HEAD_NAME) == 0 ||
           strcmp(name, FIELD_HEAD_ID) == 0;
}

static void count_also(const struct schema *also, bool *used, struct match *match)
{
    for (size_t f = 0; f < also->nfield; f++) {
        const uint32_t column = match->also_uses[f].column;

        if (column == NO_COLUMN)
            continue;
        match->carries = match->carries || (!used[column] && also->fields[f].type != FIELD_AREA &&
                                            !is_household_key(also->fields[f].name));
        used[column] = true;
    }
}

static void count_columns(const struct recogniser *recogniser, struct arena *arena,
                          const struct sheet *sheet, struct match *match)
{
    const struct schema *schema = match->schema;
    bool *used = arena_array(arena, sheet->ncolumn, sizeof *used);

    for (size_t f = 0; f < schema->nfield; f++) {
        if (match->uses[f].column != NO_COLUMN)
            used[match->uses[f].column] = true;
        else if (schema->fields[f].identify && title_knows(sheet, &schema->fields[f]))
            match->titled++;
        else if (schema->fields[f].identify)
            match->missing++;
    }
    if (match->also_uses)
        count_also(schemas_at(recogniser->schemas, match->also), used, match);
    for (size_t c = 0; c < sheet->ncolumn; c++) {
        match->matched += used[c];
        match->named += sheet->columns[c].text && (used[c] || !is_serial(&sheet->columns[c]));
    }
}

static void match_schema(const struct recogniser *recogniser, struct arena *arena, size_t ledger,
                         const struct sheet *sheet, struct match *match)
{
    const struct schema *schema = schemas_at(recogniser->schemas, ledger);
    bool *open = arena_array(arena, sheet->ncolumn, sizeof *open);

    *match = (struct match){.schema = schema, .ledger = ledger, .also = SIZE_MAX};
    for (size_t c = 0; c < sheet->ncolumn; c++)
        open[c] = true;
    match->uses = use_columns(recogniser, arena, ledger, sheet, open);
    if (schema->also)
        match->also = index_of(recogniser->schemas, schema->also);
    if (match->also != SIZE_MAX) {
        open_for_also(schema, schemas_at(recogniser->schemas, match->also), match->uses, open);
        match->also_uses = use_columns(recogniser, arena, match->also, sheet, open);
    }
    count_columns(recogniser, arena, sheet, match);
}

/* How well a name speaks for the schema: the length of its title or name in it. */
static size_t named_by(const struct schema *schema, const char *name)
{
    if (strstr(name, schema->title))
        return strlen(schema->title);
    return strstr(name, schema->name) ? strlen(schema->name) : 0;
}

static size_t named_by_file(const struct schema *schema, const char *path)
{
    char *base = g_path_get_basename(path);
    const size_t length = named_by(schema, base);

    g_free(base);
    return length;
}

/* The file's name and, before it, that of the sheet. */
static size_t named_by_table(const struct schema *schema, const struct csv_table *table)
{
    const size_t by_sheet = table->sheet ? named_by(schema, table->sheet) : 0;

    return by_sheet ? by_sheet + UINT16_MAX : named_by_file(schema, table->path);
}

static bool set_to(const struct schema *schema, const char *name, const struct settings *settings)
{
    static const char *const colons[] = {":", "："};
    bool set = false;

    for (size_t i = 0; i < G_N_ELEMENTS(colons); i++) {
        char *key = g_strconcat("台账", colons[i], name, NULL);
        const char *value = settings_value(settings, key, 0);

        set = set ||
              (value && (strcmp(value, schema->name) == 0 || strcmp(value, schema->title) == 0));
        g_free(key);
    }
    return set;
}

/* 设置.csv's row 台账:文件名; the colon may be full-width, the name without its folder or ending. A
 * sheet of a workbook is 文件名/表名. */
static bool set_by_setting(const struct schema *schema, const struct csv_table *table,
                           const struct settings *settings)
{
    char *base = g_path_get_basename(table->path);
    const char *dot = strrchr(base, '.');
    char *stem = g_strndup(base, dot ? (gsize)(dot - base) : strlen(base));
    const char *const names[] = {table->path, base, stem};
    bool set = false;

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        char *name = g_strconcat(names[i], table->sheet ? "/" : NULL, table->sheet, NULL);

        set = set || set_to(schema, name, settings);
        g_free(name);
    }
    g_free(stem);
    g_free(base);
    return set;
}

/* Over zero if a is the likelier one. What the clerk wrote down outweighs what is counted. */
static int compare(const struct match *a, const struct match *b, const struct csv_table *table,
                   const struct settings *settings)
{
    const size_t a_named = named_by_table(a->schema, table);
    const size_t b_named = named_by_table(b->schema, table);
    const bool a_set = set_by_setting(a->schema, table, settings);
    const bool b_set = set_by_setting(b->schema, table, settings);

    if (a_set != b_set)
        return a_set ? 1 : -1;
    if (a->titled != b->titled)
        return a->titled < b->titled ? 1 : -1;
    if (a->matched != b->matched)
        return a->matched > b->matched ? 1 : -1;
    /* households and members in one sheet: the rows are members */
    if (a->also == b->ledger || b->also == a->ledger)
        return a->also == b->ledger ? 1 : -1;
    return a_named == b_named ? 0 : a_named > b_named ? 1 : -1;
}

/* All schemas against one head: whether one is complete, and the most columns known. */
struct score {
    bool complete;
    size_t matched;
};

static struct score score_head(const struct recogniser *recogniser, struct arena *arena,
                               const struct sheet *sheet, struct match *matches)
{
    struct score score = {false, 0};

    for (size_t s = 0; s < schemas_count(recogniser->schemas); s++) {
        struct score one;

        match_schema(recogniser, arena, s, sheet, &matches[s]);
        one = (struct score){matches[s].missing == 0, matches[s].matched};
        if (one.complete > score.complete ||
            (one.complete == score.complete && one.matched > score.matched))
            score = one;
    }
    return score;
}

static bool is_better(struct score a, struct score b)
{
    return a.complete != b.complete ? a.complete : a.matched > b.matched;
}

/* Between heads that know equally many columns: the second row of groups that are plainly laid out
 * belongs to the head, an upper row that adds no name is a title. */
static bool says_more(size_t head, size_t nhead, size_t row, size_t n, enum head_layout layout)
{
    return (n == 2 && layout == HEAD_DOUBLE && nhead == 1 && row == head) ||
           (n == 1 && nhead == 2 && row == head + 1);
}

/* The rows that know most columns are the head; matches are theirs. false: no row knows two. */
static bool find_head(const struct recogniser *recogniser, struct arena *arena,
                      const struct csv_table *table, struct sheet *sheet, struct match *matches)
{
    struct arena *trial = arena_new();
    const size_t nschema = schemas_count(recogniser->schemas);
    struct match *tried = arena_array(trial, nschema, sizeof *tried);
    struct score best = {false, 0};
    size_t head = 0, nhead = 0;

    for (size_t r = 0; r < MIN(table->nrow, (size_t)SHEET_HEAD_WITHIN); r++) {
        const enum head_layout layout = sheet_head_layout(table, r);

        if (best.complete && r > head + 1) /* below are rows of data, or the head once more */
            break;
        for (size_t n = 1; n <= (layout == HEAD_SINGLE ? 1u : 2u); n++) {
            struct sheet candidate;
            struct score score;

            sheet_read(trial, table, r, n, &candidate);
            score = score_head(recogniser, trial, &candidate, tried);
            if (is_better(score, best) ||
                (!is_better(best, score) && says_more(head, nhead, r, n, layout))) {
                best = score;
                head = r;
                nhead = n;
            }
        }
    }
    arena_free(trial);
    if (best.matched < 2 && !best.complete)
        return false;
    sheet_read(arena, table, head, nhead, sheet);
    score_head(recogniser, arena, sheet, matches);
    return true;
}

int recognise(const struct recogniser *recogniser, struct arena *arena,
              const struct csv_table *table, const struct settings *settings, struct sheet *sheet,
              struct match *match, struct findings *findings)
{
    const size_t nschema = schemas_count(recogniser->schemas);
    struct match *matches = arena_array(arena, nschema, sizeof *matches);
    const struct match *best = NULL, *rival = NULL;

    if (!find_head(recogniser, arena, table, sheet, matches))
        return finding_add(findings, FINDING_LEDGER_NO_HEAD, csv_place(table, 0, 0));
    for (size_t s = 0; s < nschema; s++) {
        const int order = !best                ? 1
                          : matches[s].missing ? -1
                                               : compare(&matches[s], best, table, settings);

        if (matches[s].missing)
            continue;
        if (order == 0)
            rival = &matches[s];
        if (order > 0) {
            best = &matches[s];
            rival = NULL;
        }
    }
    if (!best)
        return report_unrecognised(matches, nschema, sheet, findings);
    if (rival)
        return finding_add(findings, FINDING_LEDGER_AMBIGUOUS, csv_place(table, 0, 0),
                           best->schema->title, rival->schema->title);
    *match = *best;
    report_recognised(recogniser->schemas, match, sheet, findings);
    return 0;
}

size_t recognise_name(const struct schemas *schemas, const char *path)
{
    char *base = g_path_get_basename(path);
    size_t found = SIZE_MAX, length = strlen("人"); /* one character says too little */

    for (size_t s = 0; s < schemas_count(schemas); s++) {
        const struct schema *schema = schemas_at(schemas, s);
        const size_t named = named_by_file(schema, path);

        if (named > length || (named > 0 && g_str_has_prefix(base, schema->name) &&
                               (base[named] == '.' || base[named] == '\0'))) {
            found = s;
            length = MAX(named, length);
        }
    }
    g_free(base);
    return found;
}
