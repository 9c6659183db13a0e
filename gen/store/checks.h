/* Checks: contradictions within and between ledgers, each one SELECT in templates/checks/NAME.yaml
 * (see the README there). A check gives rows; finding their places, masking them and counting them
 * is done here. Its finding is called check-NAME (design decision 14). */
#ifndef MINGBAI_STORE_CHECKS_H
#define MINGBAI_STORE_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/findings.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"
#include "ledger/settings.h"
#include "store/store.h"

struct check {
    const char *name;  /* check-cause-measure */
    const char *title; /* 致贫原因没有对应的措施 */
    enum finding_level level;
    const struct schema *at; /* the ledger whose rows it finds */
    struct check_body *body; /* of this floor */
};

struct checks;

/* Reads every .yaml of folder, which need not exist, in the order of their names. NULL with
 * findings: all mistakes of all files (template-…, yaml-…, schema-unknown-…, check-file-name).
 * The schemas must outlive the checks. */
struct checks *checks_load(const char *folder, const struct schemas *schemas,
                           struct findings *findings);
void checks_free(struct checks *checks); /* NULL is allowed */
size_t checks_count(const struct checks *checks);
const struct check *checks_at(const struct checks *checks, size_t index);
/* The one called check-NAME, NAME or by its title, or NULL. */
const struct check *checks_find(const struct checks *checks, const char *name);

/* Every mistake of the checks' SQL, found without data on the internal store of empty ledgers
 * (sql-…, check-parameter, check-no-id, template-unknown-column, check-private). -1 with findings.
 */
int checks_prepare(const struct checks *checks, struct store *store, struct findings *findings);

/* Runs the check over the internal store of the ledgers; each row it gives is a finding at the
 * row's cell. A row is passed over when a column the check needs stands not in its file, or is
 * invalid there (which has a finding of its own). Of MOST_LISTED rows on, the rest is counted
 * (check-more). skipped: NULL, or why the check has not been run, g_free() it: a ledger, a column
 * that no file has, or a setting is missing. year: for the settings, 0 if unknown. Also
 * check-setting, check-row, sql-…. */
enum { MOST_LISTED = 10000 };
void check_run(const struct check *check, const struct ledgers *ledgers, struct store *store,
               const struct settings *settings, char **skipped, struct findings *findings);

#endif
