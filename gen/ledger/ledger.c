/* Loads every ledger below a folder: the steps in their order, and the files they begin with. */
#include "ledger/ledger.h"

#include <string.h>

#include "base/file.h"
#include "ledger/load.h"
#include "ledger/title.h"
#include "ledger/twin.h"
#include "ledger/words.h"

static bool has_extension(const char *path, const char *extension)
{
    const size_t length = strlen(path), tail = strlen(extension);

    return length > tail && g_ascii_strcasecmp(path + length - tail, extension) == 0;
}

struct ledgers *ledgers_empty(const struct schemas *schemas)
{
    struct arena *arena = arena_new();
    struct ledgers *ledgers = arena_alloc(arena, sizeof *ledgers);

    ledgers->arena = arena;
    ledgers->schemas = schemas;
    ledgers->count = schemas_count(schemas);
    ledgers->list = arena_array(arena, ledgers->count, sizeof *ledgers->list);
    for (size_t i = 0; i < ledgers->count; i++) {
        struct ledger *ledger = &ledgers->list[i];
        const struct schema *schema = schemas_at(schemas, i);
        const char **names = g_new0(const char *, schema->nfield);

        for (size_t f = 0; f < schema->nfield; f++)
            names[f] = schema->fields[f].name;
        ledger->schema = schema;
        ledger->rows = rowset_new(schema->nfield, names);
        ledger->links = arena_array(arena, schema->nforeign_key, sizeof *ledger->links);
        ledger->columns = arena_array(arena, schema->nfield, sizeof *ledger->columns);
        g_free(names);
    }
    return ledgers;
}

void ledgers_free(struct ledgers *ledgers)
{
    if (!ledgers)
        return;
    for (size_t i = 0; i < ledgers->count; i++)
        rowset_free(ledgers->list[i].rows);
    arena_free(ledgers->arena);
}

struct ledger *ledgers_find(const struct ledgers *ledgers, const char *name)
{
    for (size_t i = 0; i < ledgers->count; i++) {
        if (strcmp(ledgers->list[i].schema->name, name) == 0)
            return &ledgers->list[i];
    }
    return NULL;
}

struct place ledger_file_place(const struct ledger_file *file)
{
    return (struct place){.file = file->path, .sheet = file->sheet};
}

struct place ledgers_place(const struct ledgers *ledgers, const struct ledger *ledger, size_t row,
                           size_t field)
{
    const struct ledger_file *file = &ledgers->files[ledger->origins[row].file];
    struct place place = ledger_file_place(file);
    const bool own = file->ledger && strcmp(file->ledger, ledger->schema->name) == 0;
    const uint16_t *columns = own ? file->columns : file->also_columns;

    place.line = ledger->origins[row].line;
    if (field != SIZE_MAX) {
        place.column = columns ? columns[field] : 0;
        place.field = ledger->schema->fields[field].name;
    }
    return place;
}

/* 噶查=嘎查、乙=甲 as pairs; what is no pair is passed over. */
static const struct synonym *read_variants(struct arena *arena, const struct settings *settings)
{
    const char *text = settings_value(settings, SETTING_VARIANTS, 0);
    gchar **pairs = g_regex_split_simple("[、，,；;\\s]+", text ? text : "", 0, 0);
    struct synonym *variants = arena_array(arena, g_strv_length(pairs) + 1, sizeof *variants);
    size_t count = 0;

    for (size_t i = 0; pairs[i]; i++) {
        const char *equals = strchr(pairs[i], '=');

        if (equals && equals > pairs[i])
            variants[count++] =
                (struct synonym){arena_text_length(arena, pairs[i], (size_t)(equals - pairs[i])),
                                 arena_text(arena, equals + 1)};
    }
    g_strfreev(pairs);
    return variants;
}

static struct load *load_open(const struct schemas *schemas, struct settings *settings,
                              struct findings *findings)
{
    struct load *load = g_new0(struct load, 1);

    load->ledgers = ledgers_empty(schemas);
    load->arena = load->ledgers->arena;
    load->settings = settings;
    load->findings = findings;
    load->variants = read_variants(load->arena, settings);
    load->files = g_array_new(FALSE, TRUE, sizeof(struct ledger_file));
    load->sources = g_array_new(FALSE, TRUE, sizeof(struct source));
    load->invalid = g_array_new(FALSE, TRUE, sizeof(struct invalid_cell));
    load->lost = g_array_new(FALSE, TRUE, sizeof(struct lost_row));
    load->repeated = g_array_new(FALSE, TRUE, sizeof(struct repeated_row));
    load->clashes = g_array_new(FALSE, TRUE, sizeof(struct key_clash));
    load->years = g_array_new(FALSE, TRUE, sizeof(int));
    load->extra = g_new0(struct rows_extra, load->ledgers->count);
    for (size_t i = 0; i < load->ledgers->count; i++) {
        load->extra[i].origins = g_array_new(FALSE, TRUE, sizeof(struct row_origin));
        load->extra[i].sources = g_array_new(FALSE, TRUE, sizeof(uint8_t));
        load->extra[i].households = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    }
    return load;
}

