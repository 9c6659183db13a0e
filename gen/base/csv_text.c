/* Quotes the cells of CSV files. */
#include "base/csv_text.h"

#include <string.h>

void csv_text_append(GString *out, const char *text, bool for_excel)
{
    if (text == NULL || *text == '\0')
        return;
    bool quoted = strpbrk(text, "\",\r\n") != NULL;
    if (quoted)
        g_string_append_c(out, '"');
    if (for_excel && strchr("=+-@\t\r\n", *text) != NULL)
        g_string_append_c(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    if (quoted)
        g_string_append_c(out, '"');
}
