/* Files: the only module that opens, lists, writes, renames or removes them. */
#define _XOPEN_SOURCE 700 /* realpath() */

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY_PREFIX ".mingbai-"
#define TEMPORARY_SUFFIX ".tmp"

/* Adds a finding about path; the reason is the system's. */
static int report(struct findings *findings, enum finding_code code, const char *path, int error)
{
    char *name = g_utf8_make_valid(path, -1);

    finding_add(findings, code, (struct place){.file = name}, g_strerror(error));
    g_free(name);
    return -1;
}

static void report_unread(struct findings *findings, const char *path, int error)
{
    const bool missing = error == ENOENT || error == ENOTDIR;

    report(findings, missing ? FINDING_FILE_MISSING : FINDING_FILE_UNREADABLE, path, error);
}

/* All bytes of the open file, a NUL behind them. The size the system tells is a first guess only:
 * the file may be growing, or be none that has a size. */
static char *read_all(int descriptor, const char *path, size_t limit, size_t guess, size_t *size,
                      struct findings *findings)
{
    size_t room = MIN(guess, limit) + 2, used = 0;
    char *bytes = g_malloc(room);

    for (;;) {
        const ssize_t count = read(descriptor, bytes + used, room - used - 1);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            report_unread(findings, path, errno);
            break;
        }
        if (count == 0) {
            bytes[used] = '\0';
            *size = used;
            return bytes;
        }
        used += (size_t)count;
        if (used > limit) {
            char number[32];

            g_snprintf(number, sizeof number, "%zu", limit);
            finding_add(findings, FINDING_FILE_TOO_LARGE, (struct place){.file = path}, number);
            break;
        }
        if (used == room - 1) {
            room += MAX(room / 2, 4096);
            bytes = g_realloc(bytes, room);
        }
    }
    g_free(bytes);
    return NULL;
}

char *file_read(const char *path, size_t limit, size_t *size, struct findings *findings)
{
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    char *bytes = NULL;

    if (descriptor < 0) {
        report_unread(findings, path, errno);
        return NULL;
    }
    if (fstat(descriptor, &status) != 0)
        report_unread(findings, path, errno);
    else if (S_ISDIR(status.st_mode))
        report_unread(findings, path, EISDIR);
    else
        bytes = read_all(descriptor, path, limit, (size_t)MAX(status.st_size, 0), size, findings);
    close(descriptor);
    return bytes;
}

bool file_leads_out(const char *name)
{
    char **parts = g_strsplit_set(name, "/\\", -1);
    const bool out = g_path_is_absolute(name) || g_strv_contains((const char *const *)parts, "..");

    g_strfreev(parts);
    return out;
}

enum file_below file_below(const char *folder, const char *name, char **path)
{
    enum file_below found = FILE_BELOW_ABSENT;
    char *wanted = g_build_filename(folder, name, NULL);
    char *root, *real;

    *path = NULL;
    if (file_leads_out(name)) {
        g_free(wanted);
        return FILE_BELOW_OUTSIDE;
    }
    root = realpath(folder, NULL);
    real = root ? realpath(wanted, NULL) : NULL;
    if (real && file_exists(real)) {
        char *within = g_strconcat(root, G_DIR_SEPARATOR_S, NULL);

        found = g_str_has_prefix(real, within) ? FILE_BELOW : FILE_BELOW_OUTSIDE;
        if (found == FILE_BELOW)
            *path = g_strdup(real);
        g_free(within);
    }
    free(root);
    free(real);
    g_free(wanted);
    return found;
}

bool file_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISDIR(status.st_mode);
}

