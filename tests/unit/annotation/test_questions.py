"""Blind answers as numbers."""

from pipeline.annotation.decisions import last_decisions
from pipeline.annotation.questions import asked
from pipeline.records.labels import ANSWERS, ROLES, STANCES, VOICES
from tests.unit.builders import TAXONOMY, annotation, sentence

SENTENCES = {i: sentence(i, i[0]) for i in ("a-1", "a-2", "b-1")}
ASKED, ANNOTATORS = asked(
    last_decisions(
        [
            annotation("a-1"),
            annotation("a-1", annotator="wu", areas={"export_controls": "critical"}),
            annotation("a-2", areas={}, voice=None, role="none"),
            annotation("a-2", annotator="li", areas={"open_source": "neutral"}),
            annotation("b-1", annotator="wu", voice="attributed"),
        ]
    ),
    SENTENCES,
    TAXONOMY.ids,
)


def answers(name: str, known: tuple[str, ...]) -> list[list[str]]:
    """The answers of li, wu and zhou; "" where one gave none."""
    return [[known[c] if c >= 0 else "" for c in row] for row in ASKED[name].codes.tolist()]


def test_an_area_is_answered_by_everyone_who_saw_the_sentence() -> None:
    missing = "not_addressed"
    assert ANNOTATORS == ("li", "wu", "zhou")
    assert answers("export_controls", ANSWERS) == [
        ["", "critical", "supportive"], [missing, "", missing], ["", "supportive", ""],
    ]  # fmt: skip
    assert answers("open_source", ANSWERS)[1] == ["neutral", "", missing]


def test_a_unit_of_all_areas_is_a_sentence_and_an_area() -> None:
    every = ASKED["all areas"]
    assert every.codes.tolist() == [
        *ASKED["export_controls"].codes.tolist(), *ASKED["open_source"].codes.tolist(),
    ]  # fmt: skip
    assert every.groups.tolist() == [0, 0, 1] * 2


def test_stance_and_voice_are_those_of_who_found_an_area_addressed() -> None:
    assert answers("stance", STANCES) == [
        ["", "critical", "supportive"], ["", "", ""], ["", "supportive", ""],
        ["", "", ""], ["neutral", "", ""], ["", "", ""],
    ]  # fmt: skip
    assert answers("voice", VOICES) == [
        ["", "author", "author"], ["author", "", ""], ["", "attributed", ""],
    ]  # fmt: skip
    assert ASKED["stance"].shared.tolist() == [True, False, False, False, False, False]


def test_roles_are_given_everywhere() -> None:
    assert answers("role", ROLES) == [
        ["", "claim", "claim"], ["claim", "", "none"], ["", "claim", ""],
    ]  # fmt: skip


def test_a_question_to_two_is_what_both_answered() -> None:
    both = ASKED["role"].of(0, 2)
    assert both.codes.tolist() == [[ROLES.index("claim"), ROLES.index("none")]]
    assert both.groups.tolist() == [0]
