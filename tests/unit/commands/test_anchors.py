from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.commands.anchors import answered, as_text, chosen, compared
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.anchor import Anchor, AnchorAnswer, AnchorRecord
from pipeline.records.fold import Fold
from pipeline.records.scores import Scores
from pipeline.records.store import read_jsonl
from tests.house.imports import ROOT
from tests.unit.builders import TAXONOMY, sentence

FOLDS = [Fold("a", 0, False), Fold("b", 1, True)]
SENTENCES = [sentence(f"{a}-{i}", a) for a in "abc" for i in range(30)]
ASKED = [Anchor(f"b-{i}", "b", "句", "", "") for i in range(2)]


def record(model="m", **answers):
    found = {
        "b-0": AnchorAnswer({"open_source": "supportive"}, "author"),
        "b-1": AnchorAnswer({}, "author"),
    }
    return AnchorRecord(model, "v1", "c", TAXONOMY.ids, found | answers)


def test_anchors_are_held_out_sentences_and_more_sentences_replace_few():
    one = chosen(SENTENCES, FOLDS, 10)
    assert {anchor.article_id for anchor in one} == {"b"}
    assert len(one) == 10 and one == chosen(SENTENCES[::-1], FOLDS, 10)
    more = chosen([*SENTENCES, sentence("b-new", "b")], FOLDS, 10)
    assert len({a.sentence_id for a in one} - {a.sentence_id for a in more}) <= 1


def test_without_a_held_out_article_it_says_what_to_do():
    with pytest.raises(InputError, match="set held_out"):
        chosen(SENTENCES, FOLDS[:1], 10)


class Scorer:
    """Answers open_source, supportive, to the first sentence, and nothing to the second."""

    version, taxonomy = "m", TAXONOMY

    def score(self, sentences):
        areas = np.zeros((len(sentences), 2, 4), np.float32)
        areas[..., 3] = 1
        areas[0, 1] = [0.9, 0, 0, 0.1]
        voice = np.array([[0.8, 0.2], [0.1, 0.9]], np.float32)
        return Scores(areas, voice, np.ones((len(sentences), 3), np.float32) / 3)


def test_answers_are_those_that_are_published():
    found = answered(ASKED, Scorer(), Project(ROOT))
    assert found.answers == {
        "b-0": AnchorAnswer({"open_source": "supportive"}, "author"),
        "b-1": AnchorAnswer({}, "attributed"),
    }
    assert (found.model, found.areas) == ("m", TAXONOMY.ids)


def test_the_first_version_is_compared_with_nothing():
    report = compared(ASKED, [record()], record())
    assert (report.before, report.areas) == ("", [])
    assert "No other version is recorded" in as_text(report)


def test_a_version_is_compared_with_the_last_other_one():
    older = record("older")
    other = record("old", **{"b-0": AnchorAnswer({"open_source": "critical"}, "attributed")})
    report = compared(ASKED, [older, other, record()], record())
    assert report.before.startswith("old,")
    assert report.voice_changed == 1
    by_area = {shift.area: shift for shift in report.areas}
    assert by_area["open_source"].changed == 1 and by_area["export_controls"].changed == 0
    assert "| open_source | 2 | 50.0% | -1.00 | +1.00 | +2.00 | no |" in as_text(report)


def test_another_codebook_is_another_version():
    report = compared(ASKED, [record()], replace(record(), codebook="d"))
    assert (report.before, report.now) == (
        "m, taxonomy v1, codebook c",
        "m, taxonomy v1, codebook d",
    )


def test_committed_anchors_are_answered_by_every_recorded_version():
    project = Project(ROOT)
    ids = {anchor.sentence_id for anchor in read_jsonl(Anchor, project.anchors)}
    assert len(ids) == 200
    for version in read_jsonl(AnchorRecord, project.anchor_answers):
        assert set(version.answers) == ids


def test_committed_anchors_stand_in_the_sample_articles():
    raw = {path.stem for path in Path(ROOT / "data/raw").iterdir()}
    assert {a.article_id for a in read_jsonl(Anchor, Project(ROOT).anchors)} <= raw
