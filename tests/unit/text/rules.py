"""The project's own cleaning rules and a short way to classify lines."""

from functools import cache
from pathlib import Path

from pipeline.config import load_yaml
from pipeline.records.article import Article
from pipeline.records.source import Source
from pipeline.text.clean import clean
from pipeline.text.raw import RawText
from pipeline.text.rules import CleaningRules, parse_rules

CLEANING = Path(__file__).parents[3] / "configs" / "cleaning.yaml"


@cache
def own_rules() -> CleaningRules:
    return parse_rules(load_yaml(CLEANING), "cleaning.yaml")


def cleaned(text: str, markup: str = "plain", sources: tuple[Source, ...] = ()) -> Article:
    return clean(RawText("a", "a.txt", "utf-8", text, markup), own_rules(), sources)


def kinds(text: str, markup: str = "plain") -> dict[str, str]:
    """Each block's first characters and its kind."""
    return {text[b.start : b.end].strip(): b.kind for b in cleaned(text, markup).blocks}


def body(text: str, markup: str = "plain") -> list[str]:
    return [text[b.start : b.end].strip() for b in cleaned(text, markup).blocks if b.kind == "body"]
