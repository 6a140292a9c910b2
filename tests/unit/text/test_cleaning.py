"""What the cleaning rules and the zones say of the habits of Chinese sites."""

import pytest

from tests.unit.text.rules import body, kinds

FIRST = "监管部门上周公布了一份评估办法，企业可以在三十天之内提出自己的意见，媒体对此议论纷纷。"
SECOND = "多名受访者认为，办法本身并不严厉，难的是县一级没有人手去执行，更没有经费去抽查模型。"
THIRD = "一家公司的负责人承认，他们已经准备了三套材料，只等细则出台，就可以把评估报告交上去。"


def between(line: str) -> str:
    return f"{FIRST}\n{line}\n{SECOND}\n{THIRD}"


@pytest.mark.parametrize(
    "line",
    [
        "来源：青梧日报",
        "图源：视觉中国",
        "圖片來源：路透社",
        "责编丨李四　校对｜王五",
        "文 | 苗一舟",
        "編譯:殷某某",
        "图1　不同阈值下的模型数量",
        "表2:关键事件",
        "▲ 培训班的教室，墙上的标语还没换完。摄影：苗一舟",
        "图片某公司首席执行官预计将于周二发表演讲。图源：某某/某社",
        "审核员在后台核对视频的提示位置。云汀网 顾砚秋摄",
        "縣府人員示範線上表單。（圖／記者溫芷晴攝）",
        "■霍子謙認為，檢查清單對企業有幫助。（受訪者提供）",
        "各地的基建差距悬殊，图为街头的电信商铺。（档案照片）",
        "内阁批准了计划，图为街头的宣传海报。图自社交媒体",
        "立法院23日三讀通過法案。某某新聞網記者徐柏睿攝 114年12月23日",
        "图像加注文字，数据中心的耗电量成为难题。",
        "（广告口播：本期视频由某某记账赞助播出，点击下方链接领取会员。）",
        "图片",
        "[图片]",
        "![](https://img.example/a.png)",
        "（责任编辑：鲍宁）",
        "编者按：本文是系列文章的第五篇，观点不代表本所立场。",
        "本文編譯自《某外交雜誌》，文章略有刪改，僅代表作者觀點。",
        "点击蓝字，关注我们",
        "【延伸閱讀】私隱風險點樣避？專家教你三招",
        "分享到",
        "评论 0",
        "阅读 3.2万　收藏 118",
        "首页 > 评论 > 今日谈",
        "https://www.example.org/a?b=1",
        "Notice: The content above is uploaded and posted by a user of this platform.",
        "© 2025 某某网 版权所有 未经许可不得转载",
        "增值电信业务经营许可证：云B2-20190001　云ICP备19000001号-1",
        "互联网新闻信息服务许可证 编号：10120190001　公网安备 11000002000001号",
        "违法和不良信息举报电话：12377　举报邮箱：jubao@example.org",
        "违法和不良信息举报中心",
        "本文摘要由人工智能生成，仅供参考。",
        "更多内容请关注微信公众号“青梧日报”。",
        "关注我们的官方微博",
        "2025-12-04 08:17:42　来源：云汀网　作者：顾砚秋",
        "記者溫芷晴／台北報導",
        "[1] 祁远山. 算力与主权[J]. 松岭论丛, 2024, 12(3): 15-29.",
        "广告",
        "* * *",
        "0",
    ],
)
def test_furniture_between_paragraphs_is_left_out(line):
    assert body(between(line)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "来源合法、记录完整，是应对问询的三个支点。",
        "来源：训练数据的来路要写清楚，尤其是从公开网页抓取的那部分，连同抓取的时间和范围都要留下记录，以便日后核对，否则一旦被问询，企业就说不清楚了。",
        "编辑这些语料的，多是兼职的大学生。",
        "图什么呢？图一个安心。",
        "关注度最低的是最后一项。",
        "点击率、并发数、调用量，哪一个算数？",
        "他说：“未经许可复制作品用于训练，是这场官司的焦点。”",
        "平台应当在接到侵权通知之后，及时联系上传者并删除内容。",
        "转载这篇文章的人，请把这三样也转上。",
        "问：您怎么看？",
        "答：没有。",
        "（一）在显著位置告知公众正在使用人工智能服务；",
        "第四条　使用单位应当履行下列义务：",
        "一是硬件层面的位置证明，技术上可行，但会引发疑虑；",
        "名片上印着大模型|短视频|电商三行字，像一根扁担。",
        "1. 先画一张模型地图，写清每个产品背后调用了哪些模型。",
        "作者无意否定技术。",
        "他们用手机拍摄，再把图传给模型，图像里的字一个也没有认错。",
        "该片在全网公开拍摄。",
        "双方约定共享数据（费用由企业承担，场地由学校提供）。",
        "用户点击这个链接之后，模型就会照做。",
        "监管部门更关注“技术外溢”，而不是价格。",
        "产业界欢迎对这一问题的关注。",
        "用户提到自杀时，系统必须转接心理热线。",
        "平台抗辩说，它仅提供信息存储空间服务，不应承担责任。",
        "与一审稿相比，二审稿内容有修改。",
        "审核：平台应当在上架之前完成备案。",
        "图1显示，阈值一变，名单就变了。",
        "加强与盟友的合作，请求国会拨款，是计划的第三步。",
        "取得备案号的模型已经超过三百个。",
        "提供生成式服务的企业除了备案，还要先取得增值电信业务许可，小公司为此要多等三个月。",
        "没有互联网新闻信息服务许可证的平台，用模型改写新闻同样违法。",
        "不良信息举报中心每年要处理上亿条线索，模型或许可以分担一部分。",
        "法案要求，凡是新闻摘要由人工智能生成的，都必须显著标明。",
        "批评者说，裁判文书的翻译由机器完成，当事人却并不知情。",
        "未经用户同意，平台不得擅自将对话转发给第三方用于训练。",
        "这份草案要求监管者关注微信公众号上的合成内容。",
        "监管部门今年重点关注公众号、视频号里未加标识的生成内容。",
        "它不只代表一家公司的观点。",
        "如果三年不调，它要么罩不住真正的前沿，要么罩住了所有人而毫无用处也毫无意义",
    ],
)
def test_the_articles_own_sentences_stay(line):
    assert line in body(between(line))


