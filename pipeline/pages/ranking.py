"""What may be put in order: nothing is ranked whose intervals overlap."""

from collections.abc import Sequence

from pipeline.records.summary import Estimate


def tiers(estimates: Sequence[Estimate]) -> list[int | None]:
    """The tier of each estimate, 0 the highest; None where it has no interval.

    Between two tiers every interval of the upper one lies wholly above every interval of the
    lower one; within a tier nothing can be told apart, though not every pair need overlap.
    """
    found: list[int | None] = [None] * len(estimates)
    known = [(e.value, e.low, e.high, i) for i, e in enumerate(estimates) if e.low is not None]
    order = sorted(known, key=lambda row: (-row[0], row[3]))
    highest_after = [float("-inf")] * (len(order) + 1)
    for place in range(len(order) - 1, -1, -1):
        high = order[place][2]
        highest_after[place] = max(highest_after[place + 1], high if high is not None else 1.0)
    tier, lowest = 0, float("inf")
    for place, (_, low, _, index) in enumerate(order):
        if place and highest_after[place] < lowest:
            tier += 1
        found[index] = tier
        lowest = min(lowest, low if low is not None else -1.0)
    return found
