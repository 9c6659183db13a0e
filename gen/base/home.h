/* Where mingbai keeps what it ships: templates/ and fonts/. */
#ifndef MINGBAI_BASE_HOME_H
#define MINGBAI_BASE_HOME_H

/* The working folder (as "") if it has templates/, else the folder above the program's own
 * (build/mingbai). g_free() it. */
char *home_folder(void);

#endif
