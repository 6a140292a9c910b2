"""What annotators score against each other, by the evaluation's own measures."""

import random

import numpy as np
import pytest

from pipeline.annotation.ceiling import ceiling, ceiling_table
from pipeline.annotation.decisions import last_decisions
from pipeline.annotation.questions import asked
from pipeline.classifiers.base import targets
from pipeline.records.annotation import Annotation
from pipeline.records.labels import ANSWERS, ROLES, STANCES, VOICES
from pipeline.records.scores import Scores
from pipeline.stats.compare import Figure
from pipeline.stats.scores import METRICS
from tests.unit.builders import TAXONOMY, annotation, example, score_all, sentence

SENTENCES = {f"{x}-{n}": sentence(f"{x}-{n}", x) for x in "abcdefgh" for n in range(20)}


def read(name: str, seed: int, like: list[Annotation] | None = None) -> list[Annotation]:
    """Random answers to every sentence; `like` another's they address what that one did."""
    rng = random.Random(seed)
    lines = []
    for i, sentence_id in enumerate(SENTENCES):
        addressed = [x for x in TAXONOMY.ids if rng.random() < 0.5 or like and x in like[i].areas]
        areas = {x: rng.choice(STANCES) for x in addressed}
        if like:
            areas |= {x: s for x, s in like[i].areas.items() if rng.random() < 0.6}
        voice = rng.choice(VOICES) if areas else None
        role = like[i].role if like and rng.random() < 0.6 else rng.choice(ROLES)
        changed = {"annotator": name, "areas": areas, "voice": voice, "role": role}
        lines.append(annotation(sentence_id, **changed))
    return lines


def scored(*readers: list[Annotation], draws: int = 50) -> dict[str, Figure]:
    blind = last_decisions(a for lines in readers for a in lines)
    return ceiling(asked(blind, SENTENCES, TAXONOMY.ids)[0], draws)


def as_classifier(lines: list[Annotation]) -> Scores:
    """An annotator's answers as probabilities of a classifier that is certain."""
    areas = [[ANSWERS.index(a.areas.get(x, ANSWERS[-1])) for x in TAXONOMY.ids] for a in lines]
    voice = [VOICES.index(a.voice or VOICES[0]) for a in lines]
    rows = ((areas, 4), (voice, 2), ([ROLES.index(a.role) for a in lines], 3))
    return Scores(*(np.eye(n, dtype=np.float32)[np.array(row)] for row, n in rows))


def test_two_annotators_score_as_the_evaluation_scores_one_by_the_other() -> None:
    first = read("wu", 0)
    second = read("zhou", 1, like=first)
    truth = [
        example(a.sentence_id, areas=a.areas, voice=a.voice, role=a.role) for a in first
    ]  # fmt: skip
    expected = score_all(as_classifier(second), targets(truth, TAXONOMY), threshold=0.5)
    found = scored(first, second)
    assert list(found) == list(METRICS)
    for metric in METRICS:
        assert found[metric].value == pytest.approx(expected[metric], abs=0.0001), metric
        assert found[metric].low < found[metric].value < found[metric].high


def test_of_three_it_is_the_mean_over_pairs_weighted_by_what_both_answered() -> None:
    wu = read("wu", 0)
    zhou, li = read("zhou", 1, like=wu), read("li", 2, like=wu)[:40]
    pairs = [(wu, zhou, 160), (wu, li, 40), (zhou, li, 40)]
    each = [(scored(a, b)["role_f1"].value, n) for a, b, n in pairs]
    expected = sum(value * n for value, n in each) / 240
    assert scored(wu, zhou, li)["role_f1"].value == pytest.approx(expected, abs=0.0002)


def test_equal_answers_score_one() -> None:
    found = scored(read("wu", 0), read("zhou", 0))
    assert {f.value for f in found.values()} == {1.0}


def test_nothing_to_compare_is_left_out() -> None:
    quiet = [annotation(i, annotator=n, areas={}, voice=None) for i in SENTENCES for n in "ab"]
    found = scored(quiet)
    assert "three_way_f1" not in found and "voice_f1" not in found
    assert found["role_f1"].value == 1


def test_the_table_has_a_column_for_each_measure() -> None:
    head, _, row = ceiling_table(scored(read("wu", 0), read("zhou", 0))).splitlines()
    assert head == f"| {' | '.join(METRICS)} |"
    assert row.count("1.000 [1.000, 1.000]") == len(METRICS)
