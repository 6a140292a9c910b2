"""A batch as a mix of ways of choosing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from pipeline.annotation.candidates import Candidate, Evidence, Pick, Strategy
from pipeline.annotation.chance import random_picks, rank
from pipeline.annotation.committee import disagreement
from pipeline.annotation.diversity import diversity
from pipeline.annotation.rare import rare_areas
from pipeline.annotation.uncertain import uncertain
from pipeline.config import STRICT
from pipeline.errors import InputError

STRATEGIES: Mapping[str, Strategy] = {
    "uncertain": uncertain,
    "disagreement": disagreement,
    "rare_area": rare_areas,
    "diversity": diversity,
}
"""In the order in which they choose; diversity, which always finds something, comes last."""


@dataclass(frozen=True)
class Shares:
    """Shares of a batch (0..1, together 1): drawn at random, and chosen by each strategy."""

    __pydantic_config__ = STRICT

    random: float
    uncertain: float
    disagreement: float
    rare_area: float
    diversity: float


@dataclass(frozen=True)
class Settings:
    """The section `sample` of configs/annotation.yaml.

    `size` sentences a batch; `test_share` of the open sentences of held-out outlets test.
    """

    __pydantic_config__ = STRICT

    size: int
    seed: int
    test_share: float
    shares: Shares


def check(settings: Settings) -> None:
    """Raise InputError on settings that can't be followed, with what to change."""
    shares = asdict(settings.shares)
    if min(shares.values()) < 0 or abs(sum(shares.values()) - 1) > 1e-6:
        raise InputError(
            f"sample: shares: they must be 0 or more and sum to 1, not {sum(shares.values()):g}"
        )
    if settings.size < 1:
        raise InputError(f"sample: size: at least 1 sentence, not {settings.size}")
    if not 0 <= settings.test_share < 1:
        raise InputError(f"sample: test_share: 0 or more and below 1, not {settings.test_share:g}")


def places(settings: Settings) -> dict[str, int]:
    """How many sentences each way of choosing gets (largest remainders, ties in their order)."""
    exact = {name: share * settings.size for name, share in asdict(settings.shares).items()}
    whole = {name: int(value + 1e-9) for name, value in exact.items()}
    left = settings.size - sum(whole.values())
    for name in sorted(exact, key=lambda n: whole[n] - exact[n])[:left]:
        whole[name] += 1
    return whole


def mix(
    pool: Sequence[Candidate], known: Mapping[str, int], evidence: Evidence, settings: Settings
) -> list[Pick]:
    """Draw the random part from the whole pool, then let the strategies choose from the rest.

    `known` counts the sentences of each source that were annotated or drawn before. Strategies
    choose what is learnt from, so held-out outlets are left to the random part: their scores
    would be those of the hard sentences. They take a text once, and none that is known. Places
    that one can't fill go to the next. The picks are in an order that says nothing of their reason.
    """
    wanted = places(settings)
    picks = random_picks(pool, wanted["random"], known, settings.seed)
    owed = wanted["random"] - len(picks)
    for name, strategy in STRATEGIES.items():
        asked = wanted[name] + owed
        if wanted[name]:
            rest = _to_learn(pool, picks, evidence.known)
            found = strategy(rest, evidence, asked) if rest else []
            picks += found
            owed = asked - len(found)
    return sorted(picks, key=lambda pick: rank(settings.seed, pick.candidate.id))


def _to_learn(
    pool: Sequence[Candidate], picks: Sequence[Pick], known: Collection[str]
) -> list[Candidate]:
    """The candidates that can be learnt from, one a text, without what is taken or known."""
    seen = {*known, *(pick.candidate.sentence.text for pick in picks)}
    rest = []
    for candidate in pool:
        if not candidate.held_out and candidate.sentence.text not in seen:
            seen.add(candidate.sentence.text)
            rest.append(candidate)
    return rest
