/* Tests that the short ways of reading clean cells come to what the long ways come to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "ledger/field_read.h"

enum { RANDOM_CELLS = 200000, PIECES_MOST = 12 };

/* What cells are made of, clean and dirty. */
static const char *const pieces[] = {
    "0",        "1",      "2",      "3",      "8",      "9",      "13800000000", ".",      "-",
    "+",        "/",      ",",      " ",      "\t",     "\n",     "\r",          "\v",     "'",
    "\"",       "`",      "?",      "a",      "X",      "E+",     "张",          "三",     "村",
    "组",       "、",     "·",      "•",      "．",     "１",     "，",          "　",     "‘",
    "\u200B",   "元",     "约",     "é",      "□",      "？",     "\uFEFF",      "𠮷",     "\u00A0",
    "\xC2\x85", "\u1680", "\u180E", "\u2028", "\u202F", "\u205F", "\uFFFD",      "\uFF65",
};

static const struct field fields[] = {
    {.name = "数", .type = FIELD_DECIMAL, .unit = "元", .places = 2},
    {.name = "文", .type = FIELD_STRING},
};

static const struct field_context amount = {.field = &fields[0], .scale = 0};
static const struct field_context words = {.field = &fields[1], .scale = 0};

static struct reading reading_open(const struct field_context *context, const char *text)
{
    return (struct reading){.context = context,
                            .field = context->field,
                            .text = text,
                            .store = g_string_new(NULL),
                            .value = value_null(STATE_EMPTY),
                            .warning = FINDING_CODES,
                            .detail = g_string_new(NULL)};
}

static void reading_close(struct reading *reading)
{
    g_string_free(reading->store, TRUE);
    g_string_free(reading->detail, TRUE);
}

/* A reader of texts left the text as it was and has nothing to say of it. */
static void assert_unchanged(struct reading *reading, const char *reader)
{
    if (strcmp(reading->store->str, reading->text) != 0 || reading->repair != REPAIR_NONE ||
        reading->warning != FINDING_CODES)
        fail_msg("%s: “%s” became “%s”, repair %d", reader, reading->text, reading->store->str,
                 reading->repair);
    g_string_truncate(reading->store, 0);
}

static bool assert_plain_agrees(const char *text)
{
    struct reading reading = reading_open(&words, text);
    bool plain = is_plain(text);
    if (plain) {
        append_bare_any(&reading, reading.store, text);
        assert_unchanged(&reading, "bare");
        append_name_any(&reading, text);
        assert_unchanged(&reading, "name");
        append_free_any(&reading, text);
        assert_unchanged(&reading, "free");
    }
    reading_close(&reading);
    return plain;
}

static bool assert_amount_agrees(const char *text)
{
    struct reading reading = reading_open(&amount, text);
    decimal clean = 0, any = 0;
    bool is_clean = read_amount_clean(&reading, &clean);
    if (is_clean && (read_amount_any(&reading, &any) != READ_OK || any != clean ||
                     reading.repair != REPAIR_NONE || reading.detail->len > 0))
        fail_msg("the amount “%s” is read in two ways", text);
    reading_close(&reading);
    return is_clean;
}

static bool assert_mobile_agrees(const char *text)
{
    struct reading reading = reading_open(&words, text);
    bool clean = is_clean_mobile(text);
    if (clean) {
        assert_int_equal(read_phones_any(&reading), READ_OK);
        assert_int_equal(reading.value.type, VALUE_TEXT);
        assert_unchanged(&reading, "phone");
    }
    reading_close(&reading);
    return clean;
}

static void clean_cells_are_read_as_all_cells_are(void **state)
{
    GRand *random = g_rand_new_with_seed(20260701);
    GString *text = g_string_new(NULL);
    size_t plain = 0, amounts = 0, mobiles = 0;
    (void)state;
    for (int i = 0; i < RANDOM_CELLS; i++) {
        /* every other cell of digits mostly, so that many are clean */
        int kinds = i % 2 ? (int)G_N_ELEMENTS(pieces) : 8;
        int count = g_rand_int_range(random, 1, PIECES_MOST);
        g_string_truncate(text, 0);
        for (int k = 0; k < count; k++)
            g_string_append(text, pieces[g_rand_int_range(random, 0, kinds)]);
        plain += assert_plain_agrees(text->str);
        amounts += assert_amount_agrees(text->str);
        mobiles += assert_mobile_agrees(text->str);
    }
    assert_true(plain > 1000 && amounts > 1000 && mobiles > 100);
    g_string_free(text, TRUE);
    g_rand_free(random);
}

/* Every character there is, between Han and between digits. */
static void plain_cells_hold_no_character_that_is_changed(void **state)
{
    size_t plain = 0;
    (void)state;
    for (gunichar character = 1; character < 0x30000; character++) {
        char bytes[7] = "", text[32];
        if (!g_unichar_validate(character))
            continue;
        bytes[g_unichar_to_utf8(character, bytes)] = '\0';
        g_snprintf(text, sizeof text, "张%s三", bytes);
        plain += assert_plain_agrees(text);
        g_snprintf(text, sizeof text, "1%s2", bytes);
        assert_plain_agrees(text);
        assert_amount_agrees(text);
    }
    assert_true(plain > 20000); /* the Han at least */
}

/* 万元 in the head: no cell may be taken as it is. */
static void clean_amounts_are_those_in_the_schemas_unit(void **state)
{
    const struct field_context scaled = {.field = &fields[0], .scale = 4};
    struct reading reading = reading_open(&scaled, "3");
    decimal number;
    (void)state;
    assert_false(read_amount_clean(&reading, &number));
    reading.text = "3";
    reading.context = &amount;
    assert_true(read_amount_clean(&reading, &number));
    assert_true(number == 3 * (decimal)DECIMAL_ONE);
    reading_close(&reading);
}

static void every_way_to_say_none_is_known(void **state)
{
    static const char *const nones[] = {"无",   "無", "/",  "／", "-", "－", "--",
                                        "－－", "—",  "——", "–",  "―", "\\", "＼"};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(nones); i++) {
        GString *store = g_string_new(NULL);
        enum finding_code warning;
        enum repair repair;
        struct value value;
        assert_int_equal(field_parse(&words, nones[i], store, &value, &repair, NULL, &warning),
                         FINDING_CODES);
        assert_int_equal(value.state, STATE_NONE);
        g_string_free(store, TRUE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean_cells_are_read_as_all_cells_are),
        cmocka_unit_test(plain_cells_hold_no_character_that_is_changed),
        cmocka_unit_test(clean_amounts_are_those_in_the_schemas_unit),
        cmocka_unit_test(every_way_to_say_none_is_known),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
