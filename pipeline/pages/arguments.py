"""Claims with the premises around them."""

from collections.abc import Iterable, Sequence

from pipeline.records.page_text import Argument, MarkedSentence, PageBlock


def arguments(blocks: Iterable[PageBlock]) -> tuple[Argument, ...]:
    """Each claim with the premises nearest to it in its paragraph, in reading order.

    A premise belongs to the nearest claim of its paragraph, to the earlier one of two as near.
    This is a rule of place, not of meaning: no model has said that the premise supports it.
    """
    found: list[Argument] = []
    start = 0
    for block in blocks:
        sentences = [piece for piece in block.pieces if isinstance(piece, MarkedSentence)]
        found += _of_paragraph(sentences, start)
        start += len(sentences)
    return tuple(found)


def _of_paragraph(sentences: Sequence[MarkedSentence], start: int) -> list[Argument]:
    claims = [i for i, sentence in enumerate(sentences) if sentence.role == "claim"]
    around: dict[int, list[int]] = {claim: [] for claim in claims}
    for i, sentence in enumerate(sentences):
        if claims and sentence.role == "premise":
            nearest = min(claims, key=lambda claim: (abs(claim - i), claim))
            around[nearest].append(start + i)
    return [Argument(start + claim, tuple(premises)) for claim, premises in around.items()]
