"""Sentences of a paragraph: where one ends and the next begins."""

import re
from collections.abc import Iterator

from pipeline.text.normalise import HAN

_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_TITLES = {"《": "》", "〈": "〉"}
_ROUND = {"（": "）", "(": ")", "[": "]", "【": "】"}
_OPENERS = {**_QUOTES, **_TITLES, **_ROUND}
_CLOSERS = frozenset(_OPENERS.values())
_LONGEST_BRACKET = 120
"""Characters: a longer bracket is taken for one whose closing mark was lost."""

_END = re.compile(
    rf"[。！？!?｡]+|(?:…|\.{{3,}}|。{{2,}})+[。！？!?]*|(?<=[{HAN}”」』）])\.(?=\s|$|[{HAN}“「])"
)
_CLOSING = re.compile(r"[”’」』）)\]】》〉\"']+")
_SPEECH = re.compile(
    r"^(?P<who>[^。！？!?；：:“”「」]{0,60}?)(?:说|道|表示|称|问|写|写道|指出|坦言|直言|强调|认为|回答|笑言|苦笑"
    r"|感叹|解释|补充|透露|介绍|提醒|警告|反问|反驳|追问|回忆|形容|比喻|总结|呼吁|喊|叹|分析|建议|承认|宣称|批评|评论"
    r"|评价|回应|自嘲|吐槽|嘀咕)(?:道|说|着|过|称|了|说道|起)?(?=[，,。.：:；！？!?]|$)"
)
_BETWEEN_QUOTES = re.compile(r"^[^。！？!?；：:，,“”「」\"]{2,25}[，：,:]\s?[“「『\"]")
_INTRODUCED = re.compile(r"[：:]\s*[“‘「『\"']")
"""`他说：“甲。”她说：“乙。”`: this quotation has its speaker already."""
_GOES_ON = re.compile(
    r"^(?:[，、；：,;:）)》〉」』”’]|的(?!确)|地(?!方)|之(?![前后间])|等|这(?:一|个|种|类|样的|句|些|道|番|几)|那(?:个|种|句|样的)"
    r"|成为|成了|是(?!的|啊)|也(?:是|成)|与(?![此之其])|和(?![^，。]{0,6}说)|及(?![时至])|或(?![许者])|一(?:类|词|说|语|问|句|文|书)|还是|类(?!似))"
)
_AFTER_ELLIPSIS = re.compile(r"^(?:[，、；：,;:）)》〉]|的|等|之|和|与|及|都|也)")
_NUMERAL = re.compile(r"\s*[（(]?[一二三四五六七八九十百\d]{1,4}[)）]?$")
"""What numbers a heading or a point ("一.") and is no sentence."""
_SHORTEST_BEFORE_ELLIPSIS = 6


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Ranges of a normalised paragraph's sentences, blanks around them left out.

    A closing quote stays with its sentence, a quotation with the clause that says who spoke.
    """
    cuts = [*_cuts(text), len(text)]
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in cuts:
        piece = text[start:cut]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append((left, start + len(piece.rstrip())))
        start = cut
    return spans


def _cuts(text: str) -> Iterator[int]:
    depths = _open_marks(text)
    last = 0
    for found in _END.finditer(text):
        cut = found.end()
        if found.start() < last:
            continue
        if found.group() == "." and _NUMERAL.match(text[last : found.start()]):
            continue
        if depths[found.start()] & {"title", "round"} and not _aside(text, last, found):
            continue
        if closing := _CLOSING.match(text, cut):
            cut = _own_closing(text, cut, closing.end(), depths)
        if cut < len(text) and _ends_here(text, last, found, cut, depths):
            yield cut
            last = cut


def _aside(text: str, last: int, found: re.Match[str]) -> bool:
    """Whether a whole sentence in brackets ends here (`（见上文。）下文另说。`)."""
    closes = text[found.end() : found.end() + 1] in ("）", ")")
    return closes and text[last : found.end()].lstrip().startswith(("（", "("))


def _own_closing(text: str, cut: int, end: int, depths: list[frozenset[str]]) -> int:
    """Closing marks right behind the full stop belong to it; an opening straight quote not."""
    while cut < end and not (text[cut] in "\"'" and "quote" not in depths[cut]):
        cut += 1
    return cut


def _ends_here(
    text: str, last: int, found: re.Match[str], cut: int, depths: list[frozenset[str]]
) -> bool:
    rest = text[cut:].lstrip()
    if cut > found.end():
        return _ends_after_closing(text, last, found, rest, depths)
    if "…" in found.group() or ".." in found.group():
        if found.group()[-1] in "。！？!?":
            return True
        before = text[last : found.start()].lstrip("“‘「『\"'（")
        return len(before) >= _SHORTEST_BEFORE_ELLIPSIS and not _AFTER_ELLIPSIS.match(rest)
    if found.group()[0] in "!?" and not _half_width_end(text, found):
        return False
    return not re.match(r"[，、；：,;:]", rest)


def _half_width_end(text: str, found: re.Match[str]) -> bool:
    """A half-width mark inside a word or an address ends nothing."""
    around = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
    return len(around) < 2 or not all(c.isascii() and (c.isalnum() or c in "=&/") for c in around)


def _ends_after_closing(
    text: str, last: int, found: re.Match[str], rest: str, depths: list[frozenset[str]]
) -> bool:
    if re.match(r"[，、；：,;:。！？!?]", rest):
        return False
    if "quote" not in depths[found.start()]:
        return True
    if _GOES_ON.match(rest):
        return False
    if _embedded(text, last, found.start()) and found.group()[-1] not in "。.":
        return False
    if not _SPEECH.match(rest) and not _BETWEEN_QUOTES.match(rest):
        return True
    nested = len(text) - len(rest) - found.end() > 1
    return not nested and _INTRODUCED.search(text, last, found.start()) is not None


def _embedded(text: str, last: int, stop: int) -> bool:
    """Whether the quotation that holds `stop` is a part of a clause (`所谓“为何？”的问题`)."""
    opening = max(text.rfind(mark, last, stop) for mark in (*_QUOTES, '"'))
    before = text[last:opening].rstrip() if opening > last else ""
    return bool(before) and re.search(rf"[{HAN}A-Za-z0-9]$", before) is not None


def _open_marks(text: str) -> list[frozenset[str]]:
    """For each character, which kinds of pairs are open before it: quote, title, round."""
    ends = _partners(text)
    open_until: list[tuple[int, str]] = []
    kinds: list[frozenset[str]] = []
    for i in range(len(text) + 1):
        open_until = [(end, kind) for end, kind in open_until if end >= i]
        kinds.append(frozenset(kind for _, kind in open_until))
        if i in ends:
            open_until.append((ends[i], _kind(text[i])))
    return kinds


def _kind(mark: str) -> str:
    return "title" if mark in _TITLES else "round" if mark in _ROUND else "quote"


def _partners(text: str) -> dict[int, int]:
    """Opening marks with the place of their closing mark; straight quotes pair by turns."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    straight: dict[str, int] = {}
    for i, mark in enumerate(text):
        if mark in "\"'":
            if mark in straight:
                pairs[straight.pop(mark)] = i
            elif mark == '"' or not (i and text[i - 1].isascii() and text[i - 1].isalnum()):
                straight[mark] = i
        elif mark in _OPENERS:
            stack.append(i)
        elif mark in _CLOSERS:
            _close(text, i, stack, pairs)
    return pairs


def _close(text: str, i: int, stack: list[int], pairs: dict[int, int]) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        opening = stack[depth]
        if _OPENERS[text[opening]] == text[i]:
            del stack[depth:]
            if _kind(text[opening]) == "quote" or i - opening <= _LONGEST_BRACKET:
                pairs[opening] = i
            return
