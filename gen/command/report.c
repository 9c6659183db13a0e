/* Printing findings, the findings file, progress. */
#include "command/report.h"

#include <glib.h>
#include <unistd.h>

#include "base/file.h"

static void append_level(GString *out, const struct findings *findings, enum finding_level level,
                         bool english, size_t most)
{
    size_t met = 0;
    for (size_t i = 0; i < findings_count(findings); i++) {
        const struct finding *finding = findings_at(findings, i);
        if (finding_level_of(finding->code) != level)
            continue;
        if (!most || met < most)
            finding_format(out, finding, english);
        met++;
    }
    if (most && met > most)
        g_string_append_printf(out,
                               english ? "… and %zu more of these, in 检查结果.txt\n"
                                       : "……这一类还有 %zu 条没有列出，都在 检查结果.txt 里\n",
                               met - most);
}

static void append_summary(GString *out, const struct findings *findings, bool english)
{
    size_t errors = findings_of_level(findings, LEVEL_ERROR);
    size_t warnings = findings_of_level(findings, LEVEL_WARNING);
    size_t notes = findings_of_level(findings, LEVEL_NOTE);
    g_string_append_printf(out,
                           english ? "%zu errors, %zu warnings, %zu notes\n"
                                   : "共 %zu 处错误，%zu 处提醒，%zu 条说明\n",
                           errors, warnings, notes);
}

void report_print(const struct findings *findings, bool english, bool quiet, size_t most,
                  FILE *stream)
{
    GString *out = g_string_new(NULL);
    if (!quiet)
        append_level(out, findings, LEVEL_NOTE, english, most);
    append_level(out, findings, LEVEL_WARNING, english, most);
    append_level(out, findings, LEVEL_ERROR, english, most);
    if (findings_count(findings))
        append_summary(out, findings, english);
    fwrite(out->str, 1, out->len, stream);
    g_string_free(out, TRUE);
}

int report_write(const char *output, bool english, struct findings *findings)
{
    char *path = g_build_filename(output, "检查结果.txt", NULL);
    int status = folder_make(output, false, findings);
    struct file_writer *writer = status ? NULL : file_create(path, findings);
    if (writer) {
        GString *out = g_string_new(NULL);
        append_summary(out, findings, english);
        append_level(out, findings, LEVEL_ERROR, english, 0);
        append_level(out, findings, LEVEL_WARNING, english, 0);
        append_level(out, findings, LEVEL_NOTE, english, 0);
        fwrite(out->str, 1, out->len, file_writer_stream(writer));
        g_string_free(out, TRUE);
        status = file_commit(writer, false, findings);
    } else {
        status = -1;
    }
    g_free(path);
    return status;
}

struct progress {
    gint64 start; /* monotonic microseconds; shown, never stored */
    bool terminal, english, shown;
};

struct progress *progress_new(bool english)
{
    struct progress *progress = g_new0(struct progress, 1);
    progress->start = g_get_monotonic_time();
    progress->terminal = isatty(STDERR_FILENO);
    progress->english = english;
    return progress;
}

void progress_step(struct progress *progress, const char *what, size_t done, size_t of)
{
    if (!progress->terminal || g_get_monotonic_time() - progress->start < G_USEC_PER_SEC / 2)
        return;
    fprintf(stderr,
            progress->english ? "\r\033[K%zu of %zu  %s" : "\r\033[K第 %zu 份，共 %zu 份  %s", done,
            of, what);
    fflush(stderr);
    progress->shown = true;
}

void progress_free(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    g_free(progress);
}
