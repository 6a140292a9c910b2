"""`lichang labels interface`: the annotators' screen as a file that git keeps."""

from pipeline.annotation.interface import KEYED, keyless
from pipeline.commands.label_projects import current_screen
from pipeline.files import atomic_file
from pipeline.project import Project
from pipeline.records.taxonomy import load_taxonomy


def write_screen(project: Project) -> str:
    """Write labels/label_studio.xml; what to know about it, in words."""
    text = current_screen(project)
    with atomic_file(project.screen) as out:
        out.write(text)
    said = f"wrote {project.screen}"
    mouse = keyless(load_taxonomy(project.taxonomy))
    if mouse:
        said += (
            f"\nthe keyboard holds {KEYED} policy areas: {', '.join(mouse)} are answered with the "
            "mouse; areas that are asked often belong to the first twelve in "
            "configs/policy_areas.yaml"
        )
    return said
