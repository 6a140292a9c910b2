import numpy as np
import pytest

from pipeline.errors import InputError
from pipeline.records.fold import Fold
from pipeline.records.scores import Scores, Targets
from pipeline.stages import predict as predicting
from pipeline.stages.evaluate import confusion, worst_cases
from pipeline.stages.predict import Params, predict, unseen
from pipeline.stages.train import gaps, split_areas, training_examples
from pipeline.stats.scores import decide
from tests.unit.builders import TAXONOMY, example, sentence

FOLDS = [Fold("a", 0, False), Fold("b", 1, True)]


def test_held_out_articles_are_never_trained_on():
    kept = training_examples([example("a-1", "a"), example("b-1", "b")], FOLDS)
    assert [e.sentence_id for e in kept] == ["a-1"]


def test_nothing_left_to_train_on_is_an_error_that_says_what_to_do():
    with pytest.raises(InputError, match="annotate more"):
        training_examples([example("b-1", "b")], FOLDS)


def test_what_was_trained_on_is_not_predicted_and_unlabelled_articles_are():
    asked = [sentence("a-1", "a"), sentence("b-1", "b"), sentence("c-1", "c")]
    story = {"a": "a", "b": "b", "c": "c"}
    assert [s.sentence_id for s in unseen(asked, FOLDS, story)] == ["b-1", "c-1"]


def test_a_reprint_of_what_was_trained_on_is_not_predicted():
    asked = [sentence("b-1", "b"), sentence("c-1", "c")]
    story = {"a": "one", "b": "b", "c": "one"}
    assert [s.sentence_id for s in unseen(asked, FOLDS, story)] == ["b-1"]


class Readable:
    """Finds the first area in texts that hold the character 一; counts what it is asked at once."""

    taxonomy = TAXONOMY
    version = "m"

    def __init__(self):
        self.asked = []

    def score(self, sentences):
        self.asked.append(len(sentences))
        areas = np.zeros((len(sentences), len(TAXONOMY.ids), 4), np.float32)
        areas[..., 3] = 1
        areas[["一" in s.text for s in sentences], 0] = [1, 0, 0, 0]
        return Scores(areas, np.eye(2)[[0] * len(sentences)], np.eye(3)[[0] * len(sentences)])


def test_many_sentences_are_answered_in_parts_as_they_would_be_at_once(monkeypatch, capsys):
    asked = [sentence(f"a-{i}", "a", f"第{'一' if i % 3 else '二'}句。") for i in range(11)]
    whole, parts = Readable(), Readable()
    wanted = predict(asked, whole, Params(0.5, explain=False))
    monkeypatch.setattr(predicting, "AT_ONCE", 4)
    assert predict(asked, parts, Params(0.5, explain=False)) == wanted
    assert (whole.asked, parts.asked) == ([11], [4, 4, 3])
    assert "predicting: 8 of 11\npredicting: 11 of 11" in capsys.readouterr().err


P = np.array([[[0.7, 0.1, 0.1, 0.1], [0.0, 0.0, 0.1, 0.9]],
              [[0.2, 0.6, 0.1, 0.1], [0.4, 0.2, 0.1, 0.3]]], np.float32)  # fmt: skip
SCORES = Scores(P, np.ones((2, 2), np.float32) / 2, np.ones((2, 3), np.float32) / 3)
GOLD = Targets(np.array([[0, 3], [0, 3]]), np.array([0, 0]), np.array([0, 0]))


def test_confusion_counts_truth_by_row_and_answer_by_column():
    counts = confusion(decide(SCORES.areas, 0.5), GOLD)
    assert counts[0].tolist() == [1, 1, 0, 0]
    assert counts[3].tolist() == [1, 0, 0, 1]


def test_the_worst_case_is_the_truth_that_got_the_least_probability():
    examples = [example("a-1"), example("a-2", text="第二句。")]
    first = worst_cases(examples, SCORES, GOLD, ("x", "y"), 1)[0]
    assert (first["sentence_id"], first["area"], first["truth"]) == ("a-2", "x", "supportive")
    assert first["text"] == "第二句。"


def test_what_the_examples_cannot_teach_is_said():
    shown = [example("a-1", areas={"export_controls": "supportive"}, voice="author", role="claim")]
    said = "\n".join(gaps(shown, TAXONOMY))
    for missing in ("open_source", "critical", "neutral", "attributed", "role premise"):
        assert missing in said
    for seen in ("export_controls", "supportive", "author", "claim"):
        assert seen not in said


def test_an_area_without_a_label_is_not_trained_on():
    shown = [example("a-1", areas={"export_controls": "supportive"}, voice="author")]
    kept, new = split_areas(shown, TAXONOMY)
    assert kept.ids == ("export_controls",)
    assert [area.id for area in new] == ["open_source"]
    assert split_areas([example("a-1")], TAXONOMY) == (TAXONOMY, [])
