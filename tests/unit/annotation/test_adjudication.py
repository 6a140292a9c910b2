"""What an adjudicator sees of differing answers, and what becomes of the decision."""

import pytest

from pipeline.annotation.adjudication import decided, disputed
from pipeline.annotation.decisions import last_decisions
from pipeline.errors import InputError
from pipeline.records.annotation import Annotation
from pipeline.records.contrast import Answer
from pipeline.records.store import from_json, to_json
from tests.unit.builders import TAXONOMY, annotation

WHEN = "2026-03-01T00:00:00Z"


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


def test_a_decision_becomes_a_line_that_is_read_back_and_settles_the_case() -> None:
    (case,) = disputed(last_decisions(differing()))
    answer = Answer({"open_source": "critical"}, "attributed", "premise")
    line = decided(case, answer, "li", WHEN, TAXONOMY)
    assert from_json(Annotation, to_json(line), "x:1") == line
    assert line.provenance == "adjudicated" and line.created_at == WHEN
    assert (line.areas, line.voice, line.role) == (answer.areas, answer.voice, answer.role)
    assert (line.sampling_p, line.taxonomy_version) == (0.25, TAXONOMY.version)
    assert disputed(last_decisions([*differing(), line])) == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer({"weather": "neutral"}, "author", "none"), "unknown policy area 'weather'"),
        (Answer({}, "author", "none"), "a voice is given exactly when"),
        (Answer({"open_source": "neutral"}, None, "none"), "a voice is given exactly when"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(answer: Answer, reason: str) -> None:
    (case,) = disputed(last_decisions(differing()))
    with pytest.raises(InputError, match=f"decision on a-1 by li: {reason}"):
        decided(case, answer, "li", WHEN, TAXONOMY)
