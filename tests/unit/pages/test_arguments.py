from dataclasses import replace

from pipeline.pages.arguments import arguments
from pipeline.records.page_text import Argument, MarkedSentence, PageBlock
from pipeline.records.prediction import Prediction

GIVEN = Prediction("a", "s", 0, 1, "句", "none", 1.0, "author", 1.0, (), "m")


def paragraph(roles: str) -> PageBlock:
    """A letter a sentence: c claim, p premise, n none."""
    names = {"c": "claim", "p": "premise", "n": "none"}
    sentences = [MarkedSentence("x", "句", (), replace(GIVEN, role=names[r])) for r in roles]
    return PageBlock("body", "r", tuple(piece for s in sentences for piece in (s, " ")))


def test_a_premise_belongs_to_the_nearest_claim_of_its_paragraph():
    found = arguments([paragraph("pcnppc")])
    assert found == (Argument(1, (0, 3)), Argument(5, (4,)))


def test_of_two_claims_as_near_the_earlier_one_gets_the_premise():
    assert arguments([paragraph("cpc")]) == (Argument(0, (1,)), Argument(2, ()))


def test_paragraphs_are_kept_apart_and_sentences_counted_through():
    assert arguments([paragraph("p"), paragraph("cn"), paragraph("pc")]) == (
        Argument(1, ()),
        Argument(4, (3,)),
    )
