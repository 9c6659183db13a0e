/* Loads the templates of a folder and finds one by name. */
#include "document/template.h"

#include <glib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "document/body.h"
#include "document/parts.h"
#include "document/reader.h"
#include "document/suggest.h"

enum { TEMPLATE_BYTES = 1 << 20 };

struct templates {
    struct arena *arena;
    GPtrArray *files;     /* struct yaml_file */
    GPtrArray *sheets;    /* const struct sheet */
    GPtrArray *templates; /* struct template, by id */
    struct template_world world;
};

/* One file being read. */
struct loading {
    struct templates *templates;
    struct findings *findings;
    const char *source; /* the file's bytes */
};

static const char *const FOLDERS[] = {"notices/", "cards/", "forms/", "workbooks/", "prose/", NULL};
static const char *const AUDIENCE_NAMES[] = {"public", "household", "internal", "official", NULL};
static const char *const TYPE_NAMES[] = {"string", "integer", "decimal", "money",  "date",
                                         "year",   "boolean", "code",    "idcard", "phone",
                                         "area",   NULL};

const struct template_head *template_head(const struct template *template)
{
    return &template->head;
}

size_t templates_count(const struct templates *templates)
{
    return templates->templates->len;
}

const struct template *templates_at(const struct templates *templates, size_t index)
{
    return templates->templates->pdata[index];
}

/* The SQL of a node. In a block it begins on the next line, after the block's indentation. */
static struct sql read_sql(const struct loading *loading, const struct yaml_node *node)
{
    struct sql sql = {.where = node->place};
    const char *line = loading->source;

    if (node->kind != YAML_TEXT) {
        suggest_kind(loading->findings, node, YAML_TEXT);
        return sql;
    }
    sql.text = node->text;
    if (!node->block) {
        sql.where.column += node->plain ? 0 : 1;
        return sql;
    }
    for (uint32_t i = 0; i < node->place.line; i++) {
        const char *end = strchr(line, '\n');

        line = end ? end + 1 : line + strlen(line);
    }
    sql.where.line++;
    line += strspn(line, "\r\n");
    sql.where.column = (uint32_t)strspn(line, " ") + 1;
    return sql;
}

static const char *const *keep_list(const struct loading *loading, const struct yaml_node *root,
                                    const char *key)
{
    const char **list = read_list(root, key, loading->findings);
    const char *const *kept = arena_copy(loading->templates->arena, list,
                                         (g_strv_length((char **)list) + 1) * sizeof(*list));

    g_free(list);
    return kept;
}

/* Every text of the member must be one of the words. */
static void check_words(const struct loading *loading, const struct yaml_node *root,
                        const char *key, const char *const *words, enum finding_code code)
{
    const struct yaml_node *node = yaml_member(root, key);

    for (size_t i = 0; node && i < (node->kind == YAML_LIST ? node->count : 1); i++) {
        const struct yaml_node *item = node->kind == YAML_LIST ? &node->children[i] : node;

        if (item->kind == YAML_TEXT && !g_strv_contains(words, item->text))
            suggest_from(loading->findings, code, item->place, item->text, words);
    }
}

static void read_head(const struct loading *loading, const struct yaml_node *root,
                      struct template *template)
{
    const struct schemas *schemas = loading->templates->world.schemas;
    struct template_head *head = &template->head;
    const char **ledgers = g_new0(const char *, schemas_count(schemas) + 1);

    for (size_t i = 0; i < schemas_count(schemas); i++)
        ledgers[i] = schemas_at(schemas, i)->name;
    head->id = read_required(root, "id", loading->findings);
    head->title = read_required(root, "title", loading->findings);
    head->description = yaml_text(root, "description", "", loading->findings);
    head->aliases = keep_list(loading, root, "aliases");
    head->ledgers = keep_list(loading, root, "ledgers");
    head->formats = keep_list(loading, root, "formats");
    head->place = root->place;
    read_required(root, "audience", loading->findings);
    head->audience =
        (enum audience)read_word(root, "audience", AUDIENCE_NAMES, AUDIENCE_PUBLIC, loading->findings);
    if (!head->formats[0])
        finding_add(loading->findings, FINDING_TEMPLATE_MISSING_KEY, root->place, "formats");
    check_words(loading, root, "ledgers", ledgers, FINDING_TEMPLATE_UNKNOWN_LEDGER);
    check_words(loading, root, "formats", loading->templates->world.formats,
                FINDING_TEMPLATE_UNKNOWN_WORD);
    g_free(ledgers);
}

static void read_parameters(const struct loading *loading, const struct yaml_node *root,
                            struct template *template)
{
    static const char *const KEYS[] = {"type", "default", NULL};
    const struct yaml_node *map = yaml_member(root, "parameters");
    struct parameter *parameters;

