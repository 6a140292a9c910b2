"""How many independent sentences a cell is worth, since sentences of one story are alike."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.stats.estimators.cell import NOTHING, Floats, Ints

PRIOR_DF = 5.0  # so many degrees of freedom do a prior and the pool count each
LARGEST = 0.75  # leverage of one cluster that is corrected for at most


@dataclass(frozen=True)
class Alike:
    """How alike `n` values (Kish's effective number) in clusters of `size` are: the intraclass
    correlation `icc`, measured with `df` degrees of freedom."""

    icc: float
    df: float
    size: float
    n: float

    def worth(self, pool: float) -> float:
        """The effective number of values: n / (1 + (size - 1) icc), the icc drawn to `pool`."""
        icc = (PRIOR_DF * pool + self.df * self.icc) / (PRIOR_DF + self.df)
        return self.n / (1 + max(0.0, self.size - 1) * float(np.clip(icc, 0, 1)))


def alike(residuals: Floats, spread: float, base: Floats, cluster: Ints) -> Alike:
    """From residuals [n, k] around a mean, weighted by `base` [n], and their variance `spread`.

    The variance of the mean is that of cluster sums, each over the square root of one less its
    leverage (CR2 of Bell & McCaffrey, 2002).
    """
    total = base.sum()
    if total <= 0:
        return Alike(0.0, 0.0, 1.0, 0.0)
    share = np.bincount(cluster, base) / total
    n = float(total**2 / (base**2).sum())
    size, df = float(n * (share**2).sum()), float(1 / (share**2).sum() - 1)
    if spread <= NOTHING or size <= 1.01 or df <= 0:
        return Alike(0.0, 0.0, size, n)
    sums = cluster_sums(residuals * base[:, None] / total, cluster)
    variance = float((sums**2 / np.maximum(1 - share, 1 - LARGEST)[:, None]).sum())
    return Alike((variance * n / spread - 1) / (size - 1), df, size, n)


def pooled(found: Sequence[Alike], prior: float) -> float:
    """The common intraclass correlation, drawn to a prior one."""
    weight = PRIOR_DF + sum(a.df for a in found)
    return float(np.clip((PRIOR_DF * prior + sum(a.df * a.icc for a in found)) / weight, 0, 1))


def cluster_sums(values: Floats, cluster: Ints) -> Floats:
    """Sums [clusters, k] of values [n, k]."""
    sums = np.zeros((int(cluster.max(initial=0)) + 1, values.shape[1]))
    np.add.at(sums, cluster, values)
    return sums
