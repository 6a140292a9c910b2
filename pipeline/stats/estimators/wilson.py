"""Wilson's interval of a share, good near 0 and 1 where the usual one fails."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

NORMAL = 1.959964  # the 97.5 % point of the normal distribution

Values = NDArray[Any] | float


def wilson(
    share: NDArray[Any], n: Values, floor: Values = 0.0, quantile: Values = NORMAL
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Low and high end of shares in 0..1 that vary like those of `n` values, n not always whole.

    All p with (share - p)² <= quantile² (p (1 - p) / n + floor): Wilson's (1927) where `floor`, a
    variance that does not vanish at 0 and 1, is 0; the usual interval where n is infinite.
    """
    z2 = np.square(quantile)
    square, linear = 1 + z2 / n, 2 * share + z2 / n
    root = np.sqrt(np.maximum(linear**2 - 4 * square * (share**2 - z2 * floor), 0))
    low, high = (linear - root) / (2 * square), (linear + root) / (2 * square)
    return np.clip(low, 0, share), np.clip(high, share, 1)
