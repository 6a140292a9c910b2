import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.sentences import split_sentences

ALPHABET = "甲乙说的AI12.。！？!?；，：…“”‘’「」（）()《》\"' "


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“这是对的。”他说。",
        '"这是对的。"他说。',
        "「这是对的。」连教授说。",
        "“不能再等。”一位有二十年教龄的班主任坦言。",
        "“不能再等。”他苦笑，“等不起了。”",
        "“谁会去修？”一名经理摇头：“没有人！”",
        "所谓“为何管制？”的问题并不新。",
        "“谁来定义？”这一问题仍无答案。",
        "《谁来监管？》出版了。",
        "许多公司（包括退出的公司。它们也许不知道）受影响。",
        "模型升级到3.5版，费用降了2.4%；性能未变。",
        "该公司(Acme Inc.)在U.S.注册。",
        "没有句号的一行",
        "1. 先画一张地图。",
        "一.加强监管，明确平台的责任。",
        "（三）.总则规定了适用范围。",
        "“我们反对。”的声音不多。",
        "“有人问我：‘我们监管什么？’”他说。",
        "他……也许不知道。",
    ],
)
def test_one_sentence_stays_whole(text):
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    "marked",
    [
        "他说：“甲是对的。‖乙是错的。”‖接着他走了。",
        "价格涨了！‖真的吗？！‖没有人知道……",
        "他想做回访，可是没有经费……‖后来他想了个办法。",
        "答：没有。‖（笑）",
        "甲来了.‖乙走了.",
        "A方案更好!‖B方案更贵?",
        "他说：“甲。”‖她说：“乙。”",
        "先说结论。‖“出院墙”是他们的说法。",
        "美国”必须赢”。‖好。",
        "“甲是对的。‖乙是错的。”他说。",
        '他问:"怎么办?"‖没人回答。',
        "（见上文。）‖下文另说。",
        "他说：“我们反对这项规定。”‖与此同时，立法仍在推进。",
        "他说：“我们反对这项规定。”‖的确，条文很含糊。",
        "他说：“我们反对这项规定。”‖之后他离开了。",
    ],
)
def test_sentences_end_where_readers_end_them(marked):
    assert pieces(marked.replace("‖", "")) == marked.split("‖")


def test_a_bracket_that_is_never_closed_swallows_nothing():
    assert pieces("他说（甲来了。乙走了。丙笑了。") == ["他说（甲来了。", "乙走了。", "丙笑了。"]


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_nothing_but_blanks_is_lost_between_sentences(text):
    spans = split_sentences(text)
    assert "".join(text[s:e] for s, e in spans).replace(" ", "") == text.replace(" ", "")
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert all(text[s:e] == text[s:e].strip() != "" for s, e in spans)
