"""The committed annotations are checked as source is."""

from tests.house.tables import label_report


def test_the_annotations_have_no_problem() -> None:
    assert label_report().problems == ()
