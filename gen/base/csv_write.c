/* Row sets as CSV. */
#include "base/csv_write.h"

#include "base/csv_text.h"
#include "base/format.h"

static void append_value(GString *line, const struct value *value, bool for_excel, GString *text)
{
    g_string_truncate(text, 0);
    format_value(text, (struct format){FORMAT_PLAIN, 0}, value);
    csv_text_append(line, text->str, for_excel && value->type == VALUE_TEXT);
}

static void end_line(FILE *stream, GString *line)
{
    g_string_append(line, "\r\n");
    fwrite(line->str, 1, line->len, stream);
    g_string_truncate(line, 0);
}

void csv_write(FILE *stream, const struct rowset *rows, bool for_excel)
{
    const size_t ncolumn = rowset_columns(rows);
    GString *line = g_string_new("\xEF\xBB\xBF"), *text = g_string_new(NULL);

    for (size_t column = 0; column < ncolumn; column++) {
        g_string_append(line, column ? "," : "");
        csv_text_append(line, rowset_name(rows, column), for_excel);
    }
    end_line(stream, line);
    for (size_t row = 0; row < rowset_rows(rows); row++) {
        for (size_t column = 0; column < ncolumn; column++) {
            const struct value value = rowset_at(rows, row, column);

            g_string_append(line, column ? "," : "");
            append_value(line, &value, for_excel, text);
        }
        end_line(stream, line);
    }
    g_string_free(text, TRUE);
    g_string_free(line, TRUE);
}
