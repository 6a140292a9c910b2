"""What may be put in an order: nothing whose intervals overlap."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.records.summary import Estimate


@dataclass(frozen=True)
class Rank:
    """The places, counted from 1 at the highest, that an item may have among all."""

    best: int
    worst: int


def distinct(a: Estimate, b: Estimate) -> bool:
    """Whether one is surely above the other: both have intervals, and these do not overlap."""
    return above(a, b) or above(b, a)


def above(a: Estimate, b: Estimate) -> bool:
    """Whether the whole interval of `a` lies above that of `b`."""
    return a.low is not None and b.high is not None and a.low > b.high


def ranks(items: Mapping[str, Estimate]) -> dict[str, Rank]:
    """Of each item how many others are surely above it, and below it, as a range of places."""
    return {
        name: Rank(
            1 + sum(above(other, item) for other in items.values()),
            len(items) - sum(above(item, other) for other in items.values()),
        )
        for name, item in items.items()
    }


def decided(items: Mapping[str, Estimate]) -> set[tuple[str, str]]:
    """All pairs of which the first is surely above the second."""
    return {(a, b) for a, one in items.items() for b, other in items.items() if above(one, other)}
