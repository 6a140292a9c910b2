"""Chooses what a profile shows of its sentences: the surest ones, and who is quoted."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.pages.figures import source_name
from pipeline.records.labels import STANCES, VOICES, Stance, Voice
from pipeline.records.page import Both
from pipeline.records.page_profile import Kind, Quoted, Strongest
from pipeline.records.page_text import Badge, EvidenceItem

Answered = tuple[EvidenceItem, Badge]
"""A sentence and its answer about one area."""

SHOWN = 3
"""Strongest sentences of each stance and voice."""
MOST_QUOTED = 40
"""Speakers that are listed at most, the most quoted first."""


def strongest(answers: Sequence[Answered]) -> Iterator[Strongest]:
    """The surest supportive and critical sentences of each voice, neutral ones left out."""
    for voice in VOICES:
        for stance in STANCES:
            if stance != "neutral":
                yield _of_kind(answers, stance, voice)


def _of_kind(answers: Sequence[Answered], stance: Stance, voice: Voice) -> Strongest:
    """The surest first, one an article as long as there are enough articles."""
    fitting = [
        (item, badge)
        for item, badge in answers
        if badge.stance == stance and item.sentence.voice == voice
    ]
    fitting.sort(key=lambda pair: -pair[1].p)
    unique = list({item.href: item for item, _ in fitting}.values())
    taken: Counter[str] = Counter()
    turns: list[tuple[int, int, EvidenceItem]] = []
    for item in unique:
        turns.append((taken[item.article], len(turns), item))
        taken[item.article] += 1
    turns.sort(key=lambda turn: turn[:2])
    return Strongest(stance, voice, len(unique), tuple(item for *_, item in turns[:SHOWN]))


def quoted(answers: Sequence[Answered], kind: Kind) -> Iterator[Quoted]:
    """Who is quoted for what, the most quoted first: by area of a source, by source of an area."""
    counts: dict[tuple[str, Both], Counter[Stance]] = {}
    firsts: dict[tuple[str, Both], str] = {}
    for item, badge in answers:
        if item.speaker:
            area = (badge.area.zh, badge.area.en)
            key = (item.speaker, area if kind == "source" else source_name(item.source))
            counts.setdefault(key, Counter())[badge.stance] += 1
            firsts.setdefault(key, item.href)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    for (speaker, about), found in ranked[:MOST_QUOTED]:
        yield Quoted(
            speaker,
            about,
            found["supportive"],
            found["critical"],
            found["neutral"],
            firsts[speaker, about],
        )
