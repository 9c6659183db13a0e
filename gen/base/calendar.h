/* Working days and periods of public notice. What a year's holidays are is data: the State Council
 * names them each autumn. */
#ifndef MINGBAI_BASE_CALENDAR_H
#define MINGBAI_BASE_CALENDAR_H

#include <glib.h>
#include <stdbool.h>

#include "base/date.h"

/* The holidays and the weekends worked instead, of the years that have a table. */
struct calendar;

struct calendar *calendar_new(void); /* of no year */
void calendar_free(struct calendar *calendar);
/* The day is worked, or is off, whatever its weekday; its year has a table from now on. */
void calendar_set(struct calendar *calendar, struct date day, bool works);
/* The year's table is not to be trusted; 0: that of no year is. */
void calendar_spoil(struct calendar *calendar, int year);
/* Whether the full date is a working day: Monday to Friday, but for the table. -1: its year has no
 * table, or a spoilt one. */
int calendar_works(const struct calendar *calendar, struct date day);
/* Working days from the first to the last, both counted; 0 when last is before first. -1 with *year
 * when that year has no table. */
int calendar_working_days(const struct calendar *calendar, struct date first, struct date last,
                          int *year);

/* How the days of a period are counted (domain.md 7.3). */
enum period_count {
    PERIOD_NATURAL, /* all days, the first and the last included; needs no table */
    PERIOD_ROLLED,  /* all days but the first (民法典 201), and an end that is no working day
                       moves on to the next (民法典 203) */
    PERIOD_WORKING, /* working days but the first day (民法典 201) */
    PERIOD_WORKING_FIRST /* working days, the first day included if it is one */
};

enum { PERIOD_MOST_DAYS = 366 };

/* 自然日 不含首日 工作日 含首日工作日, or another name of them. false: no such way. */
bool period_parse(const char *name, enum period_count *count);
/* Appends 7天（自然日，含首尾两天）, 7个工作日（张贴当天不计） … */
void period_write(GString *out, int days, enum period_count count);
/* The last day of a period of 1 to PERIOD_MOST_DAYS days. false: *year, which it needs, has no
 * table. */
bool period_end(const struct calendar *calendar, struct date first, int days,
                enum period_count count, struct date *last, int *year);

#endif
