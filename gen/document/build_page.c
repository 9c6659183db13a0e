/* Builds pages: their headers and footers filled in, and the sections that change them. */
#include "document/build.h"

static const char *band_text(struct building *building, const struct phrase *phrase)
{
    return scope_text(building->scope, phrase, BLANKS_REPORT, NULL);
}

/* A text alone stands where its style is aligned; at the outer edge that is the right one of odd
 * pages. */
static size_t whole_part(const struct band_spec *spec, const struct text_style *style)
{
    if (spec->outer || style->align == ALIGN_RIGHT)
        return BAND_RIGHT;
    return style->align == ALIGN_LEFT || style->align == ALIGN_JUSTIFY ? BAND_LEFT : BAND_CENTER;
}

static struct page_band build_band(struct building *building, const struct band_spec *spec)
{
    const struct phrase *parts[BAND_PARTS] = {spec->parts[0], spec->parts[1], spec->parts[2]};
    struct page_band band = {.gap = spec->gap, .outer = spec->outer, .not_first = spec->not_first};

    if (!spec->style)
        return band;
    band.style = paper_text(building->paper, spec->style);
    if (spec->whole)
        parts[whole_part(spec, band.style)] = spec->whole;
    for (size_t i = 0; i < BAND_PARTS; i++) {
        if (!parts[i])
            continue;
        band.parts[i] = band_text(building, parts[i]);
        band.place = parts[i]->place;
    }
    return band;
}

static struct page_setup build_page(struct building *building, const struct page_spec *spec)
{
    return (struct page_setup){.paper = spec->paper,
                               .width = spec->width,
                               .height = spec->height,
                               .top = spec->top,
                               .right = spec->right,
                               .bottom = spec->bottom,
                               .left = spec->left,
                               .binding = spec->binding,
                               .header = build_band(building, &spec->header),
                               .footer = build_band(building, &spec->footer)};
}

static void find_unit(const struct phrase *phrase, void *user)
{
    struct building *building = user;
    struct found found;

    for (size_t i = 0; i < phrase->count; i++)
        if (!phrase->pieces[i].literal &&
            binding_find(building->scope->binding, &phrase->pieces[i], NULL, &found) &&
            (found.source == FROM_UNIT || found.source == FROM_DATA))
            building->page_of_unit = true;
}

const struct page_setup *build_unit_page(struct building *building)
{
    const struct template *template = building->scope->binding->template;
    const struct page_spec *spec = &template->pages[building->document_paper];
    struct document *document = &building->made->document;
    bool first = !building->page;
    struct page_setup *page;

    building->paper = &template->sheet->papers[building->document_paper];
    building->page = &document->page;
    if (first)
        page_spec_phrases(spec, find_unit, building);
    if (!first && !building->page_of_unit)
        return NULL;
    page = arena_alloc(building->made->arena, sizeof(*page));
    *page = build_page(building, spec);
    if (first)
        document->page = *page;
    building->page = page;
    return first ? NULL : page;
}

void build_section(struct building *building, const struct body_block *block)
{
    const struct body_section *section = &block->section;
    const struct template *template = building->scope->binding->template;
    const struct page_spec *document = &template->pages[building->document_paper];
    const struct page_spec *spec = &section->pages[building->document_paper];
    struct block made = {.kind = BLOCK_SECTION, .variant = block->variant, .place = block->place};
    struct page_setup *page = arena_alloc(building->made->arena, sizeof(*page));

    building->paper = &template->sheet->papers[section->papers[building->document_paper]];
    *page = build_page(building, spec);
    page->turned = (spec->width > spec->height) != (document->width > document->height);
    building->page = page;
    made.section.name = scope_text(building->scope, section->name, BLANKS_REPORT, NULL);
    made.section.page = page;
    made.section.restart = section->restart;
    g_array_append_val(building->blocks, made);
}
