/* Parses blocks, and unfolds a skeleton around a template's own. */
#include "document/body.h"

#include <string.h>

#include "document/body_reader.h"
#include "document/paper_size.h"
#include "document/suggest.h"

const char *const ALIGN_NAMES[] = {"left", "center", "right", "justify", "spread", "decimal", NULL};
static const char *const VARIANTS[] = {"both", "inline", "attached", NULL};

/* Every kind of block; the last two only in a skeleton. */
enum {
    KIND_TITLE,
    KIND_PARAGRAPH,
    KIND_TABLE,
    KIND_FORM,
    KIND_CONTACTS,
    KIND_ISSUERS,
    KIND_SECTION,
    KIND_CHART,
    KIND_IMAGE,
    KIND_QR,
    KIND_OWN,
    KIND_ATTACHMENTS
};
static const char *const KINDS[] = {"title",   "paragraph",   "table", "form",  "contacts",
                                    "issuers", "section",     "chart", "image", "qr",
                                    "own",     "attachments", NULL};

const struct phrase *read_phrase(const struct body_reader *reader, const struct yaml_node *map,
                                 const char *key, bool totals)
{
    const struct yaml_node *node = yaml_member(map, key);

    return node ? phrase_parse(reader->source->arena, node, totals, reader->findings) : NULL;
}

const char *read_text_name(const struct body_reader *reader, const struct yaml_node *map,
                           const char *key, const char *fallback)
{
    const struct paper *paper = &reader->source->sheet->papers[0];
    const char *name = yaml_text(map, key, fallback, reader->findings);
    const struct yaml_node *node = yaml_member(map, key);
    const char **names;

    if (!name || paper_text(paper, name))
        return name;
    names = g_new0(const char *, paper->ntext + 1);
    for (size_t i = 0; i < paper->ntext; i++)
        names[i] = paper->texts[i].name;
    suggest(reader->findings, FINDING_TEMPLATE_UNKNOWN_STYLE, node ? node->place : map->place, name,
            names, paper->ntext);
    g_free(names);
    return fallback;
}

const char *read_grid_name(const struct body_reader *reader, const struct yaml_node *map,
                           const char *fallback)
{
    const struct paper *paper = &reader->source->sheet->papers[0];
    const char *name = yaml_text(map, "style", fallback, reader->findings);
    const struct yaml_node *node = yaml_member(map, "style");
    const char **names;

    if (paper_grid(paper, name))
        return name;
    names = g_new0(const char *, paper->ngrid + 1);
    for (size_t i = 0; i < paper->ngrid; i++)
        names[i] = paper->grids[i].name;
    suggest(reader->findings, FINDING_TEMPLATE_UNKNOWN_STYLE, node ? node->place : map->place, name,
            names, paper->ngrid);
    g_free(names);
    return fallback;
}

static struct body_text read_text_block(const struct body_reader *reader,
                                        const struct yaml_node *block, bool title)
{
    struct body_text text = {0};

    text.phrase = read_phrase(reader, block, title ? "title" : "paragraph", false);
    text.style = read_text_name(reader, block, "style", title ? "title" : "body");
    text.lines_max = (int)yaml_integer(block, "lines", title ? 2 : 0, reader->findings);
    text.outline = yaml_flag(block, "outline", title, reader->findings);
    return text;
}

static struct body_contacts read_contacts(const struct body_reader *reader,
                                          const struct yaml_node *block)
{
    static const char *const KEYS[] = {"label", "number", "address", "optional", NULL};
    const struct yaml_node *list = yaml_member(block, "contacts");
    struct body_contacts contacts = {.grid = read_grid_name(reader, block, "contacts")};
    struct contact *all;

    if (list->kind != YAML_LIST) {
        suggest_kind(reader->findings, list, YAML_LIST);
        return contacts;
    }
    all = arena_array(reader->source->arena, list->count, sizeof(*all));
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml_node *node = &list->children[i];

        if (yaml_only(node, KEYS, reader->findings) != 0)
            continue;
        read_required(node, "label", reader->findings);
        read_required(node, "number", reader->findings);
        all[i] = (struct contact){
            .label = read_phrase(reader, node, "label", false),
            .number = read_phrase(reader, node, "number", false),
            .address = read_phrase(reader, node, "address", false),
            .optional = yaml_flag(node, "optional", false, reader->findings),
            .place = node->place,
        };
    }
    contacts.count = list->count;
    contacts.contacts = all;
    return contacts;
}

static struct body_issuers read_issuers(const struct body_reader *reader,
                                        const struct yaml_node *block)
{
    static const char *const KEYS[] = {"names", "otherwise", "date", NULL};
    const struct yaml_node *node = yaml_member(block, "issuers");
    struct body_issuers issuers = {.grid = read_grid_name(reader, block, "issuers")};

    if (yaml_only(node, KEYS, reader->findings) != 0)
        return issuers;
    read_required(node, "names", reader->findings);
    read_required(node, "otherwise", reader->findings);
    read_required(node, "date", reader->findings);
    issuers.names = read_phrase(reader, node, "names", false);
    issuers.otherwise = read_phrase(reader, node, "otherwise", false);
    issuers.date = read_phrase(reader, node, "date", false);
    return issuers;
}

