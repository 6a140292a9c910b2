"""Texts as they came, before cleaning: files, and rows of JSON lines."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.records.article import Markup
from pipeline.text.decode import Decoded
from pipeline.text.meta import Meta

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body)\b", re.I)
_BLOCK_TAG = re.compile(r"<(?:p|div|br|section|li)\b[^>]*>", re.I)
LEAST_TAGS = 3
TAGGED = 0.8
"""Share of the characters that stand in lines with block tags, from which a text is a page."""
MARKUPS: dict[str, Markup] = {".txt": "plain", ".md": "markdown", ".html": "html", ".htm": "html"}


@dataclass(frozen=True)
class RawText:
    """A decoded text before cleaning; `given` are fields that came with it."""

    article_id: str
    file: str
    encoding: str
    text: str
    markup: Markup
    given: Meta = Meta()


@dataclass(frozen=True)
class Note:
    """One file (or `file:line`) and one line on why it was refused or what is doubtful in it."""

    file: str
    reason: str


class RejectError(Exception):
    """A file or row that is no article; the message is the reason, one line."""


def is_page(text: str) -> bool:
    """Whether a text is a web page, or a piece of one, whatever its file is called.

    Tags left over in lines of text do not make a page: then the lines are the blocks.
    """
    if _PAGE.match(text):
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    tagged = sum(len(line) for line in lines if _BLOCK_TAG.search(line))
    tags = len(_BLOCK_TAG.findall(text))
    return tags >= LEAST_TAGS and tags > len(lines) and tagged > TAGGED * len(text)


def file_texts(decoded: Decoded, stem: str, suffix: str, name: str) -> Iterator[RawText | Note]:
    """The text of a file, or each row of a .jsonl file; a bad row comes as a note."""
    if suffix != ".jsonl":
        markup = MARKUPS[suffix]
        if markup == "plain" and is_page(decoded.text):
            markup = "html"
        yield RawText(stem, name, decoded.encoding, decoded.text, markup)
        return
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if line.strip():
            where = f"{name}:{number}"
            try:
                yield _row(json.loads(line), decoded.encoding, stem, where, number)
            except ValueError:
                yield Note(where, "not a row of JSON")
            except RejectError as refused:
                yield Note(where, str(refused))


def _row(row: Any, encoding: str, stem: str, where: str, number: int) -> RawText:
    if not isinstance(row, dict):
        raise RejectError("not a JSON object")
    row = {key: _whole(value) if isinstance(value, str) else value for key, value in row.items()}
    texts = {k: row[k] for k in ("text", "content", "html") if isinstance(row.get(k), str)}
    key, text = next(((k, text) for k, text in texts.items() if text.strip()), ("", ""))
    if not text:
        raise RejectError("a row without text (key text, content or html)")
    fields = {k: str(row.get(k) or "").strip() for k in ("title", "source", "author")}
    given = Meta(**fields, date=str(row.get("date") or row.get("published") or ""))
    markup: Markup = "html" if key == "html" or is_page(text) else "plain"
    row_id = row.get("id")
    article_id = f"{stem}-{number if row_id is None else row_id}"
    return RawText(article_id, where, encoding, text, markup, given)


def _whole(text: str) -> str:
    """Without halves of characters, which a cut through an emoji leaves and nothing can write."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
