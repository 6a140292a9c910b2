"""Marks of HTML and Markdown dropped, so that only what a reader sees is left."""

import html
import re

from pipeline.records.article import Markup
from pipeline.text.mapped import MappedText

HIDDEN = "script|style|noscript|template|svg|iframe|select|button|textarea"
"""Elements of which a reader sees nothing, or nothing that is text."""
EMPTY = r"<(?:svg|iframe)(?![\w:-])[^>]*/>"
"""One that is closed where it opens; `<svg-icon>` is another element."""
_HIDDEN = re.compile(rf"<!--.*?-->|{EMPTY}|<({HIDDEN})(?![\w:-])[^>]*>.*?</\1\s*>", re.S | re.I)
_TAG = re.compile(r"</?[a-zA-Z!?](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|</?[a-zA-Z!?][^<>]*>")
_KNOWN_TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|i|em|a|img|font|section|h[1-6]|u|s|sup|sub"
    r"|ul|ol|li|table|tbody|thead|tr|td|th|blockquote|figure|figcaption|center|hr|video|iframe|code"
    r"|pre|small|o:p)\b[^<>]*>",
    re.I,
)
_BREAK = re.compile(r"(?<=[!-;?-~])<br\b[^<>]*>(?=[!-;?-~])", re.I)
"""A line break that alone keeps two words apart that are not Chinese."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,24});")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^()]*(?:\([^()]*\)[^()]*)*\)|!\[[^\]]*\]\[[^\]]*\]")
_LINK_HEAD = re.compile(r"\[(?=[^\[\]]*(?:\]\(|$))")
_LINK_TAIL = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+[\"'][^\"']*[\"'])?\)")
_FOOTNOTE = re.compile(r"(?<!^)\[\^[^\]]+\]")
_LINE_HEAD = re.compile(r"^\s*(?:>\s*)*(?:#{1,6}\s+(?=\S)|[*+-]\s+(?=\S))?")
_STRONG = re.compile(r"\*\*+|__+(?=\S)|(?<=\S)__+|~~")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?!\*)|`([^`\n]+)`")


def visible(raw: str, start: int, end: int, markup: Markup) -> MappedText:
    """What a reader sees of the raw characters `start` to `end`, mapped to them."""
    mapped = MappedText.of(raw, start, end)
    if markup == "html":
        return _entities(mapped.sub(_HIDDEN).sub(_BREAK, "\n").sub(_TAG))
    return _markdown(_entities(mapped.sub(_KNOWN_TAG)))


def _entities(mapped: MappedText) -> MappedText:
    if "&" not in mapped.text:
        return mapped
    return mapped.sub(_ENTITY, lambda found: html.unescape(found.group()).replace("\xa0", " "))


def _markdown(mapped: MappedText) -> MappedText:
    mapped = mapped.sub(_IMAGE)
    if "[" in mapped.text or "](" in mapped.text:
        mapped = mapped.sub(_LINK_HEAD).sub(_LINK_TAIL)
    mapped = mapped.sub(_FOOTNOTE).sub(_LINE_HEAD).sub(_STRONG)
    return mapped.edit(
        edit
        for found in _EMPHASIS.finditer(mapped.text)
        for edit in ((found.start(), found.start() + 1, ""), (found.end() - 1, found.end(), ""))
    )
