"""Which annotations count, and as what."""

from pipeline.annotation.decisions import last_decisions, only_blind, usable
from tests.unit.builders import TAXONOMY, annotation, sentence


def test_what_does_not_fit_the_corpus_is_left_out_with_the_reason() -> None:
    lines = [annotation(), annotation("gone-1"), annotation(areas={"tax": "neutral"})]
    placed = [(f"f:{n}", a) for n, a in enumerate(lines, 1)]
    good, bad = usable(placed, {"a-1": sentence()}, TAXONOMY)
    assert good == lines[:1]
    assert [reject.where for reject in bad] == ["f:2", "f:3"]
    assert "no such sentence" in bad[0].reason and "'tax'" in bad[1].reason


def test_of_one_annotator_the_last_line_counts() -> None:
    lines = [annotation(role="none"), annotation(annotator="wu"), annotation(role="premise")]
    assert [(a.annotator, a.role) for a in last_decisions(lines)["a-1"]] == [
        ("zhou", "premise"),
        ("wu", "claim"),
    ]


def test_who_adjudicates_a_sentence_keeps_the_blind_answer_to_it() -> None:
    first, second = annotation(), annotation(annotator="wu", role="none")
    decided = annotation(provenance="adjudicated", role="none")
    found = last_decisions([first, second, decided])
    assert found == {"a-1": [first, second, decided]}
    assert only_blind(found) == {"a-1": [first, second]}


def test_a_sentence_without_a_blind_answer_has_none() -> None:
    assert only_blind(last_decisions([annotation(provenance="adjudicated")])) == {}
