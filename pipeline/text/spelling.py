"""How an article as a whole is written, which no single line of it shows."""

import re
from dataclasses import dataclass, field
from functools import cache

import opencc

from pipeline.text.garble import Marks, pinyin_marks

TRADITIONAL = 0.05
"""Share of Chinese characters that simplifying changes in a traditional text (prose: 0.3)."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KEEPS_ZHU = (
    r"著名|著述|著者|著录|著闻|著称|著文|著于|著书立说|著[《〈]|著有(?=[《〈“「电长小多])"
    r"|著作(?![秀业战弊答])|(?:(?<![㐀-鿿])|(?<=所))著有|(?<![㐀-鿿])著(?![㐀-鿿])"
    r"|显著|卓著|昭著|名著|原著|巨著|遗著|译著|编著|撰著|拙著|专著|土著|所著|见微知著"
    r"|(?<![讨谈争议辩理评])论著|(?<![配结融迎混])合著"
)
"""Words that keep 著 in simplified writing; elsewhere it stands for the particle 着."""
_ZHU = re.compile(f"(?P<keep>{_KEEPS_ZHU})|著")


@dataclass(frozen=True)
class Spelling:
    """The readings that an article marks, and whether it is in traditional characters."""

    marks: Marks = field(default_factory=dict[str, frozenset[str]])
    traditional: bool = False

    @classmethod
    def of(cls, text: str) -> "Spelling":
        """The spelling of a whole article."""
        changed = sum(a != b for a, b in zip(text, simplified(text), strict=True))
        chinese = len(_HAN.findall(text))
        return cls(pinyin_marks(text), changed > TRADITIONAL * max(1, chinese))

    def simple(self, text: str) -> str:
        """Simplified characters one for one, 着 for 著 where simplified writing has it."""
        text = simplified(text)
        if not self.traditional or "著" not in text:
            return text
        return _ZHU.sub(lambda found: found["keep"] or "着", text)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Simplified characters one for one (OpenCC t2s); a word that would change length stays."""
    if text.isascii():
        return text
    whole: str = _converter().convert(text)
    if len(whole) == len(text):
        return whole
    return "".join(_simplified_character(c) for c in text)


def _simplified_character(character: str) -> str:
    new: str = _converter().convert(character)
    return new if len(new) == 1 else character
