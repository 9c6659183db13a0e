/* Checks persons against their households and their own IDs (domain.md 5 rows 7, 24, 25). */
#include <stdio.h>
#include <string.h>

#include "ledger/field.h"
#include "ledger/load.h"
#include "ledger/row_index.h"
#include "ledger/words.h"

struct members {
    struct load *load;
    size_t persons, households;                /* ledgers */
    const int64_t *links;                      /* of persons */
    size_t id, sex, relation, stated, head_id; /* fields; stated: 家庭人口 */
};

static const char *text_at(const struct members *members, size_t row, size_t field)
{
    struct value value;

    if (field == SIZE_MAX)
        return NULL;
    value = load_value(members->load, members->persons, row, field);
    return value.type == VALUE_TEXT ? value.text : NULL;
}

static void report_person(const struct members *members, size_t row, size_t field,
                          enum finding_code code, const char *argument)
{
    finding_add(members->load->findings, code,
                load_place(members->load, members->persons, row, field), argument);
    load_snippet(members->load, members->persons, row, field, NULL);
}

/* The 17th digit of a good ID tells the sex. */
static void check_sex(const struct members *members)
{
    for (size_t row = 0; row < load_rows(members->load, members->persons); row++) {
        const char *id = text_at(members, row, members->id);
        const char *sex = text_at(members, row, members->sex);

        if (id && sex && strcmp(sex, idcard_sex(id) == 1 ? "男" : "女") != 0)
            report_person(members, row, members->sex, FINDING_LEDGER_SEX_DIFFERS, sex);
    }
}

static void check_heads(const struct members *members)
{
    bool *headed = g_new0(bool, load_rows(members->load, members->households));

    for (size_t row = 0; row < load_rows(members->load, members->persons); row++) {
        const char *relation = text_at(members, row, members->relation);
        const int64_t household = members->links[row];

        if (!household || !relation || strcmp(relation, RELATION_HEAD) != 0)
            continue;
        if (headed[household - 1])
            report_person(members, row, members->relation, FINDING_LEDGER_TWO_HEADS, RELATION_HEAD);
        headed[household - 1] = true;
    }
    g_free(headed);
}

/* The register may leave out those who live elsewhere, so this only warns. */
static void check_counts(const struct members *members)
{
    const size_t nhousehold = load_rows(members->load, members->households);
    int64_t *counts = g_new0(int64_t, nhousehold);

    for (size_t row = 0; row < load_rows(members->load, members->persons); row++) {
        if (members->links[row])
            counts[members->links[row] - 1]++;
    }
    for (size_t row = 0; members->stated != SIZE_MAX && row < nhousehold; row++) {
        const struct value stated =
            load_value(members->load, members->households, row, members->stated);
        char count[24], said[24];

        if (counts[row] == 0 || stated.type != VALUE_INTEGER || stated.integer == counts[row])
            continue;
        snprintf(said, sizeof said, "%" G_GINT64_FORMAT, stated.integer);
        snprintf(count, sizeof count, "%" G_GINT64_FORMAT, counts[row]);
        finding_add(members->load->findings, FINDING_LEDGER_MEMBER_COUNT,
                    load_place(members->load, members->households, row, members->stated), said,
                    count);
        load_snippet(members->load, members->households, row, members->stated, NULL);
    }
    g_free(counts);
}

static void report_twice(const struct members *members, size_t row, size_t ledger, size_t other)
{
    GString *place = g_string_new(NULL);

    load_place_append(members->load, place, ledger, other);
    report_person(members, row, members->id, FINDING_LEDGER_PERSON_TWICE, place->str);
    g_string_free(place, TRUE);
}

static struct row_index *index_heads(const struct members *members)
{
    const size_t nrow = load_rows(members->load, members->households);
    struct row_index *index = row_index_new(nrow);

    for (size_t row = 0; members->head_id != SIZE_MAX && row < nrow; row++) {
        const struct value value =
            load_value(members->load, members->households, row, members->head_id);

        if (value.type == VALUE_TEXT)
            row_index_add(index, value.text, row);
    }
    return index;
}

/* One ID in two households, as after one has parted: in two rows, or in a row and as the head of
 * another household. */
static void check_twice(const struct members *members)
{
    const size_t nrow = load_rows(members->load, members->persons);
    struct row_index *persons = row_index_new(nrow), *heads = index_heads(members);

    for (size_t row = 0; row < nrow; row++) {
        const char *id = text_at(members, row, members->id);
        size_t other, head;

        if (!id || !members->links[row])
            continue;
        other = row_index_first(persons, id);
        head = row_index_first(heads, id);
        if (other != SIZE_MAX && members->links[other] != members->links[row])
            report_twice(members, row, members->persons, other);
        else if (other == SIZE_MAX && head != SIZE_MAX && members->links[row] != (int64_t)head + 1)
            report_twice(members, row, members->households, head);
        row_index_add(persons, id, row);
    }
    row_index_free(persons);
    row_index_free(heads);
}

