/* Plain tables as files: what verbs hand out that no template lays out. */
#ifndef MINGBAI_COMMAND_TABLES_H
#define MINGBAI_COMMAND_TABLES_H

#include <stdbool.h>

#include "base/value.h"
#include "command/options.h"

/* One sheet of a workbook, or one CSV file. */
struct table {
    const char *name; /* the sheet's; NAME-SHEET.csv */
    const struct rowset *rows;
    bool main; /* its CSV file is NAME.csv */
};

/* Whether -f names nothing but xlsx and csv; false with usage-format. */
bool tables_formats(const struct options *options, struct findings *findings);
/* Writes the tables below the internal folder of options->output, folder/name.xlsx and .csv, as -f
 * says, xlsx if it says nothing; for internal readers only (0600, folders 0700). Each file is a
 * note with the rows of its first table; with --dry-run only that. -1 with findings. */
int tables_write(const struct options *options, const char *folder, const char *name,
                 const struct table *tables, size_t ntable, struct findings *findings);

#endif
