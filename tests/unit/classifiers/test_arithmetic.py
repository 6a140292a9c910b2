import os
import subprocess
import sys

from pipeline.classifiers.arithmetic import KEPT_SHAPES
from tests.house.imports import ROOT

ASKED = """
import os
from pipeline.classifiers.arithmetic import device
device()
print(os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"])
"""


def kept(**more: str) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("ONEDNN")}
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env=clean | more, cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_few_shapes_are_kept_unless_a_person_says_otherwise():
    assert kept() == KEPT_SHAPES
    assert kept(ONEDNN_PRIMITIVE_CACHE_CAPACITY="1024") == "1024"
