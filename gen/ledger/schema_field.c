/* Reads one field of a schema from its YAML and refuses what does not fit its type. */
#include "ledger/schema_read.h"

#include <glib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/text.h"

static const char *const type_names[] = {
    [FIELD_STRING] = "string",   [FIELD_INTEGER] = "integer", [FIELD_DECIMAL] = "decimal",
    [FIELD_MONEY] = "money",     [FIELD_DATE] = "date",       [FIELD_YEAR] = "year",
    [FIELD_BOOLEAN] = "boolean", [FIELD_CODE] = "code",       [FIELD_IDCARD] = "idcard",
    [FIELD_PHONE] = "phone",     [FIELD_AREA] = "area",
};

static const char *const show_names[] = {
    [SHOW_HIDE] = "hide", [SHOW_MASK] = "mask", [SHOW_FULL] = "full"};

static const char *const mask_names[] = {
    [MASK_NONE] = "none",       [MASK_ID] = "id",     [MASK_PHONE] = "phone",
    [MASK_ACCOUNT] = "account", [MASK_NAME] = "name", [MASK_MINOR] = "minor",
};

const char *field_type_name(enum field_type type)
{
    return type_names[type];
}

char *schema_offer(const char *text, const char *const *candidates, size_t count)
{
    const char *nearest = text_nearest(text, candidates, count);
    if (nearest != NULL)
        return g_strdup(nearest);
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < count; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? " " : "", candidates[i]);
    return g_string_free(all, FALSE);
}

struct place schema_place(const struct schema_reader *reader, const struct yaml_node *node)
{
    struct place place = node->place;
    place.file = arena_text(reader->arena, place.file);
    place.field = NULL;
    return place;
}

void schema_wrong_kind(const struct schema_reader *reader, const struct yaml_node *node,
                       const char *key, const char *chinese, const char *english)
{
    finding_add(reader->findings, FINDING_TEMPLATE_WRONG_KIND, node->place, key, chinese, english);
}

const char *schema_read_needed(const struct schema_reader *reader, const struct yaml_node *map,
                               const char *key)
{
    const char *text = yaml_text(map, key, NULL, reader->findings);
    const struct yaml_node *member = yaml_member(map, key);
    if (member == NULL || (text != NULL && *text == '\0'))
        finding_add(reader->findings, FINDING_SCHEMA_MISSING,
                    member == NULL ? map->place : member->place, key);
    return text == NULL ? "" : arena_text(reader->arena, text);
}

const char *const *schema_read_texts(const struct schema_reader *reader,
                                     const struct yaml_node *map, const char *key)
{
    const struct yaml_node *member = yaml_member(map, key);
    const struct yaml_node *items = member;
    size_t count = member == NULL ? 0 : 1;
    if (member != NULL && member->kind == YAML_LIST) {
        items = member->children;
        count = member->count;
    }
    const char **texts = arena_array(reader->arena, count + 1, sizeof(*texts));
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i].kind == YAML_TEXT && *items[i].text != '\0')
            texts[taken++] = arena_text(reader->arena, items[i].text);
        else
            schema_wrong_kind(reader, &items[i], key, "文字的列表", "a list of texts");
    }
    return texts;
}

/* The index of text among names, or fallback with schema-bad-value. */
static size_t choose(const struct schema_reader *reader, const struct yaml_node *node,
                     const char *key, const char *const *names, size_t count, size_t fallback)
{
    if (node->kind == YAML_TEXT) {
        for (size_t i = 0; i < count; i++) {
            if (strcmp(node->text, names[i]) == 0)
                return i;
        }
    }
    const char *text = node->kind == YAML_TEXT ? node->text : "";
    char *offer = schema_offer(text, names, count);
    finding_add(reader->findings, FINDING_SCHEMA_BAD_VALUE, node->place, key, text, offer);
    g_free(offer);
    return fallback;
}

/* Of a NULL-ended list; NULL is an empty one. */
static size_t count_texts(const char *const *list)
{
    size_t count = 0;
    while (list != NULL && list[count] != NULL)
        count++;
    return count;
}

