from dataclasses import replace

from pipeline.pages.figures import monthly
from pipeline.records.summary import FIGURES, Estimate, Summary

ROW = Summary(
    "source", "甲报", "2025-11", "rules", "all", 2, 1, 0, 9, 1, 1,
    {name: Estimate(0.0) for name in FIGURES}, "raw", "", 0, ("a", "b", "c"),
)  # fmt: skip


def test_counts_of_a_month_are_added_up_over_sources():
    found = monthly([ROW, replace(ROW, key="乙报", neutral=4)])
    assert found.rows == (("rules", "all", 0, 4, 2, 4),)


def test_months_without_an_article_stand_between_the_others():
    found = monthly([ROW, replace(ROW, period="2026-02")])
    assert found.months == ("2025-11", "2025-12", "2026-01", "2026-02")
    assert [row[2] for row in found.rows] == [0, 3]


def test_a_wrong_date_does_not_stretch_the_axis():
    assert monthly([ROW, replace(ROW, period="0001-01")]).months == ("0001-01", "2025-11")


def test_rows_over_all_time_are_no_month():
    assert monthly([replace(ROW, period="")]).months == ()
