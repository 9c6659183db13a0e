/* How a value is written for a reader: one table of named formats for templates, tables, totals. */
#ifndef MINGBAI_BASE_FORMAT_H
#define MINGBAI_BASE_FORMAT_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/value.h"

enum format_kind {
    FORMAT_PLAIN,   /* text as it is; integers; decimals with the decimals they have */
    FORMAT_NUMBER,  /* places decimals, no thousands mark */
    FORMAT_MONEY,   /* places decimals, comma thousands */
    FORMAT_WAN,     /* the same of 1/10 000 of it: 元 as 万元 */
    FORMAT_YI,      /* the same of 1/100 000 000 of it: 元 as 亿元 */
    FORMAT_PERCENT, /* places decimals and ％ */
    FORMAT_RATIO,   /* 91.0％（182/200）: the text beside a ratio's column (document/ratio.h) */
    FORMAT_CAPITAL, /* 大写金额, without 人民币: numerals_amount() */
    FORMAT_CHINESE, /* 一百二十三: numerals_number() */
    FORMAT_DATE,    /* 2026年9月9日, at its precision */
    FORMAT_MONTH,   /* 2026年9月 */
    FORMAT_CHINESE_DATE, /* 二〇二六年九月九日; of a year (an integer) 二〇二六年 */
    FORMAT_CAPITAL_DATE, /* 贰零贰陆年玖月零玖日; of a year 贰零贰陆年 */
    FORMAT_TICK,         /* drawn as a tick: 1 ✓, 0 ✗, NULL blank; as text 是 否 */
    FORMAT_YES_NO,       /* 是 否 */
    FORMAT_BLANK         /* an EMPTY as ________ to be filled in by hand, else plain */
};

struct format {
    enum format_kind kind;
    int places; /* of kinds that have them: format_has_places() */
};

/* plain number number(2) money money(2) wan wan(2) percent(1) date … ; 0 to 6 places. number is
 * number(0), money, wan and yi have 2, percent 1. false: no such. */
bool format_parse(const char *name, struct format *format);
/* The names in enum format_kind's order, NULL-ended, for did-you-mean and `list formats`. */
const char *const *format_names(void);
/* Appends the name as format_parse() reads it, with its places. */
void format_write_name(GString *out, struct format format);
/* Whether the kind writes numbers rounded to places: NUMBER MONEY WAN YI PERCENT. */
bool format_has_places(enum format_kind kind);
/* What the kind divides a number by: 10 000 in WAN, 100 000 000 in YI, else 1. A sum is added up
 * first and divided then. */
int32_t format_scale(enum format_kind kind);
/* Whether the kind writes numbers only, whatever their column is: those with places, CAPITAL and
 * CHINESE. */
bool format_needs_number(enum format_kind kind);
/* Whether the kind writes a number as words: a workbook then keeps the text. */
bool format_is_words(enum format_kind kind);
/* Appends the value. NULLs: EMPTY nothing (________ in FORMAT_BLANK), NONE 无 (in PERCENT
 * —), INVALID （有误）, SUPPRESSED 不足3户. A text that is no date, under a format for dates or
 * numbers, stays as it is. A REAL in PLAIN shows no more than the 15 digits a double has. */
void format_value(GString *out, struct format format, const struct value *value);
/* Appends every character that the format may write for a number or a date, each once: what a
 * font's subset needs when a value is known only while a page is drawn (totals, carries). */
void format_alphabet(GString *out, struct format format);

#endif
