"""How the policy areas of one codebook become those of the next."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from pipeline.config import STRICT, build, load_yaml


@dataclass(frozen=True)
class Migration:
    """A file of labels/migrations: `from` and `to` are codebook versions, the rest area ids.

    `rename` {old: new}, `merge` {new: [old, …]}, `split` {old: [new, …]}, `add` [new],
    `remove` [old]. Areas that are not named stay; `keep` names those of them that no annotation
    addresses, which can't be told from new ones.
    """

    __pydantic_config__ = STRICT

    old: Annotated[str, Field(alias="from")]
    new: Annotated[str, Field(alias="to")]
    rename: dict[str, str] = field(default_factory=dict)
    merge: dict[str, tuple[str, ...]] = field(default_factory=dict)
    split: dict[str, tuple[str, ...]] = field(default_factory=dict)
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The old areas that it names."""
        merged = [old for own in self.merge.values() for old in own]
        return (*self.rename, *merged, *self.split, *self.remove)

    @property
    def targets(self) -> tuple[str, ...]:
        """The new areas that it makes."""
        parts = [new for own in self.split.values() for new in own]
        return (*self.rename.values(), *self.merge, *parts, *self.add)


def load_migration(path: Path) -> Migration:
    """Read a migration file. Raises InputError with the place of the first mistake."""
    return build(Migration, load_yaml(path), str(path))
