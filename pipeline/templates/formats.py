"""How templates show numbers."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from math import floor
from typing import Any

from pipeline.records.summary import Estimate

MINUS = "\N{MINUS SIGN}"


def _rounded(value: float) -> Decimal:
    """Two digits, halves away from zero, as the pages' scripts round."""
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def signed(value: float) -> str:
    """A net stance with its sign, "+0.50", "−0.25" or "0.00"."""
    text = f"{_rounded(value):+}"
    return "0.00" if float(text) == 0 else text.replace("-", MINUS)


def percent(share: float) -> str:
    """A share of the whole in percent; what is not nothing is not shown as 0 %."""
    return "<1%" if 0 < share < 0.01 else f"{floor(100 * share + 0.5)}%"


def interval(estimate: Estimate) -> str:
    """Both ends of the interval of a net stance, "" where there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"[{signed(estimate.low)}, {signed(estimate.high)}]"


def probability(value: float) -> str:
    """A probability with two digits."""
    return str(_rounded(value))


def thousands(value: int) -> str:
    """A count, with commas."""
    return f"{value:,}"


FORMATS: dict[str, Callable[[Any], str]] = {
    "signed": signed,
    "percent": percent,
    "interval": interval,
    "probability": probability,
    "thousands": thousands,
}
