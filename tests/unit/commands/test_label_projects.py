import shutil

from pipeline.commands.label_projects import other_versions, title_of
from pipeline.project import Project
from tests.house.imports import ROOT


def test_projects_of_other_codebook_versions_are_named_and_nobody_elses(tmp_path):
    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    project = Project(tmp_path)
    own = title_of(project, "anna")
    corpus = own.split(" · ")[0].rsplit(" ", 1)[0]
    older = f"{corpus} 0.0.1 · anna"
    there = [own, older, f"{corpus} of others · anna", "by hand"]
    assert other_versions(project, there) == [older]
