/* Lines: breaks by the case tables, and where the clusters stand. */
#include "typeset/cases.h"
#include "typeset/ruler.h"

struct world {
    struct shaped shaped;
    struct line_text text;
    struct lines lines;
    em16 x[256];
};

static int setup(void **state)
{
    *state = g_new0(struct world, 1);
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;
    g_free(world->shaped.clusters);
    line_text_release(&world->text);
    lines_release(&world->lines);
    g_free(world);
    return 0;
}

static void set(struct world *world, const char *text, double measure, double indent)
{
    ruler_shape(&world->shaped, text);
    line_text_prepare(&world->text, &world->shaped);
    lines_break(&world->text, (em16)(measure * EM), (em16)(indent * EM), &world->lines);
}

/* Places a line and returns its width in em. */
static double place(struct world *world, size_t line, double measure, bool justify)
{
    em16 width = line_place(&world->text, &world->lines.lines[line], (em16)(measure * EM), justify,
                            world->x);
    return (double)width / EM;
}

static char *run_case(char **fields, void *user)
{
    struct world *world = user;
    set(world, fields[0], g_ascii_strtod(fields[1], NULL), 0);
    return ruler_lines(&world->shaped, &world->lines, fields[0]);
}

static void line_breaks_as_the_mark_cases_say(void **state)
{
    cases_run("tests/typeset/marks.cases", 3, run_case, *state);
}

static void line_breaks_as_the_number_cases_say(void **state)
{
    cases_run("tests/typeset/numbers.cases", 3, run_case, *state);
}

static void line_breaks_as_the_paragraph_cases_say(void **state)
{
    cases_run("tests/typeset/paragraphs.cases", 3, run_case, *state);
}

static void line_reports_a_broken_word(void **state)
{
    struct world *world = *state;
    set(world, "abcdefgh", 2, 0);
    assert_true(world->lines.word_broken);
    set(world, "________________", 3, 0); /* a blank goes on in the next line */
    assert_false(world->lines.word_broken);
    set(world, "一二abcd", 2, 0);
    assert_false(world->lines.word_broken);
}

static void line_indents_the_first_line_of_every_paragraph(void **state)
{
    struct world *world = *state;
    set(world, "一二三四五六七八\n一二三四五六七八", 6, 2);
    char *got = ruler_lines(&world->shaped, &world->lines, "一二三四五六七八\n一二三四五六七八");
    assert_string_equal(got, "一二三四 / 五六七八 / 一二三四 / 五六七八");
    g_free(got);
    assert_true(world->lines.lines[0].indented);
    assert_false(world->lines.lines[1].indented);
    assert_true(world->lines.lines[1].last);
    assert_true(world->lines.lines[2].indented);
}

static void line_edge_marks_are_half_as_wide(void **state)
{
    struct world *world = *state;
    set(world, "（一二，", 10, 0);
    /* half of （, two characters, half of ， */
    assert_float_equal(place(world, 0, 10, false), 3.0, 0.001);
    assert_int_equal(world->x[0], -EM / 2);
}

static void line_squeezes_marks_side_by_side(void **state)
{
    struct world *world = *state;
    set(world, "一，“二", 10, 0);
    place(world, 0, 10, false);
    assert_int_equal(world->x[2] - world->x[1], EM / 2);
    assert_int_equal(world->x[3] - world->x[2], EM);
}

static void line_squeezes_no_mark_by_its_ink(void **state)
{
    struct world *world = *state;
    ruler_shape(&world->shaped, "一，“二");
    world->shaped.clusters[1].advance = EM / 2; /* a face with half-width marks */
    world->shaped.clusters[1].ink_right = EM * 2 / 5;
    line_text_prepare(&world->text, &world->shaped);
    lines_break(&world->text, 10 * EM, 0, &world->lines);
    place(world, 0, 10, false);
    assert_int_equal(world->x[2] - world->x[1], EM / 2);
}

static void line_parts_han_and_latin_by_a_quarter(void **state)
{
    struct world *world = *state;
    set(world, "共12户，3人", 10, 0);
    place(world, 0, 10, false);
    assert_int_equal(world->x[1], EM + EM / 4);
    assert_int_equal(world->x[3] - world->x[2], EM / 2 + EM / 4);
    assert_int_equal(world->x[5] - world->x[4], EM); /* none beside a mark */
    assert_int_equal(world->x[6] - world->x[5], EM / 2 + EM / 4);
}

