/* Reads the text tables of tests/typeset/. */
#ifndef MINGBAI_TESTS_CASES_H
#define MINGBAI_TESTS_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <stdio.h>

/* Calls run with each case's fields ("\n" already a new line in the first); it returns what came
 * out, which must be the last field. Every case that differs is printed. */
static inline void cases_run(const char *path, size_t nfield,
                             char *(*run)(char **fields, void *user), void *user)
{
    char *content;
    size_t failed = 0, count = 0;
    assert_true(g_file_get_contents(path, &content, NULL, NULL));
    char **rows = g_strsplit(content, "\n", -1);
    for (size_t i = 0; rows[i]; i++) {
        if (!rows[i][0] || rows[i][0] == '#')
            continue;
        char **fields = g_strsplit(rows[i], " | ", -1);
        assert_int_equal(g_strv_length(fields), nfield);
        char **parts = g_strsplit(fields[0], "\\n", -1);
        g_free(fields[0]);
        fields[0] = g_strjoinv("\n", parts);
        g_strfreev(parts);
        char *got = run(fields, user);
        count++;
        if (!g_str_equal(got, fields[nfield - 1])) {
            failed++;
            print_error("%s:%zu\n  expected %s\n  got      %s\n", path, i + 1, fields[nfield - 1],
                        got);
        }
        g_free(got);
        g_strfreev(fields);
    }
    g_strfreev(rows);
    g_free(content);
    assert_true(count > 0);
    assert_int_equal(failed, 0);
}

#endif
