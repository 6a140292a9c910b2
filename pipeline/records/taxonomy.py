"""The policy areas, as configs/policy_areas.yaml states them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from pipeline.errors import InputError


@dataclass(frozen=True)
class PolicyArea:
    """One policy direction; `zh`/`en` are names, `definition_zh`/`_en` say what one is for.

    `keywords` serve the keyword baseline, and find an area that nothing was trained on yet.
    """

    id: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    keywords: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        """The text by which a classifier knows the area."""
        return f"{self.zh}：{self.definition_zh}"


@dataclass(frozen=True)
class Taxonomy:
    """All policy areas of a project, in the order in which they are shown."""

    version: str
    areas: tuple[PolicyArea, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The area ids, in order."""
        return tuple(area.id for area in self.areas)


_TAXONOMY = TypeAdapter(Taxonomy)


def parse_taxonomy(data: Any, where: str) -> Taxonomy:
    """Check and build a Taxonomy; `where` names its file in errors. Raises InputError."""
    try:
        taxonomy = _TAXONOMY.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"{where}: {place}: {first['msg']}") from None
    if not taxonomy.areas:
        raise InputError(f"{where}: no policy area is defined; add at least one under 'areas'")
    twice = sorted({i for i in taxonomy.ids if taxonomy.ids.count(i) > 1})
    if twice:
        raise InputError(f"{where}: policy area {twice[0]!r} is defined twice")
    return taxonomy


def load_taxonomy(path: Path) -> Taxonomy:
    """Read policy_areas.yaml. Raises InputError with the place of the first mistake."""
    try:
        return parse_taxonomy(yaml.safe_load(path.read_text(encoding="utf-8")), str(path))
    except (OSError, yaml.YAMLError) as error:
        raise InputError(f"cannot read the policy areas from {path}: {error}") from None
