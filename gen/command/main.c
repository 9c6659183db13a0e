/* mingbai: the table of verbs, and what a run ends with. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/findings.h"
#include "base/interrupt.h"
#include "command/options.h"
#include "command/report.h"

/* The first of them that is set decides, as in POSIX. */
static const char *language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    enum { INTERRUPTED = 130 };
    interrupt_hold();
    file_open_many();
    struct findings *findings = findings_new();
    const char *environment = language();
    struct options *options = options_parse(argc, argv, environment, findings);
    bool english = options ? options->english : environment && g_str_has_prefix(environment, "en");
    bool quiet = options && !options->verb->talks && !options->verbose;

    if (options)
        options->verb->run(options, findings);
    report_print(findings, english, quiet, options ? options->max_errors : 0, stderr);

    int status = findings_exit(findings);
    if (interrupt_pending())
        status = INTERRUPTED;
    options_free(options);
    findings_free(findings);
    return status;
}
