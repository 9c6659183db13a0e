/* The free-text scan of design 7: does a text hold an ID, a mobile number or a bank card number? */
#ifndef MINGBAI_STORE_SCAN_H
#define MINGBAI_STORE_SCAN_H

#include <stdbool.h>

/* text: UTF-8. Digits may be full-width; groups of digits may be parted by single spaces or dashes
 * (of any width). Found are:
 * - a run of 16 and more digits (an 18- or 20-digit ID, a card or account number), and groups of
 *   together 16 to 20 unless all are dates or one is shorter than 3 digits (not the last);
 * - 18 digits in groups of any size, or 15 in groups of one or at least 3, that are an ID by
 *   the date inside;
 * - a mobile number: 11 digits from 13 to 19 on, also after 86 or 0086, whole, or as 3+8, 3+4+4,
 *   7+4 (3+4+4 also with points) or digit by digit.
 * When in doubt it says yes. */
bool scan_finds_private(const char *text);

#endif
