"""Annotations carried from one codebook to the next, as far as the mapping is certain."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.annotation.versions import MIGRATED, giver, is_migrated, original
from pipeline.errors import InputError
from pipeline.records.annotation import Annotation, Placed
from pipeline.records.labels import Stance
from pipeline.records.migration import Migration
from pipeline.records.taxonomy import Taxonomy

Words = Mapping[str, Collection[str]]
Giver = tuple[str, bool]


@dataclass(frozen=True)
class Queued:
    """A sentence that must be annotated again: the rule that says why, and the probability with
    which it was drawn at first, which its new answer has to keep."""

    rule: str
    sampling_p: float | None


@dataclass(frozen=True)
class Plan:
    """The lines to append, the sentences to annotate again, and what each old line becomes.

    `fate` counts every line of the old codebook once.
    """

    carried: tuple[Annotation, ...]
    queued: Mapping[str, Queued]
    fate: Counter[str]


def check(migration: Migration, taxonomy: Taxonomy, addressed: Collection[str]) -> None:
    """Raise InputError where a mapping leaves open what becomes of an area, or contradicts itself.

    `addressed` are the areas that the old annotations address.
    """
    known, named, made = set(taxonomy.ids), set(migration.sources), set(migration.targets)
    if taxonomy.version != migration.new:
        raise InputError(
            f"the mapping leads to codebook {migration.new}, configs/policy_areas.yaml is "
            f"{taxonomy.version}: edit its areas and its version first"
        )
    groups = (*migration.merge.items(), *migration.split.items())
    stays = set(addressed) - named
    problems: dict[str, Collection[str]] = {
        "is named twice among the old areas": _twice(migration.sources),
        "is made twice; a mapping makes an area in one way": _twice(migration.targets),
        "is merged or split with fewer than two others; use rename":
            [area for area, others in groups if len(set(others)) < 2],
        "is made, but configs/policy_areas.yaml hasn't it": made - known,
        "was mapped to another, but configs/policy_areas.yaml still has it": (named - made) & known,
        "is made, but stays as well; name it under merge": made & stays,
        "was addressed and isn't there any more; name it under rename, merge, split or remove":
            stays - known,
        "has no answer; name it under add when it is new, under keep when it isn't":
            known - made - stays - set(migration.keep),
    }  # fmt: skip
    for problem, areas in problems.items():
        for area in sorted(areas):
            raise InputError(f"{migration.old} to {migration.new}: area {area!r} {problem}")


def _twice(areas: Sequence[str]) -> list[str]:
    return [area for area, count in Counter(areas).items() if count > 1]


def carry(annotation: Annotation, migration: Migration, words: Words) -> Annotation | str:
    """The annotation under the new codebook, or the rule that says why it is not certain.

    Certain are renamed and kept areas, merged ones whose stances agree, all parts of a split area
    that was not addressed, and added areas of which no word stands in the sentence; an added area
    without words may stand in any. Removed answers are left out, and the voice with the last.
    What a model had prefilled stays with the old line: it speaks of the old areas.
    """
    areas: dict[str, Stance] = {}
    into = {old: new for new, own in migration.merge.items() for old in own} | migration.rename
    for old, stance in annotation.areas.items():
        if old in migration.split:
            return f"split:{old}"
        if old not in migration.remove:
            new = into.get(old, old)
            if areas.setdefault(new, stance) != stance:
                return f"merge:{new}"
    for new in migration.add:
        if not words[new] or any(word in annotation.text for word in words[new]):
            return f"add:{new}"
    return replace(
        annotation,
        areas=areas,
        voice=annotation.voice if areas else None,
        taxonomy_version=migration.new,
        provenance=MIGRATED + original(annotation.provenance),
        prefill=None,
    )


def plan(placed: Sequence[Placed], migration: Migration, taxonomy: Taxonomy) -> Plan:
    """What to append and what to queue, so that each line of the old codebook is accounted for.

    A sentence goes over whole or not at all: were only some of its annotators' answers certain,
    they would outvote those that are not. Of one annotator the last answer counts. What has an
    answer under the new codebook is left alone, so that a second run does nothing.
    """
    words = {area.id: (*area.keywords, area.zh) if area.keywords else () for area in taxonomy.areas}
    old, new = (_by_sentence(placed, version) for version in (migration.old, migration.new))
    carried: list[Annotation] = []
    queued: dict[str, Queued] = {}
    fate: Counter[str] = Counter(
        replaced=sum(a.taxonomy_version == migration.old for _, a in placed)
        - sum(map(len, old.values()))
    )
    for sentence_id, answers in old.items():
        found = [carry(a, migration, words) for a in answers.values()]
        rules = [rule for rule in found if isinstance(rule, str)]
        given = new.get(sentence_id, {})
        if not rules:
            lines = [a for a in found if isinstance(a, Annotation) and giver(a) not in given]
            carried += lines
            fate["carried"] += len(lines)
            fate["answered before"] += len(answers) - len(lines)
        elif all(map(is_migrated, given.values())):
            drawn = (a.sampling_p for a in answers.values() if a.sampling_p is not None)
            queued[sentence_id] = Queued(rules[0], next(drawn, None))
            fate[f"queued, {rules[0]}"] += len(answers)
        else:
            fate["answered before"] += len(answers)
    return Plan(tuple(carried), queued, +fate)


def _by_sentence(placed: Sequence[Placed], version: str) -> dict[str, dict[Giver, Annotation]]:
    """Each sentence's last answer of each annotator under a codebook."""
    found: dict[str, dict[Giver, Annotation]] = defaultdict(dict)
    for _, a in placed:
        if a.taxonomy_version == version:
            found[a.sentence_id][giver(a)] = a
    return dict(found)
