/* Parses image and qr blocks. */
#include "base/file.h"
#include "document/body_reader.h"
#include "document/suggest.h"

/* In order of enum align's first three. */
static const char *const SIDES[] = {"left", "center", "right", NULL};

static struct body_figure read_figure(const struct body_reader *reader,
                                      const struct yaml_node *node, enum align align,
                                      const char *text)
{
    struct body_figure figure = {.grid = read_grid_name(reader, node, "table")};

    figure.align = (enum align)read_word(node, "align", SIDES, align, reader->findings);
    figure.text = read_phrase(reader, node, text, false);
    return figure;
}

struct body_image read_image_block(const struct body_reader *reader, const struct yaml_node *node)
{
    static const char *const KEYS[] = {"file",    "width", "height", "align",
                                       "caption", "alt",   "style",  NULL};
    struct findings *findings = reader->findings;
    struct body_image image = {0};

    if (yaml_only(node, KEYS, findings) != 0)
        return image;
    read_required(node, "file", findings);
    image.figure = read_figure(reader, node, ALIGN_CENTER, "caption");
    image.figure.width = read_length(node, "width", 0, findings);
    image.figure.height = read_length(node, "height", 0, findings);
    image.file = read_phrase(reader, node, "file", false);
    image.alt = read_phrase(reader, node, "alt", false);
    if (image.file && image.file->count == 1 && image.file->pieces[0].literal &&
        file_leads_out(image.file->pieces[0].literal))
        finding_add(findings, FINDING_DOCUMENT_IMAGE_PLACE, image.file->place,
                    image.file->pieces[0].literal);
    return image;
}

struct body_code read_code_block(const struct body_reader *reader, const struct yaml_node *node)
{
    static const char *const KEYS[] = {"text", "size", "label", "align", "style", NULL};
    static const double SIZE = 25; /* mm: an address is read from an arm's length */
    struct findings *findings = reader->findings;
    struct body_code code = {0};

    if (yaml_only(node, KEYS, findings) != 0)
        return code;
    read_required(node, "text", findings);
    code.figure = read_figure(reader, node, ALIGN_LEFT, "label");
    code.figure.width = read_length(node, "size", (mpt)(SIZE * MPT_PER_MM), findings);
    code.content = read_phrase(reader, node, "text", false);
    return code;
}
