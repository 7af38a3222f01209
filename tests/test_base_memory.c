/* test_base_memory.c - allocators, arrays that grow, arenas, buffers. */
#include "base/memory.h"
#include "base/text.h"
#include "counting.h"
#include "suite.h"

/* -- Allocators ---------------------------------------------------------- */

START_TEST(without_an_allocator_memory_comes_from_the_system)
{
    poupa_allocator system = poupa__allocator(NULL);
    char *block = poupa__allocate_zeroed(&system, 10);
    for (size_t i = 0; i < 10; i++)
        ck_assert_int_eq(block[i], 0);
    block = poupa__reallocate(&system, block, 10, 20);
    ck_assert_ptr_nonnull(block);
    poupa__release(&system, block, 20);
}
END_TEST

START_TEST(a_given_allocator_is_told_the_sizes_that_were_asked_for)
{
    counting state = {0};
    poupa_allocator allocator = counting_allocator(&state);
    void *block = poupa__reallocate(&allocator, NULL, 0, 10);
    ck_assert_uint_eq(state.bytes, 10);
    block = poupa__reallocate(&allocator, block, 10, 30);
    ck_assert_uint_eq(state.bytes, 30);
    poupa__release(&allocator, block, 30);
    poupa__release(&allocator, NULL, 0);
    assert_nothing_leaked(&state);
}
END_TEST

START_TEST(a_block_of_no_bytes_is_still_a_block)
{
    counting state = {0};
    poupa_allocator allocator = counting_allocator(&state);
    void *block = poupa__allocate(&allocator, 0);
    ck_assert_ptr_nonnull(block);
    ck_assert_uint_eq(state.bytes, 1);
    poupa__release(&allocator, block, 0);
    assert_nothing_leaked(&state);
}
END_TEST

START_TEST(memory_that_there_is_not_is_not_cleared)
{
    counting state = {.fail_at = 1};
    poupa_allocator allocator = counting_allocator(&state);
    ck_assert_ptr_null(poupa__allocate_zeroed(&allocator, 10));
}
END_TEST

/* -- Arrays that grow ---------------------------------------------------- */

START_TEST(an_array_grows_by_doubling_and_keeps_its_items)
{
    poupa_allocator system = poupa__allocator(NULL);
    void *items = NULL;
    size_t capacity = 0;
    ck_assert(poupa__grow(&system, &items, &capacity, 1, sizeof(int)));
    ck_assert_uint_eq(capacity, 8);
    ((int *)items)[7] = 42;
    ck_assert(poupa__grow(&system, &items, &capacity, 8, sizeof(int)));
    ck_assert_uint_eq(capacity, 8);
    ck_assert(poupa__grow(&system, &items, &capacity, 33, sizeof(int)));
    ck_assert_uint_eq(capacity, 64);
    ck_assert_int_eq(((int *)items)[7], 42);
    poupa__release(&system, items, capacity * sizeof(int));
}
END_TEST

START_TEST(an_array_that_cannot_grow_stays_as_it_was)
{
    static const struct {
        size_t fail_at;
        size_t needed;
        size_t item_size;
    } cases[] = {{2, 9, 4}, {0, SIZE_MAX, 1}, {0, SIZE_MAX / 8, 16}, {0, SIZE_MAX / 2 + 1, 1}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        counting state = {.fail_at = cases[i].fail_at};
        poupa_allocator allocator = counting_allocator(&state);
        void *items = NULL;
        size_t capacity = 0;
        ck_assert(poupa__grow(&allocator, &items, &capacity, 8, cases[i].item_size));
        void *before = items;
        ck_assert(
            !poupa__grow(&allocator, &items, &capacity, cases[i].needed, cases[i].item_size));
        ck_assert_ptr_eq(items, before);
        ck_assert_uint_eq(capacity, 8);
        poupa__release(&allocator, items, capacity * cases[i].item_size);
        assert_nothing_leaked(&state);
    }
}
END_TEST

/* -- Arenas -------------------------------------------------------------- */

START_TEST(blocks_of_an_arena_are_aligned_and_apart)
{
    counting state = {0};
    poupa__arena arena;
    poupa__arena_init(&arena, counting_allocator(&state));
    unsigned char *blocks[500];
    for (size_t i = 0; i < COUNT(blocks); i++) {
        poupa__arena_text(&arena, "odd", i % 3); /* leaves the arena misaligned */
        blocks[i] = poupa__arena_allocate(&arena, 40 + i);
        ck_assert_ptr_nonnull(blocks[i]);
        ck_assert_uint_eq((uintptr_t)blocks[i] % 8, 0);
        memset(blocks[i], (int)(i % 251), 40 + i);
    }
    for (size_t i = 0; i < COUNT(blocks); i++)
        for (size_t k = 0; k < 40 + i; k++)
            ck_assert_uint_eq(blocks[i][k], i % 251);
    poupa__arena_free(&arena);
    assert_nothing_leaked(&state);
}
END_TEST

