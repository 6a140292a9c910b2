"""What the extraction and the head of a web page say: its main part and its fields."""

import html
import re
from dataclasses import replace
from typing import Any

from pipeline.text.blocks import RawBlock
from pipeline.text.markup import visible
from pipeline.text.meta import Meta
from pipeline.text.raw import RawText
from pipeline.text.story import letters

_META_AUTHOR = re.compile(
    r"<meta\s+name=[\"']author[\"']\s+content=[\"']([^\"'<>]{2,30})[\"']"
    r"|<meta\s+content=[\"']([^\"'<>]{2,30})[\"']\s+name=[\"']author[\"']",
    re.I,
)
LONG = 25
_LEAST_MAIN = 0.3
"""Share of a page's long blocks below which the extraction is taken to have failed."""


def outside_main(raw: RawText, places: list[RawBlock], main: str) -> list[RawBlock]:
    """Mark what the extraction left out, but not a paragraph among paragraphs that it kept."""
    inside = letters(main)
    texts = [letters(visible(raw.text, p.start, p.end, "html").text) for p in places]
    kept = [bool(t) and t in inside for t in texts]
    long = [len(t) for t in texts if len(t) >= LONG]
    long_kept = [len(t) for t, keep in zip(texts, kept, strict=True) if keep and len(t) >= LONG]
    if not long_kept or sum(long_kept) < _LEAST_MAIN * sum(long):
        return places
    main_blocks = [i for i, t in enumerate(texts) if kept[i] and len(t) >= LONG]
    homes = {places[i].parent for i in main_blocks}
    between = range(main_blocks[0], main_blocks[-1] + 1)
    return [
        place
        if kept[i] or place.hint or place.parent in homes or (i in between and place.linked < 0.5)
        else replace(place, hint="furniture")
        for i, place in enumerate(places)
    ]


def page_meta(document: Any, raw: RawText) -> Meta:
    """The fields of the page's head; one word as author is a name in Chinese, which the
    extraction leaves out.
    """
    given = raw.given
    named = "" if document is None else document.author or ""
    if not named and (found := _META_AUTHOR.search(raw.text)):
        named = html.unescape(found[1] or found[2]).strip()
    return Meta(
        given.title or getattr(document, "title", None) or "",
        given.source or getattr(document, "sitename", None) or "",
        given.author or named,
        given.date or getattr(document, "date", None) or "",
    )
