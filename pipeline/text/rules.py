"""The cleaning rules of configs/cleaning.yaml, checked and compiled."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from pipeline.config import STRICT
from pipeline.errors import InputError
from pipeline.records.labels import BlockKind

Where = Literal["any", "unfinished", "edge", "tail"]
_WRAP = r"[\s\W]*"


@dataclass(frozen=True)
class LineRule:
    """One rule for single lines: the first pattern found in a line decides its kind."""

    __pydantic_config__ = STRICT

    name: str
    kind: BlockKind
    where: tuple[Where, ...]
    max_length: int
    patterns: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All patterns of the rule as one."""
        return _any_of(self.patterns)


@dataclass(frozen=True)
class EndMarks:
    """Lines that end an article, by what may follow them."""

    __pydantic_config__ = STRICT

    comments: tuple[str, ...]
    hard: tuple[str, ...]
    credits: tuple[str, ...]
    soft: tuple[str, ...]


@dataclass(frozen=True)
class CleaningRules:
    """What configs/cleaning.yaml says; its comments explain each part."""

    __pydantic_config__ = STRICT

    credit_labels: tuple[str, ...]
    action_labels: tuple[str, ...]
    note_labels: tuple[str, ...]
    speaker_labels: tuple[str, ...]
    lead_labels: str
    run_in: str
    menu_words: tuple[str, ...]
    end_marks: EndMarks
    rules: tuple[LineRule, ...]
    heading_styles: dict[str, str]
    number_alone: str
    clause: str
    lead_in: str
    speaker: str
    spoken: str
    running_question: str
    surnames: str
    compound_surnames: str

    @cached_property
    def labels(self) -> dict[str, re.Pattern[str]]:
        """Labels with their colon or bar, or in brackets, at a line's start, by group."""
        names = ("credit", "action", "note", "speaker")
        return {name: _label("|".join(getattr(self, f"{name}_labels"))) for name in names}

    @cached_property
    def lead_label(self) -> re.Pattern[str]:
        """A line that is only the label of a lead paragraph."""
        return re.compile(rf"^{_WRAP}(?:{self.lead_labels}){_WRAP}$")

    @cached_property
    def credit_behind(self) -> re.Pattern[str]:
        """Furniture behind the last full stop of a line."""
        return re.compile(rf"(?<=[。！？…”」』]){self.run_in}")

    @cached_property
    def name(self) -> str:
        """A pattern for Chinese names: surname and one or two characters, perhaps set apart."""
        return rf"(?:(?:{self.compound_surnames})|[{self.surnames}])\s?[\u4e00-\u9fff]{{1,2}}"

    @cached_property
    def menu(self) -> frozenset[str]:
        """Words of menus and buttons."""
        return frozenset("|".join(self.menu_words).split("|"))

    @cached_property
    def ends(self) -> dict[str, re.Pattern[str]]:
        """The end marks by group."""
        marks = self.end_marks
        names = ("comments", "hard", "credits", "soft")
        return {name: _any_of(getattr(marks, name)) for name in names}

    @cached_property
    def styles(self) -> dict[str, re.Pattern[str]]:
        """Heading styles by name."""
        return {name: re.compile(p) for name, p in self.heading_styles.items()}

    def matches(self, part: str, text: str) -> bool:
        """Whether the single pattern named `part` is found in a line."""
        return re.search(getattr(self, part), text) is not None


def parse_rules(data: Any, where: str) -> CleaningRules:
    """Check and build the rules; `where` names their file. Raises InputError."""
    try:
        rules = TypeAdapter(CleaningRules).validate_python(data)
        parts = (rules.labels, rules.lead_label, rules.ends, rules.credit_behind)
        singles = (rules.number_alone, rules.clause, rules.lead_in, rules.speaker, rules.spoken)
        _ = (parts, rules.styles, [rule.pattern for rule in rules.rules])
        _ = [re.compile(p) for p in (*singles, rules.running_question, rules.name)]
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except re.error as error:
        raise InputError(f"{where}: pattern {error.pattern!r}: {error}") from None
    return rules


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


def _label(words: str) -> re.Pattern[str]:
    return re.compile(rf"^[^\w]*(?:{words})(?:\s?[】\])）]\s?[:：]?(?=\s*\S)|\s?[:：丨｜|])", re.I)
