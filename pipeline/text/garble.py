"""Repair of text in which a pinyin mark was inserted across two characters' bytes.

Some sites mark the reading of traditional characters by replacing bytes of the GBK stream without
regard to where characters begin: the last byte of one character and the first byte of the next
are taken for the marked character. What follows is then read one byte off until an ASCII
character is swallowed. Both defects leave a "?" where half a character was lost.
"""

import re
from collections.abc import Mapping

from pipeline.text.mapped import Edit, MappedText

TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêế"
PINYIN = rf"[a-z{TONES}]{{1,6}}"
Marks = Mapping[str, frozenset[str]]
"""A reading and the characters that an article marks with it."""

_MARKED = re.compile(rf"([㐀-鿿])[(（]({PINYIN})[)）]")
_STRADDLED = re.compile(rf"(?<=[㐀-鿿])[?\ufffd]({PINYIN})[)）]")
_SWALLOWED_TAG = re.compile(
    r"[?\ufffd]([^\x00-\x7f]{0,2}|[!,:;])[?\ufffd]/(?:p|div|span|strong|br|li)>"
)
_LONGEST_SHIFT = 24
_HALF_WIDTH = ",!:;()"
_WIDE = str.maketrans(_HALF_WIDTH, "，！：；（）")
"""No last byte is one of these: where they stand, a full-width mark was narrowed afterwards."""


def pinyin_marks(text: str) -> dict[str, frozenset[str]]:
    """The tone-marked readings of an article, each with the characters that carry it."""
    marks: dict[str, set[str]] = {}
    for character, reading in _MARKED.findall(text):
        if any(c in TONES for c in reading):
            marks.setdefault(reading, set()).add(character)
    return {reading: frozenset(found) for reading, found in marks.items()}


def repair(mapped: MappedText, marks: Marks) -> MappedText:
    """Put straddled characters together again; what cannot be repaired loses the stray mark."""
    if "?" not in mapped.text and "\ufffd" not in mapped.text:
        return mapped
    edits = [_straddled(mapped.text, found, marks) for found in _STRADDLED.finditer(mapped.text)]
    mapped = mapped.edit(edits)
    return mapped.sub(_SWALLOWED_TAG, lambda found: _closing(found.group(1)))


def _straddled(text: str, found: re.Match[str], marks: Marks) -> Edit:
    lead = _bytes(text[found.start() - 1])[-1:]
    for character in sorted(marks.get(found.group(1), ())):
        marked = _bytes(character)
        if len(marked) == 2 and marked[:1] == lead:
            repaired = _realign(marked[1:], text[found.end() : found.end() + _LONGEST_SHIFT])
            if repaired:
                return found.start(), found.end() + repaired[0], repaired[1]
    return found.start(), found.end(), ""


def _realign(half: bytes, following: str) -> tuple[int, str] | None:
    """Read on from half a character until an ASCII character is swallowed as a last byte."""
    stream = half
    for count, character in enumerate(following, 1):
        stream += _bytes(character)
        if character.isascii() and character not in _HALF_WIDTH:
            text = _text(stream)
            return (count, text) if text and not any(c.isascii() for c in text) else None
    return None


def _closing(middle: str) -> str:
    """Closing marks before a swallowed tag: the reading in which every character is one."""
    for first in (b"\xa1", b"\xa3"):
        for last in (b"\xb1", b"\xa3", b"\xa1", b"\xbf", b"\xaf", b"\xb7", b"\xb9"):
            text = _text(first + _bytes(middle) + last)
            if text and all(c in "。！？”’》』」…" for c in text):
                return text
    return middle


def _bytes(text: str) -> bytes:
    return text.translate(_WIDE).encode("gb18030", errors="ignore")


def _text(stream: bytes) -> str:
    try:
        return stream.decode("gb18030")
    except UnicodeDecodeError:
        return ""
