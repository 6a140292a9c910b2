"""Lines that were broken at a fixed width, as mail programs and old pages do."""

import re
from unicodedata import east_asian_width

_CONTINUES = re.compile(r"[^\W\d]|[“‘「『《（]|\d{2}")
_SHARE = 0.6
_SLACK = 4


def goes_on(last: str, line: str, width: int) -> bool:
    """Whether a line continues the `last` one: broken at a fixed width, or behind a comma.

    `width` is that of the text, see wrap_width.
    """
    if not _CONTINUES.match(line):
        return False
    if re.search(r"[，、]\s*$", last):
        return True
    full = width and _columns(last) >= width - _SLACK
    return bool(full) and not re.search(r"[。！？!?：:]\s*$", last)


def wrap_width(text: str) -> int:
    """The column at which a text was broken into lines, 0 when it was not."""
    widths = [_columns(line) for line in text.splitlines() if len(line.strip()) > 10]
    widest = max(widths, default=0)
    full = sum(width >= widest - _SLACK for width in widths)
    broken = sum(
        _columns(line) >= widest - _SLACK and not re.search(r"[。！？!?”」]\s*$", line)
        for line in text.splitlines()
    )
    wrapped = 30 <= widest <= 160 and len(widths) >= 8 and full >= _SHARE * len(widths)
    return widest if wrapped and broken >= full / 2 else 0


def _columns(line: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in line.strip())
