/* Numbers and dates in Chinese characters: capital amounts for receipts, plain numerals for text.
 */
#ifndef MINGBAI_BASE_NUMERALS_H
#define MINGBAI_BASE_NUMERALS_H

#include <glib.h>

#include "base/date.h"
#include "base/decimal.h"

/* Appends an amount of 元, taken half-up to 分, in capitals (支付结算办法, annex 1; domain.md 7.1),
 * without 人民币: 1409.5 is 壹仟肆佰零玖元伍角. 整 stands after 元, not after 角. Of the two
 * allowed forms always the first: 元 of digit 0 before 角 is followed by 零
 * (壹仟陆佰捌拾元零叁角贰分), 万 of digit 0 before 仟 is not (壹拾万柒仟元零伍角叁分). 0 is 零元整;
 * less than 0 begins with 负; above 万亿 the 亿 repeats: 10^12 is 壹万亿元整, 10^16 壹亿亿元整. */
void numerals_amount(GString *out, decimal amount);
/* Appends a number as it is read: 123 is 一百二十三, 12 十二, 10010 一万零一十, 0 零, -3.14
 * 负三点一四. */
void numerals_number(GString *out, decimal number);
/* Appends a date as on receipts (domain.md 7.2): 2026-10-20 is 贰零贰陆年零壹拾月零贰拾日; at its
 * precision. */
void numerals_date_capital(GString *out, struct date date);
/* Appends a date as in solemn texts: 2026-11-21 is 二〇二六年十一月二十一日; at its precision. */
void numerals_date(GString *out, struct date date);

#endif
