import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from pipeline.commands.bench_site import LIMITS, measure
from pipeline.commands.site import write_site
from pipeline.commands.synthetic import Size, write_corpus
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.article import Article
from pipeline.records.prediction import Prediction
from pipeline.records.store import read_jsonl, write_jsonl
from pipeline.records.task import Task
from pipeline.records.taxonomy import load_taxonomy
from pipeline.stages import summarise
from tests.house.imports import ROOT

SMALL = Size(articles=3, sentences=9)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose graph ends with the summaries of three synthetic articles."""
    made = Project(tmp_path / "project")
    shutil.copytree(ROOT / "configs", made.root / "configs")
    made.articles.parent.mkdir()
    write_corpus(made.articles.parent, SMALL, load_taxonomy(made.taxonomy).ids)
    summarise.main(
        made.params, made.taxonomy, made.articles, made.predictions, made.held_out, made.summaries
    )
    return made


def test_the_graph_s_site_is_made_again_with_links_into_label_studio(project, tmp_path):
    first = read_jsonl(Prediction, project.predictions)[0]
    write_jsonl(project.tasks, [Task(first.sentence_id, "http://127.0.0.1:8080/tasks/1")])
    site = tmp_path / "site"
    write_site(project, site, single=True)
    assert len(list((site / "articles").iterdir())) == 3
    assert len(list((site / "single").iterdir())) == 3
    texts = [page.read_text(encoding="utf-8") for page in (site / "articles").iterdir()]
    assert sum("http://127.0.0.1:8080/tasks/1" in text for text in texts) == 1


def test_without_the_graph_s_outputs_it_says_what_to_run(tmp_path):
    with pytest.raises(InputError, match="run 'dvc repro' first"):
        write_site(Project(tmp_path), tmp_path / "site", single=False)


def test_a_folder_with_other_files_is_left_alone(project, tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/thesis.txt").write_text("mine")
    (tmp_path / "precious/index.html").write_text("a scraped page")
    with pytest.raises(InputError, match="holds other files"):
        write_site(project, tmp_path / "precious", single=False)
    left = sorted(p.name for p in (tmp_path / "precious").iterdir())
    assert left == ["index.html", "thesis.txt"]


def test_a_synthetic_corpus_fits_itself_and_is_the_same_for_a_seed(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_corpus(tmp_path / name, SMALL, ("rules", "chips"))
    articles = {a.article_id: a for a in read_jsonl(Article, tmp_path / "one/articles.jsonl")}
    predictions = read_jsonl(Prediction, tmp_path / "one/predictions.jsonl")
    assert (len(articles), len(predictions)) == (3, 27)
    for p in predictions:
        assert articles[p.article_id].text[p.start : p.end] == p.text
        for answer in p.areas:
            assert max(answer.p, key=answer.p.__getitem__) == answer.stance
            assert all(p.text[w.start : w.end] == w.text for w in answer.words)
    assert json.dumps([asdict(p) for p in predictions]) == json.dumps(
        [asdict(p) for p in read_jsonl(Prediction, tmp_path / "two/predictions.jsonl")]
    )


def test_the_benchmark_measures_a_site_against_its_limits():
    found = measure(Project(ROOT), SMALL)
    assert [row[0] for row in found.rows] == [limit.name for limit in LIMITS]
    assert found.metrics["index_html"] < 1000
    assert 0 < found.metrics["memory_of_the_build"] < 1000
