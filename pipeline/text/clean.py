"""From a decoded file to an Article: which of its blocks are the article's own text."""

import re
from collections.abc import Sequence
from dataclasses import astuple, replace

import trafilatura

from pipeline.records.article import Article, Block
from pipeline.records.source import Source
from pipeline.text.blocks import RawBlock, raw_blocks
from pipeline.text.byline import Place
from pipeline.text.front_matter import front_matter
from pipeline.text.lines import Line, looks_tabular
from pipeline.text.mapped import MappedText
from pipeline.text.markup import visible
from pipeline.text.meta import Meta, find_meta
from pipeline.text.normalise import loose, normalise
from pipeline.text.page import outside_main, page_meta
from pipeline.text.raw import RawText
from pipeline.text.rules import CleaningRules
from pipeline.text.spelling import Spelling
from pipeline.text.zones import classify

_HEADING = re.compile(r"\s*#{1,6}\s+\S")
DATED = {"extensive_search": False, "original_date": True}
"""Only what a page says in its own fields: further searching takes a year in a footer, or a day
that the article speaks of, for the day of publication."""
_CELL = re.compile(r"[^，。！？；：]{0,20}$")


def clean(raw: RawText, rules: CleaningRules, sources: Sequence[Source]) -> Article:
    """Build the article: every block with its kind and rule, and what the page says of itself."""
    spelling = Spelling.of(raw.text)
    places = raw_blocks(raw.text, raw.markup)
    if raw.markup == "html":
        document = trafilatura.bare_extraction(
            raw.text,
            favor_recall=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=DATED,
        )
        places = outside_main(raw, places, document.text if document else "")
        given = page_meta(document, raw)
    else:
        stated, end = front_matter(raw.text)
        fields = zip(astuple(raw.given), astuple(stated), strict=True)
        given = Meta(*(own or said for own, said in fields))
        places = [replace(p, hint="furniture") if p.start < end else p for p in places]
    mapped = [visible(raw.text, p.start, p.end, raw.markup) for p in places]
    texts = [loose(m, spelling) for m in mapped]
    lines = classify(
        [_line(raw.text, p, m, t) for p, m, t in zip(places, mapped, texts, strict=True)], rules
    )
    meta = find_meta(
        lines, given, sources, rules, lambda place: _published(raw, lines[place[0]], texts, place)
    )
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
    spelling = Spelling.of(article.text)
    return [
        block_text(article, block, spelling) for block in article.blocks if block.kind == "body"
    ]


def block_text(article: Article, block: Block, spelling: Spelling) -> MappedText:
    """What a reader sees of one block, normalised."""
    return normalise(visible(article.text, block.start, block.end, article.markup), spelling)


def _published(raw: RawText, line: Line, texts: Sequence[MappedText], place: Place) -> str:
    """Some characters of a line as the page shows them, blanks at the ends left out."""
    at, start, end = place
    skipped = texts[at].text.index(line.text)
    left, right = texts[at].starts[start + skipped], texts[at].ends[end - 1 + skipped]
    return re.sub(r"[\t\r\n]+", " ", visible(raw.text, left, right, raw.markup).text).strip(
        " \u3000\u200b·、-"
    )


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
