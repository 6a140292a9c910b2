import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def encoder_folder(tmp_path_factory):
    """The embedded encoder, trimmed to Chinese; made once, in about two seconds."""
    from pipeline.stages.encoder import main

    root = tmp_path_factory.mktemp("encoder")
    params = root / "params.yaml"
    params.write_text("encoder: {name: embedded, vocabulary: chinese}\n", encoding="utf-8")
    main(params, root / "encoder")
    yield root / "encoder"
    shutil.rmtree(root)  # 130 MB, which pytest would keep for three runs


@pytest.fixture(scope="session")
def chinese_sentences():
    """Invented sentences: both scripts, full-width forms, digits, names, emoji, pinyin."""
    path = Path(__file__).parent / "unit" / "chinese_sentences.txt"
    return path.read_text(encoding="utf-8").splitlines()
