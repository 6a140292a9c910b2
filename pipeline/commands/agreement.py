"""`lichang labels agreement`: how far annotators agree, measured and written down."""

from pipeline.annotation.agreement_report import AgreementReport, Settings, report_agreement
from pipeline.annotation.agreement_text import as_json, as_text
from pipeline.annotation.decisions import only_blind
from pipeline.commands.corpus import decisions_of, read_corpus
from pipeline.config import load_params
from pipeline.files import atomic_file
from pipeline.project import Project
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
    blind = only_blind(decisions_of(project, taxonomy, sentences))
    report = report_agreement(blind, sentences, taxonomy.ids, settings)
    write_json(project.agreement / "agreement.json", as_json(report))
    with atomic_file(project.agreement / "agreement.md") as out:
        out.write(as_text(report))
    return report
