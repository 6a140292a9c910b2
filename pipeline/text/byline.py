"""Who wrote an article: a labelled name, or a name in the place where bylines stand."""

import re
from collections.abc import Iterator, Sequence

from pipeline.text.lines import Line
from pipeline.text.rules import CleaningRules

Place = tuple[int, int, int]
"""The characters `start` to `end` of line number `line`."""

BELOW_TITLE = 6
"""Lines below a title among which an unlabelled byline stands."""
_STOP = r"\s，。；|｜丨()（）【】\[\]〔"
_LABELS = (
    re.compile(
        r"(?:作者|撰文|撰稿|采写|采访/撰文|采访撰文|本报记者|本刊记者|文/图|^\W*文|\s文)"
        rf"(?:\s?[:：/／丨｜|]\s?|\s)([^{_STOP}:：/／]{{2,30}}(?:(?<=[A-Za-z])\s[A-Z][A-Za-z.]+)*)"
    ),
    re.compile(r"(?:记者|记者／)\s?[:：/／]?\s?([\u4e00-\u9fff·]{2,4})\s?[/／╱]"),
    re.compile(
        rf"(?:(?:姓名|作者简介)\s?[:：]|^[Pp]osted by\s|^By\s)\s?([^{_STOP}:：/／、]{{2,12}})"
    ),
    re.compile(r"^(?:作者)，\s?([^，。（）]{2,12})"),
)
_FOREIGN = r"[\u4e00-\u9fff]{1,10}(?:[·‧][\u4e00-\u9fff]{1,10})+"
_STATED = re.compile(rf"作者(?:是|为|系)[^，。]{{0,40}}?(?<=[家者授员师任长人])({_FOREIGN})")
_TRANSLATED = re.compile(
    r"(?:^|\s)(?:编译|翻译|本期执笔|执笔|访问及整理|访问|采访)[:：\s]\s?([\u4e00-\u9fff·]{2,12})"
)
_GROUP = re.compile(
    r"(?:^|\s)([\u4e00-\u9fff]{2,16}(?:课题组|编辑组|研究组|项目组|编写组|评论员))(?=\s|$)"
)
_ABROAD = r"(?:[（(\[【〔][\u4e00-\u9fff]{1,6}[）)\]】〕]\s?)?"
_BEHIND = (
    r"(?:[*＊†\d]*$|（[^）]{4,30}）$|\s?[|｜丨/／╱,，]|\s(?:发自|著$|文$|译|/|\S{2,8}(?:报道|报导))"
    r"|\s[\u4e00-\u9fff]{1,3}\s?[/／]译)"
)


def find_author(lines: Sequence[Line], title: int, rules: CleaningRules) -> Place | None:
    """The place of the author's name; `title` is the title's line, -1 without one."""
    labelled = [i for i, line in enumerate(lines) if _furniture(line)]
    for pattern in _LABELS:
        for i in labelled:
            found = pattern.search(lines[i].text)
            if found and _is_somebody(found[1]):
                return i, *_behind_outlet(lines[i].text, found.span(1), rules)
    for i in _byline_places(lines, title):
        for pattern in _unlabelled(rules):
            if found := pattern.search(lines[i].text):
                near = lines[max(0, i - 1) : i + 2]
                if found[1] not in rules.menu and (len(found[1]) > 2 or _dated(near)):
                    return i, *found.span(1)
    rest = ((i, p.search(lines[i].text)) for p in (_STATED, _TRANSLATED) for i in labelled)
    return next(((i, *found.span(1)) for i, found in rest if found), None)


def _is_somebody(name: str) -> bool:
    return re.search(r"^(?:不|的|与|和|及|本[报刊网站])|\d", name) is None


def _behind_outlet(text: str, span: tuple[int, int], rules: CleaningRules) -> tuple[int, int]:
    """The name behind a stated outlet (`文|某某 张三`), which is no name itself."""
    name = re.compile(rf"\s({rules.name})(?=\s|$)").match(text, span[1])
    known = re.match(rf"{rules.name}$|.*[·、]", text[span[0] : span[1]])
    return name.span(1) if name and not known else span


def _dated(lines: Sequence[Line]) -> bool:
    return any(re.search(r"\d", x.text) or x.rule in ("byline", "label") for x in lines)


def _furniture(line: Line) -> bool:
    return line.kind == "boilerplate" and line.rule != "reference"


def _byline_places(lines: Sequence[Line], title: int) -> Iterator[int]:
    """Lines between the title and the article; without a title, the last ones above it."""
    body = next((i for i, line in enumerate(lines) if line.kind == "body"), len(lines))
    start = title + 1 if 0 <= title < body else max(0, body - BELOW_TITLE)
    seen = 0
    for i in range(start, body):
        seen += lines[i].rule != "no words"
        if _furniture(lines[i]) and seen <= BELOW_TITLE:
            yield i


def _unlabelled(rules: CleaningRules) -> tuple[re.Pattern[str], ...]:
    name = f"(?:{_FOREIGN}|{rules.name})"
    names = rf"{name}(?:[、\s]{name}(?!\s?[/／]译)){{0,3}}"
    return (
        re.compile(rf"^\W*{_ABROAD}({names})(?={_BEHIND})"),
        re.compile(rf"记者\s?({rules.name})(?=\s|[\u4e00-\u9fff]{{2,4}}\d{{1,2}}日)"),
        re.compile(rf"^\S{{2,16}}(?:所|社|网|报|刊|院|中心|通讯|研究会)\s({names})$"),
        _GROUP,
    )
