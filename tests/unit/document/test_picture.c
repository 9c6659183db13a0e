/* Pictures and QR codes in a document: where files may lie, what becomes of them, what is refused.
 */
#include "fixture.h"

#include <png.h>
#include <unistd.h>

#include "base/qr.h"

static void write_picture(const struct world *world, const char *path, uint32_t width,
                          uint32_t height)
{
    png_image writer = {.version = PNG_IMAGE_VERSION, .width = width, .height = height};
    unsigned char *pixels = g_malloc0((size_t)width * height);
    char *full = g_build_filename(world->folder, path, NULL), *parent = g_path_get_dirname(full);

    writer.format = PNG_FORMAT_GRAY;
    assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
    assert_true(png_image_write_to_file(&writer, full, 0, pixels, 0, NULL));
    g_free(parent);
    g_free(full);
    g_free(pixels);
}

static const struct block_figure *figure_of(const struct world *world, size_t number)
{
    return &world_block(world, BLOCK_FIGURE, number)->figure;
}

static void image_is_found_beside_the_template_or_in_the_input(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    write_picture(&world, "templates/notices/甲.png", 300, 200);
    write_picture(&world, "input/图片/石门村/地图.png", 600, 900);
    world_run(&world, HEAD EACH
              "body:\n"
              "  - image: {file: 甲.png, width: 60, caption: \"{{行政村}}示意图\", alt: 示意}\n"
              "  - image: {file: 甲.png, height: 20, align: right}\n"
              "  - image: {file: \"石门村/地图.png\", width: 100, height: 90}\n"
              "  - image: {file: 甲.png}\n");
    assert_int_equal(world_make(&world, 0), 0);
    const struct block_figure *first = figure_of(&world, 0), *second = figure_of(&world, 1),
                              *third = figure_of(&world, 2), *last = figure_of(&world, 3);
    assert_int_equal(first->kind, FIGURE_IMAGE);
    assert_int_equal(first->width, 170079); /* 60 mm */
    assert_int_equal(first->height, 113386);
    assert_int_equal(first->align, ALIGN_CENTER);
    assert_string_equal(first->text, "石门村示意图");
    assert_int_equal(first->style->align, ALIGN_CENTER);
    assert_string_equal(first->alt, "示意");
    assert_string_equal(first->file, "甲.png");
    assert_int_equal(first->image->width, 300);
    assert_ptr_equal(first->image, second->image); /* read once */
    assert_int_equal(second->height, 56692);       /* 20 mm, up to a thousandth of a point */
    assert_int_equal(second->align, ALIGN_RIGHT);
    assert_null(second->text);
    assert_int_equal(third->width, 170078); /* 90 mm high: not out of shape */
    assert_int_equal(last->width, 300 * 72000 / 150);
    assert_int_equal(findings_count(world.findings), 0);
    world_end(&world);
}

static void refused(const char *body, enum finding_code code, const char *name)
{
    struct world world;

    world_begin(&world);
    write_picture(&world, "templates/notices/甲.png", 300, 200);
    write_picture(&world, "secret.png", 30, 20);
    write_picture(&world, "templates/notices/large.png", 5001, 4000);
    world_write(&world, "input/图片/字.png", "not a picture");
    world_write(&world, "input/图片/短.png", "\x89PNG\r\n\x1a\n");
    char *from = g_build_filename(world.folder, "secret.png", NULL);
    char *to = g_build_filename(world.folder, "input/图片/link.png", NULL);
    assert_int_equal(symlink(from, to), 0);
    g_free(from);
    g_free(to);
    char *text = g_strconcat(HEAD EACH "body:\n", body, NULL);
    if (world_prepare(&world, text)) {
        assert_int_equal(binding_run(world.binding, world.settings, world.findings), 0);
        assert_int_equal(world_make(&world, 0), -1);
        assert_null(world.document);
    }
    g_free(text);
    world_expect(&world, code, 11, 19);
    if (name)
        assert_string_equal(world_finding(&world, code)->args[0], name);
    world_end(&world);
}

static void image_that_may_not_or_cannot_be_shown_is_refused(void **state)
{
    (void)state;
    refused("  - image: {file: ../../secret.png}\n", FINDING_DOCUMENT_IMAGE_PLACE,
            "../../secret.png");
    refused("  - image: {file: /etc/hostname}\n", FINDING_DOCUMENT_IMAGE_PLACE, "/etc/hostname");
    refused("  - image: {file: \"..\\\\secret.png\"}\n", FINDING_DOCUMENT_IMAGE_PLACE, NULL);
    refused("  - image: {file: \"{{乡镇}}/../../secret.png\"}\n", FINDING_DOCUMENT_IMAGE_PLACE,
            "云岭镇/../../secret.png");
    refused("  - image: {file: link.png}\n", FINDING_DOCUMENT_IMAGE_PLACE, "link.png");
    refused("  - image: {file: 乙.png}\n", FINDING_DOCUMENT_IMAGE_MISSING, "乙.png");
    refused("  - image: {file: 字.png}\n", FINDING_DOCUMENT_IMAGE_KIND, "字.png");
    refused("  - image: {file: 短.png}\n", FINDING_DOCUMENT_IMAGE_DAMAGED, "短.png");
    refused("  - image: {file: large.png}\n", FINDING_DOCUMENT_IMAGE_LARGE, "large.png");
}

