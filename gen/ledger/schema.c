/* Loads every schema of a folder and checks what one says about itself and about the others. */
#include "ledger/schema.h"

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "ledger/schema_read.h"

struct schemas {
    struct arena *arena;
    struct schema *list; /* in name order */
    size_t count;
};

static void read_fields(const struct schema_reader *reader, const struct yaml_node *root,
                        struct schema *schema)
{
    const struct yaml_node *parts[] = {yaml_member(root, "fields"), yaml_member(root, "derived")};
    size_t counts[] = {0, 0};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i] == NULL)
            continue;
        if (parts[i]->kind == YAML_LIST)
            counts[i] = parts[i]->count;
        else
            schema_wrong_kind(reader, parts[i], parts[i]->key, "列表", "a list");
    }
    if (parts[0] == NULL)
        finding_add(reader->findings, FINDING_SCHEMA_MISSING, root->place, "fields");

    schema->nfield = counts[0] + counts[1];
    schema->nderived = counts[1];
    struct field *fields = arena_array(reader->arena, schema->nfield, sizeof(*fields));
    schema->fields = fields;
    for (size_t i = 0; i < schema->nfield; i++) {
        bool derived = i >= counts[0];
        const struct yaml_node *node =
            derived ? &parts[1]->children[i - counts[0]] : &parts[0]->children[i];
        schema_read_field(reader, node, derived, &fields[i]);
    }
}

static void read_foreign_keys(const struct schema_reader *reader, const struct yaml_node *root,
                              struct schema *schema)
{
    static const char *const keys[] = {"fields", "reference", "link", "required", NULL};
    static const char *const none[] = {NULL};
    const struct yaml_node *list = yaml_member(root, "foreignKeys");
    if (list != NULL && list->kind != YAML_LIST) {
        schema_wrong_kind(reader, list, list->key, "列表", "a list");
        return;
    }
    size_t count = list == NULL ? 0 : list->count;
    struct foreign_key *foreign_keys = arena_array(reader->arena, count, sizeof(*foreign_keys));
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *node = &list->children[i];
        struct foreign_key *key = &foreign_keys[i];
        *key = (struct foreign_key){.fields = none, .ledger = "", .link = ""};
        key->place = schema_place(reader, node);
        if (yaml_only(node, keys, reader->findings) != 0 && node->kind != YAML_MAP)
            continue;
        key->fields = schema_read_texts(reader, node, "fields");
        if (key->fields[0] == NULL)
            finding_add(reader->findings, FINDING_SCHEMA_MISSING, node->place, "fields");
        key->ledger = schema_read_needed(reader, node, "reference");
        key->link = schema_read_needed(reader, node, "link");
        key->required = yaml_flag(node, "required", false, reader->findings);
        if (*key->link != '\0' && *key->link != '_')
            finding_add(reader->findings, FINDING_SCHEMA_BAD_LINK, yaml_member(node, "link")->place,
                        key->link);
    }
    schema->foreign_keys = foreign_keys;
    schema->nforeign_key = count;
}

/* Two columns that answer to one head would make a file ambiguous. */
static void check_heads(const struct schema_reader *reader, const struct schema *schema)
{
    GHashTable *heads = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < schema->nfield; i++) {
        const struct field *field = &schema->fields[i];
        const char *head = field->name;
        for (size_t k = 0; head != NULL && *head != '\0'; head = field->aliases[k++]) {
            char *key = text_fold_key(head);
            const struct field *other = g_hash_table_lookup(heads, key);
            if (other == NULL) {
                g_hash_table_insert(heads, key, (void *)(uintptr_t)field);
                continue;
            }
            g_free(key);
            finding_add(reader->findings,
                        k == 0 ? FINDING_SCHEMA_FIELD_TWICE : FINDING_SCHEMA_ALIAS_TWICE,
                        field->place, head, other->name);
        }
    }
    g_hash_table_destroy(heads);
}

static void check_identify(const struct schema_reader *reader, const struct schema *schema)
{
    for (size_t i = 0; i < schema->nfield; i++) {
        if (schema->fields[i].identify)
            return;
    }
    if (schema->nfield > 0)
        finding_add(reader->findings, FINDING_SCHEMA_NO_IDENTIFY,
                    (struct place){.file = schema->file});
}

static bool is_link(const struct schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->nforeign_key; i++) {
        if (strcmp(schema->foreign_keys[i].link, name) == 0)
            return true;
    }
    return false;
}

size_t schema_need_field(const struct schema_reader *reader, const struct schema *schema,
                         const char *name, struct place place)
{
    const size_t found = schema_field(schema, name);
    if (found != SIZE_MAX)
        return found;
    const char **names = g_new(const char *, schema->nfield + 1);
    for (size_t i = 0; i < schema->nfield; i++)
        names[i] = schema->fields[i].name;
    char *offer = schema_offer(name, names, schema->nfield);
    finding_add(reader->findings, FINDING_SCHEMA_UNKNOWN_FIELD, place, name, offer);
    g_free(offer);
    g_free(names);
    return SIZE_MAX;
}

