/* What is withheld from a row of counts, attacked by a reader who knows the rule. */
#include "store/suppress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

enum { MOST_CELLS = 6 };

/* What a reader sees: the total, and each cell or a *. */
static char *view_of(const int64_t *cells, size_t count)
{
    bool withheld[MOST_CELLS];
    GString *view = g_string_new(NULL);
    int64_t total = 0;

    suppress_row(cells, count, withheld);
    for (size_t i = 0; i < count; i++) {
        total += cells[i];
        if (withheld[i])
            g_string_append(view, "* ");
        else
            g_string_append_printf(view, "%" G_GINT64_FORMAT " ", cells[i]);
    }
    g_string_append_printf(view, "= %" G_GINT64_FORMAT, total);
    return g_string_free(view, FALSE);
}

static void assert_view(const char *cells, const char *view)
{
    char **texts = g_strsplit(cells, " ", -1);
    int64_t numbers[MOST_CELLS];
    size_t count = 0;
    char *seen;

    for (; texts[count]; count++)
        numbers[count] = g_ascii_strtoll(texts[count], NULL, 10);
    seen = view_of(numbers, count);
    assert_string_equal(seen, view);
    g_free(seen);
    g_strfreev(texts);
}

static void rows_are_withheld_as_documented(void **state)
{
    (void)state;
    assert_view("5 0 7 3", "5 0 7 3 = 15");
    assert_view("5 2 7 0", "5 * 7 * = 14"); /* the empty one too */
    assert_view("5 2 7 4", "5 * 7 * = 18"); /* the next smallest */
    assert_view("4 2 7 4", "* * 7 * = 17"); /* all of its size */
    assert_view("2 2 7 4", "* * 7 * = 15"); /* the total leaves them two each */
    assert_view("2 1 7 4", "* * 7 4 = 14");
    assert_view("0 1 0", "* * * = 1");
    assert_view("2 2 2", "* * * = 6");
    assert_view("3 2 1", "* * * = 6"); /* or the row before would be told from this */
    assert_view("3 3 0", "3 3 0 = 6");
}

/* Tables that look the same to the reader: the bits of the values that each cell takes in them. */
struct seen {
    uint32_t values[MOST_CELLS];
    uint32_t withheld;
};

static void try_all(GHashTable *views, int64_t *cells, size_t at, size_t count, int64_t left)
{
    if (at + 1 < count) {
        for (int64_t n = 0; n <= left; n++) {
            cells[at] = n;
            try_all(views, cells, at + 1, count, left - n);
        }
        return;
    }
    cells[at] = left;

    char *view = view_of(cells, count);
    struct seen *seen = g_hash_table_lookup(views, view);
    bool withheld[MOST_CELLS];

    suppress_row(cells, count, withheld);
    if (!seen) {
        seen = g_new0(struct seen, 1);
        g_hash_table_insert(views, g_strdup(view), seen);
    }
    for (size_t i = 0; i < count; i++) {
        seen->values[i] |= UINT32_C(1) << cells[i];
        seen->withheld |= withheld[i] ? UINT32_C(1) << i : 0;
        if (cells[i] > 0 && cells[i] < FEWEST_HOUSEHOLDS)
            assert_true(withheld[i]);
    }
    g_free(view);
}

/* Every row of 2 to 6 cells: of what a reader sees, of the total and of how we withhold, no
 * withheld cell's number follows. */
static void no_withheld_cell_can_be_worked_out(void **state)
{
    static const int64_t totals[] = {0, 0, 24, 20, 16, 13, 10};

    (void)state;
    for (size_t count = 2; count <= MOST_CELLS; count++) {
        for (int64_t total = 0; total <= totals[count]; total++) {
            GHashTable *views = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
            int64_t cells[MOST_CELLS];
            GHashTableIter iter;
            gpointer view, value;

            try_all(views, cells, 0, count, total);
            g_hash_table_iter_init(&iter, views);
            while (g_hash_table_iter_next(&iter, &view, &value)) {
                const struct seen *seen = value;

                for (size_t i = 0; i < count; i++) {
                    if (seen->withheld >> i & 1 && !(seen->values[i] & (seen->values[i] - 1)))
                        fail_msg("%s tells its cell %zu", (char *)view, i);
                }
            }
            g_hash_table_destroy(views);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_withheld_as_documented),
        cmocka_unit_test(no_withheld_cell_can_be_worked_out),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
