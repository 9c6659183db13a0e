/* Small documents for the tests of grids and pages, and questions about what was drawn. */
#ifndef MINGBAI_TESTS_SHEET_H
#define MINGBAI_TESTS_SHEET_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "typeset/typeset.h"

#define MM(x) ((mpt)((x)*MPT_PER_MM))
/* A cell's parts. */
#define LIT(string)                                                                                \
    .npart = 1, .parts = (const struct part[])                                                     \
    {                                                                                              \
        {                                                                                          \
            .kind = PART_LITERAL, .text = (string)                                                 \
        }                                                                                          \
    }
#define FIELD(number)                                                                              \
    .npart = 1, .parts = (const struct part[])                                                     \
    {                                                                                              \
        {                                                                                          \
            .kind = PART_FIELD, .field = (number)                                                  \
        }                                                                                          \
    }
#define SUM(number)                                                                                \
    .npart = 1, .parts = (const struct part[])                                                     \
    {                                                                                              \
        {                                                                                          \
            .kind = PART_SUM, .field = (number)                                                    \
        }                                                                                          \
    }
#define PARTS(count, list) .npart = (count), .parts = (list)
#define CELL(at, span, set, ...)                                                                   \
    {                                                                                              \
        .column = (at), .colspan = (span), .rowspan = 1, .style = (set), __VA_ARGS__               \
    }
#define ROW(least, most, ...)                                                                      \
    {                                                                                              \
        sizeof((const struct cell[]){__VA_ARGS__}) / sizeof(struct cell),                          \
            (const struct cell[]){__VA_ARGS__}, least, most                                        \
    }

static const struct text_style G_GNUC_UNUSED style_head = {
    .role = ROLE_HEAD, .size = 12000, .leading = 16000, .align = ALIGN_CENTER};
static const struct text_style G_GNUC_UNUSED style_text = {
    .role = ROLE_SONG, .size = 12000, .leading = 16000, .align = ALIGN_LEFT};
static const struct text_style G_GNUC_UNUSED style_center = {
    .role = ROLE_SONG, .size = 12000, .leading = 16000, .align = ALIGN_CENTER};
static const struct text_style G_GNUC_UNUSED style_name = {
    .role = ROLE_SONG, .size = 12000, .leading = 16000, .align = ALIGN_SPREAD};
static const struct text_style G_GNUC_UNUSED style_amount = {
    .role = ROLE_SONG, .size = 12000, .leading = 16000, .align = ALIGN_DECIMAL};
static const struct text_style G_GNUC_UNUSED style_body = {
    .role = ROLE_SONG, .size = 16000, .leading = 28000, .align = ALIGN_JUSTIFY, .indent = 2000};

struct sheet {
    struct fonts *fonts;
    struct typeset *typeset;
    struct findings *findings;
    struct layout *layout;
};

static inline int sheet_setup(void **state)
{
    struct sheet *sheet = g_new0(struct sheet, 1);
    sheet->findings = findings_new();
    sheet->fonts = fonts_open("fonts", FONTS_FREE, sheet->findings);
    assert_non_null(sheet->fonts);
    sheet->typeset = typeset_new(sheet->fonts);
    *state = sheet;
    return 0;
}

static inline int sheet_teardown(void **state)
{
    struct sheet *sheet = *state;
    layout_free(sheet->layout);
    typeset_free(sheet->typeset);
    fonts_free(sheet->fonts);
    findings_free(sheet->findings);
    g_free(sheet);
    return 0;
}

/* An A4 sheet with margins of 20 mm. */
static inline struct document sheet_document(const struct unit *units, size_t nunit)
{
    return (struct document){.id = "test",
                             .title = "试",
                             .page = {.paper = "A4",
                                      .width = MM(210),
                                      .height = MM(297),
                                      .top = MM(20),
                                      .right = MM(20),
                                      .bottom = MM(20),
                                      .left = MM(20)},
                             .nunit = nunit,
                             .units = units};
}

static inline bool sheet_measure(struct sheet *sheet, const struct document *document)
{
    layout_free(sheet->layout);
    sheet->layout = typeset_measure(sheet->typeset, document, sheet->findings);
    return sheet->layout != NULL;
}

static inline bool is_run(const struct page_item *item, const char *text)
{
    return item->kind == PAGE_TEXT && strcmp(item->text, text) == 0;
}

/* The page's run of exactly this text, or NULL. */
static inline const struct page_item *page_run(const struct page *page, const char *text)
{
    for (size_t i = 0; i < page->nitem; i++)
        if (is_run(&page->items[i], text))
            return &page->items[i];
    return NULL;
}

static inline size_t page_count(const struct page *page, const char *text)
{
    size_t count = 0;
    for (size_t i = 0; i < page->nitem; i++)
        count += is_run(&page->items[i], text);
    return count;
}

static inline size_t page_kind_count(const struct page *page, enum page_item_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < page->nitem; i++)
        count += page->items[i].kind == kind;
    return count;
}

/* All runs of the page, one after another. */
static inline char *page_text(const struct page *page)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < page->nitem; i++)
        if (page->items[i].kind == PAGE_TEXT)
            g_string_append_printf(out, "%s|", page->items[i].text);
    return g_string_free(out, FALSE);
}

/* The lowest edge of the page's rules. */
static inline mpt page_bottom(const struct page *page)
{
    mpt bottom = 0;
    for (size_t i = 0; i < page->nitem; i++)
        if (page->items[i].kind == PAGE_RULE)
            bottom = MAX(bottom, page->items[i].y + page->items[i].h);
    return bottom;
}

static inline bool sheet_has(const struct sheet *sheet, enum finding_code code)
{
    for (size_t i = 0; i < findings_count(sheet->findings); i++)
        if (findings_at(sheet->findings, i)->code == code)
            return true;
    return false;
}

#endif
