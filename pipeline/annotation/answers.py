"""Answers to and from Label Studio's results. Its server checks nothing: this does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.annotation.interface import NO_AREA, ROLE, TEXT, UNSURE, VOICE
from pipeline.errors import InputError
from pipeline.records.annotation import Prefill
from pipeline.records.labels import ROLES, STANCES, VOICES, Role, Stance, Voice
from pipeline.records.prediction import Prediction
from pipeline.records.taxonomy import Taxonomy

Result = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What one annotator said about one sentence; `areas` lists addressed areas only."""

    areas: dict[str, Stance]
    voice: Voice | None
    role: Role
    unsure: bool


def read_answer(results: Any, taxonomy: Taxonomy) -> Answer:
    """The answer that a submission holds.

    Raises InputError, which says what is wrong, for an empty submission, an unknown question or
    choice, two answers to one question, an area beside "no area", and what is missing.
    """
    given = _choices(results)
    if not given:
        raise InputError("the submission is empty")
    known = dict.fromkeys(taxonomy.ids, STANCES) | {
        VOICE: VOICES,
        ROLE: ROLES,
        NO_AREA: (NO_AREA,),
        UNSURE: (UNSURE,),
    }
    for question, choice in given.items():
        if question not in known:
            raise InputError(f"unknown question {question!r}")
        if choice not in known[question]:
            raise InputError(f"unknown choice {choice!r} of {question}")
    areas: dict[str, Any] = {a: given[a] for a in taxonomy.ids if a in given}
    if bool(areas) == (NO_AREA in given):
        wrong = (
            "an area and 'no area' are both chosen" if areas else "no area is chosen, nor 'no area'"
        )
        raise InputError(wrong)
    if areas and VOICE not in given:
        raise InputError("an area is chosen, but no voice")
    if ROLE not in given:
        raise InputError("no argument role is chosen")
    voice: Any = given[VOICE] if areas else None
    role: Any = given[ROLE]
    return Answer(areas, voice, role, UNSURE in given)


def _choices(results: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    if not isinstance(results, Sequence) or isinstance(results, str):
        raise InputError("the submission is no list of results")
    for result in results:
        try:
            question, chosen = str(result["from_name"]), list(result["value"]["choices"])
        except (KeyError, TypeError):
            raise InputError(f"a result that is no choice: {str(result)[:80]}") from None
        if len(chosen) > 1 or (chosen and found.get(question, chosen[0]) != chosen[0]):
            raise InputError(f"two answers to {question}")
        if chosen:
            found[question] = str(chosen[0])
    return found


def to_results(
    areas: Mapping[str, str], voice: str | None, role: str | None, unsure: bool = False
) -> list[Result]:
    """An answer as results, in the order of the screen."""
    given = dict(areas) or {NO_AREA: NO_AREA}
    if voice and areas:
        given[VOICE] = voice
    if role:
        given[ROLE] = role
    if unsure:
        given[UNSURE] = UNSURE
    return [_result(question, choice) for question, choice in given.items()]


def _result(question: str, choice: str) -> Result:
    return {
        "id": question,
        "from_name": question,
        "to_name": TEXT,
        "type": "choices",
        "value": {"choices": [choice]},
    }


def prefill_of(prediction: Prediction, shown: bool) -> Prefill:
    """What a model answers, as it is put before an annotator (or held back)."""
    areas = {answer.area: answer.stance for answer in prediction.areas}
    voice = prediction.voice if areas else None
    return Prefill(prediction.model, shown, areas, voice, prediction.role)


def least_probability(prediction: Prediction) -> float:
    """How sure the model is of the answer that it is least sure of."""
    ps: Iterable[float] = (
        prediction.role_p,
        *((prediction.voice_p,) if prediction.areas else ()),
        *(answer.p[answer.stance] for answer in prediction.areas),
    )
    return round(min(ps), 4)
