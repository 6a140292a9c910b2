"""The label names: written down once, for code, annotators and readers."""

from typing import Literal

Stance = Literal["supportive", "critical", "neutral"]
Voice = Literal["author", "attributed"]
Role = Literal["claim", "premise", "none"]
BlockKind = Literal["body", "heading", "boilerplate"]

STANCES: tuple[Stance, ...] = ("supportive", "critical", "neutral")
NOT_ADDRESSED = "not_addressed"
ANSWERS: tuple[str, ...] = (*STANCES, NOT_ADDRESSED)
VOICES: tuple[Voice, ...] = ("author", "attributed")
ROLES: tuple[Role, ...] = ("claim", "premise", "none")

ZH = {
    "supportive": "支持",
    "critical": "批评",
    "neutral": "中立",
    "not_addressed": "未涉及",
    "author": "作者",
    "attributed": "引述",
    "claim": "主张",
    "premise": "论据",
    "none": "其他",
    "body": "正文",
    "heading": "小标题",
    "boilerplate": "非正文",
    "mixed": "不一",
    "all": "全部",
}

EN = {
    "supportive": "supportive",
    "critical": "critical",
    "neutral": "neutral",
    "not_addressed": "not addressed",
    "author": "author",
    "attributed": "quoted",
    "claim": "claim",
    "premise": "premise",
    "none": "other",
    "mixed": "differs by area",
    "all": "all voices",
}
"""What readers of English see; annotators see ZH."""
