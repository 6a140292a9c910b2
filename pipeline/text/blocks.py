"""The blocks of a raw text: its lines, or the block elements of a web page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.records.article import Markup
from pipeline.text.markup import EMPTY, HIDDEN
from pipeline.text.wrapped import goes_on, wrap_width

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|{EMPTY}|<(?P<hidden>{HIDDEN})(?![\w:-])[^>]*>.*?(?:</(?P=hidden)\s*>|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|<[!?/][^>]*>",
    re.S | re.I,
)
_BLOCK_TAGS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt")
    + ("fieldset", "figcaption", "figure", "footer", "form", "head", "header", "hr", "html", "img")
    + ("h1", "h2", "h3", "h4", "h5", "h6", "li", "main", "nav", "ol", "p", "pre", "section")
    + ("table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul")
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_HINTS = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    **dict.fromkeys(("nav", "footer", "title", "head"), "furniture"),
    "figcaption": "caption",
    "tr": "table",
}
_IN_BODY = _BLOCK_TAGS - {"html", "head", "title"}
_UNCLOSED = frozenset(("p", "li", "td", "tr", "th", "dd", "dt"))
_LINE = re.compile(
    r"[^\r\n\v\f\x85\u2028\u2029]+?"
    r"(?=$|[\r\n\v\f\x85\u2028\u2029]|(?<=[。！？”」）])(?:\u3000{2,}| {4,})\S)"
)
"""A line, or a paragraph whose indent is all that is left of a lost line break."""
_BREAK = re.compile(r"[ \t\r\n]*<br\s*/?>[ \t\r\n]*", re.I)


@dataclass(frozen=True)
class RawBlock:
    """Characters `start` to `end` of a raw text and what the markup says of them.

    `hint` is heading, caption, table or furniture; `parent` numbers the element around the
    block; `linked` and `strong` are the shares of its characters in links and in bold.
    """

    start: int
    end: int
    hint: str = ""
    parent: int = 0
    linked: float = 0.0
    strong: float = 0.0


def raw_blocks(raw: str, markup: Markup) -> list[RawBlock]:
    """Non-empty lines of a plain or Markdown text, block elements of a web page."""
    return _unwrapped(raw, _Walk(raw).run()) if markup == "html" else list(_lines(raw))


def _lines(raw: str) -> Iterator[RawBlock]:
    width = wrap_width(raw)
    start = end = -1
    for line in _LINE.finditer(raw):
        if not line.group().strip():
            continue
        last = raw[max(start, raw.rfind("\n", start, end) + 1) : end]
        together = start >= 0 and raw.count("\n", end, line.start()) <= 1
        if start >= 0 and not (together and goes_on(last, line.group(), width)):
            yield RawBlock(start, end)
            start = -1
        start, end = (line.start() if start < 0 else start), line.end()
    if start >= 0:
        yield RawBlock(start, end)


def _unwrapped(raw: str, blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """The blocks of a page, joined where a single <br> broke a line at a fixed width."""
    broken = [
        _BREAK.fullmatch(raw, one.end, other.start) is not None for one, other in pairwise(blocks)
    ]
    wrapped = [
        raw[block.start : block.end]
        for k, block in enumerate(blocks)
        if any(broken[max(0, k - 1) : k + 1])
    ]
    width = wrap_width("\n".join(wrapped))
    out: list[RawBlock] = []
    for k, block in enumerate(blocks):
        last = raw[blocks[k - 1].start : blocks[k - 1].end]
        if k and broken[k - 1] and goes_on(last, raw[block.start : block.end], width):
            out[-1] = replace(out[-1], end=block.end)
        else:
            out.append(block)
    return out


@dataclass
class _Walk:
    """One pass over a page's tags, with the places of its text kept."""

    raw: str
    blocks: list[RawBlock] = field(default_factory=list)
    open_tags: list[tuple[str, int]] = field(default_factory=list)
    texts: list[tuple[int, int, bool, bool]] = field(default_factory=list)

    def run(self) -> list[RawBlock]:
        at = 0
        for token in _TOKEN.finditer(self.raw):
            self._text(at, token.start())
            at = token.end()
            if name := (token["name"] or "").lower():
                self._tag(name, bool(token["close"]), token)
        self._text(at, len(self.raw))
        self._flush()
        return self.blocks

    def _text(self, start: int, end: int) -> None:
        piece = self.raw[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            names = {name for name, _ in self.open_tags}
            strong = bool(names & {"strong", "b"})
            self.texts.append((left, start + len(piece.rstrip()), "a" in names, strong))

    def _tag(self, name: str, closing: bool, token: re.Match[str]) -> None:
        if name in _BLOCK_TAGS:
            self._flush()
        if closing:
            self._close(name)
        elif name not in _VOID and not token["rest"].rstrip().endswith("/"):
            if name in _IN_BODY:  # pages may leave out the end of their head
                self._close("title")
                self._close("head")
            if name in _UNCLOSED and self.open_tags and self.open_tags[-1][0] == name:
                self.open_tags.pop()
            self.open_tags.append((name, token.start()))

    def _close(self, name: str) -> None:
        for depth in range(len(self.open_tags) - 1, -1, -1):
            if self.open_tags[depth][0] == name:
                del self.open_tags[depth:]
                return

    def _flush(self) -> None:
        if self.texts:
            size = sum(end - start for start, end, _, _ in self.texts)
            linked = sum(end - start for start, end, link, _ in self.texts if link)
            strong = sum(end - start for start, end, _, bold in self.texts if bold)
            places = (self.texts[0][0], self.texts[-1][1])
            self.blocks.append(
                RawBlock(*places, self._hint(), self._parent(), linked / size, strong / size)
            )
            self.texts = []

    def _hint(self) -> str:
        return next((_HINTS[n] for n, _ in reversed(self.open_tags) if n in _HINTS), "")

    def _parent(self) -> int:
        holders = [at for name, at in self.open_tags if name in _BLOCK_TAGS and name != "p"]
        return holders[-1] if holders else 0
