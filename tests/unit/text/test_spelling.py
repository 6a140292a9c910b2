import hashlib

from pipeline.stages.segment import Params, segment_article
from pipeline.text.mapped import MappedText
from pipeline.text.normalise import normalise
from pipeline.text.spelling import Spelling
from tests.unit.text.rules import cleaned

TRADITIONAL = (
    "監管機關發布辦法，標誌著新階段；這部著名的著作顯著影響學界，討論著責任，他著有《護欄》。"
)


def test_the_particle_of_a_traditional_text_is_written_as_in_simplified():
    text = normalise(MappedText.of(TRADITIONAL), Spelling.of(TRADITIONAL)).text
    assert "标志着" in text
    assert "讨论着" in text
    assert "著名的著作显著" in text
    assert "著有《" in text


def test_a_simplified_text_keeps_its_characters():
    text = "他看著窗外，说这部著作很好。"
    assert normalise(MappedText.of(text), Spelling.of(text)).text == text


def test_sentence_ids_do_not_hang_on_the_reading_of_the_character():
    first = "這件事標誌著監管機關進入了新的階段，業者還在觀望。"
    (kept,) = segment_article(cleaned(first), Params(2))
    assert "标志着" in kept.text
    letters = "这件事标志著监管机关进入了新的阶段业者还在观望"
    assert kept.sentence_id == f"a-{hashlib.sha1(letters.encode()).hexdigest()[:10]}"
