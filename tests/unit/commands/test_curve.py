import numpy as np
import pytest

from pipeline.commands.curve import curve_of, curve_table, some_articles
from pipeline.stats.scores import METRICS
from tests.unit.builders import example

EXAMPLES = [example(f"{article}-{n}", article) for article in "abcdef" for n in range(10)]


def test_a_part_is_whole_articles_and_lies_within_the_next():
    small, large = (some_articles(EXAMPLES, size, seed=1) for size in (15, 35))
    assert len(small) == 20 and len(large) == 40
    assert small == large[:20]
    for part in (small, large):
        assert all(sum(e.article_id == x.article_id for x in part) == 10 for e in part)


def test_another_seed_takes_other_articles():
    parts = {tuple(e.article_id for e in some_articles(EXAMPLES, 20, seed)) for seed in range(9)}
    assert len(parts) > 1


def test_the_expected_gain_of_a_logarithmic_curve_is_exact():
    sizes = [500, 1000, 2000, 4000]
    flat = np.zeros(21)
    drawn = {n: {m: 0.1 * np.log2(n / 500) + flat for m in METRICS} for n in sizes}
    curve = curve_of(drawn, more=4000)
    assert curve.gain["role_f1"].value == pytest.approx(0.1)
    assert curve.points[2000]["role_f1"].value == pytest.approx(0.2)
    assert "| next 4000 |" in curve_table(curve)