static void *keep(struct arena *arena, GArray *array)
{
    return arena_copy(arena, array->data, (size_t)array->len * g_array_get_element_size(array));
}

/* What was gathered becomes the ledgers' own. */
static struct ledgers *load_close(struct load *load)
{
    struct ledgers *ledgers = load->ledgers;

    ledgers->nfile = load->files->len;
    ledgers->files = keep(load->arena, load->files);
    ledgers->ninvalid = load->invalid->len;
    ledgers->invalid = keep(load->arena, load->invalid);
    ledgers->nlost = load->lost->len;
    ledgers->lost = keep(load->arena, load->lost);
    ledgers->nrepeated = load->repeated->len;
    ledgers->repeated = keep(load->arena, load->repeated);
    ledgers->nclash = load->clashes->len;
    ledgers->clashes = keep(load->arena, load->clashes);
    for (size_t i = 0; i < ledgers->count; i++) {
        ledgers->list[i].origins = keep(load->arena, load->extra[i].origins);
        g_array_free(load->extra[i].origins, TRUE);
        g_array_free(load->extra[i].sources, TRUE);
        g_array_free(load->extra[i].households, TRUE);
    }
    g_array_free(load->files, TRUE);
    g_array_free(load->sources, TRUE);
    load_invalid_forget(load);
    g_array_free(load->invalid, TRUE);
    g_array_free(load->lost, TRUE);
    g_array_free(load->repeated, TRUE);
    g_array_free(load->clashes, TRUE);
    g_array_free(load->years, TRUE);
    g_free(load->extra);
    g_free(load);
    return ledgers;
}

static uint16_t *columns_of(struct arena *arena, const struct schema *schema,
                            const struct column_use *uses)
{
    uint16_t *columns = arena_array(arena, schema->nfield, sizeof *columns);

    for (size_t f = 0; f < schema->nfield; f++) {
        if (uses[f].column < UINT16_MAX)
            columns[f] = (uint16_t)(uses[f].column + 1);
    }
    return columns;
}

/* The file's titles are needed until all villages are known. */
static void keep_titles(struct load *load, const struct sheet *sheet, struct source *source)
{
    const char **titles = arena_array(load->arena, sheet->ntitle, sizeof *titles);

    for (size_t i = 0; i < sheet->ntitle; i++)
        titles[i] = arena_text(load->arena, sheet->titles[i]);
    source->titles = titles;
    source->ntitle = sheet->ntitle;
}

static void note_columns(struct ledger *ledger, const uint16_t *columns)
{
    for (size_t f = 0; f < ledger->schema->nfield; f++) {
        if (ledger->columns[f] == 0)
            ledger->columns[f] = columns[f];
    }
}

static void read_recognised(struct load *load, uint32_t index, const struct sheet *sheet,
                            const struct match *match)
{
    struct ledger_file *file = &g_array_index(load->files, struct ledger_file, index);
    struct source *source = &g_array_index(load->sources, struct source, index);
    struct ledger *ledger = load_ledger(load, match->ledger);
    const size_t first = load_rows(load, match->ledger);

    ledger->present = true;
    file->ledger = match->schema->name;
    file->columns = columns_of(load->arena, match->schema, match->uses);
    note_columns(ledger, file->columns);
    source->ledger = match->ledger;
    source->also = match->also;
    if (match->also_uses) {
        struct ledger *also = load_ledger(load, match->also);

        file->also_columns = columns_of(load->arena, also->schema, match->also_uses);
        note_columns(also, file->also_columns);
    }
    keep_titles(load, sheet, source);
    rows_read(load, index, sheet, match);
    titles_apply(load, index, sheet, match, first);
    name_count_check(load, index, match);
    twins_report(sheet, match, load->findings);
}

void load_lose_named(struct load *load, const char *name, struct place place)
{
    const size_t ledger = recognise_name(load->ledgers->schemas, name);

    if (ledger != SIZE_MAX)
        load_lose(load, ledger, NULL, place);
}

bool load_table(struct load *load, const struct recogniser *recogniser,
                const struct csv_table *table, struct findings *refusal)
{
    struct ledger_file file = {.path = arena_text(load->arena, table->path),
                               .sheet = arena_text(load->arena, table->sheet),
                               .encoding = arena_text(load->arena, table->encoding)};
    const guint index = load_file(load, file);
    struct arena *arena = arena_new();
    struct findings *said = findings_new();
    struct sheet sheet;
    struct match match;
    const bool known =
        recognise(recogniser, arena, table, load->settings, &sheet, &match, said) == 0;

    findings_move(known ? load->findings : refusal, said);
    findings_free(said);
    if (known)
        read_recognised(load, index, &sheet, &match);
    else
        g_array_index(load->files, struct ledger_file, index).rows_refused = table->nrow;
    arena_free(arena);
    return known;
}

