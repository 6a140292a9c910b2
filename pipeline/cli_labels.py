"""`lichang labels …`: every command around annotations."""

import sys
from pathlib import Path
from typing import Annotated

import typer

labels = typer.Typer(help="标注 · The annotations of the project.", no_args_is_help=True)


@labels.command("lint")
def labels_lint() -> None:
    """标注检查 · Check the annotation files as source, count what they cover and agree on.

    Reads data/raw, labels/annotations and configs; needs no model and nothing that the graph
    made. Ends with exit code 1 when it finds a problem.
    """
    from pipeline.commands.labels import lint_labels
    from pipeline.project import find_project

    report, text = lint_labels(find_project(Path.cwd()))
    print(text)
    if report.problems:
        print(f"{len(report.problems)} problems, listed above", file=sys.stderr)
        raise typer.Exit(1)


@labels.command("agreement")
def labels_agreement() -> None:
    """一致性 · Measure how far blind annotators agree, question by question and pair by pair.

    Reads data/raw, labels/annotations and configs (section agreement of annotation.yaml); needs no
    model and nothing that the graph made. Writes agreement.md and .json to reports/agreement.
    """
    from pipeline.annotation.agreed import measured_table
    from pipeline.annotation.ceiling import ceiling_table
    from pipeline.commands.agreement import measure_agreement
    from pipeline.project import find_project

    project = find_project(Path.cwd())
    report = measure_agreement(project)
    print(measured_table(report.questions))
    print(f"what they score against each other:\n\n{ceiling_table(report.ceiling)}")
    print(f"pair by pair, and where annotators differ most: {project.agreement / 'agreement.md'}")


@labels.command("curve")
def labels_curve(
    sizes: Annotated[
        str, typer.Option(help="Numbers of training sentences, beside all there are.")
    ] = "500,1000,2000",
    seeds: Annotated[int, typer.Option(min=1, help="Trainings a size, each on its own fold.")] = 3,
) -> None:
    """学习曲线 · Measure what more annotations bring on outlets that were not seen.

    Trains once a size and seed (up to ten minutes each on two cores); finished trainings are
    kept, so that an interrupted run goes on. Writes curve.md, .json and .svg to reports/curve.
    """
    from pipeline.commands.curve import curve_table, learning_curve
    from pipeline.project import find_project

    asked = [int(size) for size in sizes.split(",")]
    print(curve_table(learning_curve(find_project(Path.cwd()), asked, seeds)))


@labels.command("sample")
def labels_sample(
    name: Annotated[str, typer.Argument(help="Name of the batch, a new one.")],
    size: Annotated[int | None, typer.Option(min=1, help="How many sentences.")] = None,
    seed: Annotated[int | None, typer.Option(help="Of the draws and of ties.")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Draw from what was annotated or drawn as well.")
    ] = False,
) -> None:
    """抽样 · Choose what to annotate next, by the mix of configs/annotation.yaml.

    Writes labels/batches/NAME.jsonl, and labels/batches/test.jsonl at the first draw. Needs what
    'dvc repro' made: sentences, and for most strategies predictions. The same state, size and
    seed give the same batch.
    """
    from pipeline.commands.sample import sample, sampled_table
    from pipeline.project import find_project

    print(sampled_table(sample(find_project(Path.cwd()), name, size, seed, again)))


@labels.command("interface")
def labels_interface() -> None:
    """标注界面 · Write the annotators' screen, made from configs/policy_areas.yaml.

    Writes labels/label_studio.xml, to look at: a push makes the same screen for new projects, and
    'lichang labels push --update-screen' gives it to those that are there.
    """
    from pipeline.commands.label_interface import write_screen
    from pipeline.project import find_project

    print(write_screen(find_project(Path.cwd())))


@labels.command("server")
def labels_server(
    port: Annotated[int, typer.Option(min=1024, max=65535, help="Port on 127.0.0.1.")] = 8080,
) -> None:
    """标注服务 · Run the real Label Studio on this machine until Ctrl-C ('make label-studio').

    Data, log and secrets stay in .label-studio, which git ignores. The address and how to log in
    are printed; the password only to a terminal.
    """
    from pipeline.commands.label_server import serve_here
    from pipeline.project import find_project

    serve_here(find_project(Path.cwd()), port)


