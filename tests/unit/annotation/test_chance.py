"""Draws at random: their probabilities, and what moves them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotation.chance import quotas, random_picks
from pipeline.annotation.chance import test_picks as picks_to_test
from tests.unit.builders import candidate

SIZES = {"甲报": 4, "乙报": 9, "丙报": 30}
POOL = [candidate(f"{s}-{i}", s, held_out=s == "乙报") for s, n in SIZES.items() for i in range(n)]
pools = st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.integers(1, 9), min_size=1)
counts = st.integers(0, 40)
seeds = st.integers(0, 99)


def pool_of(sizes):
    return [candidate(f"{s}-{i}", s) for s, n in sizes.items() for i in range(n)]


def ids(picks):
    return {pick.candidate.id for pick in picks}


@pytest.mark.parametrize("draw", ["random", "test"])
def test_each_sentence_is_drawn_as_often_as_its_probability_says(draw):
    seeds = 4000
    drawn: Counter[str] = Counter()
    said: dict[str, float] = {}
    for seed in range(seeds):
        picks = (
            random_picks(POOL, 17, {}, seed) if draw == "random" else picks_to_test(POOL, 0.3, seed)
        )
        drawn.update(pick.candidate.id for pick in picks)
        said |= {pick.candidate.id: pick.p for pick in picks}
    assert set(said) == {c.id for c in POOL if draw == "random" or c.source == "乙报"}
    for sentence_id, p in said.items():
        error = (p * (1 - p) / seeds) ** 0.5
        assert abs(drawn[sentence_id] / seeds - p) <= 4.5 * error, sentence_id


def test_two_sentences_of_a_source_are_drawn_together_as_often_as_without_replacement():
    seeds, n, size = 4000, 3, 9
    own = [c for c in POOL if c.source == "乙报"]
    together = sum({own[0].id, own[1].id} <= ids(random_picks(own, n, {}, s)) for s in range(seeds))
    p = n * (n - 1) / (size * (size - 1))
    assert abs(together / seeds - p) < 4.5 * (p * (1 - p) / seeds) ** 0.5


@given(pools, counts, seeds)
def test_the_probability_is_the_share_of_the_source_that_was_drawn(sizes, count, seed):
    picks = random_picks(pool_of(sizes), count, {}, seed)
    assert len(ids(picks)) == len(picks) <= count
    of = Counter(pick.candidate.source for pick in picks)
    assert all(pick.p == of[pick.candidate.source] / sizes[pick.candidate.source] for pick in picks)


@given(pools, counts, seeds, st.randoms())
def test_the_order_of_the_sentences_draws_nothing_else(sizes, count, seed, random):
    pool = pool_of(sizes)
    mixed = random.sample(pool, len(pool))
    assert ids(random_picks(mixed, count, {}, seed)) == ids(random_picks(pool, count, {}, seed))


@given(pools, counts, seeds, st.integers(1, 9))
def test_an_article_more_moves_no_draw_of_another_source(sizes, count, seed, more):
    pool = pool_of(sizes)
    source = pool[0].source
    new = [candidate(f"new-{i}", source) for i in range(more)]
    before, after = (random_picks(p, count, {}, seed) for p in (pool, [*pool, *new]))
    others = [
        {p.candidate.id for p in picks if p.candidate.source != source} for picks in (before, after)
    ]
    assert others[0] == others[1]
    kept = ids(before) & {c.id for c in pool if c.source == source}
    assert len(kept - ids(after)) <= len({c.id for c in new} & ids(after))


@given(pools, counts, seeds)
def test_a_new_source_brings_no_other_sentence_of_the_old_ones_in(sizes, count, seed):
    pool = pool_of(sizes)
    before = random_picks(pool, count, {}, seed)
    after = random_picks([*pool, candidate("new", "己")], count, {}, seed)
    assert ids(after) - {"new"} <= ids(before)


@given(pools, counts, counts, seeds)
def test_a_larger_draw_keeps_the_smaller_one(sizes, count, more, seed):
    small, large = (random_picks(pool_of(sizes), n, {}, seed) for n in (count, count + more))
    assert ids(small) <= ids(large)


def test_what_cannot_be_shared_evenly_goes_where_least_is_known():
    open_ = {"甲报": 50, "乙报": 50, "丙报": 50}
    assert quotas(11, open_, {"甲报": 9, "丙报": 1}) == {"甲报": 3, "乙报": 4, "丙报": 4}
    assert quotas(2, {"甲报": 50, "乙报": 1}, {}) == {"甲报": 1, "乙报": 1}
    assert quotas(9, {"甲报": 50, "乙报": 1}, {"乙报": 1}) == {"甲报": 5, "乙报": 1}
    assert quotas(9, {}, {}) == {}


def test_only_held_out_sources_test_and_each_gives_a_sentence_at_least():
    assert {pick.candidate.source for pick in picks_to_test(POOL, 0.01, 0)} == {"乙报"}
    assert [pick.reason for pick in picks_to_test(POOL, 0.01, 0)] == ["test"]
    assert len(picks_to_test(POOL, 0.5, 0)) == 5
