import pytest

from pipeline.text.markup import visible


def seen(raw: str, markup: str) -> str:
    return visible(raw, 0, len(raw), markup).text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('<b>政</b>策<a href="x>y">出台</a>。', "政策出台。"),
        ("甲<!-- 隐藏 -->乙<script>if (a < b) {}</script>丙", "甲乙丙"),
        ("标签&lt;script&gt;是文字&nbsp;&amp;&quot;引号&quot;", '标签<script>是文字 &"引号"'),
        ("大于&#65297;号", "大于１号"),
    ],
)
def test_html_shows_what_a_reader_sees(raw, expected):
    assert seen(raw, "html") == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("**第一，补用。**学员", "第一，补用。学员"),
        ("见[报告](https://a.example/x_(1)?q=1)第二章", "见报告第二章"),
        ("前![图](a.png)后", "前后"),
        ("## 小标题", "小标题"),
        ("> 引文一句。", "引文一句。"),
        ("* 第一项", "第一项"),
        ("*检查*和`代码`", "检查和代码"),
        ("注[^1]在此", "注在此"),
        ("2*3*4=24", "2*3*4=24"),
        ("残留</p><br/>标签&nbsp;与&quot;实体&quot;", '残留标签 与"实体"'),
        ("比较 a<b 与 <DeepSeek>", "比较 a<b 与 <DeepSeek>"),
    ],
)
def test_plain_text_and_markdown_lose_their_marks(raw, expected):
    assert seen(raw, "plain") == expected


def test_a_line_break_of_a_page_keeps_words_apart_that_are_not_chinese():
    assert seen("OpenAI<br/>and others", "html") == "OpenAI\nand others"
    assert seen("出口<br>管制", "html") == "出口管制"


def test_an_entity_points_to_its_raw_characters():
    mapped = visible("甲&amp;乙", 0, 7, "html")
    assert (mapped.starts, mapped.ends) == ((0, 1, 6), (1, 6, 7))
