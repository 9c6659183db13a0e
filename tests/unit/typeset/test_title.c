/* Titles: broken by sense, balanced, shrunk when they must. */
#include "typeset/cases.h"
#include "typeset/ruler.h"
#include "typeset/title.h"

/* ICU alone is real here: the texts are set by the ruler. */
static int setup(void **state)
{
    *state = g_new0(struct typeset, 1);
    return 0;
}

static int teardown(void **state)
{
    struct typeset *typeset = *state;
    g_free(typeset->shaped.clusters);
    line_text_release(&typeset->text);
    lines_release(&typeset->lines);
    g_free(typeset);
    return 0;
}

static const struct text_style style = {
    .role = ROLE_TITLE, .size = 20000, .size_min = 16000, .align = ALIGN_CENTER};

static mpt set(struct typeset *typeset, const char *text, double measure, size_t lines_max,
               bool *too_long)
{
    ruler_shape(&typeset->shaped, text);
    line_text_prepare(&typeset->text, &typeset->shaped);
    return title_break(typeset, &style, style.size, text, (mpt)(measure * style.size), lines_max,
                       too_long);
}

static char *run_case(char **fields, void *user)
{
    struct typeset *typeset = user;
    bool too_long;
    set(typeset, fields[0], g_ascii_strtod(fields[1], NULL),
        (size_t)g_ascii_strtoull(fields[2], NULL, 10), &too_long);
    return ruler_lines(&typeset->shaped, &typeset->lines, fields[0]);
}

static void title_breaks_as_the_cases_say(void **state)
{
    cases_run("tests/typeset/titles.cases", 4, run_case, *state);
}

static void title_shrinks_to_keep_its_lines(void **state)
{
    struct typeset *typeset = *state;
    bool too_long;
    mpt size = set(typeset, "石门村公益性岗位人员安排情况公示", 14, 1, &too_long);
    assert_int_equal(typeset->lines.nline, 1);
    assert_int_equal(size, 17500); /* 16 em in 14 x 20 pt, in half points */
    assert_false(too_long);
}

static void title_too_long_is_set_all_the_same(void **state)
{
    struct typeset *typeset = *state;
    bool too_long;
    mpt size = set(typeset, "石门村公益性岗位人员安排情况公示", 6, 1, &too_long);
    assert_true(too_long);
    assert_int_equal(size, 16000);
    assert_true(typeset->lines.nline > 1);
    assert_int_equal(typeset->lines.lines[typeset->lines.nline - 1].end, 16);
}

static void title_keeps_its_own_lines(void **state)
{
    struct typeset *typeset = *state;
    bool too_long;
    set(typeset, "石门村\n公示", 20, 2, &too_long);
    assert_int_equal(typeset->lines.nline, 2);
    assert_int_equal(typeset->lines.lines[0].end, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(title_breaks_as_the_cases_say, setup, teardown),
        cmocka_unit_test_setup_teardown(title_shrinks_to_keep_its_lines, setup, teardown),
        cmocka_unit_test_setup_teardown(title_too_long_is_set_all_the_same, setup, teardown),
        cmocka_unit_test_setup_teardown(title_keeps_its_own_lines, setup, teardown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
