"""Where a trained classifier comes from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Training:
    """reports/training.json: the tracked run, the commit, and `data`, the MD5 of the labels.

    `sentences` were learnt from, in `seconds`. Empty where nothing was trained yet.
    """

    model: str = ""
    mlflow_run: str = ""
    commit: str = ""
    data: str = ""
    sentences: int = 0
    seconds: float = 0.0
