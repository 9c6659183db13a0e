/* Calendar dates with their precision. No clock and no time zone is ever read. */
#ifndef MINGBAI_BASE_DATE_H
#define MINGBAI_BASE_DATE_H

#include <glib.h>
#include <stdbool.h>

/* month 0: a year only; day 0: a month only. Years 1900 to 2199. */
struct date {
    int year, month, day;
};

bool date_valid(struct date date); /* a real day of the Gregorian calendar, at its precision */
/* ISO text at its precision: 2018, 2018-07, 2018-07-05. */
bool date_parse_iso(const char *text, struct date *date);
void date_format_iso(GString *out, struct date date);
/* 2026年9月9日, 2026年9月, 2026年: Arabic digits, no leading zero (GB/T 9704-2012, 7.3.5.4). */
void date_format_chinese(GString *out, struct date date);
/* Every form of domain.md section 5 row 8: 2018/7/5, 2018-07-05, 2018.7.5, 20180705, 2018年7月5日,
 * Excel's 1900 serial number (43286), 2018年07月, 2018.7, 18.7.5 (two-digit years 00-49 are 20xx,
 * 50-99 are 19xx), 二〇一八年七月, 2018/7/5 0:00, 20180705**; also 2018, 2018年, 201807. Full-width
 * digits count as digits. *guessed says whether the text leaves the century open or is a serial
 * number or 201807. */
bool date_parse_ledger(const char *text, struct date *date, bool *guessed);
/* Days since 1900-01-01 of a full date, and back. */
int date_to_days(struct date date);
struct date date_from_days(int days);
/* Full years from birth to on; -1 when a date is incomplete or on is before birth. */
int date_age(struct date birth, struct date on);

#endif
