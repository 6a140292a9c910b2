"""The YAML that many exports of Markdown begin with: what it says of the article."""

import re
from typing import Any

import yaml

from pipeline.text.meta import Meta

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", re.S)
_LINE = re.compile(r"[\w-]+:(?:\s|$)|\s*- |\s+\S")
_KEYS = {
    "title": ("title",),
    "source": ("source", "site", "sitename", "site_name", "publisher"),
    "author": ("author", "authors"),
    "date": ("date", "published"),
}
"""Fields of Meta, and what exports call them; the first that is filled counts."""


def front_matter(text: str) -> tuple[Meta, int]:
    """The fields it states, and where it ends; 0 when there is none, as where rules part prose."""
    found = _FRONT_MATTER.match(text)
    stated = _stated(found[1]) if found else None
    if not found or not isinstance(stated, dict):
        return Meta(), 0
    fields = {
        field: next((words for key in keys if (words := _words(stated.get(key)))), "")
        for field, keys in _KEYS.items()
    }
    return Meta(**fields), found.end()


def _stated(text: str) -> Any:
    """What it holds; exports leave colons and quotes in titles, which break its YAML."""
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        lines = [line for line in text.splitlines() if line.strip()]
        plain = all(_LINE.match(line) for line in lines)
        pairs = (line.partition(":") for line in lines)
        return {key: value.strip(" \"'") for key, _, value in pairs} if plain else None


def _words(value: Any) -> str:
    """A value or a list of them as text; an address is no name."""
    words = [str(v).strip() for v in (value if isinstance(value, list) else [value]) if v]
    return "、".join(w for w in words if w and "://" not in w)