    if (!map)
        return;
    if (map->kind != YAML_MAP) {
        suggest_kind(loading->findings, map, YAML_MAP);
        return;
    }
    parameters = arena_array(loading->templates->arena, map->count, sizeof(*parameters));
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_node *node = &map->children[i];

        parameters[i] = (struct parameter){.name = node->key, .place = node->key_place};
        if (yaml_only(node, KEYS, loading->findings) != 0)
            continue;
        read_required(node, "type", loading->findings);
        parameters[i].type =
            (enum field_type)read_word(node, "type", TYPE_NAMES, FIELD_STRING, loading->findings);
        parameters[i].fallback = yaml_text(node, "default", NULL, loading->findings);
    }
    template->parameters = parameters;
    template->nparameter = map->count;
}

static void read_each(const struct loading *loading, const struct yaml_node *root,
                      struct template *template)
{
    static const char *const EACH_KEYS[] = {"ledgers", NULL};
    static const char *const UNIT_KEYS[] = {"rows", "name", NULL};
    static const char *const WITH_ROWS[] = {"with-rows", NULL};
    const struct yaml_node *each = yaml_member(root, "each");
    const struct yaml_node *unit = yaml_member(root, "unit");

    if (each && each->kind == YAML_TEXT) {
        template->each = read_sql(loading, each);
    } else if (each && yaml_only(each, EACH_KEYS, loading->findings) == 0) {
        read_required(each, "ledgers", loading->findings);
        read_word(each, "ledgers", WITH_ROWS, 0, loading->findings);
        template->each_ledger = true;
    }
    if (unit && unit->kind == YAML_TEXT) {
        template->unit = read_sql(loading, unit);
    } else if (unit && yaml_only(unit, UNIT_KEYS, loading->findings) == 0) {
        const struct yaml_node *rows = yaml_member(unit, "rows");
        const struct yaml_node *name = yaml_member(unit, "name");

        if (read_required(unit, "rows", loading->findings))
            template->unit = read_sql(loading, rows);
        if (name)
            template->unit_name =
                phrase_parse(loading->templates->arena, name, false, loading->findings);
    }
    template->head.by_unit = unit != NULL;
}

static struct data_set *read_data(const struct loading *loading, const struct yaml_node *root,
                                  struct template *template)
{
    const struct yaml_node *map = yaml_member(root, "data");
    struct data_set *data;

    if (!map)
        return NULL;
    if (map->kind != YAML_MAP) {
        suggest_kind(loading->findings, map, YAML_MAP);
        return NULL;
    }
    data = arena_array(loading->templates->arena, map->count, sizeof(*data));
    for (size_t i = 0; i < map->count; i++)
        data[i] = (struct data_set){.name = map->children[i].key,
                                    .sql = read_sql(loading, &map->children[i]),
                                    .place = map->children[i].key_place};
    template->data = data;
    template->ndata = map->count;
    return data;
}

static void read_types(const struct loading *loading, const struct yaml_node *root,
                       struct template *template)
{
    static const char *const KEYS[] = {"type", "unit", "places", NULL};
    const struct yaml_node *map = yaml_member(root, "types");
    struct type_of *types;

    if (!map)
        return;
    if (map->kind != YAML_MAP) {
        suggest_kind(loading->findings, map, YAML_MAP);
        return;
    }
    types = arena_array(loading->templates->arena, map->count, sizeof(*types));
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_node *node = &map->children[i];
        const char *dot = strchr(node->key, '.');
        struct kind *kind = &types[i].kind;
        long places;

        types[i].set = dot ? arena_text_length(loading->templates->arena, node->key,
                                               (size_t)(dot - node->key))
                           : "";
        types[i].column = dot ? dot + 1 : node->key;
        types[i].place = node->key_place;
        if (yaml_only(node, KEYS, loading->findings) != 0)
            continue;
        read_required(node, "type", loading->findings);
        kind->type =
            (enum field_type)read_word(node, "type", TYPE_NAMES, FIELD_STRING, loading->findings);
        kind->unit = yaml_text(node, "unit", NULL, loading->findings);
        places = yaml_integer(node, "places", kind->type == FIELD_MONEY ? 2 : 0,
                              loading->findings);
        kind->places = (int)CLAMP(places, 0, 6);
    }
    template->types = types;
    template->ntype = map->count;
}

