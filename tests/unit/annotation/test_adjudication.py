"""What an adjudicator sees of differing answers."""

from pipeline.annotation.adjudication import disputed
from pipeline.annotation.decisions import last_decisions
from pipeline.records.annotation import Annotation
from pipeline.records.store import to_json
from tests.unit.builders import annotation


def differing(sentence_id: str = "a-1") -> list[Annotation]:
    return [
        annotation(sentence_id, annotator="zhou", context=("前。", "后。"), sampling_p=0.25),
        annotation(sentence_id, annotator="wu", role="none"),
    ]


def test_sentences_on_which_annotators_differ_are_disputed_and_others_are_not() -> None:
    agreeing = [annotation("a-2"), annotation("a-2", annotator="wu")]
    found = disputed(last_decisions([*agreeing, *differing("b-1"), *differing()]))
    assert [case.sentence_id for case in found] == ["a-1", "b-1"]
    case = found[0]
    assert (case.text, case.context, case.sampling_p) == (
        "芯片管制收紧。", ("前。", "后。"), 0.25
    )  # fmt: skip
    assert sorted(answer.role for answer in case.answers) == ["claim", "none"]


def test_what_was_decided_is_not_disputed_again() -> None:
    decision = annotation(annotator="li", provenance="adjudicated")
    assert disputed(last_decisions([*differing(), decision])) == []


def test_one_annotator_alone_disputes_nothing() -> None:
    assert disputed(last_decisions(differing()[:1])) == []


def test_nothing_of_a_case_names_an_annotator() -> None:
    (case,) = disputed(last_decisions(differing()))
    assert "zhou" not in to_json(case) and "wu" not in to_json(case)


def test_each_annotator_stands_first_about_as_often_whoever_comes_first_in_the_files() -> None:
    lines = [a for n in range(400) for a in differing(f"a-{n}")]
    found = disputed(last_decisions(lines))
    first = sum(case.answers[0].role == "claim" for case in found)
    assert 160 < first < 240
    assert [c.answers for c in found] == [
        c.answers for c in disputed(last_decisions(reversed(lines)))
    ]
