/* YAML files as positioned trees, built from libyaml's events. */
#include "base/yaml.h"

#include <glib.h>
#include <string.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"

enum { FILE_LIMIT = 4 * 1024 * 1024, DEPTH_LIMIT = 64 };

struct yaml_file {
    struct arena *arena;
    struct yaml_node root;
};

struct reader {
    yaml_parser_t parser;
    struct arena *arena;
    const char *path; /* in the arena */
    const char *text; /* what is parsed */
    struct findings *findings;
    bool faulty; /* a finding was added, though reading could go on */
};

static struct place place_of(const struct reader *reader, yaml_mark_t mark)
{
    return (struct place){
        .file = reader->path, .line = (uint32_t)mark.line + 1, .column = (uint32_t)mark.column + 1};
}

/* The place of the byte at offset; what comes before it is valid UTF-8. */
static struct place place_of_offset(const char *path, const char *text, size_t offset)
{
    struct place place = {.file = path, .line = 1, .column = 1};

    for (const char *at = text; at < text + offset; at = g_utf8_next_char(at)) {
        place.column++;
        if (*at == '\n') {
            place.line++;
            place.column = 1;
        }
    }
    return place;
}

static void fault(struct reader *reader, enum finding_code code, yaml_mark_t mark)
{
    finding_add(reader->findings, code, place_of(reader, mark));
    reader->faulty = true;
}

/* Looks in the marked line for {{ at the start of a value that has no quotes; sets the mark there.
 */
static bool find_brace(const struct reader *reader, yaml_mark_t *mark)
{
    const char *line = reader->text, *end, *brace;

    for (size_t i = 0; i < mark->line; i++) {
        const char *end_of_line = strchr(line, '\n');

        if (!end_of_line)
            return false;
        line = end_of_line + 1;
    }
    end = line + strcspn(line, "\r\n");
    brace = g_strstr_len(line, end - line, "{{");
    for (; brace; brace = g_strstr_len(brace + 2, end - brace - 2, "{{")) {
        const char *before = brace;

        while (before > line && before[-1] == ' ')
            before--;
        if (before == line || strchr(":-,[", before[-1])) {
            mark->column = (size_t)g_utf8_strlen(line, brace - line);
            return true;
        }
    }
    return false;
}

static int report_syntax(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    yaml_mark_t mark = parser->problem_mark, context = parser->context_mark;

    if (parser->error == YAML_READER_ERROR)
        return finding_add(reader->findings, FINDING_YAML_SYNTAX,
                           place_of_offset(reader->path, reader->text, parser->problem_offset),
                           parser->problem);
    if (parser->context && find_brace(reader, &context))
        return finding_add(reader->findings, FINDING_YAML_BRACE, place_of(reader, context));
    if (find_brace(reader, &mark))
        return finding_add(reader->findings, FINDING_YAML_BRACE, place_of(reader, mark));
    return finding_add(reader->findings, FINDING_YAML_SYNTAX, place_of(reader, mark),
                       parser->problem ? parser->problem : "?");
}

static int next_event(struct reader *reader, yaml_event_t *event)
{
    return yaml_parser_parse(&reader->parser, event) ? 0 : report_syntax(reader);
}

static int read_node(struct reader *reader, const yaml_event_t *event, int depth,
                     struct yaml_node *node);

static bool is_flow_map(const yaml_event_t *event)
{
    return event->type == YAML_MAPPING_START_EVENT &&
           event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
}

static void check_duplicate(struct reader *reader, const GArray *members,
                            const struct yaml_node *member)
{
    for (guint i = 0; i < members->len; i++) {
        const struct yaml_node *other = &g_array_index(members, struct yaml_node, i);

        if (strcmp(other->key, member->key) == 0) {
            char line[16];

            g_snprintf(line, sizeof line, "%" G_GUINT32_FORMAT, other->key_place.line);
            finding_add(reader->findings, FINDING_YAML_DUPLICATE_KEY, member->key_place,
                        member->key, line);
            reader->faulty = true;
            return;
        }
    }
}

