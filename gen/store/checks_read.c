/* Reads the check files. */
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "store/checks_inside.h"

enum { CHECK_BYTES = 1 << 20, MOST_OFFERED = 12 };

struct checks {
    struct arena *arena; /* owns all of it */
    const struct schemas *schemas;
    size_t count;
    struct check *list;
};

/* One file being read. */
struct check_reader {
    struct checks *checks;
    struct findings *findings;
    const struct yaml_node *root;
    const char *source; /* the file's text */
};

/* The place of node with a file name that lives as long as the checks. */
static struct place keep_place(const struct check_reader *reader, struct place place)
{
    place.file = arena_text(reader->checks->arena, place.file);
    return place;
}

/* code with {1} word and {2} the nearest of the words, else the first of them. */
static void add_unknown(const struct check_reader *reader, enum finding_code code,
                        struct place place, const char *word, const GPtrArray *words)
{
    const char *near = text_nearest(word, (const char *const *)words->pdata, words->len);
    GString *offer = g_string_new(near);

    for (guint i = 0; !near && i < words->len && i < MOST_OFFERED; i++)
        g_string_append_printf(offer, "%s%s", i ? "、" : "", (const char *)words->pdata[i]);
    if (!near && words->len > MOST_OFFERED)
        g_string_append(offer, "……");
    finding_add(reader->findings, code, place, word, offer->str);
    g_string_free(offer, TRUE);
}

static const struct schema *find_schema(const struct check_reader *reader, const char *name,
                                        struct place place)
{
    const struct schemas *schemas = reader->checks->schemas;
    const struct schema *schema = schemas_find(schemas, name);
    GPtrArray *names = g_ptr_array_new();

    for (size_t i = 0; i < schemas_count(schemas); i++)
        g_ptr_array_add(names, (gpointer)schemas_at(schemas, i)->name);
    if (!schema)
        add_unknown(reader, FINDING_SCHEMA_UNKNOWN_LEDGER, place, name, names);
    g_ptr_array_free(names, TRUE);
    return schema;
}

static size_t find_field(const struct check_reader *reader, const struct schema *schema,
                         const char *name, struct place place)
{
    const size_t field = schema_field(schema, name);
    GPtrArray *names = g_ptr_array_new();

    for (size_t i = 0; i < schema->nfield; i++)
        g_ptr_array_add(names, (gpointer)schema->fields[i].name);
    if (field == SIZE_MAX)
        add_unknown(reader, FINDING_SCHEMA_UNKNOWN_FIELD, place, name, names);
    g_ptr_array_free(names, TRUE);
    return field;
}

static int add_wrong_kind(const struct check_reader *reader, const struct yaml_node *node,
                          const char *key, const char *chinese, const char *english)
{
    return finding_add(reader->findings, FINDING_TEMPLATE_WRONG_KIND, node->place, key, chinese,
                       english);
}

/* The member's text; NULL with template-missing-key if a needed one is not there or empty. */
static const char *read_text(const struct check_reader *reader, const char *key, bool needed)
{
    const char *text = yaml_text(reader->root, key, NULL, reader->findings);

    if (needed && (!yaml_member(reader->root, key) || (text && !*text)))
        finding_add(reader->findings, FINDING_TEMPLATE_MISSING_KEY, reader->root->place, key);
    return text && *text ? arena_text(reader->checks->arena, text) : NULL;
}

static void read_words(const struct check_reader *reader, const char *key, bool needed,
                       struct check_text *out)
{
    const char *text = read_text(reader, key, needed);

    if (text)
        check_text_read(reader->checks->arena, text,
                        keep_place(reader, yaml_member(reader->root, key)->place), out,
                        reader->findings);
}