static bool contains(const char *const *list, const char *text)
{
    for (; *list != NULL; list++) {
        if (strcmp(*list, text) == 0)
            return true;
    }
    return false;
}

/* true when the member is absent, or the type may have it. */
static void allow(const struct schema_reader *reader, const struct yaml_node *map, const char *key,
                  bool fits, enum field_type type)
{
    const struct yaml_node *member = yaml_member(map, key);
    if (member != NULL && !fits)
        finding_add(reader->findings, FINDING_SCHEMA_NOT_FOR_TYPE, member->key_place, key,
                    field_type_name(type));
}

static bool read_bound(const struct schema_reader *reader, const struct yaml_node *constraints,
                       const char *key, double *bound)
{
    const char *text = yaml_text(constraints, key, NULL, reader->findings);
    if (text == NULL)
        return false;
    decimal number;
    if (decimal_parse(text, &number) != DECIMAL_OK) {
        finding_add(reader->findings, FINDING_SCHEMA_BAD_VALUE,
                    yaml_member(constraints, key)->place, key, text, "0 1 2.5");
        return false;
    }
    *bound = decimal_to_real(number);
    return true;
}

static void read_constraints(const struct schema_reader *reader, const struct yaml_node *node,
                             struct field *field)
{
    static const char *const keys[] = {"required", "minimum", "maximum", "enum", NULL};
    const struct yaml_node *constraints = yaml_member(node, "constraints");
    bool has_codes = false;
    if (constraints != NULL && yaml_only(constraints, keys, reader->findings) == 0) {
        bool number = field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL ||
                      field->type == FIELD_MONEY || field->type == FIELD_YEAR;
        field->required = yaml_flag(constraints, "required", false, reader->findings);
        field->has_minimum = read_bound(reader, constraints, "minimum", &field->minimum);
        field->has_maximum = read_bound(reader, constraints, "maximum", &field->maximum);
        allow(reader, constraints, "minimum", number, field->type);
        allow(reader, constraints, "maximum", number, field->type);
        allow(reader, constraints, "enum", field->type == FIELD_CODE, field->type);
        has_codes = yaml_member(constraints, "enum") != NULL;
        if (has_codes)
            field->codes = schema_read_texts(reader, constraints, "enum");
    }
    if (field->type == FIELD_CODE && !has_codes)
        finding_add(reader->findings, FINDING_SCHEMA_MISSING, node->place, "constraints: enum");
}

static void read_synonyms(const struct schema_reader *reader, const struct yaml_node *node,
                          struct field *field)
{
    static const char *const yes_no[] = {"是", "否", NULL};
    const char *const *codes = field->type == FIELD_BOOLEAN ? yes_no : field->codes;
    const struct yaml_node *map = yaml_member(node, "synonyms");
    size_t count = map == NULL || map->kind != YAML_MAP ? 0 : map->count;
    struct synonym *synonyms = arena_array(reader->arena, count + 1, sizeof(*synonyms));
    field->synonyms = synonyms;
    if (map == NULL)
        return;
    if (map->kind != YAML_MAP) {
        schema_wrong_kind(reader, map, "synonyms", "名称和值的对应", "a map");
        return;
    }
    allow(reader, node, "synonyms", field->type == FIELD_CODE || field->type == FIELD_BOOLEAN,
          field->type);
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *to = &map->children[i];
        bool known = to->kind == YAML_TEXT && (codes == NULL || contains(codes, to->text));
        if (!known) {
            const char *text = to->kind == YAML_TEXT ? to->text : "";
            char *offer = schema_offer(text, codes, count_texts(codes));
            finding_add(reader->findings, FINDING_SCHEMA_BAD_VALUE, to->place, "synonyms", text,
                        offer);
            g_free(offer);
            continue;
        }
        *synonyms++ = (struct synonym){arena_text(reader->arena, to->key),
                                       arena_text(reader->arena, to->text)};
    }
}

