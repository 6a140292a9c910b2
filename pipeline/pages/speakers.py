"""Who is quoted in a sentence: a rule that a reader can check, not a model."""

import re

VERBS = (
    "表示|认为|指出|强调|警告|宣布|主张|呼吁|批评|承诺|坦言|坦承|直言|反问|质疑|提醒|断言|声称|宣称|"
    "透露|解释|回应|补充|反驳|担心|担忧|谴责|抱怨|感叹|预测|预计|敦促|告诉|要求|规定|提出|反对|赞成|"
    "写道|称|说"
)
"""Verbs of saying, demanding and judging, longest first where one begins another."""

NOT_SAID = "的|法|服|客|明|辞|书|谓|道理|起来"
"""After a verb these make another word of it: 说法, 说服, 要求的, 提出的."""

BEFORE_CALL, BEFORE_SAY = "简名号堪俗统自职人", "小游学传据听"
"""Before 称 and 说 these make another word of it: 简称, 号称, 小说, 游说."""

LINKS = (
    "但是|但|而且|而|不过|然而|可是|可|也有|又有|有的|还有|另有|有|并且|并|同时|此外|此前|随后|其后|据|按照|"
    "按|根据|正如|如|当|在|对|就|先|再|又|也|还|则|只|从|被|把|为|使|让|连|若|如果|因|因为|虽|虽然|倘若|"
    "那时|已经|已|所以|请问|既|之|的|等|我|他|她|它|你|其中|这|那|此人|对方|自己|前者|后者|两者"
)
"""Words that a speaker's name does not begin with: links, prepositions, pronouns."""

ADVERBS = (
    "公开|当场|反复|多次|再次|明确|直接|普遍|坚持|撰文|特别|一再|甚至|同时|随后|曾经|曾|也|则|还|又|却|都|已|"
    "均|就|仍|更|并|不|则是|对此|因此|纷纷|主要|近日|日前|去年|今年|只|大多|进一步|私下|为此"
)
"""Words between a speaker and the verb, which are cut off."""

LONGEST = 16
"""Characters of the longest name: beyond, the clause is more than a name."""

_CLAUSE = re.compile(r"[，。；：、！？…,;:!?\s（）()《》〈〉“”‘’「」『』\"'—]+")
_SAYS = re.compile(
    rf"^(?P<who>.{{2,40}}?)(?P<verb>{VERBS})(?<![{BEFORE_CALL}]称)(?<![{BEFORE_SAY}]说)(?!{NOT_SAID})"
)
_ENDS = re.compile(rf"(?:{ADVERBS})+$")
_WHERE = re.compile(rf"(?<=..)(?:{ADVERBS})*在[^的]+$")
_NOBODY = re.compile(
    rf"^(?:{LINKS})|[的在是了把被将对向与和及期]$|^[\d年月日]+|没有|要是|怎么|将其|方面将|[我你她]|(?<!其)他|替"
)


def speaker(text: str) -> str:
    """The words before the first verb of saying, in its clause; "" where that is no name.

    What stands between the name and the verb is cut off: adverbs, and the place ("在…"). `text`
    is a normalised sentence (simplified characters, full-width punctuation).
    """
    for clause in _CLAUSE.split(text):
        if said := _SAYS.match(clause):
            who = _ENDS.sub("", _WHERE.sub("", _ENDS.sub("", said["who"])))
            return who if 2 <= len(who) <= LONGEST and not _NOBODY.search(who) else ""
    return ""