static const struct sheet *find_sheet(const struct loading *loading, const struct yaml_node *root)
{
    const GPtrArray *sheets = loading->templates->sheets;
    const struct yaml_node *node = yaml_member(root, "skeleton");
    const char **names;
    const char *name;

    if (!node)
        node = yaml_member(root, "style");
    if (!node) {
        finding_add(loading->findings, FINDING_TEMPLATE_MISSING_KEY, root->place, "style");
        return NULL;
    }
    name = yaml_text(root, node->key, NULL, loading->findings);
    if (!name)
        return NULL;
    names = g_new0(const char *, sheets->len + 1);
    for (guint i = 0; i < sheets->len; i++) {
        const struct sheet *sheet = sheets->pdata[i];

        if (strcmp(sheet->id, name) == 0) {
            g_free(names);
            return sheet;
        }
        names[i] = sheet->id;
    }
    suggest(loading->findings, FINDING_TEMPLATE_UNKNOWN_STYLE, node->place, name, names,
            sheets->len);
    g_free(names);
    return NULL;
}

static void read_body(const struct loading *loading, const struct yaml_node *root,
                      struct template *template, struct data_set *data)
{
    const struct yaml_node *continued = yaml_member(root, "continued");
    struct body_source source = {
        .arena = loading->templates->arena,
        .sheet = template->sheet,
        .body = yaml_member(root, "body"),
        .replace = yaml_member(root, "replace"),
        .skeleton = yaml_member(root, "skeleton") != NULL,
        .data = data,
        .ndata = template->ndata,
        .each_ledger = template->each_ledger,
    };

    if (!source.body) {
        finding_add(loading->findings, FINDING_TEMPLATE_MISSING_KEY, root->place, "body");
        return;
    }
    if (!source.sheet)
        return;
    if (source.skeleton && !source.sheet->body) {
        finding_add(loading->findings, FINDING_TEMPLATE_MISSING_KEY, source.sheet->place, "body");
        return;
    }
    template->blocks = body_parse(&source, &template->nblock, loading->findings);
    if (continued) {
        struct body_text *text = arena_alloc(loading->templates->arena, sizeof(*text));

        text->phrase = phrase_parse(loading->templates->arena, continued, false, loading->findings);
        text->style = "continued";
        text->lines_max = 1;
        if (!paper_text(&template->sheet->papers[0], text->style))
            finding_add(loading->findings, FINDING_TEMPLATE_MISSING_KEY, template->sheet->place,
                        "continued");
        template->continued = text;
    }
}

static struct template *read_template(const struct loading *loading, const struct yaml_node *root)
{
    static const char *const KEYS[] = {"id",    "title",      "aliases", "description", "audience",
                                       "style", "skeleton",   "replace", "ledgers",     "parameters",
                                       "each",  "unit",       "file",    "formats",     "author",
                                       "types", "data",       "body",    "continued",   "period",
                                       NULL};
    struct template *template = arena_alloc(loading->templates->arena, sizeof(*template));
    const struct yaml_node *file, *author;
    struct data_set *data;

    yaml_only(root, KEYS, loading->findings);
    if (root->kind != YAML_MAP)
        return template;
    template->world = &loading->templates->world;
    template->sheet = find_sheet(loading, root);
    read_head(loading, root, template);
    read_parameters(loading, root, template);
    read_each(loading, root, template);
    data = read_data(loading, root, template);
    read_types(loading, root, template);
    read_body(loading, root, template, data);
    template->period = (int)yaml_integer(root, "period", 0, loading->findings);
    read_required(root, "file", loading->findings);
    file = yaml_member(root, "file");
    if (file)
        template->file = phrase_parse(loading->templates->arena, file, false, loading->findings);
    author = yaml_member(root, "author");
    if (author)
        template->author =
            phrase_parse(loading->templates->arena, author, false, loading->findings);
    return template;
}

/* The file's root, kept open: parts lend its texts. Its source is in loading, freed by the caller. */
static const struct yaml_node *open_file(struct loading *loading, const char *path, char **source)
{
    struct yaml_file *file;
    size_t size;

    *source = file_read(path, TEMPLATE_BYTES, &size, loading->findings);
    if (!*source)
        return NULL;
    file = yaml_read(path, loading->findings);
    if (!file)
        return NULL;
    loading->source = *source;
    g_ptr_array_add(loading->templates->files, file);
    return yaml_root(file);
}

static bool is_template(const char *path)
{
    for (size_t i = 0; FOLDERS[i]; i++)
        if (g_str_has_prefix(path, FOLDERS[i]))
            return g_str_has_suffix(path, ".yaml");
    return false;
}

static void load_file(struct loading *loading, const char *folder, const char *path)
{
    char *full = g_build_filename(folder, path, NULL);
    char *source = NULL;
    const struct yaml_node *root = open_file(loading, full, &source);

    if (root && g_str_has_prefix(path, "styles/")) {
        const struct sheet *sheet =
            sheet_read(loading->templates->arena, root, loading->findings);

        if (sheet)
            g_ptr_array_add(loading->templates->sheets, (gpointer)sheet);
    } else if (root) {
        g_ptr_array_add(loading->templates->templates, read_template(loading, root));
    }
    g_free(source);
    g_free(full);
}

