/* Finding the folder that holds templates/ and fonts/. */
#include "base/home.h"

#include <glib.h>

#include "base/file.h"

char *home_folder(void)
{
    if (folder_exists("templates"))
        return g_strdup(""); /* paths then read templates/…, not ./templates/… */
    char *program = g_file_read_link("/proc/self/exe", NULL);
    char *folder = program ? g_path_get_dirname(program) : g_strdup(".");
    char *home = g_path_get_dirname(folder);
    g_free(folder);
    g_free(program);
    return home;
}
