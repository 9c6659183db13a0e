/* Runs the checks a verb asks for. */
#include "command/run_checks.h"

#include <string.h>

/* Every check; with names, those named and those that look at a ledger named. */
static bool is_chosen(const struct check *check, const struct checks *checks,
                      const struct options *options)
{
    for (guint i = 0; i < options->names->len; i++)
        if (checks_find(checks, options->names->pdata[i]) == check ||
            !strcmp(options->names->pdata[i], check->at->name))
            return true;
    return !options->names->len;
}

/* The checks left out for one reason. */
struct skipped {
    char *reason;
    GString *titles;
    size_t count;
};

static void skip(GArray *list, char *reason, const char *title)
{
    struct skipped *same = NULL;
    for (guint i = 0; i < list->len && !same; i++) {
        same = &g_array_index(list, struct skipped, i);
        same = strcmp(same->reason, reason) == 0 ? same : NULL;
    }
    if (!same) {
        const struct skipped fresh = {.reason = g_strdup(reason), .titles = g_string_new(NULL)};
        g_array_append_val(list, fresh);
        same = &g_array_index(list, struct skipped, list->len - 1);
    }
    g_string_append_printf(same->titles, "%s%s", same->count++ ? "、" : "", title);
    g_free(reason);
}

static void report_skipped(GArray *list, struct findings *findings)
{
    for (guint i = 0; i < list->len; i++) {
        struct skipped *skipped = &g_array_index(list, struct skipped, i);
        char *count = g_strdup_printf("%zu", skipped->count);
        finding_add(findings, FINDING_CHECK_SKIPPED, (struct place){0}, skipped->reason, count,
                    skipped->titles->str);
        g_free(count);
        g_free(skipped->reason);
        g_string_free(skipped->titles, TRUE);
    }
    g_array_free(list, TRUE);
}

void run_checks(const struct world *world, const struct checks *checks, struct store *store,
                const struct options *options, struct findings *findings)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct skipped));
    for (size_t i = 0; i < checks_count(checks); i++) {
        const struct check *check = checks_at(checks, i);
        char *reason = NULL;
        if (!is_chosen(check, checks, options))
            continue;
        check_run(check, world->ledgers, store, world->settings, &reason, findings);
        if (reason)
            skip(list, reason, check->title);
    }
    report_skipped(list, findings);
}