bool folder_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool folder_is_empty(const char *path)
{
    DIR *stream = opendir(path);
    const struct dirent *entry;
    bool empty;

    if (!stream)
        return false;
    errno = 0;
    do
        entry = readdir(stream);
    while (entry && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
    empty = !entry && errno == 0;
    closedir(stream);
    return empty;
}

/* Called for each file by walk(): its path relative to the walk's folder, and its last part. */
typedef void visit_fn(const char *relative, const char *name, void *user);

/* Visits the files below folder/relative ("" for folder itself) in no order. Hidden folders and
 * links to folders are passed by. -1 when a folder could not be read; the rest is visited all the
 * same. */
static int walk(const char *folder, const char *relative, visit_fn *visit, void *user,
                struct findings *findings)
{
    char *path = *relative ? g_build_filename(folder, relative, NULL) : g_strdup(folder);
    DIR *stream = opendir(path);
    const struct dirent *entry;
    int result = 0;

    if (!stream) {
        result = errno == ENOENT || errno == ENOTDIR
                     ? report(findings, FINDING_FILE_MISSING, path, errno)
                     : report(findings, FINDING_FILE_FOLDER, path, errno);
        g_free(path);
        return result;
    }
    while ((errno = 0, entry = readdir(stream))) {
        const char *name = entry->d_name;
        struct stat itself, target;
        char *below;

        /* What has vanished since, or is a dangling link, is no file. */
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
            fstatat(dirfd(stream), name, &itself, AT_SYMLINK_NOFOLLOW) != 0 ||
            fstatat(dirfd(stream), name, &target, 0) != 0)
            continue;
        below = *relative ? g_build_filename(relative, name, NULL) : g_strdup(name);
        if (S_ISREG(target.st_mode))
            visit(below, name, user);
        else if (S_ISDIR(itself.st_mode) && name[0] != '.' &&
                 walk(folder, below, visit, user, findings) != 0)
            result = -1;
        g_free(below);
    }
    if (errno)
        result = report(findings, FINDING_FILE_FOLDER, path, errno);
    closedir(stream);
    g_free(path);
    return result;
}

struct listing {
    GPtrArray *paths;
    struct findings *findings;
};

static void list_file(const char *relative, const char *name, void *user)
{
    struct listing *listing = user;

    /* .~lock.NAME# is LibreOffice's and ~$NAME is Excel's mark that NAME is open. */
    if (name[0] == '.' || g_str_has_prefix(name, "~$"))
        return;
    if (g_utf8_validate(relative, -1, NULL))
        g_ptr_array_add(listing->paths, g_strdup(relative));
    else
        report(listing->findings, FINDING_FILE_NAME, relative, EILSEQ);
}

static gint compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **file_list(const char *folder, struct findings *findings)
{
    struct listing listing = {g_ptr_array_new_with_free_func(g_free), findings};
    const int result = walk(folder, "", list_file, &listing, findings);

    if (result != 0) {
        g_ptr_array_free(listing.paths, TRUE);
        return NULL;
    }
    g_ptr_array_sort(listing.paths, compare_paths);
    g_ptr_array_add(listing.paths, NULL);
    g_ptr_array_set_free_func(listing.paths, NULL);
    return (char **)g_ptr_array_free(listing.paths, FALSE);
}

int folder_make(const char *path, bool private, struct findings *findings)
{
    char *prefix = g_strdup(path);
    int result = 0;

    for (char *at = prefix; *at && result == 0;) {
        char *end = at + strspn(at, "/");
        char kept;

        end += strcspn(end, "/");
        kept = *end;
        *end = '\0';
        if (mkdir(prefix, private ? 0700 : 0777) != 0) {
            const int error = errno;

            if (!folder_exists(prefix))
                result = report(findings, FINDING_FILE_FOLDER, prefix, error);
        }
        *end = kept;
        at = end;
    }
    g_free(prefix);
    return result;
}

int file_remove(const char *path, struct findings *findings)
{
    if (unlink(path) == 0 || errno == ENOENT)
        return 0;
    return report(findings, FINDING_FILE_WRITE, path, errno);
}

