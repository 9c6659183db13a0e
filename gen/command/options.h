/* The command line: one table of verbs and one of options feed the parser and the help. */
#ifndef MINGBAI_COMMAND_OPTIONS_H
#define MINGBAI_COMMAND_OPTIONS_H

#include <glib.h>
#include <stdbool.h>

#include "base/findings.h"

struct options {
    const struct verb *verb;
    GPtrArray *names;    /* what follows the verb: templates, ledgers, topics */
    const char *input;   /* folder */
    const char *output;  /* folder */
    GPtrArray *formats;  /* names; empty: each template's own */
    GPtrArray *settings; /* NAME, VALUE, NAME, VALUE … */
    GPtrArray *only;     /* COLUMN, VALUE … */
    const char *date;    /* --date, ISO or as written, or NULL */
    size_t max_errors;   /* as many of each level are listed; 0: all */
    size_t jobs;         /* -j: documents at a time; 0: as many as there are processors */
    bool for_excel;      /* CSV that is written is for a spreadsheet to open */
    bool dry_run, check, english, verbose;
};

enum { JOBS_MOST = 64 }; /* usage-jobs and the help say so, too */

struct verb {
    const char *name;
    const char *usage;             /* what may follow it */
    const char *help_zh, *help_en; /* one line */
    bool talks;                    /* its notes are worth reading without -v */
    /* What went wrong is in the findings, and so is the exit status. */
    void (*run)(const struct options *options, struct findings *findings);
};

const struct verb *const *verbs(void); /* NULL-ended; the first is run when none is named */

/* Reads the arguments. environment: the value of LC_ALL, LC_MESSAGES or LANG that counts, or NULL.
 * NULL with findings (usage-…). Texts of argv are lent. */
struct options *options_parse(int argc, char **argv, const char *environment,
                              struct findings *findings);
void options_free(struct options *options);
/* The list of verbs and options. */
void options_help(GString *out, bool english);

#endif