@pytest.mark.parametrize(
    "line",
    [
        "一、加速创新：放宽监管，激发活力：",
        "三、全球治理：参与，还是对抗？",
        "（二）小集群的豁免",
        "■「貼落去先算」",
        "▎审计之问：",
        "【禁得住手，禁不住心】",
        "## 所以呢？",
        "01",
        "第一章　总则",
        "补贴从哪里来",
        "结语",
    ],
)
def test_headings_are_told_from_sentences(line):
    assert kinds(between(line))[line] == "heading"


def test_a_short_question_between_long_paragraphs_is_a_heading():
    text = f"{FIRST}{SECOND}\n为什么是现在？\n{SECOND}{THIRD}\n{THIRD}{FIRST}"
    assert kinds(text)["为什么是现在？"] == "heading"


def test_a_lone_question_in_short_paragraphs_is_a_sentence():
    text = "他报了一个班。\n老师换了三个。\n钱去哪儿了？\n没有人知道。\n大家都在等。"
    assert "钱去哪儿了？" in body(text)


def test_the_title_and_what_stands_above_the_article_is_left_out():
    text = f"首页\n登录\n谁来定义安全？评估办法的三个疑问\n2025-07-25 08:30\n来源：某报\n{FIRST}\n{SECOND}"
    assert body(text) == [FIRST, SECOND]


def test_a_title_that_asks_is_no_sentence():
    text = f"出口管制真的有用吗？\n某某网 2025-07-25\n{FIRST}\n{SECOND}"
    assert body(text) == [FIRST, SECOND]


def test_nothing_below_the_references_is_body():
    text = f"{FIRST}\n{SECOND}\n{THIRD}\n参考文献：\n[1] 某文，某刊。\n走访于三月进行，受访单位要求匿名。"
    assert body(text) == [FIRST, SECOND, THIRD]


def test_comments_are_left_out_whole():
    text = f"{FIRST}\n{SECOND}\n{THIRD}\n全部评论(2)\n甲网友：说得真好，谢谢。\n乙网友：不同意。"
    assert body(text) == [FIRST, SECOND, THIRD]


def test_the_article_goes_on_below_an_inset_of_other_headlines():
    text = f"{FIRST}\n延伸阅读\n补习社用模型改卷\n谁动了我的声音？配音演员发声\n{SECOND}\n{THIRD}"
    assert body(text) == [FIRST, SECOND, THIRD]


def test_an_end_mark_at_the_top_cuts_nothing():
    text = f"评论 0\n相关推荐\n{FIRST}\n{SECOND}\n{THIRD}"
    assert body(text) == [FIRST, SECOND, THIRD]


def test_a_note_on_the_author_is_left_out_at_the_end_only():
    bio = "祁远山系某研究所项目主任，长期从事新兴技术治理研究。"
    assert body(f"{FIRST}\n{SECOND}\n{bio}") == [FIRST, SECOND]
    assert bio in body(f"{FIRST}\n{bio}\n{SECOND}")


