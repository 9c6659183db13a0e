/* Findings: everything mingbai has to say about its input, as data (design decision 14). The
 * function that detects a fault reports it; callers only pass the failure on. command/ prints. */
#ifndef MINGBAI_BASE_FINDINGS_H
#define MINGBAI_BASE_FINDINGS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum finding_level { LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };

/* What an error of this code makes of the exit status; the worst of a run wins. */
enum finding_exit { EXIT_DATA = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3, EXIT_BUG = 70 };

/* The codes, their level, exit status and texts stand once, in finding_codes.def. */
enum finding_code {
#define FINDING(id, code, level, exit_status, zh, en, hint_zh, hint_en) FINDING_##id,
#include "base/finding_codes.def"
#undef FINDING
    FINDING_CODES
};

/* Where: a file of the user's. sheet: of a workbook, else NULL. line 0: the file (or sheet) as a
 * whole. column: for a ledger the number of the field (1 = A), for YAML and SQL the character; 0:
 * the line as a whole. field: the head of the ledger's column, or NULL. All texts are copied by
 * finding_add. */
struct place {
    const char *file, *sheet;
    uint32_t line, column;
    const char *field;
};

/* Appends where that is, without the field, the same in either language: 户.csv:7:4, and in a
 * workbook 户.xlsx〔石门村〕D7, 户.xlsx〔石门村〕:7 for its row. Nothing for a place without file.
 */
void place_append(GString *out, const struct place *place);

struct finding {
    enum finding_code code;
    char *name; /* shown instead of the code's: a check's, check-cause-measure; or NULL */
    struct place place;
    size_t narg;
    char **args;                   /* what the texts' {1} … {9} stand for */
    char *snippet;                 /* the row, already masked as for the public, or NULL */
    size_t caret_at, caret_length; /* in snippet, bytes; caret_length 0: none */
};

struct findings;

struct findings *findings_new(void);
void findings_free(struct findings *findings);

/* finding_add(findings, FINDING_X, place, "arg 1", "arg 2"): zero to nine texts, none of them NULL.
 * It is a macro: a place written as a compound literal with commas needs parentheses around it.
 * Never pass private data: no ID, phone, account or illness may reach a finding (design 7). Returns
 * -1 so that a detecting function can return it. Too few texts for the code's {n} add bug-message.
 */
#define finding_add(findings, code, place, ...)                                                    \
    finding_add_list(findings, code, place, (const char *const[]){NULL, __VA_ARGS__},              \
                     sizeof((const char *const[]){NULL, __VA_ARGS__}) / sizeof(const char *) - 1)
int finding_add_list(struct findings *findings, enum finding_code code, struct place place,
                     const char *const *args, size_t narg);
/* The row the last finding is about, rebuilt and masked by the caller; texts are copied. */
void finding_snippet(struct findings *findings, const char *snippet, size_t caret_at,
                     size_t caret_length);
/* The name the last finding has instead of its code's; copied. */
void finding_rename(struct findings *findings, const char *name);

/* Says of every finding that its file is below folder: of two folders of ledgers, which. */
void findings_below(struct findings *findings, const char *folder);
/* Takes all findings of from, which is empty afterwards, and puts them behind those of into: how a
 * job's findings reach the run's. */
void findings_move(struct findings *into, struct findings *from);

size_t findings_count(const struct findings *findings);
const struct finding *findings_at(const struct findings *findings, size_t index);
size_t findings_of_level(const struct findings *findings, enum finding_level level);
/* 0, or the worst exit status among the errors. */
int findings_exit(const struct findings *findings);

const char *finding_name(enum finding_code code);          /* csv-unclosed-quote */
const char *finding_called(const struct finding *finding); /* its own name, else its code's */
enum finding_level finding_level_of(enum finding_code code);
enum finding_exit finding_exit_of(enum finding_code code);
bool finding_lookup(const char *name, enum finding_code *code);
/* The finding as lines of text, Chinese or English: place, level, text, code, snippet with caret
 * (placed by display width), hint. */
void finding_format(GString *out, const struct finding *finding, bool english);
/* Appends its text, or its hint ("" if it has none), alone. */
void finding_message(GString *out, const struct finding *finding, bool english);
void finding_hint(GString *out, const struct finding *finding, bool english);
/* Appends A1 for row 1, column 1 of a sheet. */
void place_append_cell(GString *out, const struct place *place);
/* The type of error that Frictionless Framework names such a fault by (type-error, extra-cell …):
 * what other tools sort findings by. NULL: it has no word for it. */
const char *finding_frictionless(enum finding_code code);
/* What `explain` prints of a code: text with {n} as blanks, hint. */
void finding_explain(GString *out, enum finding_code code, bool english);

#endif
