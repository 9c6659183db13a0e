/* Makes rows point at households, persons, villages: by ID, then by number, then by name (design
 * 4). */
#include <stdio.h>
#include <string.h>

#include "ledger/load.h"
#include "ledger/row_index.h"
#include "ledger/words.h"

/* A ledger as others point into it. An index is NULL if the ledger has no such field. */
struct target {
    size_t ledger;
    bool ready;
    struct row_index *ids; /* of households 户主证件号码, of persons 证件号码 */
    struct row_index
        *keys; /* of households 户编号, of all others but persons their key's last field */
    struct row_index *names; /* of households 行政村 and 户主姓名, of persons _户 and 姓名 */
    size_t number, head_id, head, village, group;
    const int64_t *households; /* of persons; or NULL */
};

/* What came of looking a row up. */
struct found {
    size_t row; /* SIZE_MAX: none */
    bool several;
};

struct linking {
    struct load *load;
    size_t ledger;
    const struct foreign_key *key;
    struct target *target;
    /* of the ledger that points, SIZE_MAX: it has none */
    size_t number, head_id, id, village, group, head, name;
    const int64_t *households; /* the _户 made before, or NULL */
    size_t loose;              /* rows whose optional link leads nowhere */
    size_t first_loose;
    GString *text;
};

static const char *text_at(const struct load *load, size_t ledger, size_t row, size_t field)
{
    struct value value;

    if (field == SIZE_MAX)
        return NULL;
    value = load_value(load, ledger, row, field);
    return value.type == VALUE_TEXT ? value.text : NULL;
}

static bool is_ledger(const struct load *load, size_t ledger, const char *name)
{
    return strcmp(load_ledger(load, ledger)->schema->name, name) == 0;
}

static struct row_index *index_field(struct load *load, size_t ledger, size_t field)
{
    struct row_index *index;
    GString *text;

    if (field == SIZE_MAX)
        return NULL;
    index = row_index_new(load_rows(load, ledger));
    text = g_string_new(NULL);
    for (size_t row = 0; row < load_rows(load, ledger); row++) {
        const struct value value = load_value(load, ledger, row, field);

        g_string_truncate(text, 0);
        value_append(text, &value);
        if (text->len > 0)
            row_index_add(index, text->str, row);
    }
    g_string_free(text, TRUE);
    return index;
}

static const char *household_name_key(GString *key, const char *village, const char *head)
{
    if (!village || !head)
        return NULL;
    g_string_printf(key, "%s\n%s", village, head);
    return key->str;
}

static const char *person_name_key(GString *key, int64_t household, const char *name)
{
    if (!household || !name)
        return NULL;
    g_string_printf(key, "%" G_GINT64_FORMAT "\n%s", household, name);
    return key->str;
}

static struct row_index *index_names(const struct load *load, const struct target *target,
                                     size_t person)
{
    struct row_index *index = row_index_new(load_rows(load, target->ledger));
    GString *text = g_string_new(NULL);

    for (size_t row = 0; row < load_rows(load, target->ledger); row++) {
        const char *key =
            target->households
                ? person_name_key(text, target->households[row],
                                  text_at(load, target->ledger, row, person))
                : household_name_key(text, text_at(load, target->ledger, row, target->village),
                                     text_at(load, target->ledger, row, target->head));

        if (key)
            row_index_add(index, key, row);
    }
    g_string_free(text, TRUE);
    return index;
}

static size_t link_index(const struct schema *schema, const char *link)
{
    for (size_t k = 0; k < schema->nforeign_key; k++) {
        if (strcmp(schema->foreign_keys[k].link, link) == 0)
            return k;
    }
    return SIZE_MAX;
}

/* The field that says most: the last of 乡镇, 行政村. */
static size_t last_field(const struct schema *schema, const char *const *names)
{
    size_t field = SIZE_MAX;

    for (size_t i = 0; names[i]; i++)
        field = schema_field(schema, names[i]);
    return field;
}

/* Built when the first row points into the ledger, kept for all others. */
static struct target *target_of(struct load *load, size_t ledger)
{
    const struct schema *schema = load_ledger(load, ledger)->schema;
    struct target *target;
    size_t link;

