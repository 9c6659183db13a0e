/* Makes a template out of its YAML. */
#include "document/template_read.h"

#include <string.h>

#include "document/body.h"
#include "document/reader.h"
#include "document/suggest.h"

static const char *const AUDIENCE_NAMES[] = {"public", "household", "internal", "official", NULL};
/* In enum field_type's order; percent, which ledgers have not, only for computed columns. */
static const char *const TYPE_NAMES[] = {"string",  "integer", "decimal", "money", "date", "year",
                                         "boolean", "code",    "idcard",  "phone", "area", NULL};

static struct sql read_sql(const struct loading *loading, const struct yaml_node *node)
{
    struct sql sql = {.where = node->place};

    if (node->kind != YAML_TEXT) {
        suggest_kind(loading->findings, node, YAML_TEXT);
        return sql;
    }
    sql.text = node->text;
    sql.where = yaml_text_place(node, loading->source);
    return sql;
}

static const char *const *keep_list(const struct loading *loading, const struct yaml_node *root,
                                    const char *key)
{
    const char **list = read_list(root, key, loading->findings);
    const char *const *kept =
        arena_copy(loading->arena, list, (g_strv_length((char **)list) + 1) * sizeof(*list));

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
    const struct schemas *schemas = loading->world->schemas;
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
    head->audience = (enum audience)read_word(root, "audience", AUDIENCE_NAMES, AUDIENCE_PUBLIC,
                                              loading->findings);
    if (!head->formats[0])
        finding_add(loading->findings, FINDING_TEMPLATE_MISSING_KEY, root->place, "formats");
    check_words(loading, root, "ledgers", ledgers, FINDING_TEMPLATE_UNKNOWN_LEDGER);
    check_words(loading, root, "formats", loading->world->formats, FINDING_TEMPLATE_UNKNOWN_WORD);
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
    parameters = arena_array(loading->arena, map->count, sizeof(*parameters));
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
    static const char *const UNIT_KEYS[] = {"rows", "name", "pages_by", NULL};
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
            template->unit_name = phrase_parse(loading->arena, name, false, loading->findings);
        template->volume = yaml_text(unit, "pages_by", NULL, loading->findings);
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
    data = arena_array(loading->arena, map->count, sizeof(*data));
    for (size_t i = 0; i < map->count; i++)
        data[i] = (struct data_set){.name = map->children[i].key,
                                    .sql = read_sql(loading, &map->children[i]),
                                    .place = map->children[i].key_place};
    template->data = data;
    template->ndata = map->count;
    return data;
}

/* of: [part, whole], or share: column. */
static void read_ratio(const struct loading *loading, const struct yaml_node *node,
                       struct type_of *type)
{
    const struct yaml_node *of = yaml_member(node, "of");
    const char **names;

    type->share = yaml_text(node, "share", NULL, loading->findings);
    if (!of)
        return;
    names = read_list(node, "of", loading->findings);
    if (type->share || g_strv_length((char **)names) != 2) {
        finding_add(loading->findings, FINDING_TEMPLATE_NUMBER, of->place, "of",
                    "[分子列, 分母列]，不与 share 同写", "[part, whole], without share");
    } else {
        type->part = names[0];
        type->whole = names[1];
    }
    g_free(names);
}

static void read_type(const struct loading *loading, const struct yaml_node *node,
                      struct type_of *type)
{
    static const char *const KEYS[] = {"type", "unit", "places", "of", "share", NULL};
    static const char *const TYPES[] = {"string", "integer", "decimal", "money",  "date",
                                        "year",   "boolean", "code",    "idcard", "phone",
                                        "area",   "percent", NULL};
    struct kind *kind = &type->kind;
    long places;
    int word;

