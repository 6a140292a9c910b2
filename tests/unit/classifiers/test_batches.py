import random
from types import SimpleNamespace

import torch
from hypothesis import given
from hypothesis import strategies as st

from pipeline.classifiers.batches import by_length, forget_words, shuffled_by_length

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


def test_forgotten_words_become_the_mask_and_special_tokens_stay():
    tokenizer = SimpleNamespace(all_special_ids=[0, 1, 2, 9], mask_token_id=9)
    torch.manual_seed(0)
    ids = torch.randint(3, 9, (50, 40))
    ids[:, 0], ids[:, -2], ids[:, -1] = 0, 2, 1
    seen = forget_words(ids, 0.25, tokenizer)
    assert (seen[:, [0, -2, -1]] == ids[:, [0, -2, -1]]).all()
    assert 0.2 < (seen == 9).float().mean() < 0.27
    assert ((seen == ids) | (seen == 9)).all()
    assert forget_words(ids, 0.0, tokenizer) is ids