static void line_justified_is_as_wide_as_the_measure(void **state)
{
    struct world *world = *state;
    const char *text =
        "根据《关于做好2026年度脱贫退出工作的通知》（明扶组发〔2026〕12号）要求，经农户申请、"
        "村民小组评议、村“两委”审核、乡镇入户核查，并经2026年10月28日村民代表会议"
        "民主评议，现将石门村拟脱贫退出的12户37人予以公示。";
    for (double measure = 8; measure < 40; measure += 0.37) {
        set(world, text, measure, 2);
        assert_false(world->lines.word_broken);
        for (size_t i = 0; i + 1 < world->lines.nline; i++) {
            double want = i == 0 ? measure - 2 : measure;
            /* 0.1 pt at 16 pt is 0.006 em */
            assert_float_equal(place(world, i, want, true), want, 0.005);
        }
        double last = place(world, world->lines.nline - 1, measure, false);
        assert_true(last <= measure + 0.001);
    }
}

static void line_never_stretches_inside_numbers(void **state)
{
    struct world *world = *state;
    set(world, "共有12345户。一二三四五六", 8, 0);
    char *got = ruler_lines(&world->shaped, &world->lines, "共有12345户。一二三四五六");
    assert_string_equal(got, "共有12345户。一 / 二三四五六");
    g_free(got);
    place(world, 0, 10, true);
    for (size_t i = 3; i < 7; i++)
        assert_int_equal(world->x[i] - world->x[i - 1], EM / 2);
}

static void line_squeezes_before_it_stretches(void **state)
{
    struct world *world = *state;
    /* 10 characters and marks, the last 0.5 em at the edge: 9.5 into 9.2 */
    set(world, "一二，三四，五六七。八九十一二三", 9.2, 0);
    char *got = ruler_lines(&world->shaped, &world->lines, "一二，三四，五六七。八九十一二三");
    assert_string_equal(got, "一二，三四，五六七。 / 八九十一二三");
    g_free(got);
    assert_float_equal(place(world, 0, 9.2, true), 9.2, 0.001);
    assert_true(world->x[3] - world->x[2] < EM);
    assert_int_equal(world->x[1] - world->x[0], EM);
}

static void line_evens_out_heads(void **state)
{
    struct world *world = *state;
    const char *text = "易地扶贫搬迁户";
    set(world, text, 6, 0);
    lines_break_even(&world->text, 6 * EM, &world->lines);
    char *got = ruler_lines(&world->shaped, &world->lines, text);
    assert_string_equal(got, "易地扶贫 / 搬迁户");
    g_free(got);
    text = "人均纯收入（元）";
    set(world, text, 6, 0);
    lines_break_even(&world->text, 6 * EM, &world->lines);
    got = ruler_lines(&world->shaped, &world->lines, text);
    assert_string_equal(got, "人均纯收入 / （元）");
    g_free(got);
}

static void line_extent_is_that_of_the_longest(void **state)
{
    struct world *world = *state;
    set(world, "一二\n一二三12345.5", 100, 0);
    struct line_extent extent = line_text_extent(&world->text);
    assert_int_equal(extent.natural, 3 * EM + EM / 4 + 7 * EM / 2);
    assert_int_equal(extent.unit, 7 * EM / 2);
    set(world, "", 100, 0);
    extent = line_text_extent(&world->text);
    assert_int_equal(extent.natural, 0);
    assert_int_equal(world->lines.nline, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(line_breaks_as_the_mark_cases_say, setup, teardown),
        cmocka_unit_test_setup_teardown(line_breaks_as_the_number_cases_say, setup, teardown),
        cmocka_unit_test_setup_teardown(line_breaks_as_the_paragraph_cases_say, setup, teardown),
        cmocka_unit_test_setup_teardown(line_reports_a_broken_word, setup, teardown),
        cmocka_unit_test_setup_teardown(line_indents_the_first_line_of_every_paragraph, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(line_edge_marks_are_half_as_wide, setup, teardown),
        cmocka_unit_test_setup_teardown(line_squeezes_marks_side_by_side, setup, teardown),
        cmocka_unit_test_setup_teardown(line_squeezes_no_mark_by_its_ink, setup, teardown),
        cmocka_unit_test_setup_teardown(line_parts_han_and_latin_by_a_quarter, setup, teardown),
        cmocka_unit_test_setup_teardown(line_justified_is_as_wide_as_the_measure, setup, teardown),
        cmocka_unit_test_setup_teardown(line_never_stretches_inside_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(line_squeezes_before_it_stretches, setup, teardown),
        cmocka_unit_test_setup_teardown(line_evens_out_heads, setup, teardown),
        cmocka_unit_test_setup_teardown(line_extent_is_that_of_the_longest, setup, teardown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
