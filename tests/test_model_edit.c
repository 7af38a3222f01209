/* test_model_edit.c - edits: changes that take effect together or not at all. */
#include "building.h"
#include "counting.h"

/* Asserts which ids a kind has, in their order: "se itaquera". */
static void assert_ids(const poupa_catalog *catalog, poupa_kind kind, const char *expected)
{
    char ids[1024] = "";
    for (size_t i = 0; i < poupa_catalog_count(catalog, kind); i++) {
        const char *const *id = poupa_catalog_at(catalog, kind, i);
        strcat(strcat(ids, i ? " " : ""), *id);
        ck_assert_ptr_eq(poupa_catalog_find(catalog, kind, *id), id);
    }
    ck_assert_str_eq(ids, expected);
    ck_assert_ptr_null(poupa_catalog_at(catalog, kind, poupa_catalog_count(catalog, kind)));
}

static void add_unit(poupa_catalog *catalog, const char *id, const char *area)
{
    ADD(catalog, unit, .id = id, .name = id, .area_id = area);
}

static void add_area(poupa_catalog *catalog, const char *id, const char *parent)
{
    ADD(catalog, area, .id = id, .type = {0, "bairro"}, .name = id, .parent_id = parent);
}

/* -- Outside of edits ---------------------------------------------------- */

