from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.records.article import Article
from pipeline.text.repeats import drop_repeated
from pipeline.text.story import stories
from tests.unit.text.rules import cleaned

ONE = "办法公布之后，企业纷纷提出意见，认为评估的周期太长，而且没有说清楚由谁来评估，费用由谁承担也没有写明。"
TWO = "一座县城的供电所门口排起了长队，机房的老板们想知道，明年的电价会不会再涨，涨了以后算力还卖不卖得动。"


def test_reprints_share_a_story_and_others_do_not():
    first, second, third = stories([ONE * 2, f"　{ONE * 2}转载于某网。", TWO * 2])
    assert first == second != third


def test_a_story_does_not_change_when_articles_are_added_behind():
    assert stories([ONE, TWO])[0] == stories([ONE])[0]


LINE = "青梧日报的读者每天都能在这里看到最新的深度报道。"


def placed(count: int, sources: Sequence[str]) -> list[Article]:
    """Articles of a story each, with LINE in the middle."""
    texts = [
        f"{a}的事情说来话长，大家都有看法，不必着急。\n{LINE}\n{a}的事情就说到这里，明天再来。"
        for a in "甲乙丙丁戊己庚辛"[:count]
    ]
    return [
        replace(cleaned(text), story=str(i), source=source)
        for i, (text, source) in enumerate(zip(texts, sources, strict=True))
    ]


@pytest.mark.parametrize("sources", [[""] * 3, ["青梧日报"] * 3, list("子丑寅卯辰巳午未")])
def test_a_line_of_several_stories_is_a_sites_or_a_platforms(sources):
    for article in drop_repeated(placed(len(sources), sources)):
        kept = [article.text[b.start : b.end] for b in article.blocks if b.kind == "body"]
        assert LINE not in kept
        assert len(kept) == 2


@pytest.mark.parametrize("sources", [[""] * 2, ["子", "丑", "寅", "卯"]])
def test_what_few_stories_or_several_outlets_quote_is_kept(sources):
    articles = placed(len(sources), sources)
    assert drop_repeated(articles) == articles
