import pytest

from pipeline.annotation.tasks import PushSettings, annotators_of, check_annotators, task_of
from pipeline.errors import InputError
from pipeline.records.prediction import Prediction
from tests.e2e.annotation_project import sentence

NAMES = ("anna", "bo", "cai")
SETTINGS = PushSettings(overlap=0.3, coders=2, prefill=0.5, chunk=200)
DRAWN = [sentence(i) for i in range(2000)]


def test_the_wanted_share_of_sentences_goes_to_two_annotators_and_work_is_even():
    given = [annotators_of(d.sentence_id, NAMES, SETTINGS) for d in DRAWN]
    assert {len(names) for names in given} == {1, 2}
    assert sum(len(names) == 2 for names in given) / len(given) == pytest.approx(0.3, abs=0.04)
    counts = [sum(name in names for names in given) for name in NAMES]
    assert max(counts) / min(counts) < 1.15


def test_who_gets_a_sentence_hangs_on_nothing_but_its_id_and_the_names():
    once = [annotators_of(d.sentence_id, NAMES, SETTINGS) for d in DRAWN]
    assert once == [annotators_of(d.sentence_id, NAMES[::-1], SETTINGS) for d in DRAWN]


def test_one_more_annotator_moves_no_sentence_between_the_others():
    for drawn in DRAWN[:500]:
        (before,) = annotators_of(drawn.sentence_id, NAMES[:2], PushSettings(0, 2, 0, 1))
        (after,) = annotators_of(drawn.sentence_id, NAMES, PushSettings(0, 2, 0, 1))
        assert after in (before, "cai")


def test_a_task_without_a_prediction_has_no_prefill():
    task = task_of(DRAWN[0], "a", "anna", None, SETTINGS)
    assert "predictions" not in task
    assert "prefill" not in task["meta"]
    assert task["meta"]["sampling_p"] == 0.25


def test_only_chosen_sentences_ever_show_a_model_s_answer_and_some_of_them_hide_it():
    answers = Prediction("art", "s", 0, 1, "句", "claim", 0.9, "author", 0.9, (), "m")
    tasks = [task_of(d, "a", "anna", answers, SETTINGS) for d in DRAWN]
    shown = [(t["meta"]["sampling_p"], t["meta"]["prefill"]["shown"]) for t in tasks]
    assert set(shown) == {(0.25, False), (None, False), (None, True)}
    assert all(("predictions" in t) == t["meta"]["prefill"]["shown"] for t in tasks)


@pytest.mark.parametrize("name", ["a/b", "..", "安娜", "a b", ""])
def test_a_name_that_cannot_name_a_file_is_refused(name):
    with pytest.raises(InputError, match="use letters"):
        check_annotators([name, "bo"], SETTINGS)


@pytest.mark.parametrize("names", [[], ["anna", "bo", "anna"]])
def test_no_annotator_and_one_named_twice_are_refused(names):
    with pytest.raises(InputError, match="at least one annotator, and each once"):
        check_annotators(names, SETTINGS)


def test_fewer_annotators_than_code_double_are_refused():
    with pytest.raises(InputError, match="name more, or set push.overlap to 0"):
        check_annotators(["anna"], SETTINGS)