static void check_keys(const struct schema_reader *reader, const struct schema *schema,
                       const struct yaml_node *root)
{
    const struct yaml_node *key = yaml_member(root, "primaryKey");
    for (const char *const *name = schema->primary_key; *name != NULL; name++) {
        if (!is_link(schema, *name))
            schema_need_field(reader, schema, *name, key->place);
    }
    for (size_t i = 0; i < schema->nforeign_key; i++) {
        const struct foreign_key *foreign = &schema->foreign_keys[i];
        for (const char *const *name = foreign->fields; *name != NULL; name++)
            schema_need_field(reader, schema, *name, foreign->place);
        for (size_t k = 0; k < i; k++) {
            if (strcmp(foreign->link, schema->foreign_keys[k].link) == 0)
                finding_add(reader->findings, FINDING_SCHEMA_FIELD_TWICE, foreign->place,
                            foreign->link, foreign->link);
        }
    }
}

static void read_schema(const struct schema_reader *reader, const char *path, struct schema *schema)
{
    static const char *const keys[] = {"name", "title",   "fields",     "primaryKey", "foreignKeys",
                                       "also", "derived", "statistics", NULL};
    static const char *const none[] = {NULL};
    *schema = (struct schema){.name = "", .title = "", .primary_key = none};
    schema->file = arena_text(reader->arena, path);
    struct yaml_file *file = yaml_read(path, reader->findings);
    if (file == NULL)
        return;
    const struct yaml_node *root = yaml_root(file);
    if (yaml_only(root, keys, reader->findings) == 0 || root->kind == YAML_MAP) {
        schema->name = schema_read_needed(reader, root, "name");
        schema->title = schema_read_needed(reader, root, "title");
        const char *also = yaml_text(root, "also", NULL, reader->findings);
        schema->also = arena_text(reader->arena, also);
        schema->primary_key = schema_read_texts(reader, root, "primaryKey");
        read_fields(reader, root, schema);
        read_foreign_keys(reader, root, schema);
        check_heads(reader, schema);
        check_identify(reader, schema);
        check_keys(reader, schema, root);
        schema_read_statistics(reader, root, schema);
    }
    yaml_close(file);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct schema *)a)->name, ((const struct schema *)b)->name);
}

static void check_reference(const struct schemas *schemas, const struct schema_reader *reader,
                            const char *name, struct place place)
{
    if (*name == '\0' || schemas_find(schemas, name) != NULL)
        return;
    const char **names = g_new(const char *, schemas->count + 1);
    for (size_t i = 0; i < schemas->count; i++)
        names[i] = schemas->list[i].name;
    char *offer = schema_offer(name, names, schemas->count);
    finding_add(reader->findings, FINDING_SCHEMA_UNKNOWN_LEDGER, place, name, offer);
    g_free(offer);
    g_free(names);
}

static void check_together(const struct schemas *schemas, const struct schema_reader *reader)
{
    for (size_t i = 0; i < schemas->count; i++) {
        const struct schema *schema = &schemas->list[i];
        struct place place = {.file = schema->file};
        if (i > 0 && *schema->name != '\0' && strcmp(schema->name, schema[-1].name) == 0)
            finding_add(reader->findings, FINDING_SCHEMA_TWICE, place, schema->name,
                        schema[-1].file);
        if (schema->also != NULL)
            check_reference(schemas, reader, schema->also, place);
        for (size_t k = 0; k < schema->nforeign_key; k++)
            check_reference(schemas, reader, schema->foreign_keys[k].ledger,
                            schema->foreign_keys[k].place);
    }
}

static void read_folder(struct schemas *schemas, const struct schema_reader *reader,
                        const char *folder, char **paths)
{
    size_t count = 0;
    for (size_t i = 0; paths[i] != NULL; i++) {
        if (g_str_has_suffix(paths[i], ".yaml"))
            paths[count++] = paths[i];
        else
            g_free(paths[i]);
    }
    paths[count] = NULL;
    schemas->list = arena_array(schemas->arena, count, sizeof(*schemas->list));
    schemas->count = count;
    for (size_t i = 0; i < count; i++) {
        char *path = g_build_filename(folder, paths[i], NULL);
        read_schema(reader, path, &schemas->list[i]);
        g_free(path);
    }
    qsort(schemas->list, count, sizeof(*schemas->list), compare_names);
    check_together(schemas, reader);
    if (count == 0)
        finding_add(reader->findings, FINDING_SCHEMA_NONE, (struct place){.file = folder});
}

struct schemas *schemas_load(const char *folder, struct findings *findings)
{
    size_t errors = findings_of_level(findings, LEVEL_ERROR);
    struct schemas *schemas = g_new0(struct schemas, 1);
    schemas->arena = arena_new();
    struct schema_reader reader = {.arena = schemas->arena, .findings = findings};
    char **paths = file_list(folder, findings);
    if (paths != NULL)
        read_folder(schemas, &reader, folder, paths);
    g_strfreev(paths);
    if (findings_of_level(findings, LEVEL_ERROR) > errors) {
        schemas_free(schemas);
        return NULL;
    }
    return schemas;
}

void schemas_free(struct schemas *schemas)
{
    if (schemas == NULL)
        return;
    arena_free(schemas->arena);
    g_free(schemas);
}

size_t schemas_count(const struct schemas *schemas)
{
    return schemas->count;
}

const struct schema *schemas_at(const struct schemas *schemas, size_t index)
{
    return &schemas->list[index];
}

const struct schema *schemas_find(const struct schemas *schemas, const char *name)
{
    for (size_t i = 0; i < schemas->count; i++) {
        if (strcmp(schemas->list[i].name, name) == 0)
            return &schemas->list[i];
    }
    return NULL;
}

size_t schema_field(const struct schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->nfield; i++) {
        if (strcmp(schema->fields[i].name, name) == 0)
            return i;
    }
    return SIZE_MAX;
}
