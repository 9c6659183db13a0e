/* Character classes and the rules between neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

#include "typeset/classes.h"

static void assert_class(const char *characters, enum char_class class)
{
    for (const char *at = characters; *at; at = g_utf8_next_char(at))
        assert_int_equal(class_of(g_utf8_get_char(at)), class);
}

static bool breaks(const char *pair)
{
    uint32_t before = g_utf8_get_char(pair);
    uint32_t after = g_utf8_get_char(g_utf8_next_char(pair));
    return break_allowed(before, class_of(before), after, class_of(after));
}

static void class_of_knows_every_class(void **state)
{
    (void)state;
    assert_class("一龥㐀𠀀あ□①", CLASS_IDEOGRAPH);
    assert_class("（《「『【〔〈“‘〖［｛〝", CLASS_OPEN);
    assert_class("）》」』】〕〉”’〗］｝〞", CLASS_CLOSE);
    assert_class("，、；：", CLASS_PAUSE);
    assert_class("。．？！", CLASS_STOP);
    assert_class("·～–／・•‧", CLASS_MIDDLE);
    assert_class("—…⋯", CLASS_DASH);
    assert_class("％℃", CLASS_SUFFIX);
    assert_class("￥＋－№", CLASS_PREFIX);
    assert_class("０９", CLASS_WIDE_DIGIT);
    assert_class("0189", CLASS_DIGIT);
    assert_class("aZé-+*/@_¥−ئ", CLASS_LATIN);
    assert_class("%°‰", CLASS_UNIT);
    assert_class("☐☑☒", CLASS_BOX);
    assert_class("([{", CLASS_LATIN_OPEN);
    assert_class(")]},.;:!?", CLASS_LATIN_CLOSE);
    assert_class(" \t", CLASS_SPACE);
    assert_class("　", CLASS_WIDE_SPACE);
    assert_class("\n", CLASS_NEWLINE);
}

static void break_allowed_keeps_the_basic_level(void **state)
{
    (void)state;
    const char *const no[] = {"一，", "一。", "一）", "一”", "一·", "一～", "一％", "一℃",  "一%",
                              "（一", "“一",  "《一", "〔2", "〕1", "第1",  "1年",  "9％",  "1.",
                              ".5",   "-3",   "￥1",  "ab",  "a1",  "——",   "……",   "１２", "２年",
                              "一 ",  "一　", "3户",  "3人", "7天", "☐是",  "☑a"};
    const char *const yes[] = {"一二", "，一", "）一", "）（", "一（", "一1", "1村",
                               "a一",  "一a",  " a",   "—一",  "一—",  "·一", "～一",
                               "％一", "年1",  "　一", "是☐",  "　☐"};
    for (size_t i = 0; i < G_N_ELEMENTS(no); i++)
        if (breaks(no[i]))
            fail_msg("breaks: %s", no[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(yes); i++)
        if (!breaks(yes[i]))
            fail_msg("does not break: %s", yes[i]);
}

static void gap_between_stands_at_words_only(void **state)
{
    (void)state;
    assert_true(gap_between(CLASS_IDEOGRAPH, CLASS_DIGIT));
    assert_true(gap_between(CLASS_LATIN, CLASS_IDEOGRAPH));
    assert_true(gap_between(CLASS_UNIT, CLASS_IDEOGRAPH));
    assert_false(gap_between(CLASS_IDEOGRAPH, CLASS_IDEOGRAPH));
    assert_false(gap_between(CLASS_DIGIT, CLASS_PAUSE));
    assert_false(gap_between(CLASS_OPEN, CLASS_LATIN));
    assert_false(gap_between(CLASS_LATIN_CLOSE, CLASS_IDEOGRAPH));
    assert_false(gap_between(CLASS_WIDE_DIGIT, CLASS_IDEOGRAPH));
}

static void stretch_between_leaves_units_whole(void **state)
{
    (void)state;
    assert_int_equal(stretch_between(CLASS_DIGIT, CLASS_DIGIT), STRETCH_NEVER);
    assert_int_equal(stretch_between(CLASS_DASH, CLASS_DASH), STRETCH_NEVER);
    assert_int_equal(stretch_between(CLASS_DIGIT, CLASS_SUFFIX), STRETCH_NEVER);
    assert_int_equal(stretch_between(CLASS_PREFIX, CLASS_DIGIT), STRETCH_NEVER);
    assert_int_equal(stretch_between(CLASS_IDEOGRAPH, CLASS_MIDDLE), STRETCH_NEVER);
    assert_int_equal(stretch_between(CLASS_SPACE, CLASS_LATIN), STRETCH_SPACE);
    assert_int_equal(stretch_between(CLASS_IDEOGRAPH, CLASS_DIGIT), STRETCH_GAP);
    assert_int_equal(stretch_between(CLASS_PAUSE, CLASS_IDEOGRAPH), STRETCH_ANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(class_of_knows_every_class),
        cmocka_unit_test(break_allowed_keeps_the_basic_level),
        cmocka_unit_test(gap_between_stands_at_words_only),
        cmocka_unit_test(stretch_between_leaves_units_whole),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
