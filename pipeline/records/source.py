"""The outlets that a project knows, as configs/sources.yaml states them."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.config import STRICT, build, load_yaml


@dataclass(frozen=True)
class Source:
    """An outlet; `aliases` are other spellings in bylines; `held_out` keeps it out of training."""

    __pydantic_config__ = STRICT

    name: str
    aliases: tuple[str, ...] = ()
    held_out: bool = False


@dataclass(frozen=True)
class Sources:
    """All known outlets."""

    __pydantic_config__ = STRICT

    sources: tuple[Source, ...]


def load_sources(path: Path) -> tuple[Source, ...]:
    """Read sources.yaml. Raises InputError that names the place of the first mistake."""
    return build(Sources, load_yaml(path), str(path)).sources