    if (!load->targets)
        load->targets = g_new0(struct target, load->ledgers->count);
    target = &load->targets[ledger];
    if (target->ready)
        return target;
    link = link_index(schema, LINK_HOUSEHOLD);
    *target = (struct target){.ledger = ledger,
                              .ready = true,
                              .number = schema_field(schema, FIELD_HOUSEHOLD_NUMBER),
                              .head_id = schema_field(schema, FIELD_HEAD_ID),
                              .head = schema_field(schema, FIELD_HEAD_NAME),
                              .village = schema_field(schema, FIELD_VILLAGE_NAME),
                              .group = schema_field(schema, FIELD_GROUP_NAME)};
    if (is_ledger(load, ledger, LEDGER_HOUSEHOLD)) {
        target->ids = index_field(load, ledger, target->head_id);
        target->keys = index_field(load, ledger, target->number);
        target->names = index_names(load, target, SIZE_MAX);
    } else if (is_ledger(load, ledger, LEDGER_PERSON)) {
        if (link != SIZE_MAX)
            target->households = load_ledger(load, ledger)->links[link];
        target->ids = index_field(load, ledger, schema_field(schema, FIELD_PERSON_ID));
        if (target->households)
            target->names = index_names(load, target, schema_field(schema, FIELD_PERSON_NAME));
    } else {
        target->keys = index_field(load, ledger, last_field(schema, schema->primary_key));
    }
    return target;
}

void links_done(struct load *load)
{
    for (size_t i = 0; load->targets && i < load->ledgers->count; i++) {
        row_index_free(load->targets[i].ids);
        row_index_free(load->targets[i].keys);
        row_index_free(load->targets[i].names);
    }
    g_free(load->targets);
    load->targets = NULL;
}

/* Whether both rows name the field, and differently. */
static bool contradict(const struct linking *linking, size_t row, size_t field, size_t other,
                       size_t other_field)
{
    const char *a = text_at(linking->load, linking->ledger, row, field);
    const char *b = text_at(linking->load, linking->target->ledger, other, other_field);

    return a && b && strcmp(a, b) != 0;
}

/* Another match makes it several, unless it is the same row once more. */
static void found_add(struct found *found, size_t row)
{
    if (found->row != SIZE_MAX && found->row != row)
        found->several = true;
    found->row = row;
}

static const struct found nothing = {SIZE_MAX, false};

static struct found find_key(const struct row_index *index, const char *key)
{
    struct found found = nothing;

    for (size_t at = index && key ? row_index_first(index, key) : SIZE_MAX; at != SIZE_MAX;
         at = row_index_next(index, at))
        found_add(&found, at);
    return found;
}

/* The household of the person with that ID. */
static struct found find_person_household(const struct linking *linking, const char *id)
{
    const struct ledger *persons = ledgers_find(linking->load->ledgers, LEDGER_PERSON);
    struct found found = nothing;
    struct target *target;

    if (!id || !persons || persons == load_ledger(linking->load, linking->ledger))
        return nothing;
    target = target_of(linking->load, (size_t)(persons - linking->load->ledgers->list));
    for (size_t at = target->ids ? row_index_first(target->ids, id) : SIZE_MAX;
         target->households && at != SIZE_MAX; at = row_index_next(target->ids, at)) {
        if (target->households[at])
            found_add(&found, (size_t)target->households[at] - 1);
    }
    return found;
}

static struct found find_by_id(const struct linking *linking, size_t row)
{
    const char *head = text_at(linking->load, linking->ledger, row, linking->head_id);
    const char *own = text_at(linking->load, linking->ledger, row, linking->id);
    struct found found = find_key(linking->target->ids, head ? head : own);

    return found.row != SIZE_MAX ? found : find_person_household(linking, head ? head : own);
}

/* By 行政村, 村民小组 and 户主姓名, if nothing that both rows say speaks against it. */
static struct found find_by_name(const struct linking *linking, size_t row)
{
    const struct target *target = linking->target;
    const char *key = household_name_key(
        linking->text, text_at(linking->load, linking->ledger, row, linking->village),
        text_at(linking->load, linking->ledger, row, linking->head));
    struct found found = nothing;

    for (size_t at = key ? row_index_first(target->names, key) : SIZE_MAX; at != SIZE_MAX;
         at = row_index_next(target->names, at)) {
        if (!contradict(linking, row, linking->group, at, target->group) &&
            !contradict(linking, row, linking->number, at, target->number) &&
            !contradict(linking, row, linking->head_id, at, target->head_id))
            found_add(&found, at);
    }
    return found;
}

static struct place key_place(const struct linking *linking, size_t row, size_t *field)
{
    const struct schema *schema = load_ledger(linking->load, linking->ledger)->schema;
    const uint32_t file =
        g_array_index(linking->load->extra[linking->ledger].origins, struct row_origin, row).file;

