"""A scenario of invented sources, on which intervals are tried."""

from dataclasses import dataclass

from pipeline.config import STRICT
from pipeline.records.summary import Unit


@dataclass(frozen=True)
class World:
    """A scenario. `articles` a source of about `sentences` sentences each, of which the share
    `coverage` addresses an area, with `stances` on the average.

    `apart` is the concentration of error rates over sources (0: all err alike). `drift`: how many
    more errors the sources have than the held-out outlets, critical read as supportive above all.
    `labels` randomly drawn sentences a source, drawn with chances that differ between articles
    where `unequal`. A share of `reprints` of the articles appears more than once. With the `unit`
    article a source is one article, and the truth is what stands in it.
    """

    __pydantic_config__ = STRICT

    name: str
    sources: int = 10
    areas: int = 4
    articles: int = 20
    sentences: int = 25
    coverage: float = 0.12
    stances: tuple[float, float, float] = (0.5, 0.3, 0.2)
    spread: float = 0.8
    apart: float = 25.0
    drift: float = 0.0
    unit: Unit = "source"
    labels: int = 150
    unequal: bool = False
    reprints: float = 0.0
    held_out: int = 16
    held_out_articles: int = 2
