"""MLflow, in one place: it records what was trained on what, and never decides anything."""

import hashlib
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

STORE = "sqlite:///mlflow.db"
ARTIFACTS = "mlartifacts"


class Run(Protocol):
    """What a training may report while it runs; `id` is what the tracker calls it."""

    id: str

    def metric(self, name: str, value: float, step: int = 0) -> None:
        """Record one figure."""

    def metrics(self, values: Mapping[str, float]) -> None:
        """Record several figures."""

    def artifact(self, path: Path) -> None:
        """Keep a file or folder beside the run."""


class _MlflowRun:
    def __init__(self, mlflow: Any, run_id: str) -> None:
        self.mlflow = mlflow
        self.id = run_id

    def metric(self, name: str, value: float, step: int = 0) -> None:
        self.mlflow.log_metric(name, value, step=step)

    def metrics(self, values: Mapping[str, float]) -> None:
        self.mlflow.log_metrics(dict(values))

    def artifact(self, path: Path) -> None:
        if path.is_dir():
            self.mlflow.log_artifacts(str(path), artifact_path=path.name)
        else:
            self.mlflow.log_artifact(str(path))


@contextmanager
def tracked(
    experiment: str, name: str, params: Mapping[str, Any], inputs: Mapping[str, Path]
) -> Iterator[Run]:
    """An MLflow run in mlflow.db with settings, git commit and the hashes of its input files.

    The hashes are MD5, as DVC's, so that dvc.lock and the run name the same data. The store is
    `MLFLOW_TRACKING_URI` where that is set.
    """
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    import mlflow

    mlflow.set_tracking_uri(os.environ.get("MLFLOW_TRACKING_URI", STORE))
    if mlflow.get_experiment_by_name(experiment) is None:
        mlflow.create_experiment(experiment, artifact_location=ARTIFACTS)
    mlflow.set_experiment(experiment)
    with mlflow.start_run(run_name=name) as run:
        mlflow.log_params(_flat(params))
        mlflow.set_tag("git_commit", git_commit())
        for key, path in inputs.items():
            mlflow.set_tag(f"data_md5.{key}", md5(path))
        yield _MlflowRun(mlflow, run.info.run_id)


def md5(path: Path) -> str:
    """The MD5 of a file's bytes, as DVC records it."""
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def git_commit() -> str:
    """The commit of the working tree, "-dirty" when files differ from it, or "unknown"."""
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--abbrev=40", "--dirty", "--exclude=*"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()


def _flat(params: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in params.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat
