/* Drop-down lists of columns with choices. */
#include "render/xlsx_inside.h"

#include <string.h>

/* Excel allows a list within the cell's rule 255 characters; libxlsxwriter 1.1.4 counts characters
 * too, but joins them in a buffer of so many bytes and overruns it. */
enum { LIST_MAX = 255 };

/* Whether the list can stand in the rule: short enough, and no choice holds the comma that parts
 * them. */
bool choices_fit(const char *const *choices)
{
    size_t length = 0;

    for (size_t i = 0; choices[i]; i++) {
        length += strlen(choices[i]) + 1;
        if (strchr(choices[i], ','))
            return false;
    }
    return length - 1 <= LIST_MAX;
}

/* Puts the list into the next row of the hidden sheet. g_free() the formula of its range. */
static char *list_formula(struct sheet *sheet, struct place place, const char *const *choices)
{
    struct book *book = sheet->book;
    struct sheet hidden = {.book = book, .worksheet = book->choices, .name = book->choices_name};
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    lxw_col_t column = 0;

    for (; choices[column]; column++)
        cell_text(&hidden, place, book->nchoices, column, choices[column], NULL);
    lxw_rowcol_to_range_abs(range, book->nchoices, 0, book->nchoices, column - 1);
    book->nchoices++;
    return g_strdup_printf("='%s'!%s", book->choices_name, range);
}

char *choices_rule(struct sheet *sheet, struct place place, const char *const *choices,
                   lxw_data_validation *rule)
{
    if (choices_fit(choices)) {
        rule->validate = LXW_VALIDATION_TYPE_LIST;
        rule->value_list = (char **)choices; /* read only */
        return NULL;
    }
    rule->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    rule->value_formula = list_formula(sheet, place, choices);
    return rule->value_formula;
}

bool choices_hidden(const struct grid *grid)
{
    for (size_t i = 0; i < grid->ncolumn; i++)
        if (grid->columns[i].choices && !choices_fit(grid->columns[i].choices))
            return true;
    return false;
}

void grid_choices(struct sheet *sheet, const struct grid *grid, const lxw_col_t *edges,
                  struct place place, lxw_row_t first, lxw_row_t last)
{
    for (size_t i = 0; i < grid->ncolumn; i++) {
        const char *const *choices = grid->columns[i].choices;
        lxw_data_validation rule = {.show_input = LXW_VALIDATION_ON,
                                    .show_error = LXW_VALIDATION_ON};
        char *formula;

        if (!choices || !choices[0])
            continue;
        formula = choices_rule(sheet, place, choices, &rule);
        worksheet_data_validation_range(sheet->worksheet, first, edges[i], last, edges[i], &rule);
        g_free(formula);
    }
}