static void report_household(const struct members *members, size_t row, size_t field, size_t other,
                             enum finding_code code)
{
    GString *place = g_string_new(NULL);

    load_place_append(members->load, place, members->households, other);
    finding_add(members->load->findings, code,
                load_place(members->load, members->households, row, field), place->str);
    load_snippet(members->load, members->households, row, field, NULL);
    g_string_free(place, TRUE);
}

static char *area_and_name(const struct members *members, size_t row)
{
    static const char *const fields[] = {FIELD_VILLAGE_NAME, FIELD_GROUP_NAME, FIELD_HEAD_NAME};
    const struct schema *schema = load_ledger(members->load, members->households)->schema;
    GString *key = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        const size_t field = schema_field(schema, fields[i]);
        const struct value value = field == SIZE_MAX
                                       ? value_null(STATE_EMPTY)
                                       : load_value(members->load, members->households, row, field);

        if (value.type != VALUE_TEXT) {
            g_string_free(key, TRUE);
            return NULL; /* nothing that could be alike */
        }
        g_string_append_printf(key, "%s\n", value.text);
    }
    return g_string_free(key, FALSE);
}

static bool same_number(const struct members *members, size_t row, size_t other)
{
    const struct schema *schema = load_ledger(members->load, members->households)->schema;
    const size_t field = schema_field(schema, FIELD_HOUSEHOLD_NUMBER);
    struct value a, b;

    if (field == SIZE_MAX || other == SIZE_MAX)
        return false;
    a = load_value(members->load, members->households, row, field);
    b = load_value(members->load, members->households, other, field);
    return (a.type == VALUE_TEXT || a.state == STATE_INVALID) && value_equal(&a, &b);
}

/* One household in two rows with two numbers (domain.md 5 row 25): surely, where the head's ID is
 * the same; perhaps, where village, group and name are and one of them has no ID. Two of one name
 * with different IDs are two. */
static void check_alike(const struct members *members)
{
    const size_t nrow = load_rows(members->load, members->households);
    const struct schema *schema = load_ledger(members->load, members->households)->schema;
    const size_t name = schema_field(schema, FIELD_HEAD_NAME);
    struct row_index *ids = row_index_new(nrow), *names = row_index_new(nrow);

    for (size_t row = 0; members->head_id != SIZE_MAX && row < nrow; row++) {
        const struct value id =
            load_value(members->load, members->households, row, members->head_id);
        const size_t same = id.type == VALUE_TEXT ? row_index_first(ids, id.text) : SIZE_MAX;
        char *key = area_and_name(members, row);
        const size_t alike = key ? row_index_first(names, key) : SIZE_MAX;

        const bool told_apart =
            id.type == VALUE_TEXT &&
            (alike == SIZE_MAX ||
             load_value(members->load, members->households, alike, members->head_id).type ==
                 VALUE_TEXT);

        /* rows that share their number are told by duplicates_report() */
        if (same != SIZE_MAX && !same_number(members, row, same))
            report_household(members, row, members->head_id, same, FINDING_LEDGER_PERSON_TWICE);
        else if (same == SIZE_MAX && alike != SIZE_MAX && !told_apart &&
                 !same_number(members, row, alike))
            report_household(members, row, name, alike, FINDING_LEDGER_HOUSEHOLD_ALIKE);
        if (id.type == VALUE_TEXT)
            row_index_add(ids, id.text, row);
        if (key)
            row_index_add(names, key, row);
        g_free(key);
    }
    row_index_free(ids);
    row_index_free(names);
}

void members_check(struct load *load)
{
    const struct ledger *persons = ledgers_find(load->ledgers, LEDGER_PERSON);
    const struct ledger *households = ledgers_find(load->ledgers, LEDGER_HOUSEHOLD);
    struct members members = {.load = load};

    if (!persons || !households)
        return;
    members.persons = (size_t)(persons - load->ledgers->list);
    members.households = (size_t)(households - load->ledgers->list);
    members.id = schema_field(persons->schema, FIELD_PERSON_ID);
    members.sex = schema_field(persons->schema, FIELD_SEX);
    members.relation = schema_field(persons->schema, FIELD_RELATION);
    members.stated = schema_field(households->schema, FIELD_SIZE);
    members.head_id = schema_field(households->schema, FIELD_HEAD_ID);
    check_sex(&members);
    check_alike(&members);
    for (size_t k = 0; k < persons->schema->nforeign_key; k++) {
        if (strcmp(persons->schema->foreign_keys[k].link, LINK_HOUSEHOLD) == 0)
            members.links = persons->links[k];
    }
    if (!members.links || rowset_rows(persons->rows) == 0)
        return;
    check_heads(&members);
    check_counts(&members);
    check_twice(&members);
}