static enum finding_level read_level(const struct check_reader *reader)
{
    static const char *const words[] = {
        [LEVEL_NOTE] = "note", [LEVEL_WARNING] = "warning", [LEVEL_ERROR] = "error"};
    const char *text = yaml_text(reader->root, "level", "warning", reader->findings);
    GPtrArray *known = g_ptr_array_new();
    enum finding_level level = LEVEL_WARNING;
    bool found = false;

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_ptr_array_add(known, (gpointer)words[i]);
        if (strcmp(text, words[i]) == 0) {
            level = (enum finding_level)i;
            found = true;
        }
    }
    if (!found)
        add_unknown(reader, FINDING_TEMPLATE_UNKNOWN_WORD,
                    yaml_member(reader->root, "level")->place, text, known);
    g_ptr_array_free(known, TRUE);
    return level;
}

/* 户: [致贫原因] */
static void read_need(const struct check_reader *reader, const struct yaml_node *node,
                      GArray *needs)
{
    struct check_need need = {.schema = find_schema(reader, node->key, node->key_place)};
    GArray *fields = g_array_new(FALSE, FALSE, sizeof(size_t));

    if (node->kind != YAML_LIST)
        add_wrong_kind(reader, node, node->key, "一列列名，如 [致贫原因]；没有写 []",
                       "a list of columns, [] for none");
    for (size_t i = 0; need.schema && node->kind == YAML_LIST && i < node->count; i++) {
        const struct yaml_node *child = &node->children[i];
        size_t field = SIZE_MAX;

        if (child->kind == YAML_TEXT)
            field = find_field(reader, need.schema, child->text, child->place);
        else
            add_wrong_kind(reader, child, node->key, "列名", "the name of a column");
        g_array_append_val(fields, field);
    }
    need.count = fields->len;
    need.fields = arena_copy(reader->checks->arena, fields->data, fields->len * sizeof(size_t));
    g_array_append_val(needs, need);
    g_array_free(fields, TRUE);
}

static void read_needs(const struct check_reader *reader, struct check_body *body)
{
    const struct yaml_node *node = yaml_member(reader->root, "needs");
    GArray *needs = g_array_new(FALSE, FALSE, sizeof(struct check_need));

    if (!node)
        finding_add(reader->findings, FINDING_TEMPLATE_MISSING_KEY, reader->root->place, "needs");
    else if (node->kind != YAML_MAP)
        add_wrong_kind(reader, node, "needs", "“台账: [列]”的形式", "a map of ledgers to columns");
    for (size_t i = 0; node && node->kind == YAML_MAP && i < node->count; i++)
        read_need(reader, &node->children[i], needs);
    body->nneed = needs->len;
    body->needs =
        arena_copy(reader->checks->arena, needs->data, needs->len * sizeof(struct check_need));
    g_array_free(needs, TRUE);
}

static void read_parameters(const struct check_reader *reader, struct check_body *body)
{
    const struct yaml_node *node = yaml_member(reader->root, "parameters");
    struct check_parameter *list;

    if (!node)
        return;
    if (node->kind != YAML_MAP) {
        add_wrong_kind(reader, node, "parameters", "“设置名: 没有设置时的值”的形式",
                       "a map of settings to their defaults");
        return;
    }
    list = arena_array(reader->checks->arena, node->count, sizeof *list);
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *child = &node->children[i];

        if (child->kind != YAML_TEXT)
            add_wrong_kind(reader, child, child->key, "一个值", "one value");
        list[i].name = arena_text(reader->checks->arena, child->key);
        list[i].fallback =
            arena_text(reader->checks->arena, child->kind == YAML_TEXT ? child->text : "");
    }
    body->nparameter = node->count;
    body->parameters = list;
}

static void read_rows(const struct check_reader *reader, struct check_body *body)
{
    const struct yaml_node *node = yaml_member(reader->root, "rows");

    body->rows = read_text(reader, "rows", true);
    if (body->rows)
        body->rows_place = keep_place(reader, yaml_text_place(node, reader->source));
}