    if (yaml_only(node, KEYS, loading->findings) != 0)
        return;
    read_required(node, "type", loading->findings);
    word = read_word(node, "type", TYPES, FIELD_STRING, loading->findings);
    kind->percent = strcmp(TYPES[word], "percent") == 0;
    kind->type = kind->percent ? FIELD_DECIMAL : (enum field_type)word;
    kind->unit = yaml_text(node, "unit", NULL, loading->findings);
    places = yaml_integer(node, "places",
                          kind->percent               ? 1
                          : kind->type == FIELD_MONEY ? 2
                                                      : 0,
                          loading->findings);
    kind->places = (int)CLAMP(places, 0, 6);
    read_ratio(loading, node, type);
    if ((type->part || type->share) && !kind->percent)
        finding_add(loading->findings, FINDING_TEMPLATE_RATIO, node->place, node->key);
}

static void read_types(const struct loading *loading, const struct yaml_node *root,
                       struct template *template)
{
    const struct yaml_node *map = yaml_member(root, "types");
    struct type_of *types;

    if (!map)
        return;
    if (map->kind != YAML_MAP) {
        suggest_kind(loading->findings, map, YAML_MAP);
        return;
    }
    types = arena_array(loading->arena, map->count, sizeof(*types));
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_node *node = &map->children[i];
        const char *dot = strchr(node->key, '.');

        types[i].set =
            dot ? arena_text_length(loading->arena, node->key, (size_t)(dot - node->key)) : "";
        types[i].column = dot ? dot + 1 : node->key;
        types[i].place = node->key_place;
        read_type(loading, node, &types[i]);
    }
    template->types = types;
    template->ntype = map->count;
}

/* left_out: {rows: data set, text: what to say of each of its rows}. */
static void read_left_out(const struct loading *loading, const struct yaml_node *root,
                          struct template *template)
{
    static const char *const KEYS[] = {"rows", "text", NULL};
    const struct yaml_node *node = yaml_member(root, "left_out");
    const char **names, *rows;

    template->left_out = SIZE_MAX;
    if (!node || yaml_only(node, KEYS, loading->findings) != 0)
        return;
    rows = read_required(node, "rows", loading->findings);
    if (read_required(node, "text", loading->findings))
        template->left_out_text =
            phrase_parse(loading->arena, yaml_member(node, "text"), false, loading->findings);
    names = g_new0(const char *, template->ndata + 1);
    for (size_t i = 0; i < template->ndata; i++) {
        names[i] = template->data[i].name;
        if (g_strcmp0(names[i], rows) == 0)
            template->left_out = i;
    }
    if (rows && template->left_out == SIZE_MAX)
        suggest(loading->findings, FINDING_TEMPLATE_UNKNOWN_DATA, yaml_member(node, "rows")->place,
                rows, names, template->ndata);
    g_free(names);
}

static const struct style_sheet *find_sheet(const struct loading *loading,
                                            const struct yaml_node *root)
{
    const struct yaml_node *skeleton = yaml_member(root, "skeleton");
    const struct yaml_node *style = yaml_member(root, "style");
    const struct yaml_node *papers = yaml_member(root, "papers");
    const struct yaml_node *node = skeleton ? skeleton : style;
    const struct style_sheet *sheet;
    const char *name;

    if (!node) {
        finding_add(loading->findings, FINDING_TEMPLATE_MISSING_KEY, root->place, "style");
        return NULL;
    }
    if (skeleton && style)
        finding_add(loading->findings, FINDING_TEMPLATE_BLOCK, style->place, "skeleton、style");
    name = yaml_text(root, node->key, NULL, loading->findings);
    if (!name)
        return NULL;
    sheet = style_sheets_find(loading->sheets, name);
    if (!sheet && !loading->broken_sheet)
        style_sheets_unknown(loading->sheets, name, node->place, loading->findings);
    return sheet && papers ? style_sheet_change(loading->arena, sheet, papers, loading->findings)
                           : sheet;
}

/* page: what differs from the style's pages, on any of its papers. */
static void read_pages(const struct loading *loading, const struct yaml_node *root,
                       struct template *template)
{
    const struct style_sheet *sheet = template->sheet;
    const struct yaml_node *node = yaml_member(root, "page");
    struct findings *unheard = findings_new(); /* one paper tells all */
    size_t errors = read_errors(loading->findings);
    struct page_spec *pages;

