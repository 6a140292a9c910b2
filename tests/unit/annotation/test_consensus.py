"""Several annotators' answers to one."""

import random
from collections.abc import Sequence

import pytest

from pipeline.annotation.consensus import DAWID_SKENE, MAJORITY, Consensus, Rule, consensus
from pipeline.annotation.decisions import last_decisions
from pipeline.records.annotation import Annotation
from pipeline.records.labels import ROLES
from tests.unit.builders import TAXONOMY, annotation

SUPPORT, OPPOSE = {"export_controls": "supportive"}, {"export_controls": "critical"}


def agreed(decisions: Sequence[Annotation], rule: Rule = MAJORITY) -> Consensus:
    return consensus({"a-1": list(decisions)}, TAXONOMY.ids, rule)["a-1"]


def test_the_majority_decides_and_disagreement_is_kept() -> None:
    found = agreed(
        [
            annotation(annotator="a", areas=OPPOSE),
            annotation(annotator="b", areas=SUPPORT),
            annotation(annotator="c", areas=SUPPORT, role="premise"),
        ]
    )
    assert found.answer.areas == SUPPORT
    assert (found.answer.role, found.by) == ("claim", MAJORITY)
    assert found.disagreement == pytest.approx(2 / 9)  # 1 of 6 area answers, 1 of 3 roles


def test_a_tie_goes_to_the_earliest_decision() -> None:
    late = annotation(annotator="a", created_at="2026-02-01", areas={}, voice=None)
    early = annotation(annotator="b", created_at="2026-01-01")
    assert agreed([late, early]).answer.areas == SUPPORT


@pytest.mark.parametrize("rule", [MAJORITY, DAWID_SKENE])
def test_an_adjudicated_decision_counts_alone_and_the_blind_answers_differ_from_it(
    rule: Rule,
) -> None:
    blind = [annotation(annotator=name, role="premise") for name in ("zhou", "wu", "he")]
    decided = annotation(annotator="li", provenance="adjudicated", role="none")
    found = agreed([*blind, decided], rule)
    assert (found.answer.role, found.annotators, found.by) == ("none", 3, "adjudicated")
    assert found.disagreement == pytest.approx(3 / (3 * 3))


def test_a_hard_case_counts_when_half_of_the_annotators_name_it() -> None:
    first = annotation(annotator="zhou", hard=("irony", "negation"))
    others = [annotation(annotator=name, hard=("irony",)) for name in ("wu", "li")]
    assert agreed([first, *others]).hard == ("irony",)


def careless(seed: int = 0) -> tuple[dict[str, str], list[Annotation]]:
    """True roles of 300 sentences, and the answers of two careful and three careless annotators.

    The careless ones mistake every other premise for a claim; careful ones err once in twenty.
    """
    rng = random.Random(seed)
    truth = {f"a-{n}": rng.choice(ROLES) for n in range(300)}
    lines = []
    for sentence_id, role in truth.items():
        for name in ("c1", "c2"):
            given = rng.choice(ROLES) if rng.random() < 0.05 else role
            lines.append(annotation(sentence_id, annotator=name, role=given))
        for name in ("d1", "d2", "d3"):
            given = "claim" if role == "premise" and rng.random() < 0.5 else role
            lines.append(annotation(sentence_id, annotator=name, role=given))
    return truth, lines


def test_dawid_skene_outvotes_annotators_who_share_a_mistake() -> None:
    truth, lines = careless()
    decisions = last_decisions(lines)
    right = {}
    for rule in (MAJORITY, DAWID_SKENE):
        found = consensus(decisions, TAXONOMY.ids, rule)
        assert {c.by for c in found.values()} == {rule}
        right[rule] = sum(found[i].answer.role == role for i, role in truth.items())
    assert right[DAWID_SKENE] > 290 > right[MAJORITY]


def test_dawid_skene_leaves_what_fewer_than_three_answered_to_the_majority() -> None:
    _, lines = careless()
    two = [annotation("b-1", annotator=name, role="none") for name in ("c1", "d1")]
    found = consensus(last_decisions([*lines, *two]), TAXONOMY.ids, DAWID_SKENE)
    assert (found["b-1"].by, found["b-1"].answer.role) == (MAJORITY, "none")
    alone = consensus(last_decisions(two), TAXONOMY.ids, DAWID_SKENE)
    assert alone["b-1"] == found["b-1"]


def test_a_voice_that_two_of_three_gave_is_the_majority_s() -> None:
    """However careless the earlier one was about the voices that all three gave."""
    lines = []
    for n in range(60):
        true, wrong = ("author", "attributed") if n % 3 else ("attributed", "author")
        voices = {"a": wrong if n % 2 else true, "b": true, "c": true}
        lines += [annotation(f"a-{n}", annotator=name, voice=v) for name, v in voices.items()]
    lines += [
        annotation("b-1", annotator="a", voice="attributed", created_at="2026-01-01"),
        annotation("b-1", annotator="b", voice="author", created_at="2026-01-02"),
        annotation("b-1", annotator="c", areas={}, voice=None),
    ]
    found = consensus(last_decisions(lines), TAXONOMY.ids, DAWID_SKENE)
    assert found["a-1"].answer.voice == "author"
    assert found["b-1"].answer.areas == SUPPORT
    assert found["b-1"].answer.voice == "attributed"


def test_answers_that_are_all_equally_likely_are_decided_as_by_the_majority() -> None:
    three = [
        annotation(annotator=name, role=role, created_at=f"2026-01-0{day}")
        for day, (name, role) in enumerate([("c", "none"), ("a", "claim"), ("b", "premise")], 1)
    ]
    assert agreed(three, DAWID_SKENE).answer == agreed(three, MAJORITY).answer
    assert agreed(three, DAWID_SKENE).answer.role == "none"


def test_no_area_means_no_voice() -> None:
    empty = [annotation(annotator=name, areas={}, voice=None) for name in "abc"]
    for rule in (MAJORITY, DAWID_SKENE):
        assert agreed(empty, rule).answer.voice is None
