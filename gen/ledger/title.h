/* What title lines and file names say for a column that the file has not: 年度, 类别, 批次 (design
 * 4). Internal to ledger/. */
#ifndef MINGBAI_LEDGER_TITLE_H
#define MINGBAI_LEDGER_TITLE_H

#include <glib.h>

#include "ledger/load.h"

/* Whether the title lines or the file's name give exactly one value of the field. */
bool title_knows(const struct sheet *sheet, const struct field *field);
/* Gives those fields to all rows of the file that were read, from row `from` on, notes what was
 * read where, and keeps the year in load->years. */
void titles_apply(struct load *load, uint32_t file, const struct sheet *sheet,
                  const struct match *match, size_t from);
/* Suggests 年度: the only one in titles and names, else the only one in the ledgers. */
void titles_suggest_year(struct load *load);
/* Compares the count that the file's name gives (608人 of persons, 78户 of households, 30条) with
 * its rows: ledger-name-count (domain.md 5 row 33). */
void name_count_check(const struct load *load, uint32_t file, const struct match *match);

#endif