    pages = arena_array(loading->arena, sheet->npaper, sizeof(*pages));
    for (size_t i = 0; i < sheet->npaper; i++) {
        const struct paper *paper = &sheet->papers[i];
        struct findings *findings =
            read_errors(loading->findings) == errors ? loading->findings : unheard;

        pages[i] = paper->page;
        if (!node)
            continue;
        pages[i] = page_spec_read(loading->arena, node, &paper->page, NULL, findings);
        page_spec_check(&pages[i], paper, node->place, findings);
    }
    template->pages = pages;
    findings_free(unheard);
}

/* The sheet's blocks as the template changes them. false: it has none to give or to change. */
static bool read_skeleton(const struct loading *loading, const struct yaml_node *root,
                          struct body_source *source)
{
    const struct yaml_node *replace = yaml_member(root, "replace");
    const struct yaml_node *insert = yaml_member(root, "insert");
    const struct yaml_node *change = replace ? replace : insert;
    const struct skeleton *skeleton = source->sheet->skeleton;

    if (!yaml_member(root, "skeleton")) {
        if (change)
            finding_add(loading->findings, FINDING_TEMPLATE_MISSING_KEY, change->key_place,
                        "skeleton");
        return true;
    }
    if (!skeleton) {
        finding_add(loading->findings, FINDING_TEMPLATE_MISSING_KEY, source->sheet->place, "body");
        return false;
    }
    source->skeleton =
        skeleton_change(loading->arena, skeleton, replace, insert, loading->findings);
    return true;
}

static void read_body(const struct loading *loading, const struct yaml_node *root,
                      struct template *template, struct data_set *data)
{
    const struct yaml_node *continued = yaml_member(root, "continued");
    struct body_source source = {
        .arena = loading->arena,
        .sheet = template->sheet,
        .pages = template->pages,
        .body = yaml_member(root, "body"),
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
    if (!read_skeleton(loading, root, &source))
        return;
    template->blocks = body_parse(&source, &template->nblock, loading->findings);
    if (continued) {
        struct body_text *text = arena_alloc(loading->arena, sizeof(*text));

        text->phrase = phrase_parse(loading->arena, continued, false, loading->findings);
        text->style = "continued";
        text->lines_max = 1;
        if (!paper_text(&template->sheet->papers[0], text->style))
            finding_add(loading->findings, FINDING_TEMPLATE_MISSING_KEY, template->sheet->place,
                        "continued");
        template->continued = text;
    }
}

struct template *template_read(const struct loading *loading, const struct yaml_node *root)
{
    static const char *const KEYS[] = {
        "id",     "title",      "aliases", "description", "audience",   "style",    "skeleton",
        "papers", "replace",    "insert",  "ledgers",     "parameters", "each",     "unit",
        "file",   "formats",    "author",  "types",       "data",       "body",     "continued",
        "page",   "imposition", "duplex",  "copies",      "period",     "left_out", NULL};
    struct template *template = arena_alloc(loading->arena, sizeof(*template));
    const struct yaml_node *file, *author;
    struct data_set *data;

    yaml_only(root, KEYS, loading->findings);
    if (root->kind != YAML_MAP)
        return template;
    template->world = loading->world;
    template->sheet = find_sheet(loading, root);
    read_head(loading, root, template);
    read_parameters(loading, root, template);
    read_each(loading, root, template);
    data = read_data(loading, root, template);
    read_types(loading, root, template);
    read_left_out(loading, root, template);
    template->sheets = sheets_read(loading->arena, root, loading->findings);
    if (template->sheet)
        read_pages(loading, root, template);
    read_body(loading, root, template, data);
    template->period = (int)yaml_integer(root, "period", 0, loading->findings);
    read_required(root, "file", loading->findings);
    file = yaml_member(root, "file");
    if (file)
        template->file = phrase_parse(loading->arena, file, false, loading->findings);
    author = yaml_member(root, "author");
    if (author)
        template->author = phrase_parse(loading->arena, author, false, loading->findings);
    return template;
}
