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


def test_a_line_of_several_stories_is_a_sites():
    line = "青梧日报的读者每天都能在这里看到最新的深度报道。"
    texts = ["甲乙丙丁戊己庚", "子丑寅卯辰巳午", "东南西北中发白"]
    articles = [
        cleaned(
            f"{a}的事情说来话长，大家都有看法，不必着急。\n{line}\n{a}的事情就说到这里，明天再来。"
        )
        for a in texts
    ]
    from dataclasses import replace

    placed = [replace(x, story=str(i)) for i, x in enumerate(articles)]
    for article in drop_repeated(placed):
        kept = [article.text[b.start : b.end] for b in article.blocks if b.kind == "body"]
        assert line not in kept
        assert len(kept) == 2
    assert drop_repeated(placed[:2]) == placed[:2]