/* Reads the member whose key the event is. map: the event that began the map. */
static int read_member(struct reader *reader, const yaml_event_t *map, const yaml_event_t *key,
                       int depth, struct yaml_node *member)
{
    struct yaml_node name;
    yaml_event_t event;
    int result;

    /* {{ is a map whose first key is a map. */
    if (is_flow_map(map) && is_flow_map(key) &&
        key->start_mark.index == map->start_mark.index + 1) {
        fault(reader, FINDING_YAML_BRACE, map->start_mark);
        return -1;
    }
    if (read_node(reader, key, depth + 1, &name) != 0)
        return -1;
    if (name.kind != YAML_TEXT) {
        fault(reader, FINDING_YAML_KEY, key->start_mark);
        name.text = "";
    }
    if (next_event(reader, &event) != 0)
        return -1;
    result = read_node(reader, &event, depth + 1, member);
    yaml_event_delete(&event);
    member->key = name.text;
    member->key_place = name.place;
    return result;
}

/* Reads the children of the list or map that began with the event start. */
static int read_children(struct reader *reader, const yaml_event_t *start, int depth,
                         struct yaml_node *node)
{
    GArray *children = g_array_new(FALSE, FALSE, sizeof(struct yaml_node));
    int result = 0;

    while (result == 0) {
        struct yaml_node child;
        yaml_event_t event;
        bool end;

        result = next_event(reader, &event);
        if (result != 0)
            break;
        end = event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT;
        if (!end && node->kind == YAML_LIST)
            result = read_node(reader, &event, depth + 1, &child);
        else if (!end)
            result = read_member(reader, start, &event, depth, &child);
        yaml_event_delete(&event);
        if (end)
            break;
        if (result == 0) {
            if (node->kind == YAML_MAP)
                check_duplicate(reader, children, &child);
            g_array_append_val(children, child);
        }
    }
    node->count = children->len;
    node->children = arena_copy(reader->arena, children->data, children->len * sizeof *node);
    g_array_free(children, TRUE);
    return result;
}

/* Reads the node that begins with the event, up to its end. */
static int read_node(struct reader *reader, const yaml_event_t *event, int depth,
                     struct yaml_node *node)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;

    *node = (struct yaml_node){.place = place_of(reader, event->start_mark)};
    if (depth > DEPTH_LIMIT) {
        char limit[16];

        g_snprintf(limit, sizeof limit, "%d", DEPTH_LIMIT);
        return finding_add(reader->findings, FINDING_YAML_DEEP, node->place, limit);
    }
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
        node->kind = YAML_TEXT;
        node->text = arena_text_length(reader->arena, (const char *)event->data.scalar.value,
                                       event->data.scalar.length);
        node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        node->block = event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
                      event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
        node->kind = YAML_LIST;
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
        node->kind = YAML_MAP;
        break;
    default: /* an alias: no other event begins a node */
        anchor = event->data.alias.anchor;
        node->kind = YAML_TEXT;
        node->text = "";
        break;
    }
    if (anchor || tag)
        fault(reader, FINDING_YAML_ANCHOR, event->start_mark);
    return node->kind == YAML_TEXT ? 0 : read_children(reader, event, depth, node);
}

/* Reads the one document of the file. */
static int read_document(struct reader *reader, struct yaml_node *root)
{
    size_t documents = 0;
    bool end = false;
    int result = 0;

    while (!end && result == 0) {
        yaml_event_t event;

        result = next_event(reader, &event);
        if (result != 0)
            break;
        switch (event.type) {
        case YAML_STREAM_END_EVENT:
            end = true;
            break;
        case YAML_DOCUMENT_START_EVENT:
            if (++documents == 2)
                fault(reader, FINDING_YAML_ANCHOR, event.start_mark);
            end = documents == 2;
            break;
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_END_EVENT:
            break;
        default:
            result = read_node(reader, &event, 0, root);
            break;
        }
        yaml_event_delete(&event);
    }
    if (result == 0 && documents == 0)
        result =
            finding_add(reader->findings, FINDING_YAML_EMPTY, (struct place){.file = reader->path});
    return reader->faulty ? -1 : result;
}

struct yaml_file *yaml_read(const char *path, struct findings *findings)
{
    static const char mark[] = "\xef\xbb\xbf";
    struct yaml_file *file;
    struct reader reader = {.findings = findings};
    const char *invalid;
    size_t size, skip;
    char *bytes = file_read(path, FILE_LIMIT, &size, findings);
    int result;

