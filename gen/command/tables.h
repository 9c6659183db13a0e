/* Plain tables as files: what verbs hand out that no template lays out. */
#ifndef MINGBAI_COMMAND_TABLES_H
#define MINGBAI_COMMAND_TABLES_H

#include <stdbool.h>

#include "command/options.h"
#include "document/model.h"

/* One sheet of a workbook, or one CSV file. */
struct table {
    const char *name; /* the sheet's; NAME-SHEET.csv */
    const struct rowset *rows;
    bool main;    /* its CSV file is NAME.csv */
    size_t nmark; /* cells that are filled; columns are the row set's */
    const struct cell_mark *marks;
};

/* The folders that verbs write tables to: what stands there is no product of render's. */
#define TABLES_MERGED   "合并"
#define TABLES_COMPARED "比对"
#define TABLES_FAULTS   "数据问题清单"
/* Whether a path below the output folder stands in one of them. */
bool tables_own(const char *path);

/* Whether -f names nothing but xlsx and csv; false with usage-format. */
bool tables_formats(const struct options *options, struct findings *findings);
/* Writes the tables below the internal folder of options->output, folder/name.xlsx and .csv, as -f
 * says, xlsx if it says nothing; for internal readers only (0600, folders 0700). Each file is a
 * note with the rows of its first table; with --dry-run only that. -1 with findings. */
int tables_write(const struct options *options, const char *folder, const char *name,
                 const struct table *tables, size_t ntable, struct findings *findings);

#endif