@pytest.mark.parametrize(
    "line",
    [
        "如果平台发现侵权内容，应当在一天之内删除，并通知上传者。",
        "权利人认为侵权的，可以向法院请求赔偿。",
        "这些争论看起来与我们的生活无关。",
        "关于开源权重：两派的分歧比看上去要小。",
        "这项措施的本意在于服务中小学教师。",
        "新规要保护的对象为外卖骑手和网约车司机。",
        "生成内容的著作权归谁，法院至今没有定论。",
        "生成内容的著作权归属问题，草案留给了法院。",
    ],
)
def test_the_articles_last_sentence_stays(line):
    assert body(f"{FIRST}\n{SECOND}\n{THIRD}\n{line}")[-1] == line


@pytest.mark.parametrize(
    "line",
    [
        "如有侵权，请联系我们删除。",
        "图片来自网络，侵权必删",
        "若涉及版权问题，请及时与本网联系。",
        "如有侵权可联系后台删除",
        "文章观点与本平台立场无关。",
        "关于松岭智库：民间研究机构，长期关注技术政策。",
        "祁远山，松岭大学教授，研究技术政策。",
        "本文著作权归作者所有",
    ],
)
def test_a_notice_below_the_article_is_left_out(line):
    assert body(f"{FIRST}\n{SECOND}\n{THIRD}\n{line}") == [FIRST, SECOND, THIRD]


def test_the_editors_credit_behind_the_last_sentence_is_cut_off():
    text = f"{FIRST}\n{SECOND}（责任编辑：李四）"
    assert body(text) == [FIRST, SECOND]


def test_turns_of_a_numbered_interview_are_sentences():
    turns = [
        "一、问：请介绍一下办法的背景？",
        "答：主要有以下制度：",
        "一是分级评测制度",
        "二是复核制度",
    ]
    assert body(between("\n".join(turns)))[1:5] == turns


def test_a_list_above_the_first_full_stop_belongs_to_the_article():
    lines = ["计划共分两个部分，要点如下：", "• 加快数据中心审批", "• 向盟友出口全套技术"]
    assert body("\n".join(["行动计划速览", *lines, FIRST, SECOND])) == [*lines, FIRST, SECOND]


def test_a_line_broken_behind_a_comma_is_joined():
    assert body(f"{FIRST}\n模型能否下载，\n取决于监管者。\n{SECOND}")[1] == (
        "模型能否下载，\n取决于监管者。"
    )


def test_paragraphs_that_only_an_indent_separates_are_told_apart():
    assert body(f"{FIRST}　　{SECOND}　　（责任编辑：李四）") == [FIRST, SECOND]


def test_a_broken_text_is_joined_where_it_was_wrapped():
    line = "监管部门上周公布了一份新的评估办法并且说企业可以提出自己的意见"
    text = "\n".join([line] * 9) + "。"
    assert len(body(text)) == 1


def test_a_page_is_joined_where_it_was_wrapped():
    line = "监管部门上周公布了一份新的评估办法并且说企业可以提出自己的意见"
    wrapped = "<br>\n".join([line] * 5)
    page = (
        f"<html><body><div>{wrapped}。<br>\n<br>\n{wrapped}。<br>\n　　{FIRST}</div></body></html>"
    )
    assert body(page, "html") == [f"{wrapped}。", f"{wrapped}。", FIRST]


def test_a_layout_table_of_a_page_keeps_its_paragraphs():
    page = (
        "<html><body><form><table><tr><td>首页</td></tr><tr><td>"
        f"{FIRST}<br>{SECOND}<br>办法规定如下：<br>{THIRD}</td></tr></table></form></body></html>"
    )
    assert body(page, "html") == [FIRST, SECOND, "办法规定如下：", THIRD]


def test_menus_captions_and_footers_of_a_page_are_left_out():
    page = (
        "<html><head><title>题目</title></head><body><nav><a href='/'>首页</a></nav><article>"
        f"<h1>评估办法的疑问</h1><p>{FIRST}</p><figure><img><figcaption>会场外景。</figcaption></figure>"
        f"<p>{SECOND}</p><p>{THIRD}</p></article><footer><p>本站由某某主办。</p></footer></body></html>"
    )
    assert body(page, "html") == [FIRST, SECOND, THIRD]


def test_every_decision_names_its_rule():
    from tests.unit.text.rules import cleaned

    assert all(block.rule for block in cleaned(between("来源：青梧日报")).blocks)