/* A CMYK file of one block: only its head is looked at. */
static void image_for_a_press_is_refused(void **state)
{
    static const unsigned char cmyk[] = {0xFF, 0xD8, 0xFF, 0xC0, 0,    20, 8,    0,    8,
                                         0,    8,    4,    1,    0x11, 0,  2,    0x11, 0,
                                         3,    0x11, 0,    4,    0x11, 0,  0xFF, 0xD9};
    struct world world;

    (void)state;
    world_begin(&world);
    char *path = g_build_filename(world.folder, "templates/notices", NULL);
    assert_int_equal(g_mkdir_with_parents(path, 0700), 0);
    char *file = g_build_filename(path, "press.jpg", NULL);
    assert_true(g_file_set_contents(file, (const char *)cmyk, sizeof(cmyk), NULL));
    g_free(file);
    g_free(path);
    world_run(&world, HEAD "body:\n  - image: {file: press.jpg}\n");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_IMAGE_CMYK, 8, 19);
    world_end(&world);
}

static void image_too_coarse_for_its_size_is_told(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    write_picture(&world, "input/图片/小.png", 100, 50);
    world_run(&world, HEAD "body:\n  - image: {file: 小.png, width: 50}\n");
    assert_int_equal(world_make(&world, 0), 0);
    world_expect(&world, FINDING_DOCUMENT_IMAGE_COARSE, 8, 19);
    const struct finding *finding = world_finding(&world, FINDING_DOCUMENT_IMAGE_COARSE);
    assert_string_equal(finding->args[1], "100");
    assert_string_equal(finding->args[3], "50");
    world_end(&world);
}

static void code_says_its_text_and_stands_beside_a_label(void **state)
{
    struct world world;
    size_t side;
    unsigned char *modules = qr_modules("http://x.cn/石门村", &side);

    (void)state;
    world_begin(&world);
    world_run(&world,
              HEAD EACH "body:\n"
                        "  - qr: {text: \"http://x.cn/{{行政村}}\", label: \"扫码看{{行政村}}\"}\n"
                        "  - qr: {text: \"http://x.cn/{{行政村}}\", size: 30, align: center}\n");
    assert_int_equal(world_make(&world, 0), 0);
    const struct block_figure *first = figure_of(&world, 0), *second = figure_of(&world, 1);
    assert_int_equal(first->kind, FIGURE_CODE);
    assert_string_equal(first->content, "http://x.cn/石门村");
    assert_string_equal(first->text, "扫码看石门村");
    assert_int_equal(first->side, side);
    assert_memory_equal(first->modules, modules, side * side);
    assert_int_equal(first->width, 70866); /* 25 mm */
    assert_int_equal(first->align, ALIGN_LEFT);
    assert_string_equal(second->text, second->content);
    assert_int_equal(second->width, 85039);
    assert_int_equal(second->style->align, ALIGN_CENTER);
    g_free(modules);
    world_end(&world);
}

static void code_without_content_is_left_out_with_a_word(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD EACH LIST
              "  一: |\n"
              "    SELECT 备注 FROM 户 WHERE 户主姓名 = '张如意' AND 行政村 = :行政村\n"
              "body:\n"
              "  - paragraph: 全文。\n"
              "  - qr: {text: \"{{一.备注}}\"}\n");
    assert_int_equal(world_make(&world, 0), 0);
    world_expect(&world, FINDING_DOCUMENT_QR_EMPTY, 18, 16);
    assert_int_equal(world.document->units[0].nblock, 1);
    world_end(&world);
}

static void code_too_fine_or_too_long_is_refused(void **state)
{
    struct world world;
    char *text = g_strnfill(2332, 'x');
    char *body = g_strconcat(HEAD "body:\n  - qr: {text: ", text, "}\n", NULL);

    (void)state;
    world_begin(&world);
    world_run(&world, body);
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_QR_LONG, 8, 16);
    world_end(&world);
    g_free(body);
    g_free(text);

    world_begin(&world); /* version 2, 25 modules: 10 mm would do */
    world_run(&world, HEAD "body:\n  - qr: {text: http://www.x.cn/abcdef, size: 9.9}\n");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_QR_FINE, 8, 16);
    assert_string_equal(world_finding(&world, FINDING_DOCUMENT_QR_FINE)->args[2], "10");
    world_end(&world);
}

static void mistakes_in_figures_have_their_place(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_false(world_prepare(&world, HEAD "body:\n"
                                            "  - image: {flie: a.png}\n"
                                            "  - qr: {text: a, align: centre}\n"
                                            "  - image: {file: a.png, style: tabel}\n"));
    world_expect(&world, FINDING_TEMPLATE_UNKNOWN_KEY, 8, 13);
    world_expect(&world, FINDING_TEMPLATE_UNKNOWN_WORD, 9, 26);
    world_expect(&world, FINDING_TEMPLATE_UNKNOWN_STYLE, 10, 33);
    world_end(&world);

    world_begin(&world);
    assert_false(world_prepare(&world, HEAD "body:\n  - image: {file: \"{{行政材}}.png\"}\n"));
    world_expect(&world, FINDING_TEMPLATE_UNKNOWN_NAME, 8, 20);
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(image_is_found_beside_the_template_or_in_the_input),
        cmocka_unit_test(image_that_may_not_or_cannot_be_shown_is_refused),
        cmocka_unit_test(image_for_a_press_is_refused),
        cmocka_unit_test(image_too_coarse_for_its_size_is_told),
        cmocka_unit_test(code_says_its_text_and_stands_beside_a_label),
        cmocka_unit_test(code_without_content_is_left_out_with_a_word),
        cmocka_unit_test(code_too_fine_or_too_long_is_refused),
        cmocka_unit_test(mistakes_in_figures_have_their_place),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("picture", tests, NULL, NULL);
}
