"""A text, a target and the stance toward it: what public stance data sets hold."""

import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.records.labels import Stance

STANCE_NAMES: dict[str, Stance] = {
    "favor": "supportive",
    "favour": "supportive",
    "supportive": "supportive",
    "支持": "supportive",
    "against": "critical",
    "critical": "critical",
    "反对": "critical",
    "批评": "critical",
    "neutral": "neutral",
    "none": "neutral",
    "中立": "neutral",
}


@dataclass(frozen=True)
class TargetStance:
    """`text` takes `stance` toward `target`."""

    text: str
    target: str
    stance: Stance


def read_target_stances(path: Path) -> list[TargetStance]:
    """Read JSON lines with text, target and stance (other keys are passed over), gzipped or not.

    Raises InputError that names file and line, and the stances that are known.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    rows = []
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    rows.append(_row(line, f"{path}:{number}"))
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise InputError(f"cannot read {path}: {error}") from None
    if not rows:
        raise InputError(f"{path} holds no row")
    return rows


def _row(line: str, where: str) -> TargetStance:
    try:
        data = json.loads(line)
        text, target, stance = (data[key] for key in ("text", "target", "stance"))
        if not all(isinstance(value, str) for value in (text, target, stance)):
            raise TypeError
    except (ValueError, TypeError, KeyError):
        raise InputError(f"{where}: not an object with text, target and stance") from None
    if stance.lower() not in STANCE_NAMES:
        known = ", ".join(STANCE_NAMES)
        raise InputError(f"{where}: unknown stance {stance!r}; known are {known}")
    return TargetStance(text, target, STANCE_NAMES[stance.lower()])