START_TEST(what_is_added_comes_behind_the_others_of_its_kind)
{
    poupa_catalog *catalog = small_catalog();
    add_unit(catalog, "bauru", NULL);
    assert_ids(catalog, POUPA_KIND_UNIT, "se itaquera bauru");
    assert_ids(catalog, POUPA_KIND_CHANNEL, "portal presencial");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_replacement_stands_in_the_same_place)
{
    poupa_catalog *catalog = small_catalog();
    poupa_unit unit = *poupa_unit_find(catalog, "se");
    unit.name = "Sé (reformada)";
    ASSERT_OK(poupa_unit_replace(catalog, &unit, &err));
    assert_ids(catalog, POUPA_KIND_UNIT, "se itaquera");
    ck_assert_str_eq(poupa_unit_find(catalog, "se")->name, "Sé (reformada)");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_removal_closes_the_gap)
{
    poupa_catalog *catalog = small_catalog();
    add_unit(catalog, "bauru", NULL);
    ASSERT_OK(poupa_unit_remove(catalog, "itaquera", &err));
    assert_ids(catalog, POUPA_KIND_UNIT, "se bauru");
    add_unit(catalog, "itaquera", NULL);
    assert_ids(catalog, POUPA_KIND_UNIT, "se bauru itaquera");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(what_was_borrowed_lives_on_after_it_was_replaced_or_removed)
{
    poupa_catalog *catalog = small_catalog();
    const poupa_unit *old = poupa_unit_find(catalog, "itaquera");
    poupa_unit unit = *old;
    unit.name = "Itaquera II";
    ASSERT_OK(poupa_unit_replace(catalog, &unit, &err));
    const poupa_unit *newer = poupa_unit_find(catalog, "itaquera");
    ASSERT_OK(poupa_unit_remove(catalog, "itaquera", &err));
    ck_assert_str_eq(old->name, "Itaquera");
    ck_assert_str_eq(newer->name, "Itaquera II");
    ck_assert_str_eq(old->area_id, "capital");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(what_is_given_is_copied)
{
    poupa_catalog *catalog = new_catalog();
    char id[] = "se", name[] = "Sé", json[] = "[1, 2]";
    poupa_member member = {"extra", json};
    poupa_unit unit = {.id = id, .name = name, .extra = {&member, 1}};
    ASSERT_OK(poupa_unit_add(catalog, &unit, &err));
    memset(id, 'x', 2);
    memset(name, 'x', 2);
    memset(json, 'x', 6);
    ck_assert_str_eq(poupa_unit_find(catalog, "se")->name, "Sé");
    ck_assert_str_eq(poupa_unit_find(catalog, "se")->extra.items[0].json, "[1,2]");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_word_may_be_given_by_its_code_or_by_its_text)
{
    poupa_catalog *catalog = new_catalog();
    ADD(catalog, channel, .id = "a", .name = "A", .type = {POUPA_CHANNEL_KIOSK, NULL});
    ADD(catalog, channel, .id = "b", .name = "B", .type = {0, "kiosk"});
    ADD(catalog, channel, .id = "c", .name = "C", .type = {POUPA_CHANNEL_KIOSK, "ignored"});
    ADD(catalog, channel, .id = "d", .name = "D", .type = {0, "drone"});
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(poupa_channel_at(catalog, i)->type.code, POUPA_CHANNEL_KIOSK);
        ck_assert_str_eq(poupa_channel_at(catalog, i)->type.text, "kiosk");
    }
    ck_assert_int_eq(poupa_channel_at(catalog, 3)->type.code, 0);
    ck_assert_str_eq(poupa_channel_at(catalog, 3)->type.text, "drone");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(the_nearest_entity_is_found_by_its_id)
{
    poupa_catalog *catalog = small_catalog();
    ck_assert_ptr_eq(poupa_catalog_nearest(catalog, POUPA_KIND_UNIT, "itaqera"),
                     poupa_unit_find(catalog, "itaquera"));
    ck_assert_ptr_null(poupa_catalog_nearest(catalog, POUPA_KIND_UNIT, "santo-amaro"));
    ck_assert_ptr_null(poupa_catalog_nearest(catalog, (poupa_kind)99, "se"));
    ck_assert_ptr_null(poupa_catalog_nearest(catalog, POUPA_KIND_UNIT, NULL));
    ck_assert_ptr_null(poupa_catalog_nearest(NULL, POUPA_KIND_UNIT, "se"));
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(nothing_is_found_in_no_catalogue)
{
    ck_assert_uint_eq(poupa_unit_count(NULL), 0);
    ck_assert_ptr_null(poupa_unit_at(NULL, 0));
    ck_assert_ptr_null(poupa_unit_find(NULL, "se"));
    poupa_catalog *catalog = small_catalog();
    ck_assert_ptr_null(poupa_unit_find(catalog, NULL));
    ck_assert_ptr_null(poupa_program_find(catalog, "se")); /* no program at all */
    ck_assert_ptr_null(poupa_catalog_find(catalog, (poupa_kind)-1, "se"));
    ck_assert_uint_eq(poupa_catalog_count(catalog, (poupa_kind)12), 0);
    poupa_catalog_release(catalog);
}
END_TEST

/* -- Edits --------------------------------------------------------------- */

START_TEST(inside_an_edit_references_may_point_to_what_is_to_come)
{
    poupa_catalog *catalog = new_catalog();
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    add_unit(catalog, "se", "centro");
    add_area(catalog, "centro", "capital");
    add_area(catalog, "capital", NULL);
    ASSERT_OK(poupa_catalog_commit(catalog, &err));
    assert_ids(catalog, POUPA_KIND_AREA, "centro capital");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_commit_that_fails_undoes_everything)
{
    poupa_catalog *catalog = small_catalog();
    poupa_catalog *before = copy_of(catalog);
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    add_unit(catalog, "bauru", "nowhere");
    poupa_unit unit = {.id = "se", .name = "changed"};
    ASSERT_OK(poupa_unit_replace(catalog, &unit, &err));
    ASSERT_OK(poupa_unit_remove(catalog, "itaquera", &err));
    ASSERT_OK(poupa_catalog_set_language(catalog, "en", &err));
    poupa_error why;
    ck_assert_int_eq(poupa_catalog_commit(catalog, &why), POUPA_ERR_INVALID);
    ck_assert_str_eq(why.code, "E2005");
    assert_unchanged(catalog, before);
    ASSERT_FAILS(poupa_catalog_commit(catalog, &err), POUPA_ERR_ARGUMENT); /* it is over */
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_commit_fails_where_parents_go_round_in_a_circle)
{
    poupa_catalog *catalog = small_catalog();
    poupa_catalog *before = copy_of(catalog);
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    add_area(catalog, "a", "b");
    add_area(catalog, "b", "c");
    add_area(catalog, "c", "a");
    add_area(catalog, "below-the-circle", "a");
    poupa_error why;
    ck_assert_int_eq(poupa_catalog_commit(catalog, &why), POUPA_ERR_INVALID);
    ck_assert_str_eq(why.code, "E2008");
    ck_assert_ptr_nonnull(strstr(why.path, "/parent_id"));
    assert_unchanged(catalog, before);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_commit_fails_where_something_removed_is_still_in_use)
{
    poupa_catalog *catalog = small_catalog();
    poupa_catalog *before = copy_of(catalog);
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ASSERT_OK(poupa_channel_remove(catalog, "portal", &err));
    ASSERT_FAILS(poupa_catalog_commit(catalog, &err), POUPA_ERR_IN_USE);
    assert_unchanged(catalog, before);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(in_one_edit_users_and_used_go_in_any_order)
{
    poupa_catalog *catalog = small_catalog();
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ASSERT_OK(poupa_channel_remove(catalog, "portal", &err));
    ASSERT_OK(poupa_offering_remove(catalog, "online", &err));
    ASSERT_OK(poupa_metric_remove(catalog, "online-2020", &err));
    ASSERT_OK(poupa_catalog_commit(catalog, &err));
    assert_ids(catalog, POUPA_KIND_CHANNEL, "presencial");
    assert_ids(catalog, POUPA_KIND_OFFERING, "na-se");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(an_open_edit_shows_what_it_has_done_so_far)
{
    poupa_catalog *catalog = small_catalog();
    add_unit(catalog, "bauru", NULL);
    add_unit(catalog, "santos", NULL);
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ASSERT_OK(poupa_unit_remove(catalog, "itaquera", &err));
    assert_ids(catalog, POUPA_KIND_UNIT, "se bauru santos");
    ASSERT_OK(poupa_unit_remove(catalog, "santos", &err));
    add_unit(catalog, "itaquera", NULL); /* again, now at the end */
    assert_ids(catalog, POUPA_KIND_UNIT, "se bauru itaquera");
    ck_assert_ptr_null(poupa_unit_find(catalog, "santos"));
    ASSERT_OK(poupa_catalog_commit(catalog, &err));
    assert_ids(catalog, POUPA_KIND_UNIT, "se bauru itaquera");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(an_edit_can_be_copied_and_compared_while_it_is_open)
{
    poupa_catalog *catalog = small_catalog();
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ASSERT_OK(poupa_unit_remove(catalog, "itaquera", &err));
    add_unit(catalog, "bauru", NULL);
    poupa_catalog *copy = copy_of(catalog);
    assert_ids(copy, POUPA_KIND_UNIT, "se bauru");
    assert_unchanged(catalog, copy);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_rollback_undoes_everything)
{
    poupa_catalog *catalog = small_catalog();
    poupa_catalog *before = copy_of(catalog);
    poupa_catalog_rollback(catalog); /* nothing is open */
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ASSERT_OK(poupa_unit_remove(catalog, "se", &err));
    add_unit(catalog, "se", NULL);
    poupa_unit unit = {.id = "se", .name = "third"};
    ASSERT_OK(poupa_unit_replace(catalog, &unit, &err));
    ASSERT_OK(poupa_unit_remove(catalog, "se", &err));
    ASSERT_OK(poupa_catalog_set_language(catalog, "en", &err));
    poupa_catalog_rollback(catalog);
    assert_unchanged(catalog, before);
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ASSERT_OK(poupa_catalog_set_language(catalog, "en", &err));
    ASSERT_OK(poupa_catalog_commit(catalog, &err));
    ASSERT_FAILS(poupa_unit_remove(catalog, "none", &err), POUPA_ERR_NOT_FOUND);
    ck_assert_str_eq(poupa_catalog_language(catalog), "en"); /* it is over */
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(edits_do_not_nest)
{
    poupa_catalog *catalog = small_catalog();
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ASSERT_FAILS(poupa_catalog_begin(catalog, &err), POUPA_ERR_ARGUMENT);
    add_unit(catalog, "bauru", NULL);
    ASSERT_OK(poupa_catalog_commit(catalog, &err));
    ck_assert_ptr_nonnull(poupa_unit_find(catalog, "bauru"));
    ASSERT_FAILS(poupa_catalog_commit(catalog, &err), POUPA_ERR_ARGUMENT);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_refused_change_leaves_an_edit_open)
{
    poupa_catalog *catalog = small_catalog();
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    add_unit(catalog, "bauru", NULL);
    ASSERT_FAILS(poupa_unit_remove(catalog, "nowhere", &err), POUPA_ERR_NOT_FOUND);
    poupa_unit unit = {.id = "bauru", .name = "again"};
    ASSERT_FAILS(poupa_unit_add(catalog, &unit, &err), POUPA_ERR_EXISTS);
    ASSERT_OK(poupa_catalog_commit(catalog, &err));
    assert_ids(catalog, POUPA_KIND_UNIT, "se itaquera bauru");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(an_edit_that_is_open_when_the_catalogue_goes_is_no_harm)
{
    counting state = {0};
    poupa_allocator allocator = counting_allocator(&state);
    poupa_catalog *catalog = NULL;
    ASSERT_OK(poupa_catalog_new(&allocator, &catalog, &err));
    add_unit(catalog, "se", NULL);
    add_unit(catalog, "itaquera", NULL);
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ASSERT_OK(poupa_unit_remove(catalog, "se", &err));
    add_unit(catalog, "bauru", "nowhere");
    const poupa_unit *bauru = poupa_unit_find(catalog, "bauru");
    ck_assert_str_eq(bauru->area_id, "nowhere");
    assert_ids(catalog, POUPA_KIND_UNIT, "itaquera bauru");
    poupa_catalog_release(catalog);
    assert_nothing_leaked(&state);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "model: edits", what_is_added_comes_behind_the_others_of_its_kind,
        a_replacement_stands_in_the_same_place, a_removal_closes_the_gap,
        what_was_borrowed_lives_on_after_it_was_replaced_or_removed, what_is_given_is_copied,
        a_word_may_be_given_by_its_code_or_by_its_text, the_nearest_entity_is_found_by_its_id,
        nothing_is_found_in_no_catalogue, inside_an_edit_references_may_point_to_what_is_to_come,
        a_commit_that_fails_undoes_everything, a_commit_fails_where_parents_go_round_in_a_circle,
        a_commit_fails_where_something_removed_is_still_in_use,
        in_one_edit_users_and_used_go_in_any_order, an_open_edit_shows_what_it_has_done_so_far,
        an_edit_can_be_copied_and_compared_while_it_is_open, a_rollback_undoes_everything,
        edits_do_not_nest, a_refused_change_leaves_an_edit_open,
        an_edit_that_is_open_when_the_catalogue_goes_is_no_harm);
}
