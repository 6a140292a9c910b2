"""`lichang labels serve`: the trained model as an ML backend that Label Studio asks for answers."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn
from fastapi import Body, FastAPI, HTTPException

from pipeline.annotation.answers import least_probability, prefill_of, to_results
from pipeline.classifiers.calibrated import Calibrated
from pipeline.commands.label_login import connect
from pipeline.commands.label_projects import ADJUDICATION, own_projects
from pipeline.config import load_params
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.prediction import Prediction
from pipeline.records.sentence import Sentence
from pipeline.stages.predict import Params, predict

HOST = "127.0.0.1"
MOST_TASKS = 1000
NAME = "Lichang"


def backend(classifier: Calibrated, settings: Params) -> FastAPI:
    """The four routes that Label Studio calls. Words are not explained: that takes longer.

    A task whose prefill is held back, to measure how far prefill pulls, gets no answer.
    """
    app = FastAPI(title=NAME, docs_url=None, redoc_url=None, openapi_url=None)
    version, one_at_a_time = classifier.version, threading.Lock()

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "UP", "model_class": NAME}

    @app.get("/versions")
    def versions() -> dict[str, list[str]]:
        return {"versions": [version]}

    @app.post("/setup")
    def setup() -> dict[str, str]:
        return {"model_version": version}

    @app.post("/predict")
    def answer(asked: dict[str, Any] = Body(...)) -> dict[str, Any]:  # noqa: B008
        tasks = asked.get("tasks")
        if not isinstance(tasks, list) or len(tasks) > MOST_TASKS:
            raise HTTPException(422, f"'tasks' must be a list of at most {MOST_TASKS}")
        sentences = [_sentence(task) for task in tasks]
        with one_at_a_time:
            found = predict(sentences, classifier, settings)
        pairs = zip(tasks, found, strict=True)
        return {"results": [_result(task, prediction) for task, prediction in pairs]}

    return app


def _sentence(task: Any) -> Sentence:
    data = task.get("data") if isinstance(task, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(data.get("text"), str):
        raise HTTPException(422, "a task has no data with a text")
    text, before, after = (str(data.get(name) or "") for name in ("text", "before", "after"))
    return Sentence(str(data.get("sentence_id", "")), "", 0, 0, len(text), text, before, after)


def _result(task: Mapping[str, Any], prediction: Prediction) -> dict[str, Any]:
    meta = task.get("meta") or {}
    held_back = (meta.get("prefill") or {}).get("shown") is False
    held_back |= meta.get("sampling_p") is not None  # drawn at random: estimates rest on the answer
    said = prefill_of(prediction, shown=not held_back)
    return {
        "model_version": prediction.model,
        "score": 0.0 if held_back else least_probability(prediction),
        "result": [] if held_back else to_results(said.areas, said.voice, said.role),
    }


@contextmanager
def running(app: FastAPI, port: int) -> Iterator[str]:
    """Answer on 127.0.0.1 until the block ends; gives the address, once it answers.

    Raises InputError when the port is taken.
    """
    server = uvicorn.Server(uvicorn.Config(app, host=HOST, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise InputError(f"port {port} is taken; choose another --port")
        time.sleep(0.05)
    try:
        yield f"http://{HOST}:{port}"
    finally:
        server.should_exit = True
        thread.join()


def serve(project: Project, port: int, announce: bool) -> None:
    """Answer until Ctrl-C; with `announce` the annotators' projects are connected.

    Raises InputError when there is no trained model, or no server to announce to.
    """
    settings = Params(load_params(project.params, "predict", Params).threshold, explain=False)
    with running(backend(Calibrated.beside(project.model), settings), port) as url:
        print(f"answering at {url}; in Label Studio: project, Settings, Model, Connect", flush=True)
        if announce:
            server = connect(project)
            for name, remote in own_projects(project, server).items():
                if name != ADJUDICATION:
                    server.connect_model(remote, url, NAME)
                    print(f"connected to {remote.title}", flush=True)
        with suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)