@labels.command("push")
def labels_push(
    batch: Annotated[str, typer.Option(help="A batch of 'lichang labels sample'.")],
    annotators: Annotated[str, typer.Option(help="Names, separated by commas.")],
    update_screen: Annotated[
        bool, typer.Option(help="Give projects with another screen the current one.")
    ] = False,
) -> None:
    """推送 · Hand a batch out: each annotator gets a project, blind to the others.

    Pushing again adds no task twice; an interrupted push goes on. Reads LABEL_STUDIO_URL and
    LABEL_STUDIO_API_KEY, else uses the server of this machine.
    """
    from pipeline.commands.label_login import connect
    from pipeline.commands.label_push import push_batch, pushed_text
    from pipeline.project import find_project

    project = find_project(Path.cwd())
    names = [name.strip() for name in annotators.split(",") if name.strip()]
    print(pushed_text(push_batch(project, connect(project), batch, names, update_screen)))


@labels.command("pull")
def labels_pull() -> None:
    """拉取 · Bring every annotator's answers and skips into labels/, each checked.

    Lines are only added; pulling twice changes nothing. Submissions that hold no valid answer are
    named, and stay on the server. Ends with exit code 1 when there are any.
    """
    from pipeline.commands.label_login import connect
    from pipeline.commands.label_projects import other_versions
    from pipeline.commands.label_pull import pull, pulled_text
    from pipeline.project import find_project

    project = find_project(Path.cwd())
    server = connect(project)
    for title in other_versions(project, server.projects()):
        print(
            f"note: {title!r} is of another codebook version, its answers are not pulled: pull "
            "them with the policy_areas.yaml of that version, then run 'lichang labels migrate'",
            file=sys.stderr,
        )
    done = pull(project, server)
    print(pulled_text(done))
    if any(p.rejects for p in done):
        raise typer.Exit(1)


@labels.command("adjudicate")
def labels_adjudicate() -> None:
    """复核 · Sentences on which annotators differ go to one who sees all answers, without names.

    Brings in what was decided, then pushes what is disputed now. A decision is one more line
    beside the raw answers, never over them.
    """
    from pipeline.commands.label_adjudicate import adjudicate, adjudicated_text
    from pipeline.commands.label_login import connect
    from pipeline.project import find_project

    project = find_project(Path.cwd())
    print(adjudicated_text(*adjudicate(project, connect(project))))


@labels.command("serve")
def labels_serve(
    port: Annotated[int, typer.Option(min=1024, max=65535, help="Port on 127.0.0.1.")] = 9090,
    connect: Annotated[
        bool, typer.Option("--connect", help="Connect the annotators' projects to it.")
    ] = False,
) -> None:
    """模型服务 · Serve the trained model as Label Studio's ML backend until Ctrl-C.

    Needs a trained model ('make run'). Tasks whose prefill is held back get no answer.
    """
    from pipeline.commands.label_backend import serve
    from pipeline.project import find_project

    serve(find_project(Path.cwd()), port, connect)


@labels.command("migrate")
def labels_migrate(
    mapping: Annotated[Path, typer.Argument(help="A file such as labels/migrations/v1-v2.yaml.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, write nothing.")
    ] = False,
) -> None:
    """迁移 · Carry annotations over when policy areas are renamed, merged, split, added, removed.

    Edit configs/policy_areas.yaml and its version first. MAPPING is YAML: `from` and `to` (codebook
    versions), `rename` {old: new}, `merge` {new: [old, old]}, `split` {old: [new, new]}, `add`
    [new], `remove` [old]. What is certain is appended to labels/annotations, the rest queued in
    labels/batches/migrate-VERSION.jsonl; old lines stay.
    """
    from pipeline.commands.migrate import migrate, migrated_table
    from pipeline.project import find_project

    print(migrated_table(migrate(find_project(Path.cwd()), mapping, dry_run)))


@labels.command("audit")
def labels_audit() -> None:
    """预填审计 · Measure how far showing a model's answer pulls the annotators' answers.

    Compares tasks whose prefill was shown with those where it was hidden at random: agreement
    with the model, wrong answers corrected, seconds. Writes reports/audit/audit.json.
    """
    from pipeline.commands.audit import audit, audit_table
    from pipeline.project import find_project

    print(audit_table(audit(find_project(Path.cwd()))))
