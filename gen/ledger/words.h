/* Names that design 4 gives a meaning while ledgers are loaded. Internal to ledger/. */
#ifndef MINGBAI_LEDGER_WORDS_H
#define MINGBAI_LEDGER_WORDS_H

#define LEDGER_HOUSEHOLD "户"
#define LEDGER_PERSON    "人"
#define LEDGER_VILLAGE   "村"

#define LINK_HOUSEHOLD "_户"

#define FIELD_TOWN_NAME        "乡镇"
#define FIELD_VILLAGE_NAME     "行政村"
#define FIELD_GROUP_NAME       "村民小组"
#define FIELD_HOUSEHOLD_NUMBER "户编号"
#define FIELD_HEAD_NAME        "户主姓名"
#define FIELD_HEAD_ID          "户主证件号码"
#define FIELD_PERSON_NAME      "姓名"
#define FIELD_OBJECT           "对象" /* of a measure: a person's name, or 全户 */
#define FIELD_PERSON_ID        "证件号码"
#define FIELD_SEX              "性别"
#define FIELD_SIZE             "家庭人口"
#define FIELD_RELATION         "与户主关系"
#define FIELD_YEAR_NAME        "年度"
#define FIELD_CLASS_NAME       "类别"
#define FIELD_BATCH_NAME       "批次"

#define SETTING_VARIANTS "异写" /* 噶查=嘎查、…: parts of places' names, and how they are read */

#define RELATION_HEAD "户主"

#endif
