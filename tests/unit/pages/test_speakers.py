import pytest

from pipeline.pages.speakers import speaker


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("批评者说，红队测试被取消了。", "批评者"),
        ("某商会的研究员在研讨会上多次表示，规则应当统一。", "某商会的研究员"),
        ("去年秋天，工会代表则指出，培训券不够用。", "工会代表"),
        ("行动计划要求各部门清理旧规。", "行动计划"),
        ("公告规定，费用只收一次。", "公告"),
        ("两名不愿具名的官员公开反对这一条。", "两名不愿具名的官员"),
    ],
)
def test_the_words_before_a_verb_of_saying_are_the_speaker(text, who):
    assert speaker(text) == who


@pytest.mark.parametrize(
    "text",
    [
        "他说，规则应当统一。",
        "据说规则将会统一。",
        "人工智能安全研究所，以下简称研究所。",
        "科幻小说改变不了规则。",
        "科技企业游说国会放松规则。",
        "也有人认为规则应当统一。",
        "商会的说法并不成立。",
        "在他看来，规则应当统一。",
        "规则应当统一。",
        "七月认为的事到了八月就变了。",
        "这部在漫长的谈判之后才得以通过、条文多达三百余条而且附件更长的法律规定了罚则。",
        "",
        "\0\u202e",
    ],
)
def test_without_a_name_before_the_verb_nobody_is_named(text):
    assert speaker(text) == ""
