/* Arenas: what is taken is zeroed, aligned and lasting. */
#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void arena_alloc_gives_zeroed_aligned_memory(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *bytes = arena_alloc(arena, size);

        assert_int_equal((uintptr_t)bytes % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        if (size)
            memset(bytes, 0xff, size);
        arena_text(arena, "x"); /* knocks the next piece out of line */
    }
    arena_free(arena);
}

static void arena_keeps_what_was_taken_before(void **state)
{
    enum { PIECES = 5000 };
    struct arena *arena = arena_new();
    char **texts = arena_array(arena, PIECES, sizeof *texts);
    char text[32];

    (void)state;
    for (int i = 0; i < PIECES; i++) {
        snprintf(text, sizeof text, "村民%d", i);
        texts[i] = arena_text(arena, text);
    }
    for (int i = 0; i < PIECES; i++) {
        snprintf(text, sizeof text, "村民%d", i);
        assert_string_equal(texts[i], text);
    }
    arena_free(arena);
}

static void arena_serves_large_pieces(void **state)
{
    struct arena *arena = arena_new();
    const char *small;
    char *first = arena_alloc(arena, 1000000), *second;

    (void)state;
    small = arena_text(arena, "石门村");
    second = arena_alloc(arena, 1000000);
    memset(first, 1, 1000000);
    memset(second, 2, 1000000);
    assert_string_equal(small, "石门村");
    assert_int_equal(first[999999], 1);
    arena_free(arena);
}

static void arena_text_copies(void **state)
{
    struct arena *arena = arena_new();
    char text[] = "李四";
    const int numbers[] = {1, 2, 3};
    const char *copy = arena_text(arena, text);
    const int *kept = arena_copy(arena, numbers, sizeof numbers);

    (void)state;
    text[0] = '?';
    assert_string_equal(copy, "李四");
    assert_null(arena_text(arena, NULL));
    assert_string_equal(arena_text(arena, ""), "");
    assert_string_equal(arena_text_length(arena, "abcdef", 3), "abc");
    assert_string_equal(arena_text_length(arena, NULL, 0), "");
    assert_memory_equal(kept, numbers, sizeof numbers);
    assert_non_null(arena_copy(arena, NULL, 0));
    arena_free(arena);
    arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_alloc_gives_zeroed_aligned_memory),
        cmocka_unit_test(arena_keeps_what_was_taken_before),
        cmocka_unit_test(arena_serves_large_pieces),
        cmocka_unit_test(arena_text_copies),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
