"""Vectors of texts by the real encoder."""

import numpy as np

from pipeline.classifiers.text_vectors import text_vectors

TEXTS = [
    "出口管制没有用。",
    "今天有雨。",
    "对芯片的出口限制起不了作用，只会帮助对手。",
    "今天有雨。",
]


def test_a_text_has_the_vector_that_it_has_alone(encoder_folder):
    together = text_vectors(encoder_folder, TEXTS, 40, "fp32")
    alone = np.concatenate([text_vectors(encoder_folder, [t], 40, "fp32") for t in TEXTS])
    assert np.allclose(together, alone, atol=1e-4)
    assert np.array_equal(together[1], together[3])


def test_texts_of_one_subject_are_nearer_than_others(encoder_folder):
    near = text_vectors(encoder_folder, TEXTS, 40, "fp32")
    near = near / np.linalg.norm(near, axis=1, keepdims=True)
    assert near[0] @ near[2] > near[0] @ near[1]
