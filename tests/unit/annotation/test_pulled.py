from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotation.pulled import gone, new_annotations, read_tasks, user_names
from pipeline.records.annotation import Annotation
from pipeline.records.taxonomy import load_taxonomy
from tests.e2e.annotation_project import sentence
from tests.house.imports import ROOT
from tests.unit.builders import annotation

TAXONOMY = load_taxonomy(ROOT / "configs/policy_areas.yaml")
LINES = st.lists(
    st.builds(
        lambda number, name, role, minute: replace(
            annotation(f"a-{number}", annotator=name, role=role),
            created_at=f"2026-11-25T10:{minute:02d}:00Z",
        ),
        st.integers(0, 3),
        st.sampled_from(["anna", "bo"]),
        st.sampled_from(["claim", "none"]),
        st.integers(0, 59),
    ),
    max_size=12,
)


@given(LINES, LINES)
def test_pulling_the_same_answers_again_brings_nothing_new(kept: list[Annotation], pulled):
    new = new_annotations(kept, last_of_each(pulled))
    assert new_annotations([*kept, *new], last_of_each(pulled)) == []


@given(LINES)
def test_into_an_empty_file_goes_every_answer_in_the_order_of_time(pulled):
    new = new_annotations([], last_of_each(pulled))
    assert sorted(a.created_at for a in new) == [a.created_at for a in new]
    assert len(new) == len(last_of_each(pulled))


def last_of_each(lines: list[Annotation]) -> list[Annotation]:
    """One answer a sentence and annotator, as the server holds them."""
    return list({(a.sentence_id, a.annotator): a for a in lines}.values())


@given(LINES)
def test_two_answers_of_one_annotator_are_both_kept_and_not_pulled_again(pulled):
    new = new_annotations([], pulled)
    assert new_annotations(new, pulled) == []
    assert {(a.sentence_id, a.annotator) for a in new} == {
        (a.sentence_id, a.annotator) for a in pulled
    }


def test_the_same_answer_under_another_codebook_is_new():
    old = annotation("a-1", annotator="anna")
    again = replace(old, taxonomy_version="v2", created_at="2026-12-01T00:00:00Z")
    assert new_annotations([old], [again]) == [again]


def test_an_answer_that_is_gone_from_the_server_is_named_and_not_dropped():
    kept = [annotation("a-1", annotator="anna"), annotation("a-2", annotator="anna")]
    assert gone(kept, kept[:1]) == kept[1:]
    assert new_annotations(kept, kept[:1]) == []


def test_users_are_known_by_what_stands_before_the_at_sign():
    emails = {1: "anna@one.example", 2: "bo@one.example", 3: "anna@two.example"}
    assert user_names(emails) == {1: "anna", 2: "bo", 3: "anna-3"}


def task(**changed) -> dict:
    drawn = sentence(1)
    data = {"sentence_id": drawn.sentence_id, "text": drawn.text} | changed
    given = {"id": 7, "completed_by": 1, "updated_at": "2026-11-25T10:00:00.5+08:00", "result": []}
    return {"id": 3, "data": data, "meta": {}, "annotations": [given]}


def test_a_task_that_was_added_or_edited_by_hand_is_rejected_by_name():
    known = {sentence(1).sentence_id: sentence(1)}
    found = read_tasks([task(sentence_id="other"), task(text="改过的句子。")], known, {}, TAXONOMY)
    assert [r.reason for r in found.rejects] == [
        "the task is of no batch in labels/batches: it was added by hand",
        "the task's text was changed in Label Studio",
    ]
    assert not found.annotations


def test_an_answer_that_somebody_else_changed_is_not_taken_for_the_annotator_s():
    changed = task()
    changed["annotations"][0] |= {"updated_by": 2, "was_cancelled": True}
    known, names = {sentence(1).sentence_id: sentence(1)}, {1: "bo", 2: "lead"}
    found = read_tasks([changed], known, names, TAXONOMY)
    assert "changed by lead, who did not give it" in found.rejects[0].reason
    assert not found.skips
    assert len(read_tasks([changed], known, names, TAXONOMY, "adjudicated").skips) == 1


def test_times_are_kept_in_utc():
    skipped = task()
    skipped["annotations"][0] |= {"was_cancelled": True, "lead_time": 12.345}
    found = read_tasks([skipped], {sentence(1).sentence_id: sentence(1)}, {1: "bo"}, TAXONOMY)
    (skip,) = found.skips
    assert (skip.annotator, skip.created_at, skip.seconds) == ("bo", "2026-11-25T02:00:00Z", 12.3)
