"""Title, author and date of pages: read where sites put them, in the page's own characters."""

import pytest

from pipeline.records.source import Source
from tests.unit.text.rules import cleaned

BODY = "监管部门公布了办法，企业可以提出自己的意见，媒体议论纷纷。\n多名受访者说，难的是没有人手去执行。"


def told(head: str, markup: str = "plain") -> tuple[str, str, str]:
    article = cleaned(f"{head}\n{BODY}", markup)
    return article.title, article.author, article.date


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "某某網\n沙漠裡的三筆帳:赴美之後\n作者：林予安 | 2026/03/05 09:30\n▶ 投資數字之外,人才才是長期帳本",
            ("沙漠裡的三筆帳:赴美之後", "林予安", "2026-03-05"),
        ),
        ("一盆冷水\n文 杜兰若\n发布时间:2026-06-22 09:00", ("一盆冷水", "杜兰若", "2026-06-22")),
        (
            "出口管制的有效性再评估\n邹晓牧\n某某大学本科生\n收稿日期:2026-01-12 修回日期:2026-03-30",
            ("出口管制的有效性再评估", "邹晓牧", "2026-03-30"),
        ),
        (
            "人工智能的军事用途：三个缺口\n韩　戍\n收稿日期：2025-12-30　网络首发：2026-02-20",
            ("人工智能的军事用途：三个缺口", "韩　戍", "2026-02-20"),
        ),
        (
            "德里之后:谁还需要峰会?\n[瑞典]奥托·林德格伦 简白/译\n2026-03-02 09:00",
            ("德里之后:谁还需要峰会?", "奥托·林德格伦", "2026-03-02"),
        ),
        (
            "松绑记的赢家与输家\n韩未晞/北海财经\n2026-02-18",
            ("松绑记的赢家与输家", "韩未晞", "2026-02-18"),
        ),
        (
            "人才的门槛与账本\n政策所 祁连月\n2026/02/26",
            ("人才的门槛与账本", "祁连月", "2026-02-26"),
        ),
        (
            "机房门口的长队\n恒流中心课题组\n2026-02-11",
            ("机房门口的长队", "恒流中心课题组", "2026-02-11"),
        ),
        ("机房门口的长队\n文|鼎见 罗思淼\n2026-02-11", ("机房门口的长队", "罗思淼", "2026-02-11")),
        ("机房门口的长队\n金融\n来源：某报", ("机房门口的长队", "", "")),
    ],
)
def test_the_lines_above_an_article_say_what_it_is(head, expected):
    assert told(head) == expected


def test_a_list_of_sections_is_no_title():
    head = "一部法律的生成与瘦身\nposted by 娄西亭 on 2026-03-02\n目录\n1 两次签署\n2 从关停到披露\n1 两次签署"
    assert told(head)[:2] == ("一部法律的生成与瘦身", "娄西亭")


def test_the_author_in_the_head_of_a_page_is_read():
    page = (
        '<html><head><title>机房门口的长队 - 某某网</title><meta name="author" content="顾小棠"></head>'
        f"<body><article><h1>机房门口的长队</h1><p>{BODY}</p><p>{BODY}</p></article></body></html>"
    )
    article = cleaned(page, "html")
    assert (article.title, article.author) == ("机房门口的长队", "顾小棠")


def test_a_date_in_the_text_is_not_the_articles():
    assert told("机房门口的长队\n2025年7月3日 来源：某报")[2] == "2025-07-03"
    assert cleaned(f"办法自2023年8月15日起施行，企业有两年的准备期。\n{BODY}").date == ""


@pytest.mark.parametrize("nobody", ["图库", "作者自制", "作者投稿", "网络", "本网综合", "公开文件"])
def test_a_source_that_names_nobody_is_no_outlet(nobody):
    head = f"机房门口的长队\n瓦窑新闻网　记者 温立衡\n（示意图，来源：{nobody}）\n\n机房门口排起了长队，值班的人说这是第三天。"
    assert cleaned(head, sources=(Source("瓦窑新闻网"),)).source == "瓦窑新闻网"


def test_an_outlet_whose_name_holds_another_outlets_is_told_apart():
    known = (Source("青梧"), Source("青梧日报", aliases=("青梧日报网",)))
    head = "一个标题\n来源：青梧日报网\n正文从这里开始，这是第一段，说的是评估办法。\n"
    assert cleaned(head, sources=known).source == "青梧日报"
