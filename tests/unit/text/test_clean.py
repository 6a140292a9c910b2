import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records.source import Source
from pipeline.text.clean import body_texts
from pipeline.text.markup import visible
from pipeline.text.normalise import normalise
from pipeline.text.raw import is_page
from pipeline.text.sentences import split_sentences
from pipeline.text.spelling import Spelling
from tests.unit.text.rules import cleaned

PIECES = [
    "監管部門公布了辦法，企業可以提出意見。", "“这是对的。”他说。", "數(shù)據中心要用電；", "痕迹[2]。",
    "一、小标题", "来源：某报", "图片", "**重点**在这里！", "<br/>", "&nbsp;", "AI(人工智能)模型?", "\u200b",
    "\n", "\n\n", "　　", "<p>一段话说完了。</p>", "参考文献", "输?shù)粽\ue3a0w了。", "……", "（一）", "[链接](http://a.example)",
]  # fmt: skip
pages = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@given(pages, st.sampled_from(["plain", "html", "markdown"]))
@settings(max_examples=150, deadline=None)
def test_blocks_lie_in_the_raw_text_apart_and_in_order(raw, markup):
    blocks = cleaned(raw, markup).blocks
    assert all(0 <= b.start < b.end <= len(raw) for b in blocks)
    assert all(a.end <= b.start for a, b in zip(blocks, blocks[1:], strict=False))


@given(pages)
@settings(max_examples=150, deadline=None)
def test_a_sentences_raw_characters_read_as_its_text(raw):
    article = cleaned(raw)
    marks = Spelling.of(raw)
    for mapped in body_texts(article):
        for start, end in split_sentences(mapped.text):
            left, right = mapped.starts[start], mapped.ends[end - 1]
            again = normalise(visible(raw, left, right, "plain"), marks).text
            assert again == mapped.text[start:end]


@given(pages)
@settings(max_examples=100, deadline=None)
def test_plain_lines_are_all_in_a_block(raw):
    blocks = cleaned(raw).blocks
    covered = {i for b in blocks for i in range(b.start, b.end)}
    assert all(i in covered for i, c in enumerate(raw) if not c.isspace())


def test_offsets_of_a_page_point_into_its_raw_text():
    raw = "<html><body><p>甲&amp;乙<b>公司</b>發(fā)布了新的模型，規模不小。</p></body></html>"
    article = cleaned(raw, "html")
    (mapped,) = body_texts(article)
    assert mapped.text == "甲&乙公司发布了新的模型，规模不小。"
    at = mapped.text.index("公")
    assert raw[mapped.starts[at] : mapped.starts[at] + 2] == "公司"


BODY = "办法公布了，媒体议论纷纷，没有人知道它什么时候生效，也没有人问过企业的看法。"


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><meta charset=utf-8><title>题</title><body><p>{BODY}</p></body></html>",
        f"<html><head><title>题<body><div><p>{BODY}</p></div></body></html>",
        f"<html><body><svg-icon name=a></svg-icon><p>{BODY}</p></body></html>",
        f'<html><body><svg viewBox="0 0 1 1"/><p>{BODY}</p></body></html>',
        f"<html><body><p>{BODY}<button>分享</button></p></body></html>",
    ],
    ids=["head left open", "title left open", "custom element", "empty drawing", "button"],
)
def test_unusual_markup_hides_no_body_and_shows_no_button(page):
    assert [m.text for m in body_texts(cleaned(page, "html"))] == [BODY]


@pytest.mark.parametrize(
    ("head", "foot", "wanted"),
    [
        ("<p>发布时间：2024年5月3日 10:20</p>", "", "2024-05-03"),
        ("<p>发布时间：2024年5月3日</p>", "<footer>Copyright © 2010-2023</footer>", "2024-05-03"),
        ("", "<footer>Copyright © 2010-2023</footer>", ""),
        ("", "<p>该法案自2021年3月1日起施行，企业须在此前登记。</p>", ""),
        ('<meta property="article:published_time" content="2024-05-03T10:20:00+08:00">', "",
         "2024-05-03"),
    ],
)  # fmt: skip
def test_a_page_s_date_is_the_one_it_gives_as_that_of_publication(head, foot, wanted):
    page = f"<html><head></head><body>{head}<p>{BODY * 3}</p>{foot}</body></html>"
    if head.startswith("<meta"):
        page = f"<html><head>{head}</head><body><p>{BODY * 3}</p></body></html>"
    assert cleaned(page, "html").date == wanted


def test_markup_does_not_hide_that_a_page_is_in_traditional_characters():
    text = "監管部門看著企業，企業也看著監管部門，規則還沒有公布。"
    page = f"<html><body><p>{text}</p><script>{'x = 1;' * 999}</script></body></html>"
    assert [m.text for m in body_texts(cleaned(page, "html"))] == [
        "监管部门看着企业，企业也看着监管部门，规则还没有公布。"
    ]


def test_what_the_page_says_of_itself_is_read():
    raw = "某某网首页\n评估办法的三个疑问\n2025年7月23日 10:15　来源：青梧日报　作者：顾砚秋\n办法公布了，媒体议论纷纷。"
    article = cleaned(raw, sources=(Source("青梧日報", ("青梧",)),))
    found = (article.title, article.source, article.author, article.date)
    assert found == ("评估办法的三个疑问", "青梧日報", "顾砚秋", "2025-07-23")


def test_what_the_page_does_not_say_stays_empty():
    article = cleaned("办法公布了，媒体议论纷纷。\n没有人知道它什么时候生效。")
    assert (article.title, article.source, article.author, article.date) == ("", "", "", "")


def test_tags_left_in_lines_of_text_make_no_page():
    assert is_page("<!DOCTYPE html><p>甲</p>")
    assert is_page("<p>一段。</p><p>两段。</p><p>三段。</p>")
    assert not is_page("标题\n<p>一段。</p>\n二段。<br/>\n来源：某报\n<p>三段。</p>")
