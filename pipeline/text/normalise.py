"""Spelling differences between sites removed, each character still tied to the raw file."""

import re
import unicodedata
from collections.abc import Callable

from pipeline.text.garble import PINYIN, TONES, repair
from pipeline.text.mapped import MappedText
from pipeline.text.spelling import Spelling

HAN = "㐀-鿿豈-\ufaff𠀀-\U0003134f"
_CJK = HAN + "，。！？：；、（）《》〈〉“”‘’「」『』【】…—·"
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffd\ue000-\uf8ff\U000e0000-\U000e01ef\U000f0000-\U0010ffff"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_TONED = re.compile(rf"(?<=[{HAN}])(?:[(（](?=[a-z]*[{TONES}]){PINYIN}[)）])+")
_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    "(?:[aoeiuv]|ai|ei|ui|ao|ou|iu|ie|ia|ua|uo|ue|ve|er|[aeiuv]n|[aeiou]ng|ian|uan|iang|uang|iong|iao|uai)"
)
_TONELESS = re.compile(rf"(?<=[{HAN}])(?:[(（]{_SYLLABLE}[)）])+")
_FOOTNOTE = re.compile(
    r"(?<!^)(?<![A-Za-z0-9_])(?:\[(?:注|註)?\d{1,3}(?:\s?[-–—~,，、]\s?\d{1,3})*\]|\[[注註]\]"
    r"|〔(?:注|註)?\d{1,2}〕(?!\d*号))+"
)
_SUPERSCRIPT = re.compile(rf"(?<=[{_CJK}])[¹²³⁰⁴-⁹]+")
_CIRCLED = "①-⑳㉑-㉟㊱-㊿"
_LISTED = re.compile(rf"(?:^|[：:；;，,、\s])[{_CIRCLED}](?=\s*[^\s，。；])")
_CIRCLED_INSIDE = re.compile(rf"(?<=[{_CJK}A-Za-z0-9])[{_CIRCLED}]+(?=[，。；、！？：]|$)")
_CIRCLED_AFTER = re.compile(rf"(?<=[。！？”」』）])[{_CIRCLED}]+")
_BLANKS = re.compile(r"\s+")
_TIGHT_BLANK = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])|^ | $")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_PUNCTUATION = re.compile(rf"(?<=[{_CJK}])\s?[,?!:;]|[,?!:;](?=\s?[{HAN}“‘《「『])")
_WIDE_MARK = str.maketrans(",?!:;()", "，？！：；（）")
_WIDE_ASCII = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{ord(c): ord(c) for c in "！（），：；？｜～"},
}
_HALF_FORMS = str.maketrans(
    "｡｢｣､･﹐﹑﹒﹔﹕﹖﹗﹙﹚﹃﹄﹁﹂︰", "。「」、·，、.；：？！（）『』「」："
)


def loose(mapped: MappedText, spelling: Spelling) -> MappedText:
    """Everything but the blanks between Chinese characters, which tell lines of furniture."""
    return _until_stable(mapped, lambda text: _loose_once(text, spelling))


def normalise(mapped: MappedText, spelling: Spelling) -> MappedText:
    """Simplified characters, one width, no marks, no blanks inside Chinese; idempotent.

    `spelling` is that of the whole article.
    """
    return _until_stable(mapped, lambda text: _loose_once(text, spelling).sub(_TIGHT_BLANK))


def _until_stable(mapped: MappedText, step: Callable[[MappedText], MappedText]) -> MappedText:
    while (after := step(mapped)).text != mapped.text:
        mapped = after
    return after


def _loose_once(mapped: MappedText, spelling: Spelling) -> MappedText:
    mapped = repair(mapped, spelling.marks)
    mapped = mapped.sub(_INVISIBLE)
    mapped = mapped.sub(_TONED)
    if spelling.marks:
        mapped = mapped.sub(_TONELESS)
    mapped = _footnotes(mapped)
    mapped = mapped.with_text(spelling.simple(mapped.text))
    return _width(mapped).sub(_BLANKS, " ")


def _footnotes(mapped: MappedText) -> MappedText:
    mapped = mapped.sub(_FOOTNOTE).sub(_SUPERSCRIPT)
    if not _LISTED.search(mapped.text):
        mapped = mapped.sub(_CIRCLED_AFTER)
    return mapped.sub(_CIRCLED_INSIDE)


def _width(mapped: MappedText) -> MappedText:
    mapped = mapped.with_text(mapped.text.translate(_WIDE_ASCII).translate(_HALF_FORMS))
    mapped = mapped.edit(
        edit for m in _BRACKETS.finditer(mapped.text) for edit in _bracket_edits(mapped.text, m)
    )
    return mapped.sub(_PUNCTUATION, lambda found: found.group().translate(_WIDE_MARK))


def _bracket_edits(text: str, found: re.Match[str]) -> list[tuple[int, int, str]]:
    around = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
    if not any(is_han(c) for c in around + found.group(1)):
        return []
    start, end = found.span()
    return [(start, start + 1, "（"), (end - 1, end, "）")]


def is_han(character: str) -> bool:
    """Whether it is a Chinese character (extensions included)."""
    return "㐀" <= character <= "鿿" or (
        character > "\uf8ff" and unicodedata.name(character, "").startswith("CJK ")
    )


def han_share(text: str) -> float:
    """Share of Chinese characters among all that are not blank, in 0..1."""
    seen = [c for c in text if not c.isspace()]
    return sum(map(is_han, seen)) / max(1, len(seen))