static void read_show(const struct schema_reader *reader, const struct yaml_node *node,
                      struct field *field)
{
    static const char *const keys[] = {"public", "household", "internal", NULL};
    static const enum audience audiences[] = {AUDIENCE_PUBLIC, AUDIENCE_HOUSEHOLD,
                                              AUDIENCE_INTERNAL};
    for (size_t i = 0; i < AUDIENCES; i++)
        field->show[i] = i == AUDIENCE_INTERNAL ? SHOW_FULL : SHOW_HIDE;

    const struct yaml_node *show = yaml_member(node, "show");
    if (show != NULL && show->kind == YAML_TEXT) {
        size_t all = choose(reader, show, "show", show_names, G_N_ELEMENTS(show_names), SHOW_HIDE);
        for (size_t i = 0; i < AUDIENCES; i++)
            field->show[i] = (enum show)all;
    } else if (show != NULL && yaml_only(show, keys, reader->findings) == 0) {
        for (size_t i = 0; i < G_N_ELEMENTS(audiences); i++) {
            const struct yaml_node *member = yaml_member(show, keys[i]);
            if (member != NULL)
                field->show[audiences[i]] = (enum show)choose(reader, member, "show", show_names,
                                                              G_N_ELEMENTS(show_names), SHOW_HIDE);
        }
    }
    field->show[AUDIENCE_OFFICIAL] = field->show[AUDIENCE_PUBLIC];
}

static bool mask_fits(enum mask mask, enum field_type type)
{
    switch (mask) {
    case MASK_NONE:
        return true;
    case MASK_ID:
        return type == FIELD_IDCARD || type == FIELD_STRING;
    case MASK_PHONE:
        return type == FIELD_PHONE || type == FIELD_STRING;
    case MASK_ACCOUNT:
    case MASK_NAME:
    case MASK_MINOR:
        return type == FIELD_STRING;
    }
    return false;
}

static void read_mask(const struct schema_reader *reader, const struct yaml_node *node,
                      struct field *field)
{
    const struct yaml_node *mask = yaml_member(node, "mask");
    if (mask != NULL) {
        field->mask = (enum mask)choose(reader, mask, "mask", mask_names, G_N_ELEMENTS(mask_names),
                                        MASK_NONE);
        allow(reader, node, "mask", mask_fits(field->mask, field->type), field->type);
    }
    const struct yaml_node *show = yaml_member(node, "show");
    bool masked = false;
    for (size_t i = 0; i < AUDIENCES; i++)
        masked = masked || field->show[i] == SHOW_MASK;
    if (masked && field->mask == MASK_NONE)
        finding_add(reader->findings, FINDING_SCHEMA_MASK_MISSING, show->place, field->name);
    bool secret =
        field->type == FIELD_IDCARD || field->mask == MASK_ID || field->mask == MASK_ACCOUNT;
    if (secret && field->show[AUDIENCE_PUBLIC] == SHOW_FULL)
        finding_add(reader->findings, FINDING_SCHEMA_SECRET_PUBLIC, show->place, field->name);
}

/* SQL is written without quotes, and _… and …_态 are the stores' own columns (design 5, 6). */
static bool name_is_plain(const char *name)
{
    if (*name == '_' || g_ascii_isdigit(*name) || g_str_has_suffix(name, "_态"))
        return false;
    size_t length;
    for (const char *p = name; *p != '\0'; p += length) {
        uint32_t character = text_character(p, &length);
        bool plain = text_is_han(character) || character == '_' ||
                     (character < 0x80 && g_ascii_isalnum((char)character));
        if (!plain)
            return false;
    }
    return true;
}

static void read_measure(const struct schema_reader *reader, const struct yaml_node *node,
                         struct field *field)
{
    bool decimals = field->type == FIELD_DECIMAL || field->type == FIELD_MONEY;
    const char *unit =
        yaml_text(node, "unit", field->type == FIELD_MONEY ? "元" : NULL, reader->findings);
    field->unit = arena_text(reader->arena, unit);
    allow(reader, node, "unit", decimals || field->type == FIELD_INTEGER, field->type);

    long places = yaml_integer(node, "places", decimals ? 2 : 0, reader->findings);
    if (places < 0 || places > DECIMAL_PLACES) {
        finding_add(reader->findings, FINDING_SCHEMA_BAD_VALUE, yaml_member(node, "places")->place,
                    "places", yaml_member(node, "places")->text, "0 1 2 3 4 5 6");
        places = 0;
    }
    field->places = (int)places;
    allow(reader, node, "places", decimals, field->type);
}

