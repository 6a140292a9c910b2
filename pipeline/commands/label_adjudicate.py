"""`lichang labels adjudicate`: what annotators differ on, to one who sees all answers, nameless."""

from collections.abc import Mapping, Sequence

from pipeline.annotation.adjudication import disputed
from pipeline.annotation.decisions import Decisions, only_blind
from pipeline.annotation.interface import labeling_config
from pipeline.annotation.pulled import user_names
from pipeline.annotation.tasks import PushSettings, Task
from pipeline.bars import counting_bar
from pipeline.commands.corpus import decisions_of, read_corpus
from pipeline.commands.label_projects import ADJUDICATION, ensure_project, own_projects
from pipeline.commands.label_pull import PulledProject, keep, read_project
from pipeline.config import load_params
from pipeline.label_studio import RemoteProject, Server
from pipeline.project import Project
from pipeline.records.annotation import ADJUDICATED, Annotation
from pipeline.records.contrast import Answer
from pipeline.records.disputed import Disputed
from pipeline.records.drawn import Drawn
from pipeline.records.labels import ZH
from pipeline.records.taxonomy import Taxonomy, load_taxonomy

FILE = "adjudication"
REASON = "disputed"


def adjudicate(project: Project, server: Server) -> tuple[int, PulledProject | None]:
    """Pull what was decided, then push what is disputed; how many cases are new, and the pull.

    The pull is None before the first push. Raises InputError when the server does not answer.
    """
    taxonomy = load_taxonomy(project.taxonomy)
    _, sentences = read_corpus(project)
    there = own_projects(project, server)
    pulled = None
    if ADJUDICATION in there:
        known = _known(decisions_of(project, taxonomy, sentences), taxonomy)
        names = user_names(server.users())
        found = read_project(project, server, there[ADJUDICATION], known, names, ADJUDICATED)
        pulled = keep(project, FILE, found, ())
    cases = disputed(decisions_of(project, taxonomy, sentences))
    return _push(project, server, cases, taxonomy, there), pulled


def _push(
    project: Project,
    server: Server,
    cases: Sequence[Disputed],
    taxonomy: Taxonomy,
    there: Mapping[str, RemoteProject],
) -> int:
    """Put every undecided sentence into the adjudication project, once; how many are new."""
    most = max((len(case.answers) for case in cases), default=2)
    shown = max(most, _shown(there[ADJUDICATION].config) if ADJUDICATION in there else 2)
    screen = labeling_config(taxonomy, shown)
    remote = ensure_project(project, server, ADJUDICATION, there, screen, update=True)
    have = {task["data"].get("sentence_id") for task in server.tasks(remote)}
    new = [_task(case, shown, taxonomy) for case in cases if case.sentence_id not in have]
    chunk = load_params(project.annotation_settings, "push", PushSettings).chunk
    with counting_bar(f"{len(new)} disputed sentences", len(new)) as progress:
        for start in range(0, len(new), chunk):
            server.add_tasks(remote, new[start : start + chunk])
            progress(len(new[start : start + chunk]))
    return len(new)


def _known(decisions: Decisions, taxonomy: Taxonomy) -> dict[str, Drawn]:
    """What a decision can be about: every sentence with a blind answer.

    Not only those that are disputed now: an annotator may have come round since the push.
    """
    return {i: _drawn(own, taxonomy) for i, own in only_blind(decisions).items()}


def _shown(config: str) -> int:
    return config.count('name="answer_')


def _task(case: Disputed, shown: int, taxonomy: Taxonomy) -> Task:
    answers = [answer_text(answer, taxonomy) for answer in case.answers]
    answers += [""] * (shown - len(answers))
    return {
        "data": {
            "sentence_id": case.sentence_id,
            "text": case.text,
            "before": case.context[0],
            "after": case.context[1],
            "title": "",
            "source": "",
            **{f"answer_{i}": text for i, text in enumerate(answers, 1)},
        },
        "meta": {"reason": REASON, "taxonomy_version": taxonomy.version},
    }


def answer_text(answer: Answer, taxonomy: Taxonomy) -> str:
    """An answer in words, as an adjudicator reads it."""
    names = {area.id: area.zh for area in taxonomy.areas}
    areas = "；".join(f"{names[a]}：{ZH[s]}" for a, s in answer.areas.items())
    voice = f" ｜ {ZH[answer.voice]}" if answer.voice else ""
    return f"{areas or ZH['not_addressed']}{voice} ｜ {ZH[answer.role]}"


def _drawn(own: Sequence[Annotation], taxonomy: Taxonomy) -> Drawn:
    return Drawn(
        sentence_id=own[0].sentence_id,
        article_id="",
        text=own[0].text,
        context=own[0].context,
        title="",
        source="",
        sampling_p=next((a.sampling_p for a in own if a.sampling_p is not None), None),
        reason=REASON,
        taxonomy_version=taxonomy.version,
    )


def adjudicated_text(new: int, pulled: PulledProject | None) -> str:
    """What went out and what came back, in a line each."""
    lines = [f"{new} disputed sentences are new in the project {ADJUDICATION!r}"]
    if pulled:
        lines.append(f"{pulled.new} new decisions, {pulled.open} of {pulled.tasks} still open")
        lines += [f"  rejected: {r.where} ({r.sentence_id}): {r.reason}" for r in pulled.rejects]
    return "\n".join(lines)
