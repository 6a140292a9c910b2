import sqlite3

from pipeline.tracking import md5, tracked


def test_a_run_keeps_settings_figures_files_and_the_hash_of_its_data(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    data = tmp_path / "labelled.jsonl"
    data.write_text("{}\n")
    params = {"seed": 3, "bert": {"epochs": 2}}
    with tracked("train", "first", params, {"labelled": data}) as run:
        run.metric("loss", 0.5, 1)
        run.metrics({"seconds": 2.0})
        run.artifact(data)
    with sqlite3.connect("mlflow.db") as store:
        assert dict(store.execute("select key, value from params")) == {
            "seed": "3", "bert.epochs": "2"
        }  # fmt: skip
        tags = dict(store.execute("select key, value from tags"))
        assert dict(store.execute("select key, value from metrics")) == {
            "loss": 0.5, "seconds": 2.0
        }  # fmt: skip
        (status,) = store.execute("select status from runs").fetchone()
    assert tags["data_md5.labelled"] == md5(data) == "8a80554c91d9fca8acb82f023de02f11"
    assert tags["git_commit"]
    assert status == "FINISHED"
    assert [p.name for p in (tmp_path / "mlartifacts").rglob("*.jsonl")] == ["labelled.jsonl"]
