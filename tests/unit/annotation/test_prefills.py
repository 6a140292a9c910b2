"""What an answer beside a prefill says of both."""

from dataclasses import replace

from pipeline.annotation.prefills import beside
from pipeline.records.annotation import Prefill
from tests.unit.builders import annotation

RIGHT = {"export_controls": "supportive"}
WRONG = {"export_controls": "critical"}


def prefill(areas, shown=True, voice="author", role="claim"):
    return Prefill("m-1", shown, areas, voice, role)


def answers(*annotations):
    return beside([(f"f:{i}", a) for i, a in enumerate(annotations)])


SWAYED = annotation(annotator="zhou", areas=WRONG, prefill=prefill(WRONG), seconds=4.0)
BLIND = annotation(annotator="wu", areas=RIGHT)
OTHER = annotation(annotator="li", areas=RIGHT, role="premise")


def test_agreement_is_of_all_areas_with_their_stances_of_voice_and_of_role():
    (found,) = answers(annotation(prefill=prefill(WRONG, voice="author", role="none")))
    assert found.agrees == {"areas": False, "voice": True, "role": False}
    assert (found.model, found.shown, found.seconds) == ("m-1", True, None)


def test_a_voice_that_one_of_both_did_not_give_is_not_compared():
    (found,) = answers(annotation(prefill=prefill({}, voice=None)))
    assert found.agrees == {"areas": False, "voice": None, "role": True}


def test_the_model_was_wrong_where_all_who_did_not_see_it_say_otherwise():
    (found,) = answers(SWAYED, BLIND, OTHER)
    assert found.model_wrong == {"areas": True, "voice": False, "role": None}


def test_the_adjudicated_answer_says_what_is_right_and_is_none_of_the_answers():
    decided = annotation(annotator="hu", areas=WRONG, role="none", provenance="adjudicated",
                         prefill=prefill(WRONG))  # fmt: skip
    (found,) = answers(SWAYED, BLIND, decided)
    assert found.model_wrong == {"areas": False, "voice": False, "role": True}


def test_who_adjudicated_their_own_answer_is_still_compared():
    decided = replace(SWAYED, areas=RIGHT, provenance="adjudicated", prefill=None)
    (found,) = answers(SWAYED, decided)
    assert (found.agrees["areas"], found.model_wrong["areas"]) == (True, True)


def test_those_who_saw_a_model_or_nobody_cannot_say_that_it_was_wrong():
    unknown = dict.fromkeys(("areas", "voice", "role"))
    assert answers(SWAYED)[0].model_wrong == unknown
    second = replace(SWAYED, annotator="wu", areas=RIGHT)
    assert [found.model_wrong for found in answers(SWAYED, second)] == [unknown, unknown]
    suggested = replace(BLIND, saw_prediction=True)
    assert [found.model_wrong for found in answers(SWAYED, suggested)] == [unknown]
    hidden = replace(second, prefill=prefill(WRONG, shown=False))
    assert [found.model_wrong["areas"] for found in answers(SWAYED, hidden)] == [True, None]


def test_the_last_answer_counts_and_carried_ones_do_not():
    later = replace(SWAYED, areas=RIGHT)
    assert [found.agrees["areas"] for found in answers(SWAYED, later)] == [False]
    assert answers(replace(SWAYED, provenance="migrated:authored")) == []
    assert answers(BLIND) == []


def test_answers_under_another_codebook_say_nothing_of_this_one():
    (found,) = answers(SWAYED, replace(BLIND, taxonomy_version="v2"))
    assert found.model_wrong["areas"] is None
