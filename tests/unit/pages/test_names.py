import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages.names import anchor, stem

keys = st.text(st.characters(exclude_categories=["Cs"]))


@given(keys, keys)
def test_stem_is_a_plain_short_file_name(first, second):
    assert re.fullmatch(r"([a-z0-9]+-)*[0-9a-f]{12}", stem(first, second))
    assert len(stem(first, second)) < 70


@given(st.lists(st.tuples(keys, keys), unique=True))
def test_different_keys_get_different_pages(pairs):
    assert len({stem(*pair) for pair in pairs}) == len(pairs)


def test_case_alone_keeps_two_articles_apart():
    assert stem("News").lower() != stem("news").lower()


@given(keys)
def test_anchor_needs_no_escaping(sentence_id):
    assert re.fullmatch(r"s[0-9a-f]{16}", anchor(sentence_id))