/* What of its pages a section says, over those of each paper of the sheet. */
static void read_section_pages(const struct body_reader *reader, const struct yaml_node *block,
                               struct body_section *section)
{
    static const char *const NUMBERINGS[] = {"continue", "restart", NULL};
    const struct body_source *source = reader->source;
    const struct yaml_node *node = yaml_member(block, "page");
    const char *named = yaml_text(block, "paper", NULL, reader->findings);
    bool turns = yaml_member(block, "landscape") != NULL;
    int landscape = yaml_flag(block, "landscape", false, reader->findings);
    struct findings *unheard = findings_new(); /* one paper tells all */
    size_t errors = read_errors(reader->findings);
    struct page_spec *pages =
        arena_copy(source->arena, source->pages, source->sheet->npaper * sizeof(*pages));
    size_t *papers = arena_array(source->arena, source->sheet->npaper, sizeof(*papers));

    for (size_t i = 0; i < source->sheet->npaper; i++) {
        struct findings *findings =
            read_errors(reader->findings) == errors ? reader->findings : unheard;
        const struct paper *other = named ? style_sheet_paper(source->sheet, named) : NULL;

        papers[i] = other ? (size_t)(other - source->sheet->papers) : i;
        if (other) {
            pages[i] = source->pages[papers[i]];
            page_spec_turn(&pages[i], source->pages[i].width > source->pages[i].height);
        } else if (named && !page_spec_paper(&pages[i], named)) {
            suggest_from(findings, FINDING_TEMPLATE_UNKNOWN_WORD,
                         yaml_member(block, "paper")->place, named, PAPER_NAMES);
        }
        page_spec_turn(&pages[i], turns ? landscape : -1);
        if (node)
            pages[i] = page_spec_read(source->arena, node, &pages[i], NULL, findings);
        page_spec_check(&pages[i], &source->sheet->papers[papers[i]],
                        node ? node->place : block->place, findings);
    }
    findings_free(unheard);
    section->pages = pages;
    section->papers = papers;
    section->restart = read_word(block, "numbering", NUMBERINGS, 0, reader->findings) > 0;
}

/* A text block made of a literal and a phrase, for the pages and the line about a 附件. */
static void add_attachment_text(struct body_reader *reader, const struct yaml_node *block,
                                const char *before, const struct phrase *after, const char *style,
                                int lines_max)
{
    struct arena *arena = reader->source->arena;
    size_t count = 1 + (after ? after->count : 0);
    struct piece *pieces = arena_array(arena, count, sizeof(*pieces));
    struct phrase *phrase = arena_alloc(arena, sizeof(*phrase));
    struct body_block made = {
        .kind = BODY_TEXT, .variant = VARIANT_ATTACHED, .place = block->place};

    pieces[0].literal = before;
    pieces[0].place = block->place;
    if (after)
        memcpy(pieces + 1, after->pieces, after->count * sizeof(*pieces));
    phrase->count = count;
    phrase->pieces = pieces;
    phrase->place = block->place;
    made.text.phrase = phrase;
    made.text.style = read_text_name(reader, block, style, style);
    made.text.lines_max = lines_max;
    g_array_append_val(reader->blocks, made);
}

/* attachments: note (the line that names them) or pages (each on its own). */
static void add_attachments(struct body_reader *reader, const struct yaml_node *block)
{
    static const char *const WHAT[] = {"note", "pages", NULL};
    static const char *const KEYS[] = {"attachments", "landscape", "paper",
                                       "page",        "numbering", NULL};
    int what = read_word(block, "attachments", WHAT, 0, reader->findings);
    size_t count = reader->attachments->len;
    struct body_section pages = {0};

    if (yaml_only(block, KEYS, reader->findings) != 0)
        return;
    read_section_pages(reader, block, &pages);
    for (size_t i = 0; i < count; i++) {
        const struct body_block *table = reader->attachments->pdata[i];
        char *number = count > 1 ? g_strdup_printf("%zu", i + 1) : g_strdup("");

        if (what == 0) {
            char *text =
                g_strconcat(i == 0 ? "附件：" : "　　　", number, count > 1 ? "." : "", NULL);

            add_attachment_text(reader, block, arena_text(reader->source->arena, text),
                                table->table->attachment, "attachment-note", 0);
            g_free(text);
        } else {
            char *label = g_strconcat("附件", number, NULL);
            const char *text = arena_text(reader->source->arena, label);
            struct body_block section = {.kind = BODY_SECTION,
                                         .variant = VARIANT_ATTACHED,
                                         .place = block->place,
                                         .section = pages};

            section.section.name = phrase_literal(reader->source->arena, text, block->place);
            g_array_append_val(reader->blocks, section);
            add_attachment_text(reader, block, text, NULL, "attachment-label", 0);
            add_attachment_text(reader, block, "", table->table->attachment, "attachment-title", 2);
            g_array_append_vals(reader->blocks, table, 1);
            g_free(label);
        }
        g_free(number);
    }
}

