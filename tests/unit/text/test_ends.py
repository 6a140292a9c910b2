"""End marks inside an article, and furniture at its edges."""

import pytest

from tests.unit.text.rules import body
from tests.unit.text.test_cleaning import FIRST, SECOND, THIRD

MORE = "专家在座谈会上说，第一年多半是磨合期，真正的检验要等到明年的抽查，届时各地都要交出成绩单。"
ARTICLE = f"{FIRST}\n{SECOND}\n{THIRD}"


def test_an_article_goes_on_below_recommended_headlines_and_ends_at_the_second_ones():
    inset = "熱門新聞\n微軟修補逾百個漏洞\n2025-07-09\n醫院導入語音病歷，護理交班時間砍半"
    end = "相關報導\n一次看懂風險分級\n新聞評析｜簽或不簽\n更多 某某報 相關內容"
    text = f"{ARTICLE}\n{inset}\n本地業者受影響程度\n{MORE}\n{SECOND}\n後續時程\n{THIRD}\n{end}"
    assert body(text) == [FIRST, SECOND, THIRD, MORE, SECOND, THIRD]


def test_teasers_of_other_articles_do_not_resume_it():
    teasers = "\n".join(
        f"标题之{n}\n某地的机房又要扩建，居民担心水不够用，官员说不必担心。" for n in "甲乙丙丁"
    )
    assert body(f"{ARTICLE}\n推荐阅读\n{teasers}") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("mark", ["扫码关注我们", "作者简介：顾砚秋", "责任编辑：李四"])
def test_a_credit_in_the_middle_does_not_end_the_article(mark):
    text = f"{ARTICLE}\n{FIRST}\n{mark}\n{SECOND}\n{MORE}\n{THIRD}"
    assert body(text) == [FIRST, SECOND, THIRD, FIRST, SECOND, MORE, THIRD]


TOPICAL = [
    "大规模语料是模型能力的养料。未经许可的复制是否构成侵权，已经成为各法域共同的难题，著作权法并未回答。",
    "未经许可使用作品训练模型是否侵权，是今年争论最多的一个题目。",
    "AI生成的图片，版权归谁所有，法院的看法并不一致。",
    "说到底，这件事与技术无关。",
    "一纸备案并不代表监管部门的看法已经统一。",
    "涉及版权的条款被留到了下一轮谈判。",
    "对很多公司来说，真正稀缺的是懂法律的工程师。",
    "这种安排不构成出口管制的依据，却足以让买家犹豫。",
]


@pytest.mark.parametrize("line", TOPICAL)
def test_topical_prose_at_the_edges_is_no_notice(line):
    assert body(f"{line}\n{ARTICLE}")[0] == line
    assert body(f"{ARTICLE}\n{line}")[-1] == line


@pytest.mark.parametrize(
    "line",
    [
        "本网全部图文的著作权归某某传媒所有，任何机构和个人未获授权，均不得搬运、改写或做成镜像站点。如有转载需要，"
        "请先写信联系我们，收到书面答复之后再行刊用，否则本网保留追究责任的权利，并有权要求停止侵害、赔偿损失。",
        "文中看法属作者个人，某某只为创作者提供发布空间。",
        "（应受访者要求，文中部分人士未披露姓名。）",
        "顾砚秋：前报馆科技记者，现为自由撰稿人。著有电子书《按下之前》。",
        "订阅我的电子报，每月两封，不会打扰你。",
        "如果你喜欢这篇文章，可以按住不放，最多拍50下。",
        "网友“北窗”：写得真好。",
        "7月14日更新：补充执法时程。",
    ],
)
def test_notes_below_the_article_are_left_out(line):
    assert body(f"{ARTICLE}\n{line}") == [FIRST, SECOND, THIRD]


def test_a_slogan_far_below_the_article_is_no_sentence():
    below = "+1\n18\n好文章，需要你的鼓励\n某某媒体\n特邀作者\n看见技术背后的规则。\n发表文章211篇"
    assert body(f"{ARTICLE}\n{below}") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "head",
    [
        "两地的规则：各说各话，还是殊途同归？\n图像来源，某某图片社\n图像加注文字，展馆内，参观者与机器人互动。\n"
        "作者，尤可欣（Kexin You）\nRole，某某中文网\n发自 伦敦\n2025年7月31日",
        "谁来负责？\nBy 顾砚秋\nMar 8, 2026 · 9 min read",
        "开源掀翻牌桌，监管者为什么都慌了？\n规则是给大公司写的，牌桌上来了新玩家。\n文丨顾砚秋\n编辑丨苏眠",
        "备案两年\n文|顾砚秋\n2025年09月15日 10:10\nAI速读：本页摘要为机器生成，难免有误，引用请以原文为准。\n"
        "第一批备案的模型里，仍在更新的不到一半；真正的门槛正在转移到数据\n顾砚秋\n【某某网】（记者 顾砚秋）",
    ],
)
def test_titles_standfirsts_and_summaries_above_the_byline_are_left_out(head):
    assert body(f"{head}\n{ARTICLE}") == [FIRST, SECOND, THIRD]


def test_a_notices_signature_and_date_leave_its_first_sentence():
    notice = "《某某管理规定（试行）》已经审议通过，现印发给你们，请认真贯彻执行。"
    text = f"{notice}\n某某市数据局\n2025年8月6日\n{ARTICLE}"
    assert body(text)[0] == notice
