"""Answers of a classifier as probabilities, and the truth beside them as class indices."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Scores:
    """Probabilities for n sentences and A areas; each last axis sums to 1.

    `areas` [n, A, 4] in the order of ANSWERS, `voice` [n, 2] of VOICES, `role` [n, 3] of ROLES.
    """

    areas: Floats
    voice: Floats
    role: Floats


@dataclass(frozen=True)
class Targets:
    """Labels as class indices: `areas` [n, A] into ANSWERS, `voice` [n] (-1: none), `role` [n]."""

    areas: NDArray[np.int64]
    voice: NDArray[np.int64]
    role: NDArray[np.int64]
