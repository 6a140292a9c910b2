import numpy as np
import pytest

from pipeline.commands.trainings import fold_rows, joined
from pipeline.errors import InputError
from pipeline.records.fold import Fold
from pipeline.records.scores import Scores
from tests.unit.builders import example

EXAMPLES = [example("a-1", "a"), example("b-1", "b"), example("a-2", "a"), example("c-1", "c")]


def test_rows_are_grouped_by_the_fold_of_their_article():
    folds = [Fold("a", 1, False), Fold("b", 0, False), Fold("c", 0, True)]
    assert fold_rows(EXAMPLES, folds, 2) == [[1, 3], [0, 2]]


@pytest.mark.parametrize(("used", "empty"), [((2, 0, 0), "1"), ((0, 1, 1), "2")])
def test_an_empty_fold_is_an_error_that_says_what_to_do(used, empty):
    folds = [Fold(name, k, False) for name, k in zip("abc", used, strict=True)]
    with pytest.raises(InputError, match=rf"fold {empty} is empty.*split\.folds"):
        fold_rows(EXAMPLES, folds, 3)


def test_an_article_without_a_fold_is_named():
    with pytest.raises(InputError, match="article c is in no fold; run 'dvc repro split'"):
        fold_rows(EXAMPLES, [Fold("a", 1, False), Fold("b", 0, False)], 2)


def test_out_of_fold_scores_come_back_in_the_order_of_the_examples():
    def numbered(rows: list[int]) -> Scores:
        values = np.array(rows, np.float32)
        return Scores(values[:, None, None], values[:, None], values[:, None])

    rows = [[1, 3], [0, 2]]
    whole = joined([numbered(r) for r in rows], rows)
    assert whole.voice[:, 0].tolist() == [0, 1, 2, 3]
    assert whole.areas[:, 0, 0].tolist() == [0, 1, 2, 3]
