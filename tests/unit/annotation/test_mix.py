"""A batch as a mix: what it holds, and what it never holds."""

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from pipeline.annotation.candidates import Evidence, candidates
from pipeline.annotation.chance import random_picks
from pipeline.annotation.mix import Settings, Shares, check, mix, places
from pipeline.errors import InputError
from tests.unit.builders import TAXONOMY, area_answer, article, candidate, prediction, sentence

EVEN = Settings(20, 0, 0.2, Shares(0.4, 0.2, 0.0, 0.2, 0.2))
POOL = [
    candidate(f"{s}-{i}", s, f"{s}的句子{i}", s == "丙报")
    for s in ("甲报", "乙报", "丙报")
    for i in range(30)
]
ANSWERED = {
    c.id: prediction(c.id, role_p=0.4 + (i % 50) / 100, areas=(area_answer("open_source"),) * (i % 3 == 0))
    for i, c in enumerate(POOL)
}  # fmt: skip
KNOWN = Evidence(ANSWERED, (), (), TAXONOMY, 0)


def reasons(picks):
    return [pick.reason.split(":")[0] for pick in picks]


def test_every_strategy_gets_its_share_and_no_sentence_stands_twice():
    picks = mix(POOL, {}, KNOWN, EVEN)
    assert {name: reasons(picks).count(name) for name in set(reasons(picks))} == {
        "random": 8, "uncertain": 4, "rare_area": 4, "diversity": 4,
    }  # fmt: skip
    assert len({pick.candidate.id for pick in picks}) == 20


def test_only_random_sentences_have_a_probability_and_the_choices_do_not_touch_it():
    picks = mix(POOL, {}, KNOWN, EVEN)
    assert all((pick.p is not None) == (pick.reason == "random") for pick in picks)
    alone = random_picks(POOL, 8, {}, EVEN.seed)
    assert {(p.candidate.id, p.p) for p in picks if p.p} == {(p.candidate.id, p.p) for p in alone}


def test_held_out_outlets_are_drawn_from_at_random_only():
    held_out = [pick for pick in mix(POOL, {}, KNOWN, EVEN) if pick.candidate.held_out]
    assert held_out and set(reasons(held_out)) == {"random"}


def test_the_same_state_and_seed_give_the_same_batch_and_another_seed_another():
    batch = mix(POOL, {}, KNOWN, EVEN)
    assert mix(POOL, {}, KNOWN, EVEN) == batch
    other = mix(POOL, {}, KNOWN, replace(EVEN, seed=1))
    assert {p.candidate.id for p in other if p.p} != {p.candidate.id for p in batch if p.p}


def test_places_that_a_strategy_cannot_fill_go_to_the_next():
    picks = mix(POOL, {}, replace(KNOWN, predictions={}), EVEN)
    assert reasons(picks).count("diversity") == 12 and len(picks) == 20


def test_a_text_is_chosen_once_and_never_when_it_is_known():
    twins = [candidate(f"x-{i}", text="同一句话") for i in range(9)]
    known = [candidate("y", text="已知的话")]
    chosen = mix([*twins, *known], {}, replace(KNOWN, known=["已知的话"]),
                 replace(EVEN, shares=Shares(0, 0, 0, 0, 1)))  # fmt: skip
    assert [pick.candidate.sentence.text for pick in chosen] == ["同一句话"]


def test_a_pool_smaller_than_the_batch_is_taken_whole():
    pool = [candidate(f"x-{i}") for i in range(7)]
    picks = mix(pool, {}, replace(KNOWN, predictions={}), EVEN)
    assert {pick.candidate.id for pick in picks} == {c.id for c in pool}


@given(st.integers(1, 300), st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(sum))
def test_places_add_up_and_are_a_place_from_the_exact_share_at_most(size, parts):
    shares = Shares(*(part / sum(parts) for part in parts))
    found = places(Settings(size, 0, 0.0, shares))
    assert sum(found.values()) == size
    assert all(abs(found[name] - share * size) < 1 for name, share in asdict(shares).items())


@how(max_examples=25, deadline=None)
@given(st.integers(0, 9), st.sets(st.integers(0, 89), max_size=60))
def test_a_later_batch_draws_nothing_of_an_earlier_one(seed, gone):
    pool = [c for i, c in enumerate(POOL) if i not in gone]
    settings = replace(EVEN, seed=seed)
    first = {pick.candidate.id for pick in mix(pool, {}, KNOWN, settings)}
    rest = [c for c in pool if c.id not in first]
    assert not first & {pick.candidate.id for pick in mix(rest, {}, KNOWN, settings)}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"shares": Shares(0.5, 0.5, 0.5, 0, 0)}, "sum to 1"),
        ({"shares": Shares(1.5, -0.5, 0, 0, 0)}, "0 or more"),
        ({"size": 0}, "at least 1"),
        ({"test_share": 1.0}, "below 1"),
    ],
)
def test_settings_that_cannot_be_followed_are_named(changed, message):
    check(EVEN)
    with pytest.raises(InputError, match=message):
        check(replace(EVEN, **changed))


def test_reprints_of_a_held_out_outlet_are_held_out():
    articles = [article("a", "甲报", "s"), article("b", "乙报", "s"), article("c", "乙报", "t")]
    found = candidates([sentence(f"{a}-1", a) for a in "abc"], articles, {"甲报"})
    assert [(c.source, c.held_out) for c in found] == [
        ("甲报", True),
        ("乙报", True),
        ("乙报", False),
    ]