START_TEST(a_block_may_be_larger_than_those_that_an_arena_takes)
{
    counting state = {0};
    poupa__arena arena;
    poupa__arena_init(&arena, counting_allocator(&state));
    for (size_t size = 1; size <= (size_t)1 << 22; size *= 4)
        memset(poupa__arena_allocate(&arena, size), 1, size);
    poupa__arena_free(&arena);
    assert_nothing_leaked(&state);
}
END_TEST

START_TEST(an_arena_that_was_reset_uses_its_newest_block_again)
{
    counting state = {0};
    poupa__arena arena;
    poupa__arena_init(&arena, counting_allocator(&state));
    poupa__arena_reset(&arena); /* nothing to forget */
    while (state.blocks < 3)
        poupa__arena_allocate(&arena, 1000);
    poupa__arena_reset(&arena);
    ck_assert_uint_eq(state.blocks, 1);
    size_t calls = state.calls;
    for (int i = 0; i < 10; i++)
        poupa__arena_allocate(&arena, 1000);
    ck_assert_uint_eq(state.calls, calls);
    poupa__arena_free(&arena);
    assert_nothing_leaked(&state);
}
END_TEST

START_TEST(an_arena_says_when_there_is_no_memory)
{
    counting state = {.fail_at = 2};
    poupa__arena arena;
    poupa__arena_init(&arena, counting_allocator(&state));
    ck_assert_ptr_nonnull(poupa__arena_allocate(&arena, 10));
    ck_assert_ptr_null(poupa__arena_allocate(&arena, 1 << 20));
    ck_assert_ptr_null(poupa__arena_allocate(&arena, SIZE_MAX - 4));
    ck_assert_ptr_null(poupa__arena_text(&arena, "", SIZE_MAX));
    ck_assert_ptr_null(poupa__arena_text(&arena, "", SIZE_MAX - 1));
    ck_assert_str_eq(poupa__arena_text(&arena, "still good", 5), "still");
    poupa__arena_free(&arena);
    assert_nothing_leaked(&state);
}
END_TEST

/* -- Buffers ------------------------------------------------------------- */

START_TEST(a_buffer_is_terminated_whatever_is_appended)
{
    counting state = {0};
    poupa_buffer buffer;
    poupa__buffer_init(&buffer, counting_allocator(&state));
    ck_assert(poupa__buffer_append(&buffer, NULL, 0));
    ck_assert_str_eq(buffer.data, "");
    ck_assert(poupa__buffer_append(&buffer, "S\0P", 3));
    ck_assert(poupa__buffer_print(&buffer, "%d %s", 2021, "unidades"));
    ck_assert(poupa__buffer_write(&buffer, "!", 1));
    ck_assert_uint_eq(buffer.size, 17);
    ck_assert_mem_eq(buffer.data, "S\0P2021 unidades!", 18);
    poupa_buffer_free(&buffer);
    assert_nothing_leaked(&state);
    ck_assert_ptr_null(buffer.data);
    ck_assert_uint_eq(buffer.size + buffer.capacity, 0);
}
END_TEST

START_TEST(freeing_an_empty_buffer_or_none_is_fine)
{
    poupa_buffer buffer = {0};
    poupa_buffer_free(&buffer);
    poupa_buffer_free(NULL);
    ck_assert_ptr_null(buffer.data);
}
END_TEST

START_TEST(a_buffer_without_memory_keeps_what_it_has)
{
    counting state = {.fail_at = 2};
    poupa_buffer buffer;
    poupa__buffer_init(&buffer, counting_allocator(&state));
    ck_assert(poupa__buffer_append(&buffer, "here", 4));
    ck_assert(!poupa__buffer_append(&buffer, "0123456789", 10));
    ck_assert(!poupa__buffer_print(&buffer, "%0100d", 1));
    ck_assert(!poupa__buffer_reserve(&buffer, SIZE_MAX));
    ck_assert_str_eq(buffer.data, "here");
    poupa_buffer_free(&buffer);
    assert_nothing_leaked(&state);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "base: memory", without_an_allocator_memory_comes_from_the_system,
        a_given_allocator_is_told_the_sizes_that_were_asked_for,
        a_block_of_no_bytes_is_still_a_block, memory_that_there_is_not_is_not_cleared,
        an_array_grows_by_doubling_and_keeps_its_items, an_array_that_cannot_grow_stays_as_it_was,
        blocks_of_an_arena_are_aligned_and_apart,
        a_block_may_be_larger_than_those_that_an_arena_takes,
        an_arena_that_was_reset_uses_its_newest_block_again,
        an_arena_says_when_there_is_no_memory, a_buffer_is_terminated_whatever_is_appended,
        freeing_an_empty_buffer_or_none_is_fine, a_buffer_without_memory_keeps_what_it_has);
}
