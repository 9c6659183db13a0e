/* The 100 000 households of the workbook bench: 16 columns, every row different, always the same.
 * Everybody is invented; the ID numbers carry the unassigned region prefix 990101. */
#ifndef MINGBAI_BENCH_WORKBOOK_ROWS_H
#define MINGBAI_BENCH_WORKBOOK_ROWS_H

#include <stddef.h>
#include <stdio.h>

enum { BENCH_ROWS = 100000, BENCH_COLUMNS = 16, BENCH_TEXT = 64 };

enum bench_kind { BENCH_WORDS, BENCH_WHOLE, BENCH_MONEY };

struct bench_column {
    const char *name; /* as templates/ledgers/户.yaml calls it */
    enum bench_kind kind;
};

static const struct bench_column bench_columns[BENCH_COLUMNS] = {
    {"户编号", BENCH_WORDS},     {"乡镇", BENCH_WORDS},         {"行政村", BENCH_WORDS},
    {"村民小组", BENCH_WORDS},   {"户主姓名", BENCH_WORDS},     {"户主证件号码", BENCH_WORDS},
    {"户联系电话", BENCH_WORDS}, {"家庭人口", BENCH_WHOLE},     {"劳动力人数", BENCH_WHOLE},
    {"户属性", BENCH_WORDS},     {"首次识别时间", BENCH_WORDS}, {"致贫原因", BENCH_WORDS},
    {"工资性收入", BENCH_MONEY}, {"转移性收入", BENCH_MONEY},   {"家庭纯收入", BENCH_MONEY},
    {"人均纯收入", BENCH_MONEY},
};

struct bench_row {
    char words[BENCH_COLUMNS][BENCH_TEXT]; /* BENCH_WORDS */
    double number[BENCH_COLUMNS];          /* the others */
};

/* A number below limit that follows from row and salt alone. */
static inline unsigned bench_draw(size_t row, unsigned salt, unsigned limit)
{
    unsigned long long mixed = (row + 1) * 0x9E3779B97F4A7C15ULL + salt * 0xBF58476D1CE4E5B9ULL;

    mixed ^= mixed >> 31;
    mixed *= 0x94D049BB133111EBULL;
    mixed ^= mixed >> 29;
    return (unsigned)(mixed % limit);
}

/* GB 11643-1999. */
static inline char bench_check(const char *digits)
{
    static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;

    for (int i = 0; i < 17; i++)
        sum += (digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

/* One of the 4 000 Han characters from U+4E00 on. */
static inline void bench_han(char *out, unsigned number)
{
    const unsigned character = 0x4E00 + number;

    out[0] = (char)(0xE0 | character >> 12);
    out[1] = (char)(0x80 | (character >> 6 & 0x3F));
    out[2] = (char)(0x80 | (character & 0x3F));
    out[3] = '\0';
}

static inline void bench_fill(size_t row, struct bench_row *out)
{
    static const char *const kinds[] = {"一般贫困户", "低保贫困户", "特困供养贫困户"};
    static const char *const causes[] = {"因病", "因残", "因学", "缺技术", "缺劳动力", "缺资金"};
    const unsigned village = (unsigned)(row / 250), people = 1 + bench_draw(row, 1, 8);
    char id[19];

    snprintf(out->words[0], BENCH_TEXT, "9901%08zu", row + 1);
    snprintf(out->words[1], BENCH_TEXT, "第%u乡", village / 20 + 1);
    snprintf(out->words[2], BENCH_TEXT, "第%u村", village + 1);
    snprintf(out->words[3], BENCH_TEXT, "%u组", (unsigned)(row % 250) / 40 + 1);
    bench_han(out->words[4], bench_draw(row, 2, 4000));
    bench_han(out->words[4] + 3, bench_draw(row, 3, 4000));
    if (row % 3)
        bench_han(out->words[4] + 6, bench_draw(row, 4, 4000));
    /* Month, day and number are those of no other row. */
    snprintf(id, sizeof(id), "990101%04u%02u%02u%03u", 1940 + bench_draw(row, 5, 60),
             (unsigned)(1 + row / 1000 % 12), (unsigned)(1 + row / 12000 % 28),
             (unsigned)(row % 1000));
    id[17] = bench_check(id);
    id[18] = '\0';
    snprintf(out->words[5], BENCH_TEXT, "%s", id);
    snprintf(out->words[6], BENCH_TEXT, "199%08zu", row + 1);
    out->number[7] = people;
    out->number[8] = bench_draw(row, 8, people + 1);
    snprintf(out->words[9], BENCH_TEXT, "%s", kinds[bench_draw(row, 9, 3)]);
    snprintf(out->words[10], BENCH_TEXT, "%u-%02u-%02u", 2014 + bench_draw(row, 10, 11),
             1 + bench_draw(row, 11, 12), 1 + bench_draw(row, 12, 28));
    snprintf(out->words[11], BENCH_TEXT, "%s", causes[bench_draw(row, 13, 6)]);
    out->number[12] = bench_draw(row, 14, 6000000) / 100.0;
    out->number[13] = bench_draw(row, 15, 1500000) / 100.0;
    out->number[14] = bench_draw(row, 16, 9000000) / 100.0;
    out->number[15] = bench_draw(row, 17, 2000000) / 100.0;
}

#endif
