/* Files: reading within limits, listing in byte order, writing all or nothing. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    char *folder;
    struct findings *findings;
};

static int setup(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);

    fixture->folder = g_build_filename(g_get_tmp_dir(), "mingbai-file-XXXXXX", NULL);
    if (!mkdtemp(fixture->folder))
        return -1;
    fixture->findings = findings_new();
    *state = fixture;
    return 0;
}

static void remove_all(const char *folder)
{
    GDir *stream = g_dir_open(folder, 0, NULL);
    const char *name;

    chmod(folder, 0700);
    if (!stream)
        stream = g_dir_open(folder, 0, NULL);
    while (stream && (name = g_dir_read_name(stream))) {
        char *path = g_build_filename(folder, name, NULL);

        if (unlink(path) != 0)
            remove_all(path);
        g_free(path);
    }
    if (stream)
        g_dir_close(stream);
    rmdir(folder);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;

    remove_all(fixture->folder);
    findings_free(fixture->findings);
    g_free(fixture->folder);
    g_free(fixture);
    return 0;
}

static char *path_in(const struct fixture *fixture, const char *name)
{
    return g_build_filename(fixture->folder, name, NULL);
}

/* Makes a file without the code under test. */
static void plant(const struct fixture *fixture, const char *name, const char *text)
{
    char *path = path_in(fixture, name), *folder = g_path_get_dirname(path);

    assert_int_equal(g_mkdir_with_parents(folder, 0755), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_free(folder);
    g_free(path);
}

static void assert_last(const struct fixture *fixture, size_t count, enum finding_code code)
{
    assert_int_equal(findings_count(fixture->findings), count);
    assert_int_equal(findings_at(fixture->findings, count - 1)->code, code);
}

static void assert_content(const struct fixture *fixture, const char *name, const char *expected)
{
    char *path = path_in(fixture, name), *text = NULL;

    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_string_equal(text, expected);
    g_free(text);
    g_free(path);
}

static mode_t mode_of(const struct fixture *fixture, const char *name)
{
    char *path = path_in(fixture, name);
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    g_free(path);
    return status.st_mode & 07777;
}

/* How many files there are in the folder itself, hidden ones too. */
static size_t entries(const struct fixture *fixture)
{
    GDir *stream = g_dir_open(fixture->folder, 0, NULL);
    size_t count = 0;

    while (g_dir_read_name(stream))
        count++;
    g_dir_close(stream);
    return count;
}

static void file_read_gives_all_bytes(void **state)
{
    struct fixture *fixture = *state;
    char *path = path_in(fixture, "a.csv"), *large = g_strnfill(300000, 'x'), *bytes;
    size_t size;

    assert_true(g_file_set_contents(path, "a\0b\r\n", 5, NULL));
    bytes = file_read(path, 5, &size, fixture->findings);
    assert_int_equal(size, 5);
    assert_memory_equal(bytes, "a\0b\r\n", 6);
    g_free(bytes);
    assert_true(g_file_set_contents(path, "", 0, NULL));
    bytes = file_read(path, 0, &size, fixture->findings);
    assert_int_equal(size, 0);
    assert_string_equal(bytes, "");
    g_free(bytes);
    assert_true(g_file_set_contents(path, large, -1, NULL));
    bytes = file_read(path, SIZE_MAX / 2, &size, fixture->findings);
    assert_int_equal(size, 300000);
    assert_string_equal(bytes, large);
    assert_int_equal(findings_count(fixture->findings), 0);
    g_free(bytes);
    g_free(large);
    g_free(path);
}

/* A file that tells no size, as those of /proc. */
static void file_read_needs_no_size(void **state)
{
    struct fixture *fixture = *state;
    char *path = path_in(fixture, "pipe"), *large = g_strnfill(50000, 'x'), *bytes;
    pid_t child;
    size_t size;

    assert_int_equal(mkfifo(path, 0600), 0);
    child = fork();
    if (child == 0) {
        const int descriptor = open(path, O_WRONLY);

        _exit(write(descriptor, large, 50000) == 50000 ? 0 : 1);
    }
    bytes = file_read(path, 1000000, &size, fixture->findings);
    waitpid(child, NULL, 0);
    assert_non_null(bytes);
    assert_int_equal(size, 50000);
    assert_string_equal(bytes, large);
    g_free(bytes);
    g_free(large);
    g_free(path);
}

static void file_read_says_why_not(void **state)
{
    struct fixture *fixture = *state;
    char *path = path_in(fixture, "a.csv"), *below = path_in(fixture, "a.csv/b");
    size_t size;

    assert_null(file_read(path, 10, &size, fixture->findings));
    assert_last(fixture, 1, FINDING_FILE_MISSING);
    assert_string_equal(findings_at(fixture->findings, 0)->place.file, path);
    assert_null(file_read(fixture->folder, 10, &size, fixture->findings));
    assert_last(fixture, 2, FINDING_FILE_UNREADABLE);
    plant(fixture, "a.csv", "12345");
    assert_null(file_read(path, 4, &size, fixture->findings));
    assert_last(fixture, 3, FINDING_FILE_TOO_LARGE);
    assert_string_equal(findings_at(fixture->findings, 2)->args[0], "4");
    assert_null(file_read(below, 10, &size, fixture->findings));
    assert_last(fixture, 4, FINDING_FILE_MISSING);
    if (geteuid() != 0) { /* root reads everything */
        assert_int_equal(chmod(path, 0), 0);
        assert_null(file_read(path, 10, &size, fixture->findings));
        assert_last(fixture, 5, FINDING_FILE_UNREADABLE);
    }
    g_free(below);
    g_free(path);
}

static void file_exists_tells_files_from_folders(void **state)
{
    struct fixture *fixture = *state;
    char *path = path_in(fixture, "a.csv");

    assert_false(file_exists(path));
    assert_false(folder_exists(path));
    plant(fixture, "a.csv", "");
    assert_true(file_exists(path));
    assert_false(folder_exists(path));
    assert_true(folder_exists(fixture->folder));
    assert_false(file_exists(fixture->folder));
    g_free(path);
}

static void file_list_is_in_byte_order_without_hidden_ones(void **state)
{
    struct fixture *fixture = *state;
    const char *const planted[] = {"b.csv",     "a/z.csv",       "a.csv",       "石门村/人.csv",
                                   "a/b/c.csv", ".hidden",       ".git/config", "~$b.csv",
                                   "a/~$z.csv", ".~lock.b.csv#", "A.csv",       "a/.x/y.csv"};
    const char *const expected[] = {"A.csv",   "a.csv", "a/b/c.csv",
                                    "a/z.csv", "b.csv", "石门村/人.csv"};
    char **list;

    for (size_t i = 0; i < G_N_ELEMENTS(planted); i++)
        plant(fixture, planted[i], "");
    list = file_list(fixture->folder, fixture->findings);
    assert_non_null(list);
    assert_int_equal(g_strv_length(list), G_N_ELEMENTS(expected));
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
        assert_string_equal(list[i], expected[i]);
    assert_int_equal(findings_count(fixture->findings), 0);
    g_strfreev(list);
}

static void file_list_follows_links_to_files_only(void **state)
{
    struct fixture *fixture = *state;
    char *loop = path_in(fixture, "sub/loop"), *link = path_in(fixture, "link.csv");
    char *dangling = path_in(fixture, "gone.csv"), **list;

    plant(fixture, "sub/a.csv", "");
    assert_int_equal(symlink("..", loop), 0);
    assert_int_equal(symlink("sub/a.csv", link), 0);
    assert_int_equal(symlink("nowhere", dangling), 0);
    list = file_list(fixture->folder, fixture->findings);
    assert_int_equal(g_strv_length(list), 2);
    assert_string_equal(list[0], "link.csv");
    assert_string_equal(list[1], "sub/a.csv");
    g_strfreev(list);
    g_free(dangling);
    g_free(link);
    g_free(loop);
}

static void file_list_reports_what_it_cannot_list(void **state)
{
    struct fixture *fixture = *state;
    char *missing = path_in(fixture, "missing"), **list;

    assert_null(file_list(missing, fixture->findings));
    assert_last(fixture, 1, FINDING_FILE_MISSING);
    plant(fixture, "\xb4\xe5.csv", ""); /* 村 in GBK, as old archives leave it */
    plant(fixture, "b.csv", "");
    list = file_list(fixture->folder, fixture->findings);
    assert_int_equal(g_strv_length(list), 1);
    assert_string_equal(list[0], "b.csv");
    assert_last(fixture, 2, FINDING_FILE_NAME);
    assert_true(g_utf8_validate(findings_at(fixture->findings, 1)->place.file, -1, NULL));
    g_strfreev(list);
    g_free(missing);
}

static void folder_make_makes_parents_with_their_mode(void **state)
{
    struct fixture *fixture = *state;
    char *open_folder = path_in(fixture, "公开/石门乡/石门村/");
    char *private_folder = path_in(fixture, "公开//内部/a");
    const mode_t mask = umask(022);

    assert_int_equal(folder_make(open_folder, false, fixture->findings), 0);
    assert_int_equal(mode_of(fixture, "公开/石门乡"), 0755);
    assert_true(folder_exists(open_folder));
    assert_int_equal(folder_make(private_folder, true, fixture->findings), 0);
    assert_int_equal(mode_of(fixture, "公开"), 0755); /* was there before */
    assert_int_equal(mode_of(fixture, "公开/内部"), 0700);
    assert_int_equal(mode_of(fixture, "公开/内部/a"), 0700);
    assert_int_equal(folder_make(private_folder, true, fixture->findings), 0);
    assert_int_equal(findings_count(fixture->findings), 0);
    umask(mask);
    g_free(private_folder);
    g_free(open_folder);
}

static void folder_make_reports_a_file_in_its_way(void **state)
{
    struct fixture *fixture = *state;
    char *path = path_in(fixture, "a/b");

    plant(fixture, "a", "");
    assert_int_equal(folder_make(path, false, fixture->findings), -1);
    assert_last(fixture, 1, FINDING_FILE_FOLDER);
    assert_string_equal(findings_at(fixture->findings, 0)->args[0], "File exists");
    g_free(path);
}

static void file_remove_is_content_with_nothing(void **state)
{
    struct fixture *fixture = *state;
    char *path = path_in(fixture, "a");

    plant(fixture, "a", "");
    assert_int_equal(file_remove(path, fixture->findings), 0);
    assert_false(file_exists(path));
    assert_int_equal(file_remove(path, fixture->findings), 0);
    assert_int_equal(file_remove(fixture->folder, fixture->findings), -1);
    assert_last(fixture, 1, FINDING_FILE_WRITE);
    g_free(path);
}

static void file_commit_replaces_the_old_file(void **state)
{
    struct fixture *fixture = *state;
    char *path = path_in(fixture, "公示.pdf");
    struct file_writer *writer;
    struct stat status;

    plant(fixture, "公示.pdf", "old");
    writer = file_create(path, fixture->findings);
    assert_non_null(writer);
    assert_true(g_str_has_prefix(file_writer_temporary(writer), fixture->folder));
    assert_int_equal(stat(file_writer_temporary(writer), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    fputs("new", file_writer_stream(writer));
    fflush(file_writer_stream(writer));
    assert_content(fixture, "公示.pdf", "old");
    assert_int_equal(file_commit(writer, false, fixture->findings), 0);
    assert_content(fixture, "公示.pdf", "new");
    assert_int_equal(mode_of(fixture, "公示.pdf"), 0600);
    assert_int_equal(entries(fixture), 1);
    g_free(path);
}

static void file_commit_shares_as_the_umask_says(void **state)
{
    struct fixture *fixture = *state;
    const mode_t masks[] = {0, 022, 027, 077}, mask = umask(0);
    char *path = path_in(fixture, "a.pdf");

    for (size_t i = 0; i < G_N_ELEMENTS(masks); i++) {
        struct file_writer *writer;

        umask(masks[i]);
        writer = file_create(path, fixture->findings);
        assert_int_equal(file_commit(writer, true, fixture->findings), 0);
        assert_int_equal(mode_of(fixture, "a.pdf"), 0666 & ~masks[i]);
        assert_int_equal(entries(fixture), 1);
    }
    umask(mask);
    g_free(path);
}

static void file_commit_keeps_the_old_file_when_writing_fails(void **state)
{
    struct fixture *fixture = *state;
    char *path = path_in(fixture, "a.pdf"), *folder = path_in(fixture, "b");
    struct file_writer *writer;
    int full;

    plant(fixture, "a.pdf", "old");
    writer = file_create(path, fixture->findings);
    full = open("/dev/full", O_WRONLY);
    assert_true(full >= 0);
    assert_int_equal(dup2(full, fileno(file_writer_stream(writer))),
                     fileno(file_writer_stream(writer)));
    close(full);
    fputs("new", file_writer_stream(writer));
    assert_int_equal(file_commit(writer, false, fixture->findings), -1);
    assert_last(fixture, 1, FINDING_FILE_WRITE);
    assert_string_equal(findings_at(fixture->findings, 0)->place.file, path);
    assert_content(fixture, "a.pdf", "old");
    assert_int_equal(entries(fixture), 1);

    plant(fixture, "b/c", ""); /* a folder where the file should go */
    writer = file_create(folder, fixture->findings);
    assert_int_equal(file_commit(writer, true, fixture->findings), -1);
    assert_last(fixture, 2, FINDING_FILE_WRITE);
    assert_int_equal(entries(fixture), 2);
    g_free(folder);
    g_free(path);
}

static void file_create_needs_its_folder(void **state)
{
    struct fixture *fixture = *state;
    char *path = path_in(fixture, "no/a.pdf");

    assert_null(file_create(path, fixture->findings));
    assert_last(fixture, 1, FINDING_FILE_WRITE);
    g_free(path);
}

static void file_create_gives_each_writer_its_own_file(void **state)
{
    enum { WRITERS = 20 };
    struct fixture *fixture = *state;
    struct file_writer *writers[WRITERS];
    char name[16];

    for (int i = 0; i < WRITERS; i++) {
        char *path;

        g_snprintf(name, sizeof name, "%d.txt", i);
        path = path_in(fixture, name);
        writers[i] = file_create(path, fixture->findings);
        fputs(name, file_writer_stream(writers[i]));
        g_free(path);
    }
    assert_int_equal(entries(fixture), WRITERS);
    for (int i = WRITERS - 1; i >= 0; i--) {
        if (i % 2)
            file_abandon(writers[i]);
        else
            assert_int_equal(file_commit(writers[i], false, fixture->findings), 0);
    }
    assert_int_equal(entries(fixture), WRITERS / 2);
    assert_content(fixture, "18.txt", "18.txt");
    file_abandon(NULL);
}

/* A process id of nobody: a child's that has ended and been waited for. */
static long dead_process(void)
{
    const pid_t child = fork();

    if (child == 0)
        _exit(0);
    waitpid(child, NULL, 0);
    return (long)child;
}

static void file_sweep_removes_what_dead_runs_left(void **state)
{
    struct fixture *fixture = *state;
    char *dead = g_strdup_printf("公开/村/.mingbai-%ld-0.tmp", dead_process());
    char *own = g_strdup_printf(".mingbai-%ld-7.tmp", (long)getpid());
    char *alive = g_strdup_printf("公开/.mingbai-%ld-0.tmp", (long)getppid());
    const char *const kept[] = {".mingbai-x-1.tmp", ".mingbai-.tmp",           ".other.tmp",
                                "mingbai-1-1.tmp",  ".mingbai-99999999-0.txt", "公开/a.pdf"};
    char *path;

    plant(fixture, dead, "");
    plant(fixture, own, "");
    plant(fixture, alive, "");
    for (size_t i = 0; i < G_N_ELEMENTS(kept); i++)
        plant(fixture, kept[i], "");
    file_sweep(fixture->folder, fixture->findings);
    path = path_in(fixture, dead);
    assert_false(file_exists(path));
    g_free(path);
    path = path_in(fixture, own);
    assert_false(file_exists(path));
    g_free(path);
    path = path_in(fixture, alive);
    assert_true(file_exists(path));
    g_free(path);
    for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
        path = path_in(fixture, kept[i]);
        assert_true(file_exists(path));
        g_free(path);
    }
    file_sweep("/nonexistent/mingbai", fixture->findings);
    assert_int_equal(findings_count(fixture->findings), 0);
    g_free(alive);
    g_free(own);
    g_free(dead);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(file_read_gives_all_bytes, setup, teardown),
        cmocka_unit_test_setup_teardown(file_read_needs_no_size, setup, teardown),
        cmocka_unit_test_setup_teardown(file_read_says_why_not, setup, teardown),
        cmocka_unit_test_setup_teardown(file_exists_tells_files_from_folders, setup, teardown),
        cmocka_unit_test_setup_teardown(file_list_is_in_byte_order_without_hidden_ones, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(file_list_follows_links_to_files_only, setup, teardown),
        cmocka_unit_test_setup_teardown(file_list_reports_what_it_cannot_list, setup, teardown),
        cmocka_unit_test_setup_teardown(folder_make_makes_parents_with_their_mode, setup, teardown),
        cmocka_unit_test_setup_teardown(folder_make_reports_a_file_in_its_way, setup, teardown),
        cmocka_unit_test_setup_teardown(file_remove_is_content_with_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(file_commit_replaces_the_old_file, setup, teardown),
        cmocka_unit_test_setup_teardown(file_commit_shares_as_the_umask_says, setup, teardown),
        cmocka_unit_test_setup_teardown(file_commit_keeps_the_old_file_when_writing_fails, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(file_create_needs_its_folder, setup, teardown),
        cmocka_unit_test_setup_teardown(file_create_gives_each_writer_its_own_file, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(file_sweep_removes_what_dead_runs_left, setup, teardown),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
