"""Settings: one section of configs/params.yaml a stage, checked against its dataclass."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from pipeline.errors import InputError

P = TypeVar("P")

STRICT = ConfigDict(extra="forbid")
"""Put on a settings dataclass as `__pydantic_config__`, so that a misspelt key is an error."""


def load_yaml(path: Path) -> Any:
    """Read a YAML file. Raises InputError that names the file."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"cannot read settings from {path}: {error}") from None


def build(kind: type[P], data: Any, where: str) -> P:
    """Build a settings dataclass from plain data. Raises InputError that names the key."""
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "section"
        raise InputError(f"{where}: {place}: {first['msg']}") from None


def load_params(path: Path, section: str, kind: type[P]) -> P:
    """Read one stage's section. Raises InputError that names the file, section and key."""
    sections = load_yaml(path)
    if not isinstance(sections, dict) or section not in sections:
        raise InputError(f"{path} has no section {section!r}")
    return build(kind, sections[section], f"{path}: {section}")
