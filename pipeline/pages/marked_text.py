"""An article's own words with the classifier's marks on them."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from pipeline.errors import InputError
from pipeline.pages.names import anchor
from pipeline.records.article import Article, Block
from pipeline.records.page_text import Badge, MarkedSentence, PageBlock
from pipeline.records.prediction import Prediction
from pipeline.records.taxonomy import PolicyArea
from pipeline.text.mapped import MappedText
from pipeline.text.markup import visible

Areas = Mapping[str, PolicyArea]


def mark_blocks(
    article: Article, predictions: Sequence[Prediction], areas: Areas
) -> tuple[PageBlock, ...]:
    """Cut each block into unmarked text and its sentences; no character is lost between them.

    Plain text is shown as the raw file has it; of HTML and Markdown, what a reader sees of it.
    Raises InputError for an unknown area, and where a sentence lies outside every body block or
    overlaps another: then the files were not made from each other.
    """
    spans = sorted(predictions, key=lambda prediction: prediction.start)
    blocks = []
    placed = 0
    for block in article.blocks:
        inside = [
            span
            for span in spans
            if block.kind == "body" and block.start <= span.start and span.end <= block.end
        ]
        placed += len(inside)
        pieces = tuple(_cut(article, block, inside, areas))
        if any(isinstance(piece, MarkedSentence) or piece.strip() for piece in pieces):
            blocks.append(PageBlock(block.kind, block.rule, pieces))
    if placed != len(spans):
        raise _mismatch(article)
    return tuple(blocks)


def _cut(
    article: Article, block: Block, inside: Sequence[Prediction], areas: Areas
) -> Iterator[str | MarkedSentence]:
    words = _words(article, block)
    at = block.start
    for prediction in inside:
        if prediction.start < at:
            raise _mismatch(article)
        if rest := _between(words, at, prediction.start):
            yield rest
        yield _mark(prediction, _between(words, prediction.start, prediction.end), areas)
        at = prediction.end
    if rest := _between(words, at, block.end):
        yield rest


def _words(article: Article, block: Block) -> MappedText:
    if article.markup == "plain":
        return MappedText.of(article.text, block.start, block.end)
    return visible(article.text, block.start, block.end, article.markup)


def _between(words: MappedText, start: int, end: int) -> str:
    return words.text[bisect_left(words.starts, start) : bisect_left(words.starts, end)]


def _mark(prediction: Prediction, text: str, areas: Areas) -> MarkedSentence:
    for answer in prediction.areas:
        if answer.area not in areas or answer.stance not in answer.p:
            raise InputError(
                f"sentence {prediction.sentence_id!r}: {answer.area!r} is no policy area or has"
                " no probability; train and predict again"
            )
    badges = tuple(Badge(areas[answer.area], answer) for answer in prediction.areas)
    return MarkedSentence(anchor(prediction.sentence_id), text, badges, prediction)


def _mismatch(article: Article) -> InputError:
    return InputError(
        f"article {article.article_id!r}: a predicted sentence does not fit the article's text;"
        " segment and predict again"
    )
