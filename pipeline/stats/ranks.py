"""What may be put in an order: nothing whose intervals overlap."""

from collections.abc import Sequence
from itertools import accumulate

from pipeline.records.summary import Estimate


def tiers(estimates: Sequence[Estimate]) -> list[int | None]:
    """The tier of each estimate, 0 the highest; None where it has no interval.

    Between two tiers every interval of the upper one lies wholly above every interval of the
    lower one; within a tier nothing can be told apart, though not every pair need overlap.
    """
    known = [
        (e.value, e.low, e.high, i)
        for i, e in enumerate(estimates)
        if e.low is not None and e.high is not None
    ]
    known.sort(key=lambda row: (-row[0], row[3]))
    lowest_so_far = list(accumulate((low for _, low, _, _ in known), min))
    highest_after = list(accumulate((high for _, _, high, _ in reversed(known)), max))[::-1]
    found: list[int | None] = [None] * len(estimates)
    tier = 0
    for place, (*_, index) in enumerate(known):
        if place and highest_after[place] < lowest_so_far[place - 1]:
            tier += 1
        found[index] = tier
    return found
