import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.mapped import MappedText
from pipeline.text.normalise import normalise
from pipeline.text.spelling import Spelling

ALPHABET = "政策發後數學ab12A１Ａ (（)）[]【】,，.。?？!:：;“”「」…①²\u200b\u3000\n\t\ue3a0\ufffdāùfshu〔〕号"
MARKED = "數(shù)據"


def clean(text: str) -> str:
    return normalise(MappedText.of(text), Spelling.of(MARKED + text)).text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("該計劃發(fā)布了", "该计划发布了"),
        ("技術（shù）標準", "技术标准"),
        ("數(shu)據", "数据"),
        ("人工智能(AI)行動", "人工智能（AI）行动"),
        ("國家（NSF）資助", "国家（NSF）资助"),
        ("痕跡[2]。另有[4][5]成本[1-3]", "痕迹。另有成本"),
        ("第12号〔2025〕37号文", "第12号〔2025〕37号文"),
        ("门槛之一。②这个数字", "门槛之一。这个数字"),
        ("包括：①数据；②算法。③人才", "包括：①数据；②算法。③人才"),
        ("①数据先行。", "①数据先行。"),
        ("要点¹很多，面积20km²", "要点很多，面积20km²"),
        ("(1)先试点;(2)再推广", "（1）先试点；（2）再推广"),
        ("共1,000項,在10:15發布", "共1,000项，在10:15发布"),
        ("Hello, world (test): ok", "Hello, world (test): ok"),
        ("ＡＩ２０２５年", "AI2025年"),
        ("人工 智能　政策 AI 模型", "人工智能政策 AI 模型"),
        ("零\u200b宽\ufeff字符\ue123", "零宽字符"),
        ("他说:“好。”", "他说：“好。”"),
    ],
)
def test_spellings_are_levelled(raw, expected):
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("輸?shù)粽\ue3a0w競爭。", "输掉整体竞争。"),
        ("當?shù)貢r間周二", "当地时间周二"),
        ("尚未形成?！?/p>", "尚未形成。”"),
        ("尚未形成?!?/p>", "尚未形成。”"),
        ("誰來負責?俊?/p>", "谁来负责？”"),
    ],
)
def test_characters_torn_by_a_pinyin_mark_are_put_together(raw, expected):
    assert clean(raw) == expected


def test_a_torn_mark_that_cannot_be_repaired_leaves_readable_text():
    assert clean("報?fā)告") == "报告"


def test_an_ordinary_question_is_no_torn_character():
    assert clean("誰來負責?沒有人(fā)回答。") == "谁来负责？没有人回答。"


def test_repaired_characters_point_to_the_raw_characters_they_were_made_of():
    raw = "輸?shù)粽\ue3a0w競爭"
    mapped = normalise(MappedText.of(raw), Spelling.of(MARKED))
    place = mapped.text.index("整")
    assert raw[mapped.starts[place] : mapped.ends[place]] == "?shù)粽\ue3a0w"


@given(st.text(alphabet=ALPHABET, max_size=40))
def test_normalising_twice_changes_nothing(text):
    once = clean(text)
    assert normalise(MappedText.of(once), Spelling.of(MARKED + text)).text == once


@given(st.text(alphabet=ALPHABET, max_size=40))
def test_every_character_points_to_raw_characters_in_order(text):
    mapped = normalise(MappedText.of(text), Spelling.of(MARKED + text))
    assert all(0 <= s < e <= len(text) for s, e in zip(mapped.starts, mapped.ends, strict=True))
    assert list(mapped.starts) == sorted(mapped.starts)
