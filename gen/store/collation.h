/* The collations 拼音, 自然序, 地名序 and 笔画 (design 6). Each turns a text into a key of bytes;
 * equal keys are told apart by the texts' bytes, so each is a total order. Keys are kept, so a long
 * sort makes each only once. */
#ifndef MINGBAI_STORE_COLLATION_H
#define MINGBAI_STORE_COLLATION_H

#include <sqlite3.h>

#include "base/findings.h"
#include "ledger/ledger.h"

/* 拼音: as ICU's zh-u-co-pinyin, but a text that begins with a Han character is ordered by its
 *   surname first, under the surname's reading (曾 zēng, 尉迟 yùchí), then by the rest.
 * 自然序: numbers, in digits of either width or Chinese (二 十二 二十 一百零三 两), count as
 *   numbers and stand before characters; all else as 拼音 without surnames.
 * 地名序: names of 行政村 and 乡镇 by the 村 ledger's column 排序 (a 乡镇 by its first village),
 *   then the others, by 拼音.
 * 笔画: as ICU's zh-u-co-stroke: characters by their number of strokes, then by how ICU's table
 *   lists those of one number. */
struct collations;

/* Opens ICU's collator and reads the 村 ledger's order. NULL with store-collator (ICU's data are
 * missing). Nothing of ledgers is kept. */
struct collations *collations_new(const struct ledgers *ledgers, struct findings *findings);
void collations_free(struct collations *collations); /* NULL is allowed */
/* Registers them for db (笔画 when a statement first names it; where ICU lacks its table it stays
 * unknown), which must be closed before collations are freed. */
void collations_install(struct collations *collations, sqlite3 *db);
/* Their names, NULL-ended. */
const char *const *collation_names(void);

struct surname {
    const char *name;    /* one or more characters */
    const char *reading; /* how it is read as a surname */
    const char *as;      /* characters that ICU reads so */
};

/* surnames.c: those whose reading differs from their first dictionary reading; ended by name NULL.
 */
extern const struct surname surnames[];

#endif