static int block_kind(const struct body_reader *reader, const struct yaml_node *node, bool skeleton)
{
    int found = -1, count = 0;

    for (int i = 0; KINDS[i] && node->kind == YAML_MAP; i++) {
        if (yaml_member(node, KINDS[i]) && (skeleton || i < KIND_OWN)) {
            found = i;
            count++;
        }
    }
    if (count == 1)
        return found;
    finding_add(reader->findings, FINDING_TEMPLATE_BLOCK, node->place,
                "title、paragraph、table、form、contacts、issuers、section、chart、image、qr");
    return -1;
}

/* Blocks of the kinds a template may write. */
static void add_block(struct body_reader *reader, const struct yaml_node *node, int kind)
{
    static const char *const KEYS[] = {"title",     "paragraph", "table",     "form",  "contacts",
                                       "issuers",   "section",   "name",      "when",  "style",
                                       "lines",     "outline",   "landscape", "paper", "page",
                                       "numbering", "chart",     "image",     "qr",    NULL};
    struct body_block block = {.place = node->place};

    if (yaml_only(node, KEYS, reader->findings) != 0)
        return;
    block.variant = (enum variant)read_word(node, "when", VARIANTS, VARIANT_BOTH, reader->findings);
    switch (kind) {
    case KIND_TITLE:
    case KIND_PARAGRAPH:
        block.kind = BODY_TEXT;
        block.text = read_text_block(reader, node, kind == KIND_TITLE);
        break;
    case KIND_TABLE: {
        struct body_table *table = read_table(reader, yaml_member(node, "table"));

        block.kind = BODY_TABLE;
        block.table = table;
        if (!table)
            return;
        if (table->attachment) {
            struct body_block *attached = arena_copy(reader->source->arena, &block, sizeof(block));

            attached->variant = VARIANT_ATTACHED;
            block.variant = VARIANT_INLINE;
            g_ptr_array_add(reader->attachments, attached);
        }
        break;
    }
    case KIND_FORM:
        block.kind = BODY_FORM;
        block.form = read_form(reader, yaml_member(node, "form"));
        break;
    case KIND_CONTACTS:
        block.kind = BODY_CONTACTS;
        block.contacts = read_contacts(reader, node);
        break;
    case KIND_ISSUERS:
        block.kind = BODY_ISSUERS;
        block.issuers = read_issuers(reader, node);
        break;
    case KIND_SECTION:
        block.kind = BODY_SECTION;
        block.section.name = read_phrase(reader, node, "section", false);
        read_section_pages(reader, node, &block.section);
        break;
    case KIND_CHART:
        block.kind = BODY_CHART;
        block.chart = read_chart(reader, yaml_member(node, "chart"));
        break;
    case KIND_IMAGE:
        block.kind = BODY_IMAGE;
        block.image = read_image_block(reader, yaml_member(node, "image"));
        break;
    case KIND_QR:
        block.kind = BODY_CODE;
        block.code = read_code_block(reader, yaml_member(node, "qr"));
        break;
    }
    g_array_append_val(reader->blocks, block);
}

static void add_own(struct body_reader *reader, const struct yaml_node *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const int kind = block_kind(reader, &list->children[i], false);

        if (kind >= 0)
            add_block(reader, &list->children[i], kind);
    }
}

static void add_skeleton(struct body_reader *reader, const struct skeleton *skeleton)
{
    for (size_t i = 0; i < skeleton->count; i++) {
        const struct yaml_node *node = skeleton->blocks[i].node;
        const int kind = block_kind(reader, node, true);

        if (kind == KIND_OWN)
            add_own(reader, reader->source->body);
        else if (kind == KIND_ATTACHMENTS)
            add_attachments(reader, node);
        else if (kind >= 0)
            add_block(reader, node, kind);
    }
}

const struct body_block *body_parse(const struct body_source *source, size_t *count,
                                    struct findings *findings)
{
    struct body_reader reader = {
        .source = source,
        .findings = findings,
        .blocks = g_array_new(FALSE, TRUE, sizeof(struct body_block)),
        .attachments = g_ptr_array_new(),
    };
    const struct body_block *blocks;

    if (source->body->kind != YAML_LIST)
        suggest_kind(findings, source->body, YAML_LIST);
    else if (source->skeleton)
        add_skeleton(&reader, source->skeleton);
    else
        add_own(&reader, source->body);
    if (reader.attachments->len > 0 && !source->skeleton)
        finding_add(findings, FINDING_TEMPLATE_MISSING_KEY, source->body->place, "skeleton");
    *count = reader.blocks->len;
    blocks = arena_copy(source->arena, reader.blocks->data,
                        reader.blocks->len * sizeof(struct body_block));
    g_array_free(reader.blocks, TRUE);
    g_ptr_array_free(reader.attachments, TRUE);
    return blocks;
}
