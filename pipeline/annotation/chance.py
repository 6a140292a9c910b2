"""Draws at random whose probabilities are known, and which other articles don't move."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipeline.annotation.candidates import Candidate, Pick
from pipeline.records.drawn import TEST


def rank(seed: int, key: str) -> bytes:
    """A sentence's place in a random order that hangs on the seed and its own id only.

    Whoever takes the first n in this order draws n at random without replacement; when n grows
    or others come, what was in stays in as far as it can (permanent random numbers: Ohlsson,
    in Business Survey Methods, 1995, ch. 9).
    """
    return hashlib.sha256(f"{seed}:{key}".encode()).digest()


def quotas(count: int, open_: Mapping[str, int], known: Mapping[str, int]) -> dict[str, int]:
    """How many of `count` each source gets; `open_` and `known` are its numbers of sentences.

    The same for each, so that each one's shares are estimated about equally well; what is left
    goes to the sources of which the fewest sentences are known. It hangs on no other source's
    number of open sentences, so that an article more moves nothing elsewhere; for that reason a
    source with fewer sentences than its quota leaves the rest unused.
    """
    if not open_:
        return {}
    each, left = divmod(count, len(open_))
    first = sorted(open_, key=lambda source: (known.get(source, 0), rank(0, source)))[:left]
    return {source: min(each + (source in first), size) for source, size in open_.items()}


def random_picks(
    pool: Sequence[Candidate], count: int, known: Mapping[str, int], seed: int
) -> list[Pick]:
    """Draw without replacement and with equal probability inside each source: p = n / N.

    N are the source's sentences in the pool, which must be all that are not annotated and not
    drawn yet: shares of a source are then those of the sentences that are known, and of the rest
    as estimated from this draw with weights of 1 / p. That is why this draw comes before all
    choices that are not random. Were those made first, the pool would lack the sentences that
    the model finds hard, and the draw would stand for the easy ones only; what they choose
    among the sentences that this draw left alone does not touch p.
    """
    of = by_source(pool)
    taken = quotas(count, {source: len(own) for source, own in of.items()}, known)
    return [p for source, own in of.items() for p in _first(own, taken[source], seed, "random")]


def test_picks(pool: Sequence[Candidate], share: float, seed: int) -> list[Pick]:
    """Draw the sentences that test: in each held-out source `share` of them, one at least.

    Only held-out sources, because a sentence whose article is trained on tests nothing.
    """
    of = by_source([c for c in pool if c.held_out])
    return [
        pick for own in of.values() for pick in _first(own, math.ceil(share * len(own)), seed, TEST)
    ]


def by_source(pool: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    """The sentences of each outlet, outlets sorted by name."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in pool:
        found[candidate.source].append(candidate)
    return dict(sorted(found.items()))


def _first(own: Sequence[Candidate], count: int, seed: int, reason: str) -> list[Pick]:
    ordered = sorted(own, key=lambda c: rank(seed, f"{reason}:{c.id}"))
    return [Pick(c, reason, count / len(own)) for c in ordered[:count]]
