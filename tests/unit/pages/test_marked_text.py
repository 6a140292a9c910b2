import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.pages.marked_text import mark_blocks
from pipeline.records.article import Article, Block
from pipeline.records.page_text import MarkedSentence
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.taxonomy import PolicyArea

AREAS = {"rules": PolicyArea("rules", "规则", "Rules", "规则", "rules")}


def article(text, blocks, markup="plain"):
    return Article("a", "a", "utf-8", markup, "", "", "", "", "a", text, tuple(blocks))


def predict(start, end, area="rules", p=None):
    answers = (AreaAnswer(area, "critical", {"critical": 0.9} if p is None else p),)
    return Prediction(
        "a", f"{start}", start, end, "规范化的句子", "claim", 1.0, "author", 1.0, answers, "m"
    )


def texts(block):
    return [p.text if isinstance(p, MarkedSentence) else p for p in block.pieces]


@given(st.data())
def test_plain_text_is_cut_without_losing_a_character(data):
    text = "头" + data.draw(st.text(min_size=1, max_size=60)) + "尾"
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    source = article(text, [Block("body", 0, len(text), "r")])
    (block,) = mark_blocks(source, [predict(*span) for span in reversed(spans)], AREAS)
    assert "".join(texts(block)) == text
    marked = [piece.text for piece in block.pieces if isinstance(piece, MarkedSentence)]
    assert marked == [text[a:b] for a, b in spans]


def test_html_shows_words_and_no_tags_and_sentences_keep_theirs():
    text = "<p>前<b>句</b>完。<br>后句 &lt;script&gt;。</p>"
    cut = text.index("<br>")
    sentences = [predict(3, cut), predict(cut + 4, len(text) - 4)]
    (block,) = mark_blocks(
        article(text, [Block("body", 0, len(text), "r")], "html"), sentences, AREAS
    )
    assert texts(block) == ["前句完。", "后句 <script>。"]


def test_heading_keeps_its_words_and_blank_blocks_are_left_out():
    blocks = [Block("heading", 0, 2, "h"), Block("body", 2, 5, "blank"), Block("body", 5, 7, "b")]
    shown = mark_blocks(article("标题 \n 正文", blocks), [predict(5, 7)], AREAS)
    assert [(block.kind, texts(block)) for block in shown] == [
        ("heading", ["标题"]),
        ("body", ["正文"]),
    ]


@pytest.mark.parametrize(
    "predictions",
    [
        pytest.param([predict(4, 9)], id="beyond the text"),
        pytest.param([predict(0, 2)], id="inside a heading"),
        pytest.param([predict(3, 5), predict(4, 6)], id="overlapping"),
    ],
)
def test_sentence_that_does_not_fit_is_an_error_not_a_silent_loss(predictions):
    blocks = [Block("heading", 0, 2, "h"), Block("body", 2, 6, "b")]
    with pytest.raises(InputError, match="does not fit the article's text"):
        mark_blocks(article("标题正文正文", blocks), predictions, AREAS)


def test_area_that_the_taxonomy_lost_is_named():
    with pytest.raises(InputError, match="'gone' is no policy area"):
        mark_blocks(article("正文", [Block("body", 0, 2, "b")]), [predict(0, 2, "gone")], AREAS)
