"""The committed labels are checked as source is."""

from collections import defaultdict

from pipeline.annotation.adjudication import disputed
from pipeline.annotation.decisions import adjudicated, last_decisions, only_blind
from pipeline.classifiers.behaviour import read_alone
from pipeline.config import load_params
from pipeline.project import Project
from pipeline.records.annotation import read_annotations
from pipeline.records.contrast import read_contrasts
from pipeline.records.hard_case import load_hard_cases
from pipeline.records.labels import ANSWERS, VOICES
from pipeline.records.pair import Pair
from pipeline.records.store import read_jsonl
from pipeline.records.taxonomy import load_taxonomy
from pipeline.stages.lint import Params
from pipeline.text.likeness import near_duplicates
from tests.house.imports import ROOT
from tests.house.tables import label_report

PAIRS = read_jsonl(Pair, ROOT / "labels/behaviour.jsonl")


def test_the_annotations_have_no_problem() -> None:
    assert label_report().problems == ()


def test_every_committed_decision_is_about_what_blind_annotators_differ_on() -> None:
    placed, _ = read_annotations(Project(ROOT).annotations)
    before = last_decisions(a for _, a in placed)
    settled = {i for i, own in before.items() if adjudicated(own)}
    cases = {case.sentence_id for case in disputed(only_blind(before))}
    assert settled
    assert settled <= cases


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


CONTRASTS = read_contrasts(ROOT / "labels/contrasts")


def test_contrast_groups_name_known_areas_and_hard_cases_and_differ_within() -> None:
    project = Project(ROOT)
    areas = set(load_taxonomy(project.taxonomy).ids)
    tags = {case.id for case in load_hard_cases(project.hard_cases)}
    assert len({c.id for c in CONTRASTS}) == len(CONTRASTS) > 0
    answers: dict[str, set[str]] = defaultdict(set)
    for c in CONTRASTS:
        assert set(c.first.areas) | set(c.second.areas) <= areas, c.id
        assert set(c.hard) <= tags, c.id
        for answer in (c.first, c.second):
            assert bool(answer.areas) == (answer.voice is not None), c.id
        answers[c.group].add(repr((sorted(c.first.areas.items()), c.first.voice, c.first.role)))
    assert all(len(found) > 1 for found in answers.values())


def test_no_contrast_is_nearly_the_same_as_a_sentence_that_tests() -> None:
    """Articles are held out by outlet, pairs always: what is learnt from may not repeat them."""
    learnt = [c.text for c in CONTRASTS]
    annotated = {a.text for _, a in read_annotations(ROOT / "labels/annotations")[0]}
    testing = [*sorted(annotated), *(read_alone(x) for p in PAIRS for x in (p.first, p.second))]
    limit = load_params(ROOT / "configs/params.yaml", "lint", Params).max_likeness
    alike = [
        (learnt[i], testing[j - len(learnt)])
        for i, j, _ in near_duplicates([*learnt, *testing], limit)
        if i < len(learnt) <= j
    ]
    assert not alike