static void read_check(const struct check_reader *reader, struct check *check)
{
    const char *at = read_text(reader, "at", true);
    const char *field = read_text(reader, "field", false);
    struct check_body *body = arena_alloc(reader->checks->arena, sizeof *body);

    check->body = body;
    check->title = read_text(reader, "title", true);
    check->level = read_level(reader);
    if (at)
        check->at = find_schema(reader, at, yaml_member(reader->root, "at")->place);
    body->field = SIZE_MAX;
    if (field && check->at)
        body->field =
            find_field(reader, check->at, field, yaml_member(reader->root, "field")->place);
    read_words(reader, "message", true, &body->message);
    read_words(reader, "hint", true, &body->hint);
    read_words(reader, "english", false, &body->english);
    read_words(reader, "english_hint", false, &body->english_hint);
    read_needs(reader, body);
    read_parameters(reader, body);
    read_rows(reader, body);
}

/* check-cause-measure of cause-measure.yaml; codes are lower-case ASCII words. */
static const char *read_name(const struct check_reader *reader, const char *path)
{
    char *base = g_path_get_basename(path), *stem = g_strndup(base, strlen(base) - 5);
    char *name = g_strconcat("check-", stem, NULL);
    const char *kept = arena_text(reader->checks->arena, name);

    if (!g_ascii_islower(stem[0]) ||
        strspn(stem, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(stem))
        finding_add(reader->findings, FINDING_CHECK_FILE_NAME, (struct place){.file = path});
    g_free(name);
    g_free(stem);
    g_free(base);
    return kept;
}

static void read_file(struct checks *checks, const char *path, struct check *check,
                      struct findings *findings)
{
    static const char *const keys[] = {"title",        "level",      "at",   "field",
                                       "needs",        "message",    "hint", "english",
                                       "english_hint", "parameters", "rows", NULL};
    struct yaml_file *file = yaml_read(path, findings);
    size_t size;
    char *source = file ? file_read(path, CHECK_BYTES, &size, findings) : NULL;
    struct check_reader reader = {.checks = checks, .findings = findings, .source = source};

    if (!source) {
        yaml_close(file);
        return;
    }
    reader.root = yaml_root(file);
    check->name = read_name(&reader, path);
    if (yaml_only(reader.root, keys, findings) == 0 || reader.root->kind == YAML_MAP)
        read_check(&reader, check);
    g_free(source);
    yaml_close(file);
}

struct checks *checks_load(const char *folder, const struct schemas *schemas,
                           struct findings *findings)
{
    const size_t errors = findings_of_level(findings, LEVEL_ERROR);
    struct checks *checks = g_new0(struct checks, 1);
    char **paths = folder_exists(folder) ? file_list(folder, findings) : NULL;
    const size_t count = paths ? g_strv_length(paths) : 0;

    checks->arena = arena_new();
    checks->schemas = schemas;
    checks->list = arena_array(checks->arena, count, sizeof *checks->list);
    for (size_t i = 0; i < count; i++) {
        char *path = g_build_filename(folder, paths[i], NULL);

        if (g_str_has_suffix(path, ".yaml"))
            read_file(checks, path, &checks->list[checks->count++], findings);
        g_free(path);
    }
    g_strfreev(paths);
    if (findings_of_level(findings, LEVEL_ERROR) == errors)
        return checks;
    checks_free(checks);
    return NULL;
}

void checks_free(struct checks *checks)
{
    if (!checks)
        return;
    arena_free(checks->arena);
    g_free(checks);
}

size_t checks_count(const struct checks *checks)
{
    return checks->count;
}

const struct check *checks_at(const struct checks *checks, size_t index)
{
    return &checks->list[index];
}

const struct check *checks_find(const struct checks *checks, const char *name)
{
    for (size_t i = 0; i < checks->count; i++) {
        const struct check *check = &checks->list[i];

        if (strcmp(check->name, name) == 0 || strcmp(check->name + strlen("check-"), name) == 0 ||
            strcmp(check->title, name) == 0)
            return check;
    }
    return NULL;
}
