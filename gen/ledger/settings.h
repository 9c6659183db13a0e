/* Settings: what -s, 设置.csv and templates/settings/ say (design decision 4). The rows of 公示 and
 * 村, which come between, are added where a document is bound. */
#ifndef MINGBAI_LEDGER_SETTINGS_H
#define MINGBAI_LEDGER_SETTINGS_H

#include <stdbool.h>

#include "base/findings.h"

struct settings;

/* Reads templates/settings/ (folder) and INPUT/设置.csv (名称,值,说明; either encoding) or
 * the first visible sheet of INPUT/设置.xlsx; none need exist. Never NULL: what cannot be read is a
 * finding and left out. Names are compared folded (text_fold_key, ： as :). A value of 年度 is kept
 * as its four digits, one of a name that ends in 日期 in ISO form, whatever a spreadsheet made of
 * it. */
struct settings *settings_load(const char *folder, const char *input, struct findings *findings);
void settings_free(struct settings *settings);
/* Whether the path, relative to the input folder, is one of those two. */
bool settings_is_file(const char *path);
/* A -s NAME=VALUE from the command line; it wins over all else. Texts are copied. */
void settings_override(struct settings *settings, const char *name, const char *value);
/* A value found in the data (年度 from a title), below everything else; the latest stays. Texts are
 * copied. */
void settings_suggest(struct settings *settings, const char *name, const char *value);

/* NULL if there is none. Each lends. */
const char *settings_overridden(const struct settings *settings, const char *name); /* -s only */
/* 设置.csv, then templates/settings/ for that year (0: only entries without a year), then
 * suggestions. Not -s. */
const char *settings_stored(const struct settings *settings, const char *name, int year);
/* -s, then as settings_stored. */
const char *settings_value(const struct settings *settings, const char *name, int year);
/* The year all else hangs on: setting 年度; 0 if there is none. */
int settings_year(const struct settings *settings);
/* All names, sorted, NULL-ended; for did-you-mean. g_free() the array only. */
const char **settings_names(const struct settings *settings);

#endif