static void read_derived(const struct schema_reader *reader, const struct yaml_node *node,
                         struct field *field)
{
    field->sql = schema_read_needed(reader, node, "sql");
    /* A text worked out from hidden columns could carry them to readers who must not have them. */
    bool internal =
        field->show[AUDIENCE_PUBLIC] == SHOW_HIDE && field->show[AUDIENCE_HOUSEHOLD] == SHOW_HIDE;
    bool closed = field->type == FIELD_BOOLEAN || field->type == FIELD_INTEGER ||
                  field->type == FIELD_CODE || (field->type == FIELD_STRING && internal);
    if (!closed)
        finding_add(reader->findings, FINDING_SCHEMA_DERIVED_OPEN, node->place, field->name);
}

static void read_own(const struct schema_reader *reader, const struct yaml_node *node,
                     struct field *field)
{
    static const char *const levels[] = {"row", "household"};
    static const char *const texts[] = {"closed", "open"};
    field->aliases = schema_read_texts(reader, node, "aliases");
    field->multiple = yaml_flag(node, "multiple", false, reader->findings);
    allow(reader, node, "multiple", field->type == FIELD_CODE, field->type);
    static const char *const old_ids[] = {"refuse", "convert"};
    const struct yaml_node *old_id = yaml_member(node, "old_id");
    if (old_id != NULL)
        field->old_id = choose(reader, old_id, "old_id", old_ids, 2, 0) == 1;
    field->split = yaml_flag(node, "split", false, reader->findings);
    allow(reader, node, "split", field->type == FIELD_STRING || field->type == FIELD_IDCARD,
          field->type);
    allow(reader, node, "old_id", field->type == FIELD_IDCARD, field->type);
    const struct yaml_node *level = yaml_member(node, "level");
    if (level != NULL)
        field->household_level = choose(reader, level, "level", levels, 2, 0) == 1;
    const struct yaml_node *text = yaml_member(node, "text");
    if (text != NULL)
        field->open_text = choose(reader, text, "text", texts, 2, 1) == 1;
    allow(reader, node, "text", field->type == FIELD_STRING, field->type);
}

void schema_read_field(const struct schema_reader *reader, const struct yaml_node *node,
                       bool derived, struct field *field)
{
    static const char *const own_keys[] = {
        "name",  "type",     "aliases", "identify", "constraints", "synonyms", "unit",  "places",
        "level", "multiple", "text",    "show",     "mask",        "old_id",   "split", NULL};
    static const char *const derived_keys[] = {"name", "type", "constraints", "show", "sql", NULL};
    static const char *const none[] = {NULL};
    *field = (struct field){.place = schema_place(reader, node), .name = "", .aliases = none};
    if (yaml_only(node, derived ? derived_keys : own_keys, reader->findings) != 0 &&
        node->kind != YAML_MAP)
        return;
    field->name = schema_read_needed(reader, node, "name");
    if (*field->name != '\0' && !name_is_plain(field->name))
        finding_add(reader->findings, FINDING_SCHEMA_BAD_NAME, yaml_member(node, "name")->place,
                    field->name);
    field->identify = !derived && yaml_flag(node, "identify", false, reader->findings);
    const struct yaml_node *type = yaml_member(node, "type");
    if (type == NULL) {
        finding_add(reader->findings, FINDING_SCHEMA_MISSING, node->place, "type");
        return;
    }
    size_t known = choose(reader, type, "type", type_names, G_N_ELEMENTS(type_names),
                          G_N_ELEMENTS(type_names));
    if (known == G_N_ELEMENTS(type_names))
        return; /* nothing else can be judged without it */
    field->type = (enum field_type)known;
    read_constraints(reader, node, field);
    read_synonyms(reader, node, field);
    read_show(reader, node, field);
    read_mask(reader, node, field);
    read_measure(reader, node, field);
    if (derived)
        read_derived(reader, node, field);
    else
        read_own(reader, node, field);
}