static void check_name(GHashTable *seen, const char *name, struct place place,
                       struct findings *findings)
{
    char *key = text_fold_key(name);
    const struct place *before = g_hash_table_lookup(seen, key);
    struct place *copy;

    if (before) {
        char *where = g_strdup_printf("%s:%u", before->file, before->line);

        finding_add(findings, FINDING_TEMPLATE_DUPLICATE, place, name, where);
        g_free(where);
        g_free(key);
        return;
    }
    copy = g_new(struct place, 1);
    *copy = place;
    g_hash_table_insert(seen, key, copy);
}

static gint compare_ids(gconstpointer a, gconstpointer b)
{
    const struct template *const *one = a, *const *other = b;

    return g_strcmp0((*one)->head.id, (*other)->head.id);
}

/* Names are what `render` and the 公示 row call a template by: each must mean one. */
static void check_names(const struct templates *templates, struct findings *findings)
{
    GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    for (guint i = 0; i < templates->templates->len; i++) {
        const struct template_head *head = template_head(templates->templates->pdata[i]);

        if (head->id)
            check_name(seen, head->id, head->place, findings);
        if (head->title)
            check_name(seen, head->title, head->place, findings);
        for (size_t k = 0; head->aliases && head->aliases[k]; k++)
            check_name(seen, head->aliases[k], head->place, findings);
    }
    g_hash_table_destroy(seen);
}

static void close_file(gpointer file)
{
    yaml_close(file);
}

static const char *const *keep_names(struct arena *arena, const char *const *names)
{
    size_t count = g_strv_length((char **)names);
    const char **kept = arena_array(arena, count + 1, sizeof(*kept));

    for (size_t i = 0; i < count; i++)
        kept[i] = arena_text(arena, names[i]);
    return kept;
}

struct templates *templates_load(const char *folder, const struct template_world *world,
                                 struct findings *findings)
{
    size_t errors = read_errors(findings);
    char **paths = file_list(folder, findings);
    struct templates *templates;
    struct loading loading;

    if (!paths)
        return NULL;
    templates = g_new0(struct templates, 1);
    templates->arena = arena_new();
    templates->files = g_ptr_array_new_with_free_func(close_file);
    templates->sheets = g_ptr_array_new();
    templates->templates = g_ptr_array_new();
    templates->world.schemas = world->schemas;
    templates->world.settings = keep_names(templates->arena, world->settings);
    templates->world.formats = keep_names(templates->arena, world->formats);
    loading = (struct loading){.templates = templates, .findings = findings};
    for (size_t i = 0; paths[i]; i++)
        if (g_str_has_prefix(paths[i], "styles/") && g_str_has_suffix(paths[i], ".yaml"))
            load_file(&loading, folder, paths[i]);
    for (size_t i = 0; paths[i]; i++)
        if (is_template(paths[i]))
            load_file(&loading, folder, paths[i]);
    g_strfreev(paths);
    g_ptr_array_sort(templates->templates, compare_ids);
    check_names(templates, findings);
    if (read_errors(findings) == errors)
        return templates;
    templates_free(templates);
    return NULL;
}

void templates_free(struct templates *templates)
{
    if (!templates)
        return;
    g_ptr_array_free(templates->files, TRUE);
    g_ptr_array_free(templates->sheets, TRUE);
    g_ptr_array_free(templates->templates, TRUE);
    arena_free(templates->arena);
    g_free(templates);
}

static bool is_called(const struct template_head *head, const char *key)
{
    bool called = false;
    const char *names[] = {head->id, head->title};

    for (size_t i = 0; !called && i < G_N_ELEMENTS(names) + g_strv_length((char **)head->aliases);
         i++) {
        char *name = text_fold_key(i < G_N_ELEMENTS(names) ? names[i]
                                                           : head->aliases[i - G_N_ELEMENTS(names)]);

        called = strcmp(name, key) == 0;
        g_free(name);
    }
    return called;
}

const struct template *templates_find(const struct templates *templates, const char *name,
                                      struct findings *findings)
{
    char *key = text_fold_key(name);
    const struct template *found = NULL;
    GPtrArray *names;

    for (guint i = 0; !found && i < templates->templates->len; i++)
        if (is_called(template_head(templates->templates->pdata[i]), key))
            found = templates->templates->pdata[i];
    g_free(key);
    if (found)
        return found;
    names = g_ptr_array_new();
    for (guint i = 0; i < templates->templates->len; i++) {
        const struct template_head *head = template_head(templates->templates->pdata[i]);

        g_ptr_array_add(names, (gpointer)head->id);
        g_ptr_array_add(names, (gpointer)head->title);
    }
    suggest(findings, FINDING_TEMPLATE_UNKNOWN, (struct place){0}, name,
            (const char *const *)names->pdata, names->len);
    g_ptr_array_free(names, TRUE);
    return NULL;
}
