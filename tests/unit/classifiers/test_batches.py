import random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.classifiers.batches import by_length, shuffled_by_length

LENGTHS = st.lists(st.integers(1, 192), max_size=60)


@given(LENGTHS, st.integers(1, 600))
def test_every_row_is_in_one_batch_and_no_batch_of_several_rows_is_too_large(lengths, tokens):
    for batches in (
        by_length(lengths, tokens),
        shuffled_by_length(lengths, tokens, random.Random(0)),
    ):
        assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
        for batch in batches:
            padded = max(lengths[i] for i in batch) * len(batch)
            assert padded <= tokens or len(batch) == 1


def test_batches_for_training_change_from_pass_to_pass():
    rng = random.Random(0)
    lengths = [i % 50 + 1 for i in range(200)]
    assert shuffled_by_length(lengths, 300, rng) != shuffled_by_length(lengths, 300, rng)
