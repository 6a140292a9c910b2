import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.mapped import MappedText


def test_a_replaced_range_points_to_all_the_raw_characters_it_stands_for():
    mapped = MappedText.of("甲<b>乙").edit([(1, 4, "")]).edit([(0, 2, "丙丁戊")])
    assert mapped.text == "丙丁戊"
    assert mapped.starts == (0, 0, 0)
    assert mapped.ends == (5, 5, 5)


def test_a_change_that_keeps_the_length_keeps_each_place():
    mapped = MappedText.of("a國b").edit([(0, 3, "x国y")])
    assert (mapped.text, mapped.starts, mapped.ends) == ("x国y", (0, 1, 2), (1, 2, 3))


def test_with_text_refuses_another_length():
    with pytest.raises(ValueError, match="length"):
        MappedText.of("甲乙").with_text("甲")


@given(
    st.text(alphabet="甲乙a1 (", max_size=30), st.text(alphabet="甲乙a1 (", min_size=1, max_size=3)
)
def test_sub_does_what_re_sub_does_and_never_runs_backwards(text, piece):
    pattern = re.compile(re.escape(piece))
    mapped = MappedText.of(text).sub(pattern, "之之")
    assert mapped.text == pattern.sub("之之", text)
    assert all(s < e <= len(text) for s, e in zip(mapped.starts, mapped.ends, strict=True))
    assert list(mapped.starts) == sorted(mapped.starts)
    assert list(mapped.ends) == sorted(mapped.ends)
