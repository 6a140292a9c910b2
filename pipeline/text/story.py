"""Reprints: articles whose body texts are nearly the same belong to one story."""

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Sequence

SHINGLE = 8
"""Characters of a shingle: long enough that two articles on one subject share few."""
SKETCH = 128
"""Hashes kept of a text: the bottom-k sketch of Broder (1997)."""
SAME_STORY = 0.6
"""Jaccard similarity of shingle sets from which two texts are one story."""


def stories(bodies: Sequence[str]) -> list[str]:
    """One id for each body: a hash of the first body of its group, in the order given.

    Two bodies are grouped when the Jaccard similarity of their shingles, estimated from the
    smallest hashes of their union, reaches SAME_STORY; groups are joined by any such pair. The
    id depends on texts only, so that adding other articles behind does not change it.
    """
    sketches = [_sketch(body) for body in bodies]
    group = list(range(len(bodies)))
    holders: dict[int, list[int]] = defaultdict(list)
    for i, sketch in enumerate(sketches):
        shared: dict[int, int] = defaultdict(int)
        for value in sketch:
            for j in holders[value]:
                shared[j] += 1
            holders[value].append(i)
        for j in shared:
            if _similarity(sketches[i], sketches[j]) >= SAME_STORY:
                first, second = sorted((_root(group, i), _root(group, j)))
                group[second] = first
    return [_id(bodies[_root(group, i)]) for i in range(len(bodies))]


def letters(text: str) -> str:
    """Letters, digits and Chinese characters of a text: what reprints and spellings keep."""
    return "".join(c for c in text if c.isalnum())


def _root(group: list[int], i: int) -> int:
    while group[i] != i:
        i = group[i]
    return i


def _sketch(body: str) -> tuple[int, ...]:
    text = letters(body)
    shingles = {text[i : i + SHINGLE] for i in range(max(1, len(text) - SHINGLE + 1))}
    return tuple(sorted({zlib.crc32(s.encode()) for s in shingles})[:SKETCH])


def _similarity(one: tuple[int, ...], two: tuple[int, ...]) -> float:
    union = sorted({*one, *two})[:SKETCH]
    both = set(one) & set(two)
    return sum(value in both for value in union) / max(1, len(union))


def _id(body: str) -> str:
    return hashlib.sha1(letters(body).encode()).hexdigest()[:12]
