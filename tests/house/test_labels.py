"""The committed labels are checked as source is."""

from pipeline.project import Project
from pipeline.records.labels import ANSWERS, VOICES
from pipeline.records.pair import Pair
from pipeline.records.store import read_jsonl
from pipeline.records.taxonomy import load_taxonomy
from tests.house.imports import ROOT
from tests.house.tables import label_report

PAIRS = read_jsonl(Pair, ROOT / "labels/behaviour.jsonl")


def test_the_annotations_have_no_problem() -> None:
    assert label_report().problems == ()


def test_there_are_two_hundred_pairs_over_all_areas_and_no_sentence_stands_twice() -> None:
    assert len({pair.id for pair in PAIRS}) == len(PAIRS) >= 200
    sentences = [text for pair in PAIRS for text in (pair.first, pair.second)]
    assert len(set(sentences)) == len(sentences)
    assert {pair.area for pair in PAIRS} == set(load_taxonomy(Project(ROOT).taxonomy).ids)


def test_a_pair_expects_two_different_answers_or_no_change() -> None:
    legal = {"stance": set(ANSWERS), "voice": set(VOICES)}
    for pair in PAIRS:
        if pair.question == "same":
            assert pair.expect == ()
        else:
            assert len(pair.expect) == len(set(pair.expect)) == 2, pair.id
            assert set(pair.expect) <= legal[pair.question], pair.id