    /* the name of the head says it too, where the file has no key */
    *field = linking->head;
    if (*field != SIZE_MAX &&
        load_column(linking->load, linking->ledger, file, *field) == NO_COLUMN)
        *field = SIZE_MAX;
    for (size_t i = 0; linking->key->fields[i]; i++) {
        const size_t at = schema_field(schema, linking->key->fields[i]);

        if (at != SIZE_MAX && load_column(linking->load, linking->ledger, file, at) != NO_COLUMN)
            *field = at;
    }
    return load_place(linking->load, linking->ledger, row, *field);
}

static void report(const struct linking *linking, size_t row, enum finding_code code)
{
    size_t field;
    const struct place place = key_place(linking, row, &field);

    finding_add(linking->load->findings, code, place,
                load_ledger(linking->load, linking->target->ledger)->schema->title);
    load_snippet(linking->load, linking->ledger, row, field, NULL);
}

/* An ID and a number that lead to different households: the ID counts, the number is not known. */
static struct found agree(const struct linking *linking, size_t row, struct found by_id,
                          struct found by_number)
{
    if (by_id.row == SIZE_MAX || by_id.several)
        return by_number.row != SIZE_MAX ? by_number : by_id;
    if (by_number.row != SIZE_MAX && !by_number.several && by_number.row != by_id.row) {
        report(linking, row, FINDING_LEDGER_LINK_DISAGREES);
        if (linking->number != SIZE_MAX)
            load_invalidate(linking->load, linking->ledger, row, linking->number, NULL);
        load_lose(linking->load, linking->ledger,
                  text_at(linking->load, linking->ledger, row, linking->village),
                  load_place(linking->load, linking->ledger, row, SIZE_MAX));
    }
    return by_id;
}

static struct found find_household(const struct linking *linking, size_t row)
{
    const uint32_t run =
        g_array_index(linking->load->extra[linking->ledger].households, uint32_t, row);
    const char *number = text_at(linking->load, linking->ledger, row, linking->number);
    struct found found =
        run ? (struct found){run - 1, false} : find_key(linking->target->keys, number);

    /* a member's own row says where he lives; his ID elsewhere is for members.c to tell */
    if (found.row == SIZE_MAX || !is_ledger(linking->load, linking->ledger, LEDGER_PERSON))
        found = agree(linking, row, find_by_id(linking, row), found);
    if (found.row == SIZE_MAX)
        found = find_by_name(linking, row);
    return found;
}

/* By ID, in the household if several persons bear it; without an ID by the name in the household.
 */
static struct found find_person(const struct linking *linking, size_t row)
{
    const struct target *target = linking->target;
    const char *id = text_at(linking->load, linking->ledger, row, linking->id);
    const char *name = text_at(linking->load, linking->ledger, row, linking->name);
    const int64_t household = linking->households ? linking->households[row] : 0;
    struct found found = find_key(target->ids, id), in_household = nothing;

    if (found.several) {
        for (size_t at = row_index_first(target->ids, id); at != SIZE_MAX;
             at = row_index_next(target->ids, at)) {
            if (target->households && household && target->households[at] == household)
                found_add(&in_household, at);
        }
        return in_household.row != SIZE_MAX ? in_household : found;
    }
    if (found.row == SIZE_MAX && !id && target->names)
        found = find_key(target->names, person_name_key(linking->text, household, name));
    return found;
}

/* By the last field of the key; the others only must not contradict. */
static struct found find_plain(const struct linking *linking, size_t row)
{
    const struct schema *own = load_ledger(linking->load, linking->ledger)->schema;
    const struct schema *other = load_ledger(linking->load, linking->target->ledger)->schema;
    const size_t field = last_field(own, linking->key->fields);
    struct found found = nothing;
    struct value value;

    if (field == SIZE_MAX || !linking->target->keys)
        return nothing;
    value = load_value(linking->load, linking->ledger, row, field);
    g_string_truncate(linking->text, 0);
    value_append(linking->text, &value);
    if (linking->text->len == 0)
        return nothing;
    for (size_t at = row_index_first(linking->target->keys, linking->text->str); at != SIZE_MAX;
         at = row_index_next(linking->target->keys, at)) {
        bool fits = true;

        for (size_t i = 0; linking->key->fields[i]; i++)
            fits = fits && !contradict(linking, row, schema_field(own, linking->key->fields[i]), at,
                                       schema_field(other, linking->key->fields[i]));
        if (fits)
            found_add(&found, at);
    }
    return found;
}