void file_open_many(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

struct file_writer {
    char *target, *temporary;
    FILE *stream;
};

/* Makes an empty hidden file in folder and opens it. Its name tells who writes it, so that a sweep
 * leaves the files of a program that is still running. -1 with errno set. */
static int make_temporary(const char *folder, mode_t mode, char **path)
{
    for (unsigned count = 0;; count++) {
        char *name =
            g_strdup_printf(TEMPORARY_PREFIX "%ld-%u" TEMPORARY_SUFFIX, (long)getpid(), count);
        int descriptor;

        *path = g_build_filename(folder, name, NULL);
        g_free(name);
        descriptor = open(*path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (descriptor >= 0)
            return descriptor;
        g_free(*path);
        *path = NULL;
        if (errno != EEXIST)
            return -1;
    }
}

struct file_writer *file_create(const char *target, struct findings *findings)
{
    char *folder = g_path_get_dirname(target), *temporary;
    const int descriptor = make_temporary(folder, 0600, &temporary);
    struct file_writer *writer;

    g_free(folder);
    if (descriptor < 0) {
        report(findings, FINDING_FILE_WRITE, target, errno);
        return NULL;
    }
    writer = g_new0(struct file_writer, 1);
    writer->target = g_strdup(target);
    writer->temporary = temporary;
    writer->stream = fdopen(descriptor, "w+");
    if (!writer->stream) {
        report(findings, FINDING_FILE_WRITE, target, errno);
        close(descriptor);
        file_abandon(writer);
        return NULL;
    }
    return writer;
}

FILE *file_writer_stream(struct file_writer *writer)
{
    return writer->stream;
}

const char *file_writer_temporary(const struct file_writer *writer)
{
    return writer->temporary;
}

static void writer_free(struct file_writer *writer)
{
    g_free(writer->target);
    g_free(writer->temporary);
    g_free(writer);
}

/* Gives the file the mode a plain new file has here. umask() can only be read by changing it, for
 * all threads at once; a file made and removed again tells as much. */
static int share(int descriptor, const char *folder)
{
    char *probe;
    const int other = make_temporary(folder, 0666, &probe);
    struct stat status;
    int result = -1;

    if (other < 0)
        return -1;
    if (fstat(other, &status) == 0)
        result = fchmod(descriptor, status.st_mode & 0777);
    close(other);
    unlink(probe);
    g_free(probe);
    return result;
}

/* Makes the new name survive a power cut. Not every file system can; the file itself is safe. */
static void sync_folder(const char *folder)
{
    const int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
}

int file_commit(struct file_writer *writer, bool shared, struct findings *findings)
{
    char *folder = g_path_get_dirname(writer->target);
    const int descriptor = fileno(writer->stream);
    int error = 0;

    errno = EIO; /* for a stream whose fault was met before */
    if (ferror(writer->stream) || fflush(writer->stream) != 0 ||
        (shared && share(descriptor, folder) != 0) || fsync(descriptor) != 0)
        error = errno;
    if (fclose(writer->stream) != 0 && !error)
        error = errno;
    writer->stream = NULL;
    if (!error && rename(writer->temporary, writer->target) != 0)
        error = errno;
    if (error) {
        report(findings, FINDING_FILE_WRITE, writer->target, error);
        file_abandon(writer);
    } else {
        sync_folder(folder);
        writer_free(writer);
    }
    g_free(folder);
    return error ? -1 : 0;
}

void file_abandon(struct file_writer *writer)
{
    if (!writer)
        return;
    if (writer->stream)
        fclose(writer->stream);
    unlink(writer->temporary);
    writer_free(writer);
}

/* name is a temporary file's, and the program that made it has ended or is this one. */
static bool is_leftover(const char *name)
{
    char *end;
    gint64 process;

    if (!g_str_has_prefix(name, TEMPORARY_PREFIX) || !g_str_has_suffix(name, TEMPORARY_SUFFIX))
        return false;
    process = g_ascii_strtoll(name + strlen(TEMPORARY_PREFIX), &end, 10);
    if (*end != '-' || process <= 0 || process > G_MAXINT32)
        return false;
    return process == getpid() || (kill((pid_t)process, 0) != 0 && errno == ESRCH);
}

struct sweep {
    const char *folder;
    struct findings *findings;
};

static void sweep_file(const char *relative, const char *name, void *user)
{
    const struct sweep *sweep = user;
    char *path;

    if (!is_leftover(name))
        return;
    path = g_build_filename(sweep->folder, relative, NULL);
    file_remove(path, sweep->findings);
    g_free(path);
}

void file_sweep(const char *folder, struct findings *findings)
{
    struct sweep sweep = {folder, findings};

    if (folder_exists(folder))
        walk(folder, "", sweep_file, &sweep, findings);
}
