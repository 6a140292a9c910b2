from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.records.contrast import Answer, Contrast, read_contrasts, to_learn
from pipeline.records.store import write_jsonl

CLEAR = Answer({"open_source": "critical"}, "author", "claim")


def contrast(first: Answer, second: Answer | None = None) -> Contrast:
    return Contrast("g-1", "g", "前。", "句。", "", first, second or first, ("negation",))


def test_members_are_read_back_and_become_examples(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [contrast(CLEAR)])
    examples, left_out = to_learn(read_contrasts(tmp_path), ["open_source"])
    assert left_out == 0
    (example,) = examples
    assert (example.text, example.before, example.areas) == ("句。", "前。", CLEAR.areas)
    assert (example.voice, example.role, example.hard) == ("author", "claim", ("negation",))


@pytest.mark.parametrize(
    "second",
    [
        Answer({"open_source": "supportive"}, "author", "claim"),
        Answer({"open_source": "critical"}, "attributed", "claim"),
        Answer({}, None, "claim"),
    ],
)
def test_what_two_readers_answered_differently_is_not_learnt(second: Answer) -> None:
    assert to_learn([contrast(CLEAR, second)], ["open_source"]) == ([], 1)


def test_another_role_alone_leaves_a_member_clear() -> None:
    second = Answer(CLEAR.areas, CLEAR.voice, "premise")
    assert to_learn([contrast(CLEAR, second)], ["open_source"])[0][0].role == "claim"


def test_members_of_another_taxonomy_are_left_out_and_counted() -> None:
    assert to_learn([contrast(CLEAR)], ["tax"]) == ([], 1)


def test_a_malformed_line_is_named_and_an_empty_folder_is_nothing(tmp_path: Path) -> None:
    assert read_contrasts(tmp_path) == []
    (tmp_path / "a.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.jsonl:1"):
        read_contrasts(tmp_path)