    if (!bytes)
        return NULL;
    if (!g_utf8_validate(bytes, (gssize)size, &invalid)) {
        finding_add(findings, FINDING_YAML_ENCODING,
                    place_of_offset(path, bytes, (size_t)(invalid - bytes)));
        g_free(bytes);
        return NULL;
    }
    file = g_new0(struct yaml_file, 1);
    file->arena = reader.arena = arena_new();
    reader.path = arena_text(file->arena, path);
    skip = g_str_has_prefix(bytes, mark) ? strlen(mark) : 0;
    reader.text = bytes + skip;
    if (!yaml_parser_initialize(&reader.parser))
        g_error("libyaml: out of memory");
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)reader.text, size - skip);
    result = read_document(&reader, &file->root);
    yaml_parser_delete(&reader.parser);
    g_free(bytes);
    if (result != 0) {
        yaml_close(file);
        return NULL;
    }
    return file;
}

void yaml_close(struct yaml_file *file)
{
    if (!file)
        return;
    arena_free(file->arena);
    g_free(file);
}

const struct yaml_node *yaml_root(const struct yaml_file *file)
{
    return &file->root;
}

const struct yaml_node *yaml_member(const struct yaml_node *map, const char *key)
{
    for (size_t i = 0; map->kind == YAML_MAP && i < map->count; i++) {
        if (strcmp(map->children[i].key, key) == 0)
            return &map->children[i];
    }
    return NULL;
}

/* What a node should have been, in both languages. */
static int wrong_kind(const struct yaml_node *node, const char *chinese, const char *english,
                      struct findings *findings)
{
    return finding_add(findings, FINDING_TEMPLATE_WRONG_KIND, node->place,
                       node->key ? node->key : "-", chinese, english);
}

int yaml_only(const struct yaml_node *map, const char *const *keys, struct findings *findings)
{
    const size_t count = g_strv_length((char **)keys);
    int result = 0;

    if (map->kind != YAML_MAP)
        return wrong_kind(map, "“键: 值”的形式", "a map of keys and values", findings);
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_node *member = &map->children[i];
        const char *nearest;
        char *all;

        if (g_strv_contains(keys, member->key))
            continue;
        nearest = text_nearest(member->key, keys, count);
        all = g_strjoinv(" ", (char **)keys);
        result = finding_add(findings, FINDING_TEMPLATE_UNKNOWN_KEY, member->key_place, member->key,
                             nearest ? nearest : all);
        g_free(all);
    }
    return result;
}

const char *yaml_text(const struct yaml_node *map, const char *key, const char *fallback,
                      struct findings *findings)
{
    const struct yaml_node *member = yaml_member(map, key);

    if (!member)
        return fallback;
    if (member->kind == YAML_TEXT)
        return member->text;
    wrong_kind(member, "一段文字", "a text", findings);
    return fallback;
}

bool yaml_flag(const struct yaml_node *map, const char *key, bool fallback,
               struct findings *findings)
{
    const struct yaml_node *member = yaml_member(map, key);

    if (!member)
        return fallback;
    if (member->kind == YAML_TEXT && strcmp(member->text, "true") == 0)
        return true;
    if (member->kind == YAML_TEXT && strcmp(member->text, "false") == 0)
        return false;
    wrong_kind(member, " true 或 false", "true or false", findings);
    return fallback;
}

long yaml_integer(const struct yaml_node *map, const char *key, long fallback,
                  struct findings *findings)
{
    const struct yaml_node *member = yaml_member(map, key);
    gint64 number;

    if (!member)
        return fallback;
    if (member->kind == YAML_TEXT &&
        g_ascii_string_to_signed(member->text, 10, INT32_MIN, INT32_MAX, &number, NULL))
        return (long)number;
    wrong_kind(member, "整数", "a whole number", findings);
    return fallback;
}

struct place yaml_text_place(const struct yaml_node *node, const char *source)
{
    struct place place = node->place;
    const char *line = source;

    if (!node->block) {
        place.column += node->plain ? 0 : 1;
        return place;
    }
    for (uint32_t i = 0; i < node->place.line; i++) {
        const char *end = strchr(line, '\n');

        line = end ? end + 1 : line + strlen(line);
    }
    place.line++;
    line += strspn(line, "\r\n");
    place.column = (uint32_t)strspn(line, " ") + 1;
    return place;
}
