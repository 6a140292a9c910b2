"""`lichang labels agreement`: how far annotators agree, measured and written down."""

import sys

from pipeline.annotation.agreement_report import AgreementReport, Settings, report_agreement
from pipeline.annotation.agreement_text import as_json, as_text
from pipeline.annotation.decisions import last_decisions, only_blind, usable
from pipeline.annotation.versions import by_version
from pipeline.commands.corpus import read_corpus
from pipeline.config import load_params
from pipeline.files import atomic_file
from pipeline.project import Project
from pipeline.records.annotation import read_annotations
from pipeline.records.store import write_json
from pipeline.records.taxonomy import load_taxonomy


def measure_agreement(project: Project) -> AgreementReport:
    """Measure agreement over labels/annotations, write agreement.json and .md.

    Raises InputError when no sentence has two blind answers. Annotations that can't be used are
    counted on standard error.
    """
    settings = load_params(project.annotation_settings, "agreement", Settings)
    taxonomy = load_taxonomy(project.taxonomy)
    _, sentences = read_corpus(project)
    placed, malformed = read_annotations(project.annotations)
    current = by_version(placed, taxonomy.version).current
    good, unusable = usable(current, sentences, taxonomy)
    if rejects := malformed + unusable:
        first = f"{rejects[0].where}: {rejects[0].reason}"
        print(f"{len(rejects)} annotations are left out, first {first}", file=sys.stderr)
    blind = only_blind(last_decisions(good))
    report = report_agreement(blind, sentences, taxonomy.ids, settings)
    write_json(project.agreement / "agreement.json", as_json(report))
    with atomic_file(project.agreement / "agreement.md") as out:
        out.write(as_text(report))
    return report
