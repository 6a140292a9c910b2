"""Where annotators differ, and how much."""

import pytest

from pipeline.annotation.differing import difference, most_contested
from tests.unit.builders import annotation

SAME = annotation()
OTHER_STANCE = annotation(annotator="wu", areas={"export_controls": "critical"})
NO_AREA = annotation(annotator="li", areas={}, voice=None, role="none")
OTHER_AREA = annotation(annotator="wu", areas={"open_source": "neutral"}, voice="attributed")


def test_every_area_voice_and_role_counts_once() -> None:
    assert difference([SAME, annotation(annotator="wu")]) == 0
    assert difference([SAME, OTHER_STANCE]) == 1
    assert difference([SAME, OTHER_AREA]) == 3


def test_the_voice_of_one_who_found_no_area_is_no_difference_of_its_own() -> None:
    assert difference([SAME, NO_AREA]) == 2


def test_of_three_annotators_it_is_the_mean_over_pairs() -> None:
    assert difference([SAME, OTHER_STANCE, NO_AREA]) == pytest.approx((1 + 2 + 2) / 3)


def test_one_annotator_differs_from_nobody() -> None:
    assert difference([SAME]) == 0


def test_the_most_contested_come_first_with_every_answer_and_agreed_ones_never() -> None:
    found = most_contested(
        {
            "a-1": [OTHER_STANCE, SAME],
            "a-2": [SAME, annotation(annotator="wu")],
            "b-1": [SAME, OTHER_AREA],
            "c-1": [SAME, NO_AREA],
        },
        worst=4,
    )
    assert [(c.sentence_id, c.difference) for c in found] == [("b-1", 3), ("c-1", 2), ("a-1", 1)]
    assert list(found[2].answers) == ["wu", "zhou"]
    assert found[0].answers["wu"].areas == {"open_source": "neutral"}
    assert [c.sentence_id for c in most_contested({"a-1": [OTHER_STANCE, SAME]}, worst=0)] == []
