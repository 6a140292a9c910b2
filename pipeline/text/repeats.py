"""Furniture that only a whole batch shows: the same line in articles of several stories."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.records.article import Article, Block
from pipeline.text.clean import block_text
from pipeline.text.spelling import Spelling
from pipeline.text.story import letters

LEAST_STORIES = 3
"""A line in so many stories of one outlet (or of unnamed ones) is a site's, not an author's."""
LEAST_ANYWHERE = 8
"""Several outlets may quote the same article of a law; a platform's line is in more stories."""
LEAST_LETTERS = 12
"""Shorter sentences ("为什么？") may be many authors' own."""


def drop_repeated(articles: Sequence[Article]) -> list[Article]:
    """Turn body blocks that recur in several stories of a batch into boilerplate.

    An article keeps its blocks when nothing else would be left of it.
    """
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    keys = [_keys(article) for article in articles]
    for article, own in zip(articles, keys, strict=True):
        for key in own.values():
            seen[key].add((article.source, article.story))
    repeated = {key for key, where in seen.items() if _of_a_site(where)}
    return [_without(article, own, repeated) for article, own in zip(articles, keys, strict=True)]


def _of_a_site(where: set[tuple[str, str]]) -> bool:
    """Whether a line that stands in these stories, each with its outlet, is furniture."""
    most = max(Counter(source for source, _ in where).values())
    return most >= LEAST_STORIES or len({story for _, story in where}) >= LEAST_ANYWHERE


def _keys(article: Article) -> dict[Block, str]:
    spelling = Spelling.of(article.text)
    keys = {
        block: letters(block_text(article, block, spelling).text)
        for block in article.blocks
        if block.kind == "body"
    }
    return {block: key for block, key in keys.items() if len(key) >= LEAST_LETTERS}


def _without(article: Article, own: dict[Block, str], repeated: set[str]) -> Article:
    drop = {block for block, key in own.items() if key in repeated}
    if not drop or all(b in drop for b in article.blocks if b.kind == "body"):
        return article
    return replace(
        article,
        blocks=tuple(
            replace(b, kind="boilerplate", rule="in several stories") if b in drop else b
            for b in article.blocks
        ),
    )
