"""What is carried from one codebook to the next, and what is annotated again."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotation.migrate import carry, check, plan
from pipeline.errors import InputError
from pipeline.records.annotation import Annotation, Prefill
from pipeline.records.migration import Migration, load_migration
from pipeline.records.taxonomy import PolicyArea, Taxonomy
from tests.unit.builders import annotation

OLD = ("open", "chips", "exports", "science", "speech", "grid")
MAPPING = Migration(
    "v1", "v2", rename={"open": "models"}, merge={"trade": ("chips", "exports")},
    split={"science": ("research", "industry")}, add=("rights",), remove=("speech",),
)  # fmt: skip
WORDS = {"rights": ("版权",)}


def taxonomy(*ids: str, version: str = "v2") -> Taxonomy:
    return Taxonomy(version, tuple(
        PolicyArea(i, i, i, "", "", WORDS.get(i, ())) for i in ids
    ))  # fmt: skip


NEW = taxonomy("models", "trade", "research", "industry", "rights", "grid")


def carried(text="甲", **areas):
    voice = "author" if areas else None
    return carry(annotation(text=text, areas=areas, voice=voice), MAPPING, WORDS)


def test_renamed_and_kept_areas_are_carried():
    found = carried(open="critical", grid="neutral")
    assert found.areas == {"models": "critical", "grid": "neutral"}
    assert (found.taxonomy_version, found.provenance) == ("v2", "migrated:authored")


def test_merged_areas_are_carried_where_their_stances_agree_and_doubtful_where_not():
    assert carried(chips="critical").areas == {"trade": "critical"}
    assert carried(chips="critical", exports="critical").areas == {"trade": "critical"}
    assert carried(chips="critical", exports="supportive") == "merge:trade"


def test_a_split_area_is_doubtful_where_it_is_addressed_only():
    assert carried(science="neutral") == "split:science"
    assert carried(grid="neutral").areas == {"grid": "neutral"}


def test_an_added_area_is_doubtful_where_one_of_its_words_stands():
    assert carried(text="版权归谁", grid="neutral") == "add:rights"
    assert carried(text="电网扩容", grid="neutral").areas == {"grid": "neutral"}


def test_an_added_area_without_words_may_stand_in_any_sentence():
    assert carry(annotation(areas={}, voice=None), MAPPING, {"rights": ()}) == "add:rights"


def test_the_voice_goes_with_the_last_removed_answer():
    assert (carried(speech="neutral").areas, carried(speech="neutral").voice) == ({}, None)
    assert carried(speech="neutral", grid="critical").voice == "author"


def test_everything_else_of_a_line_stays_and_a_second_migration_marks_it_once():
    given = annotation(areas={}, voice=None, hard=("irony",), seconds=3.0, sampling_p=0.5,
                       prefill=Prefill("m", True, {}, None, None), provenance="migrated:adjudicated")  # fmt: skip
    assert carry(given, MAPPING, WORDS) == replace(
        given, taxonomy_version="v2", prefill=None, provenance="migrated:adjudicated"
    )


def planned(*annotations):
    return plan([(f"f:{i}", a) for i, a in enumerate(annotations)], MAPPING, NEW)


SURE = annotation(areas={"grid": "neutral"}, annotator="zhou")
DOUBT = annotation(areas={"science": "neutral"}, annotator="wu", sampling_p=0.25)


def test_a_sentence_goes_over_whole_or_not_at_all():
    found = planned(SURE, DOUBT)
    assert not found.carried and found.fate == Counter({"queued, split:science": 2})
    assert found.queued["a-1"].rule == "split:science"


def test_a_queued_sentence_keeps_the_probability_with_which_it_was_drawn():
    assert planned(SURE, DOUBT).queued["a-1"].sampling_p == 0.25
    assert planned(replace(DOUBT, sampling_p=None)).queued["a-1"].sampling_p is None


def test_of_one_annotator_the_last_answer_counts():
    found = planned(DOUBT, replace(SURE, annotator="wu"))
    assert found.fate == Counter({"replaced": 1, "carried": 1})


def test_who_adjudicated_what_they_had_answered_keeps_both_answers():
    decided = replace(SURE, provenance="adjudicated", areas={})
    found = planned(SURE, decided).carried
    assert [a.provenance for a in found] == ["migrated:authored", "migrated:adjudicated"]
    assert not planned(SURE, decided, *found).carried


def test_a_sentence_that_was_answered_again_is_left_alone():
    again = replace(SURE, taxonomy_version="v2", annotator="li")
    assert planned(SURE, DOUBT, again).fate == Counter({"answered before": 2})
    assert [a.annotator for a in planned(SURE, again).carried] == ["zhou"]


def test_a_late_doubt_queues_a_sentence_that_was_carried_over_before():
    before = planned(SURE).carried
    assert "a-1" in planned(SURE, *before, DOUBT).queued


def test_lines_of_other_codebooks_are_not_touched():
    assert planned(replace(SURE, taxonomy_version="v0")).fate == Counter()


lines = st.lists(
    st.builds(
        annotation,
        st.sampled_from(["a-1", "a-2", "a-3"]),
        annotator=st.sampled_from(["zhou", "wu"]),
        areas=st.dictionaries(st.sampled_from(OLD), st.sampled_from(["critical", "neutral"]), max_size=3),
        text=st.sampled_from(["版权归谁", "电网扩容"]),
        taxonomy_version=st.sampled_from(["v0", "v1"]),
    )
)  # fmt: skip


@given(lines)
def test_every_old_line_has_one_fate_and_every_sentence_is_carried_or_queued(given_lines):
    found = planned(*given_lines)
    old: list[Annotation] = [a for a in given_lines if a.taxonomy_version == "v1"]
    assert found.fate.total() == len(old)
    over = {a.sentence_id for a in found.carried}
    assert not over & set(found.queued)
    assert over | set(found.queued) == {a.sentence_id for a in old}
    assert found.fate["carried"] == len(found.carried)
    assert all(set(a.areas) <= set(NEW.ids) for a in found.carried)


@given(lines)
def test_a_second_run_appends_nothing(given_lines):
    first = planned(*given_lines)
    second = planned(*given_lines, *first.carried)
    assert not second.carried and set(second.queued) == set(first.queued)


def checked(mapping=MAPPING, new=NEW, addressed=OLD):
    check(mapping, new, addressed)


def test_a_mapping_that_settles_every_area_passes():
    checked()
    checked(replace(MAPPING, keep=("old",)), taxonomy(*NEW.ids, "old"))
    swap = Migration("v1", "v2", rename={"a": "b", "b": "a"})
    checked(swap, taxonomy("a", "b"), ("a", "b"))
    into_one = Migration("v1", "v2", merge={"a": ("a", "b")}, split={"c": ("c", "d")})
    checked(into_one, taxonomy("a", "c", "d"), ("a", "b", "c"))


@pytest.mark.parametrize(
    ("mapping", "new", "message"),
    [
        (MAPPING, replace(NEW, version="v1"), "is v1: edit its areas and its version first"),
        (replace(MAPPING, remove=("speech", "open")), NEW, "'open' is named twice"),
        (replace(MAPPING, add=("rights", "trade")), NEW, "'trade' is made twice"),
        (replace(MAPPING, split={"science": ("research",)}), NEW, "'science' is merged or split with fewer"),
        (replace(MAPPING, add=("rights", "taxes")), NEW, "'taxes' is made, but .* hasn't it"),
        (MAPPING, taxonomy(*NEW.ids, "open"), "'open' was mapped to another, but .* still has it"),
        (replace(MAPPING, rename={"open": "grid"}), taxonomy(*NEW.ids[1:]), "'grid' is made, but stays"),
        (replace(MAPPING, remove=()), NEW, "'speech' was addressed and isn't there any more"),
        (replace(MAPPING, add=()), NEW, "'rights' has no answer; name it under add"),
    ],
)  # fmt: skip
def test_a_mapping_that_leaves_an_area_open_or_contradicts_itself_is_refused(mapping, new, message):
    with pytest.raises(InputError, match=message):
        checked(mapping, new)


def test_a_mapping_file_is_read_and_a_misspelt_key_is_named(tmp_path):
    path = tmp_path / "v1-v2.yaml"
    path.write_text("from: v1\nto: v2\nrename: {open: models}\nadd: [rights]\n")
    assert load_migration(path) == Migration("v1", "v2", {"open": "models"}, add=("rights",))
    path.write_text("from: v1\nto: v2\nrenamed: {open: models}\n")
    with pytest.raises(InputError, match="renamed"):
        load_migration(path)