/* Whether the row names what it points at: a public notice without a village points at none. */
static bool names_target(const struct linking *linking, size_t row)
{
    for (size_t i = 0; linking->key->fields[i]; i++) {
        const size_t field = schema_field(load_ledger(linking->load, linking->ledger)->schema,
                                          linking->key->fields[i]);

        if (field != SIZE_MAX &&
            load_value(linking->load, linking->ledger, row, field).type != VALUE_NULL)
            return true;
    }
    return false;
}

static int64_t settle(struct linking *linking, size_t row, struct found found)
{
    if (found.row != SIZE_MAX && !found.several)
        return (int64_t)found.row + 1;
    if (found.several || linking->key->required) {
        report(linking, row,
               found.several ? FINDING_LEDGER_LINK_AMBIGUOUS : FINDING_LEDGER_LINK_DANGLING);
        load_lose(linking->load, linking->ledger,
                  text_at(linking->load, linking->ledger, row, linking->village),
                  load_place(linking->load, linking->ledger, row, SIZE_MAX));
    } else if (names_target(linking, row) && linking->loose++ == 0) {
        linking->first_loose = row;
    }
    return 0;
}

static void report_loose(const struct linking *linking)
{
    const struct schema *schema = load_ledger(linking->load, linking->target->ledger)->schema;
    char count[24];
    size_t field;

    if (linking->loose == 0)
        return;
    snprintf(count, sizeof count, "%zu", linking->loose);
    finding_add(linking->load->findings, FINDING_LEDGER_LINK_LOOSE,
                key_place(linking, linking->first_loose, &field), schema->title, count);
    load_snippet(linking->load, linking->ledger, linking->first_loose, field, NULL);
}

static void link_rows(struct linking *linking, int64_t *links)
{
    const bool household = strcmp(linking->key->ledger, LEDGER_HOUSEHOLD) == 0;
    const bool person = strcmp(linking->key->ledger, LEDGER_PERSON) == 0;

    for (size_t row = 0; row < load_rows(linking->load, linking->ledger); row++) {
        const struct found found = household ? find_household(linking, row)
                                   : person  ? find_person(linking, row)
                                             : find_plain(linking, row);

        links[row] = settle(linking, row, found);
    }
    report_loose(linking);
}

static void link_key(struct load *load, size_t ledger, size_t k)
{
    struct ledger *of = load_ledger(load, ledger);
    const struct schema *schema = of->schema;
    const struct foreign_key *key = &schema->foreign_keys[k];
    const struct ledger *target = ledgers_find(load->ledgers, key->ledger);
    const size_t household = link_index(schema, LINK_HOUSEHOLD);
    struct linking linking = {.load = load,
                              .ledger = ledger,
                              .key = key,
                              .number = schema_field(schema, FIELD_HOUSEHOLD_NUMBER),
                              .head_id = schema_field(schema, FIELD_HEAD_ID),
                              .id = schema_field(schema, FIELD_PERSON_ID),
                              .village = schema_field(schema, FIELD_VILLAGE_NAME),
                              .group = schema_field(schema, FIELD_GROUP_NAME),
                              .head = schema_field(schema, FIELD_HEAD_NAME),
                              .name = schema_field(schema, FIELD_PERSON_NAME)};

    if (linking.name == SIZE_MAX)
        linking.name = schema_field(schema, FIELD_OBJECT);
    of->links[k] = arena_array(load->arena, load_rows(load, ledger), sizeof *of->links[k]);
    if (load_rows(load, ledger) == 0 || !target)
        return;
    if (rowset_rows(target->rows) == 0) {
        if (key->required)
            finding_add(load->findings, FINDING_LEDGER_LINK_NO_TARGET,
                        (struct place){.file = load_place(load, ledger, 0, SIZE_MAX).file},
                        target->schema->title);
        return;
    }
    linking.target = target_of(load, (size_t)(target - load->ledgers->list));
    linking.households = household != SIZE_MAX ? of->links[household] : NULL;
    linking.text = g_string_new(NULL);
    link_rows(&linking, of->links[k]);
    g_string_free(linking.text, TRUE);
}

void links_make(struct load *load, size_t ledger)
{
    const struct schema *schema = load_ledger(load, ledger)->schema;
    const size_t household = link_index(schema, LINK_HOUSEHOLD);

    /* a person is looked for in the household */
    if (household != SIZE_MAX)
        link_key(load, ledger, household);
    for (size_t k = 0; k < schema->nforeign_key; k++) {
        if (k != household)
            link_key(load, ledger, k);
    }
}
