from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pipeline.commands import bench_coverage
from pipeline.commands.bench_coverage import METHODS, Settings, held, summed, tried, usual
from pipeline.commands.benchmark import Request
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.world import World
from pipeline.stats.estimators.cell import COVERAGE, NET, Guess, figures, stances
from pipeline.stats.simulation import draw

DIFFERENT = World("sources err differently")
SETTINGS = Settings(repeats=8, least_labels=50, worlds=(DIFFERENT,))


@cache
def trials(world):
    return [tried(draw(world, seed), SETTINGS) for seed in range(SETTINGS.repeats)]


def worth(world, method, figure=NET):
    return summed([one[method][..., figure : figure + 1] for one in trials(world)])


def test_the_default_holds_the_truth_as_often_as_it_says_and_the_usual_interval_does_not():
    found = {method: worth(DIFFERENT, method) for method in METHODS}
    assert 0.92 <= found["default"].covered <= 0.98
    assert found["expected"].covered >= 0.92
    assert found["raw"].covered < 0.75
    assert abs(found["ppi"].bias) < 0.03 < found["raw"].bias
    assert found["default"].width < found["expected"].width


def test_labels_keep_the_default_unbiased_where_held_out_outlets_mislead():
    world = replace(DIFFERENT, drift=0.8)
    assert worth(world, "default").covered >= 0.92
    assert abs(worth(world, "default").bias) < 0.05 < worth(world, "expected").bias


def test_the_same_seed_draws_the_same_world():
    one, two = (draw(DIFFERENT, 3) for _ in range(2))
    assert (one.held.counts == two.held.counts).all()
    assert all((a.given == b.given).all() for a, b in zip(one.cells, two.cells, strict=True))


def test_a_world_is_what_it_says():
    world = World("w", sources=40, areas=2, apart=0, labels=100, reprints=0.5)
    drawn = draw(world, 0)
    assert len(drawn.cells) == len(drawn.truth) == 80
    labels = np.mean([cell.labelled for cell in drawn.cells])
    assert labels == pytest.approx(100, rel=0.1)
    counted = np.mean([np.average(stances(c.gold), axis=0, weights=np.where(c.gold >= 0, c.weight, 0)) for c in drawn.cells], axis=0)  # fmt: skip
    truth = np.mean([t[COVERAGE] for t in drawn.truth])
    assert figures(counted)[COVERAGE] == pytest.approx(truth, rel=0.15)
    for cell in drawn.cells:
        per_story = np.bincount(cell.cluster, cell.weight)
        assert len(per_story) == world.articles
        assert (np.bincount(cell.cluster) >= per_story - 1e-9).all()


def test_the_truth_of_a_single_article_is_what_stands_in_it():
    world = World("w", articles=1, unit="article", labels=10**6)
    drawn = draw(world, 0)
    for cell, truth in zip(drawn.cells, drawn.truth, strict=True):
        found = figures(stances(cell.gold).mean(axis=0))
        assert truth[COVERAGE] == found[COVERAGE]
        assert np.isnan(truth[NET]) if not found[COVERAGE] else truth[NET] == found[NET]


def test_the_usual_interval_stands_around_the_counts():
    guess = usual(draw(DIFFERENT, 0).cells[0])
    assert (guess.low <= guess.value).all() and (guess.value <= guess.high).all()


def test_an_interval_that_is_not_given_is_neither_right_nor_wrong():
    truth = np.zeros(5)
    right = Guess(np.full(5, 0.1), np.full(5, -0.1), np.full(5, 0.3))
    wrong = Guess(np.full(5, 0.1), np.full(5, 0.05), np.full(5, 0.3))
    found = summed([np.array([held(right, truth), held(wrong, truth), held("none", truth)])])
    assert (found.covered, found.given) == (0.5, pytest.approx(2 / 3))
    assert found.width == pytest.approx((0.4 + 0.25) / 2)
    assert summed([np.array([held("none", truth)])]).text(True) == "–"


def test_the_table_has_a_row_a_world(tmp_path):
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs/coverage.yaml").write_text(
        "repeats: 2\nleast_labels: 50\nworlds: [{name: two small, sources: 2}]\n"
    )
    found = bench_coverage.coverage(Request(Project(tmp_path), tmp_path, None))
    assert [row[0] for row in found.rows] == ["two small"]
    assert len(found.rows[0]) == len(found.columns)
    assert 0 <= found.metrics["two_small.default.net.covered"] <= 1


def test_a_misspelt_setting_is_named(tmp_path):
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs/coverage.yaml").write_text("repeat: 1\n")
    with pytest.raises(InputError, match=r"coverage\.yaml: repeats"):
        bench_coverage.coverage(Request(Project(tmp_path), tmp_path, None))
