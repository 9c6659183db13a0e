/* Files: the only module that opens, lists, writes, renames or removes them (design 1: ports). */
#ifndef MINGBAI_BASE_FILE_H
#define MINGBAI_BASE_FILE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/findings.h"

/* The whole file, plus a NUL that is not counted; NULL with a finding (file-missing,
 * file-unreadable, file-too-large). A folder is file-unreadable. g_free() the result. */
char *file_read(const char *path, size_t limit, size_t *size, struct findings *findings);
bool file_exists(const char *path);
bool folder_exists(const char *path);
/* Nothing at all is in it, hidden or not; false also when it cannot be read. */
bool folder_is_empty(const char *path);

/* Whether a name given for a file below some folder means one elsewhere: absolute, or with .. */
bool file_leads_out(const char *name);

enum file_below { FILE_BELOW, FILE_BELOW_ABSENT, FILE_BELOW_OUTSIDE };

/* Where name leads from folder: *path, with all symbolic links followed, g_free() it. OUTSIDE: name
 * is an absolute path, has .. in it, or a link leads out of folder. The file need not be readable.
 */
enum file_below file_below(const char *folder, const char *name, char **path);
/* Paths of the files anywhere below folder, relative to it, in byte order; hidden files and
 * folders,
 * ~$ and .~lock files left out, symbolic links to folders not followed. NULL-ended; g_strfreev(). A
 * file whose name is not UTF-8 is left out with a finding (file-name). NULL with a finding when a
 * folder below cannot be read, for half a list would make wrong sums. */
char **file_list(const char *folder, struct findings *findings);
/* The folder and its missing parents. private: those made by this call get mode 0700. */
int folder_make(const char *path, bool private, struct findings *findings);
/* That there is no such file is no fault. */
int file_remove(const char *path, struct findings *findings);

/* Lets the process have as many open files as the system permits it: on each thread a picture is one
 * a page, a large workbook one a sheet, until the last is whole. */
void file_open_many(void);

/* A file being written: a temporary one (0600, hidden, name .mingbai-PROCESS-n.tmp) beside its
 * target, which becomes the target only on commit; until then the old file stays as it is (design
 * decision 15). */
struct file_writer;

struct file_writer *file_create(const char *target, struct findings *findings);
/* Lent; do not close. What was written may be read again. */
FILE *file_writer_stream(struct file_writer *writer);
const char *file_writer_temporary(const struct file_writer *writer); /* its path, lent */
/* Flush, fsync, rename, and sync the folder; shared: mode 0666 less umask, else 0600 stays. Ends
 * the writer. -1 with a finding (file-write) and the old file untouched. */
int file_commit(struct file_writer *writer, bool shared, struct findings *findings);
void file_abandon(struct file_writer *writer); /* NULL is allowed */
/* Removes what a killed run left below folder: temporary files of processes that have ended, and of
 * this one. So it is called before the first file_create(), and may be called to clean up after an
 * interrupt once no thread writes any more; a run going on beside this one is left alone. Hidden
 * folders are passed by; that folder is missing is no fault. */
void file_sweep(const char *folder, struct findings *findings);

#endif