guint load_file(struct load *load, struct ledger_file file)
{
    const struct source source = {.ledger = SIZE_MAX, .also = SIZE_MAX};

    g_array_append_val(load->files, file);
    g_array_append_val(load->sources, source);
    return load->files->len - 1;
}

static void load_csv(struct load *load, const struct recogniser *recogniser, const char *folder,
                     const char *path)
{
    struct csv_table *table = csv_read(folder, path, load->findings);

    if (!table)
        load_file(load,
                  (struct ledger_file){.path = arena_text(load->arena, path), .encoding = ""});
    if (!table || !load_table(load, recogniser, table, load->findings))
        load_lose_named(load, path, (struct place){.file = path});
    csv_table_free(table);
}

/* Such a workbook is not read; one that stands beside its own CSV or .xlsx need not be. */
static void report_workbook(const char *path, char *const *paths, struct findings *findings)
{
    static const char *const extensions[] = {".xls", ".et", ".ods", ".xlsb"};
    static const char *const readable[] = {"csv", "xlsx"};

    for (size_t i = 0; i < G_N_ELEMENTS(extensions); i++) {
        bool beside = false;

        if (!has_extension(path, extensions[i]))
            continue;
        for (size_t k = 0; k < G_N_ELEMENTS(readable); k++) {
            const size_t stem = strlen(path) - strlen(extensions[i]);
            char *other = g_strdup_printf("%.*s.%s", (int)stem, path, readable[k]);

            beside = beside || g_strv_contains((const gchar *const *)paths, other);
            g_free(other);
        }
        if (!beside)
            finding_add(findings, FINDING_LEDGER_WORKBOOK, (struct place){.file = path});
    }
}

/* The files to read: all below a folder, or one alone. *folder is theirs. Both g_free()d. */
static char **list_inputs(const char *input, char **folder, struct findings *findings)
{
    char *alone[2] = {NULL, NULL}, **paths;

    if (folder_exists(input) || !file_exists(input)) {
        *folder = g_strdup(input);
        return file_list(input, findings);
    }
    *folder = g_path_get_dirname(input);
    alone[0] = g_path_get_basename(input);
    paths = g_strdupv(alone);
    g_free(alone[0]);
    return paths;
}

static void load_files(struct load *load, const char *input)
{
    struct recogniser *recogniser = recogniser_new(load->ledgers->schemas);
    char *folder, **paths = list_inputs(input, &folder, load->findings);

    for (size_t i = 0; paths && paths[i]; i++) {
        if (settings_is_file(paths[i]))
            continue;
        if (has_extension(paths[i], ".csv"))
            load_csv(load, recogniser, folder, paths[i]);
        else if (has_extension(paths[i], ".xlsx") || has_extension(paths[i], ".xlsm"))
            load_book(load, recogniser, folder, paths[i]);
        else
            report_workbook(paths[i], paths, load->findings);
    }
    g_strfreev(paths);
    g_free(folder);
    recogniser_free(recogniser);
}

static bool is_filled_by_others(const struct ledgers *ledgers, size_t ledger)
{
    for (size_t i = 0; i < ledgers->count; i++) {
        const char *also = ledgers->list[i].schema->also;

        if (also && strcmp(also, ledgers->list[ledger].schema->name) == 0)
            return true;
    }
    return false;
}

/* What is pointed into must be final: equal rows dropped, households settled, then the members, who
 * are told apart by their households, then all else. */
static void connect(struct load *load)
{
    const struct ledgers *ledgers = load->ledgers;

    for (size_t i = 0; i < ledgers->count; i++) {
        if (!ledgers->list[i].schema->also)
            duplicates_drop(load, i);
    }
    for (size_t i = 0; i < ledgers->count; i++) {
        if (is_filled_by_others(ledgers, i))
            households_settle(load, i);
    }
    for (size_t i = 0; i < ledgers->count; i++) {
        if (ledgers->list[i].schema->also) {
            links_make(load, i);
            duplicates_drop(load, i);
        }
    }
    for (size_t i = 0; i < ledgers->count; i++) {
        if (!ledgers->list[i].schema->also)
            links_make(load, i);
    }
    links_done(load);
    villages_finish(load);
    members_check(load);
    for (size_t i = 0; i < ledgers->count; i++)
        duplicates_report(load, i);
}

struct ledgers *ledgers_load(const struct schemas *schemas, const char *input,
                             struct settings *settings, struct findings *findings)
{
    struct load *load = load_open(schemas, settings, findings);

    load_files(load, input);
    titles_suggest_year(load);
    villages_fill(load);
    connect(load);
    return load_close(load);
}
