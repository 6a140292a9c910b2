import subprocess
import sys

import pytest
import torch
from torch import nn

from pipeline.classifiers import finetune as module
from pipeline.classifiers.checkpoint import Checkpoint
from pipeline.classifiers.finetune import Learning, finetune, plan
from pipeline.errors import InputError
from tests.house.imports import ROOT

LEARNING = Learning(3, 1, 20, 1e-2, 3.0, 0.1, 0.01, 0.0, 0.0)
ROWS = torch.arange(24.0).reshape(12, 2) / 24
LENGTHS = [5] * 12


class Tiny(nn.Module):
    """The parts that a training touches: embeddings, layers and a head with dropout."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.encoder = nn.Module()
        self.encoder.embeddings = nn.Linear(2, 2)
        self.encoder.encoder = nn.Linear(2, 2)
        self.head = nn.Linear(2, 1)
        self.dropout = nn.Dropout(0.5)

    def forward(self, rows):
        return self.head(self.dropout(self.encoder.encoder(self.encoder.embeddings(rows)))).sum()


def train(checkpoint=None, stop_at=0):
    model = Tiny()
    torch.manual_seed(1)

    def progress(step, steps, loss):
        if step == stop_at:
            raise KeyboardInterrupt

    try:
        steps = plan(LENGTHS, LEARNING, seed=4)
        finetune(
            model, steps, lambda index: model(ROWS[index]) ** 2, LEARNING, progress, checkpoint
        )
    except KeyboardInterrupt:
        pass
    return model.state_dict()


def same(one, other):
    return all(torch.equal(one[name], other[name]) for name in one)


def test_the_plan_passes_all_rows_and_few_rows_more_often():
    assert len(plan(LENGTHS, LEARNING, seed=0)) == 9
    more = plan(LENGTHS, Learning(3, 20, 20, 1e-2, 3.0, 0.1, 0.01, 0.0, 0.0), seed=0)
    assert len(more) == 21
    assert sorted(i for step in more[:3] for i in step) == list(range(12))


def test_no_row_is_an_error_and_no_endless_plan():
    with pytest.raises(InputError, match="no labelled sentence"):
        plan([], LEARNING, seed=0)


def test_an_interrupted_training_ends_with_the_weights_of_an_uninterrupted_one(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(module, "EVERY", 2)
    whole = train()
    kept = Checkpoint(tmp_path / "kept", "key")
    stopped = train(kept, stop_at=5)
    assert not same(stopped, whole)
    assert same(train(kept), whole)
    assert "after step 4 of 9" in capsys.readouterr().out


def test_a_checkpoint_of_other_data_or_a_damaged_one_is_not_taken_up(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(module, "EVERY", 2)
    path = tmp_path / "kept"
    train(Checkpoint(path, "one"), stop_at=5)
    whole = train()
    assert same(train(Checkpoint(path, "other")), whole)
    for damaged in (path.read_bytes()[:500], b"\0" * 500, b"{}"):
        path.write_bytes(damaged)
        assert same(train(Checkpoint(path, "one")), whole)
    assert "goes on" not in capsys.readouterr().out


def test_word_embeddings_are_frozen_and_the_rest_learns():
    before, after = Tiny().state_dict(), train()
    for name in before:
        frozen = name.startswith("encoder.embeddings")
        assert torch.equal(before[name], after[name]) == frozen, name


@pytest.mark.parametrize("kind", [OSError(28, "No space left on device"), RuntimeError("full")])
def test_nothing_half_written_stays_when_a_checkpoint_cannot_be_saved(tmp_path, kind, monkeypatch):
    def fail(state, out):
        out.write(b"xxx")
        raise kind

    monkeypatch.setattr(torch, "save", fail)
    monkeypatch.setattr(module, "EVERY", 2)
    with pytest.raises(module.InputError, match=r"cannot write .*kept: .*nothing was kept"):
        train(Checkpoint(tmp_path / "kept", "key"))
    assert not list(tmp_path.iterdir())


def test_a_disk_that_is_full_in_truth_ends_in_a_clear_error(tmp_path, monkeypatch):
    """The limit on file size is the real one of the system, in a process of its own."""
    code = (
        "import pathlib, resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
        "from tests.unit.classifiers import test_finetune as t; t.module.EVERY = 2;"
        f"t.train(t.Checkpoint(pathlib.Path({str(tmp_path / 'kept')!r}), 'key'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert f"InputError: cannot write {tmp_path / 'kept'}: File too large" in done.stderr
    assert not list(tmp_path.iterdir())
