"""The annotators' screen: Label Studio's labeling config, made from the policy areas.

A matrix that is shaped like the keyboard: a column an area, a row a stance, a key an answer. Of
nine screens that were tried it took the fewest seconds a sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pipeline.errors import InputError
from pipeline.records.labels import ROLES, STANCES, VOICES, ZH
from pipeline.records.taxonomy import PolicyArea, Taxonomy

KEYS = {
    "supportive": "1234567890-=",
    "critical": "qwertyuiop[]",
    "neutral": "asdfghjkl;'\\",
}
VOICE_KEYS, ROLE_KEYS, NO_AREA_KEY, UNSURE_KEY = "zx", "cvb", "n", "m"
KEYED = len(KEYS["supportive"])
SHORT = {"supportive": "支", "critical": "批", "neutral": "中"}
TEXT, VOICE, ROLE, NO_AREA, UNSURE = "text", "voice", "role", "no_area", "unsure"
RESERVED = frozenset({TEXT, VOICE, ROLE, NO_AREA, UNSURE})
CONTEXT_STYLE = "color:#595959;font-size:14px;"
STYLE = """
.lc-before, .lc-after { opacity: .75; }
.lc-text { font-size: 19px; line-height: 1.7; padding: 6px 0; }
.lc-matrix { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 2px 4px; }
.lc-matrix .ant-radio-wrapper, .lc-matrix label { white-space: nowrap; font-size: 13px; }
.lc-area { border-top: 2px solid #8c8c8c; padding: 2px 0 4px; min-width: 0; }
.lc-area h4, .lc-area .ant-typography { font-size: 12px; line-height: 1.25; margin: 0; }
.lc-area h4, .lc-area .ant-typography { min-height: 30px; }
.lc-last { display: flex; flex-wrap: wrap; gap: 0 14px; align-items: flex-start; }
"""


@dataclass(frozen=True)
class Option:
    """One answer of a question on the screen: what is stored, what is shown, the key."""

    value: str
    shown: str
    key: str = ""
    hint: str = ""


def labeling_config(taxonomy: Taxonomy, earlier_answers: int = 0) -> str:
    """The screen for these policy areas; for adjudication it shows `earlier_answers` above them.

    Areas past the twelfth have no keys and are answered with the mouse (see `keyless`). Raises
    InputError when an area's id can't name a question.
    """
    wrong = [i for i in taxonomy.ids if i in RESERVED or not re.fullmatch(r"[A-Za-z]\w*", i)]
    if wrong:
        raise InputError(
            f"policy area {wrong[0]!r} can't name a question of Label Studio: use letters, digits "
            f"and _, and none of {', '.join(sorted(RESERVED))}"
        )
    view = Element("View")
    SubElement(view, "Style").text = STYLE
    _context(view, "before", "$before", "lc-before")
    SubElement(SubElement(view, "View", className="lc-text"), "Text", name=TEXT, value="$text")
    _context(view, "after", "$after", "lc-after")
    for number in range(1, earlier_answers + 1):
        SubElement(view, "Header", value=f"答案 {number} · Answer {number}", size="5")
        SubElement(view, "Text", name=f"answer_{number}", value=f"$answer_{number}")
    matrix = SubElement(view, "View", className="lc-matrix")
    for column, area in enumerate(taxonomy.areas):
        _area(matrix, column, area)
    _last_row(view)
    _hidden_until_wanted(view)
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def keyless(taxonomy: Taxonomy) -> tuple[str, ...]:
    """The areas for which the keyboard has no room."""
    return taxonomy.ids[KEYED:]


def _context(view: Element, name: str, value: str, css: str) -> None:
    place = SubElement(view, "View", className=css, style=CONTEXT_STYLE)
    SubElement(place, "Text", name=name, value=value)


def _area(matrix: Element, column: int, area: PolicyArea) -> None:
    place = SubElement(matrix, "View", className="lc-area")
    SubElement(place, "Header", value=area.zh, size="6")
    options = [
        Option(s, SHORT[s], KEYS[s][column] if column < KEYED else "", f"{ZH[s]}：{area.zh}")
        for s in STANCES
    ]
    _question(place, area.id, options)


def _last_row(view: Element) -> None:
    row = SubElement(view, "View", className="lc-last")
    _question(row, NO_AREA, [Option(NO_AREA, "无领域 No area", NO_AREA_KEY)], inline=True)
    voice = SubElement(
        row,
        "View",
        visibleWhen="choice-unselected",
        whenTagName=NO_AREA,
        whenChoiceValue=NO_AREA,
    )
    _question(
        voice,
        VOICE,
        [Option(v, f"{ZH[v]} {v.title()}", k) for v, k in zip(VOICES, VOICE_KEYS, strict=True)],
        inline=True,
        required="请选择声音：作者或引述（Z / X） · Choose a voice",
    )
    _question(
        row,
        ROLE,
        [Option(r, f"{ZH[r]} {r.title()}", k) for r, k in zip(ROLES, ROLE_KEYS, strict=True)],
        inline=True,
        required="请选择论证角色（C / V / B） · Choose an argument role",
    )
    _question(row, UNSURE, [Option(UNSURE, "存疑 Unsure", UNSURE_KEY)], inline=True)


def _question(
    place: Element,
    name: str,
    options: Sequence[Option],
    inline: bool = False,
    required: str = "",
) -> None:
    about = {"name": name, "toName": TEXT, "choice": "single", "showInline": str(inline).lower()}
    if required:
        about |= {"required": "true", "requiredMessage": required}
    choices = SubElement(place, "Choices", about)
    for option in options:
        shown = {"value": option.shown, "alias": option.value}
        shown |= {"hotkey": option.key} if option.key else {}
        shown |= {"hint": option.hint} if option.hint else {}
        SubElement(choices, "Choice", shown)


def _hidden_until_wanted(view: Element) -> None:
    """Title and outlet, folded: an outlet's name must not steer the annotator."""
    panel = SubElement(SubElement(view, "Collapse"), "Panel", value="标题与来源 · Title and source")
    for name in ("title", "source"):
        SubElement(panel, "Text", name=name, value=f"${name}")
