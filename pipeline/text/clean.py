"""From a decoded file to an Article: which of its blocks are the article's own text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import trafilatura

from pipeline.records.article import Article, Block
from pipeline.records.source import Source
from pipeline.text.blocks import RawBlock, raw_blocks
from pipeline.text.garble import Marks, pinyin_marks
from pipeline.text.lines import Line, looks_tabular
from pipeline.text.mapped import MappedText
from pipeline.text.markup import visible
from pipeline.text.meta import Meta, find_meta
from pipeline.text.normalise import loose, normalise
from pipeline.text.raw import RawText
from pipeline.text.rules import CleaningRules
from pipeline.text.story import letters
from pipeline.text.zones import classify

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n.*?\n---[ \t]*(?:\r?\n|\Z)", re.S)
_HEADING = re.compile(r"\s*#{1,6}\s+\S")
_CELL = re.compile(r"[^，。！？；：]{0,20}$")
LONG = 25
_LEAST_MAIN = 0.3
"""Share of a page's long blocks below which the extraction is taken to have failed."""


def clean(raw: RawText, rules: CleaningRules, sources: Sequence[Source]) -> Article:
    """Build the article: every block with its kind and rule, and what the page says of itself."""
    marks = pinyin_marks(raw.text)
    places = raw_blocks(raw.text, raw.markup)
    if raw.markup == "html":
        document = trafilatura.bare_extraction(
            raw.text, favor_recall=True, include_comments=False, with_metadata=True
        )
        places = _outside_main(raw, places, document.text if document else "")
        given = _page_meta(document, raw.given)
    else:
        given, places = raw.given, _front_matter(raw.text, places)
    mapped = [visible(raw.text, p.start, p.end, raw.markup) for p in places]
    texts = [loose(m, marks) for m in mapped]
    lines = classify(
        [_line(raw.text, p, m, t) for p, m, t in zip(places, mapped, texts, strict=True)], rules
    )
    meta = find_meta(lines, given, sources)
    blocks = tuple(
        block
        for place, line, text in zip(places, lines, texts, strict=True)
        for block in _blocks(place, line, text, rules)
    )
    return Article(
        raw.article_id, raw.file, raw.encoding, raw.markup,
        meta.title, meta.source, meta.author, meta.date, "", raw.text, blocks,
    )  # fmt: skip


def body_texts(article: Article) -> list[MappedText]:
    """Normalised body blocks of an article, each character mapped to the raw file."""
    marks = pinyin_marks(article.text)
    return [block_text(article, block, marks) for block in article.blocks if block.kind == "body"]


def block_text(article: Article, block: Block, marks: Marks) -> MappedText:
    """What a reader sees of one block, normalised."""
    return normalise(visible(article.text, block.start, block.end, article.markup), marks)


def _line(raw: str, place: RawBlock, seen: MappedText, text: MappedText) -> Line:
    columns = looks_tabular(seen.text)
    hint = place.hint
    if _HEADING.match(raw, place.start, place.end):
        hint = "heading"
    if hint == "table":
        hint, columns = "", columns or _CELL.match(text.text) is not None
    return Line(text.text, hint, place.strong > 0.9, place.linked > 0.8, columns)


def _blocks(place: RawBlock, line: Line, text: MappedText, rules: CleaningRules) -> list[Block]:
    kind = line.kind or "body"
    credit = rules.credit_behind.search(text.text) if kind == "body" else None
    if credit is None:
        return [Block(kind, place.start, place.end, line.rule)]
    cut = text.ends[credit.start() - 1]
    return [
        Block(kind, place.start, cut, line.rule),
        Block("boilerplate", cut, place.end, "credit behind the text"),
    ]


def _front_matter(raw: str, places: list[RawBlock]) -> list[RawBlock]:
    found = _FRONT_MATTER.match(raw)
    end = found.end() if found else 0
    return [replace(p, hint="furniture") if p.start < end else p for p in places]


def _outside_main(raw: RawText, places: list[RawBlock], main: str) -> list[RawBlock]:
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


def _page_meta(document: Any, given: Meta) -> Meta:
    if document is None:
        return given
    return Meta(
        given.title or document.title or "",
        given.source or document.sitename or "",
        given.author or document.author or "",
        given.date or document.date or "",
    )
