"""The codebook's hard cases, as configs/hard_cases.yaml lists them."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.config import STRICT, build, load_yaml


@dataclass(frozen=True)
class HardCase:
    """A kind of sentence that annotators and classifiers get wrong; `id` is its tag."""

    __pydantic_config__ = STRICT

    id: str
    zh: str
    en: str


@dataclass(frozen=True)
class _File:
    __pydantic_config__ = STRICT

    hard_cases: tuple[HardCase, ...]


def load_hard_cases(path: Path) -> tuple[HardCase, ...]:
    """Read hard_cases.yaml. Raises InputError with the place of the first mistake."""
    return build(_File, load_yaml(path), str(path)).hard_cases
