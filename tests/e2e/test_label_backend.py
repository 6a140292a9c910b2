"""The trained model as an ML backend: it answers Label Studio, and keeps back what it must."""

import pytest
import requests

from pipeline.annotation.answers import read_answer
from pipeline.classifiers.calibrated import Calibrated
from pipeline.commands.label_backend import NAME, backend, running
from pipeline.commands.label_push import push_batch
from pipeline.errors import InputError
from pipeline.records.store import write_jsonl
from pipeline.stages.predict import Params
from tests.e2e.annotation_project import make_project, remote, sentence
from tests.e2e.label_studio_fixtures import free_port
from tests.e2e.test_label_screen import log_in, start_labelling, wait_for_sentence

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def model(project) -> Calibrated:
    return Calibrated.beside(project / "models/stance")


@pytest.fixture(scope="module")
def address(model):
    with running(backend(model, Params(threshold=0.0, explain=False)), free_port()) as url:
        yield url


def task(number: int, **meta) -> dict:
    drawn = sentence(number)
    return {"id": number, "data": {"text": drawn.text, "before": "", "after": ""}, "meta": meta}


def test_it_says_that_it_is_up_and_which_model_it_is(address, model):
    assert requests.get(f"{address}/health", timeout=10).json()["status"] == "UP"
    assert requests.get(f"{address}/versions", timeout=10).json() == {"versions": [model.version]}
    setup = requests.post(f"{address}/setup", json={"project": "1"}, timeout=10)
    assert setup.json() == {"model_version": model.version}


def test_every_task_gets_a_valid_answer_of_this_model(address, model):
    asked = {"tasks": [task(i) for i in range(6)]}
    results = requests.post(f"{address}/predict", json=asked, timeout=30).json()["results"]
    assert len(results) == 6
    for one in results:
        assert one["model_version"] == model.version
        assert 0 < one["score"] <= 1
        assert set(read_answer(one["result"], model.taxonomy).areas) == set(model.taxonomy.ids)


def test_a_task_whose_prefill_is_held_back_gets_no_answer(address):
    asked = {"tasks": [task(0, prefill={"shown": False}), task(0, prefill={"shown": True}),
                       task(0, sampling_p=0.1)]}  # fmt: skip
    hidden, shown, random = requests.post(f"{address}/predict", json=asked, timeout=30).json()[
        "results"
    ]
    assert hidden["result"] == random["result"] == []
    assert shown["result"]


@pytest.mark.parametrize("body", [{}, {"tasks": "all"}, {"tasks": [{}]}, {"tasks": [{"data": 1}]}])
def test_what_is_no_task_is_refused(address, body):
    assert requests.post(f"{address}/predict", json=body, timeout=10).status_code == 422


def test_a_port_that_is_taken_ends_in_a_clear_error(address, model):
    port = int(address.rpartition(":")[2])
    with (
        pytest.raises(InputError, match="is taken"),
        running(backend(model, Params(0.4, False)), port),
    ):
        pass


@pytest.mark.browser
def test_label_studio_shows_the_answers_of_the_connected_model(
    label_studio, address, page, tmp_path
):
    small = make_project(tmp_path, "connected", {})
    write_jsonl(small.batches / "a.jsonl", [sentence(1), sentence(3)])
    push_batch(small, label_studio.server, "a", ["anna"])
    there = remote(small, label_studio, "anna")
    label_studio.server.connect_model(there, address, NAME)
    log_in(page, label_studio)
    start_labelling(page, label_studio, there.id)
    wait_for_sentence(page, "")
    page.wait_for_function(
        "document.querySelectorAll('.lc-matrix input:checked').length === 12", timeout=20_000
    )
