"""What the YAML above an exported text says, and what only looks like such."""

import pytest

from pipeline.text.front_matter import front_matter
from pipeline.text.meta import Meta
from tests.unit.text.rules import body, cleaned

FIRST = "监管部门上周公布了一份评估办法，企业可以在三十天之内提出自己的意见。"
SECOND = "多名受访者认为，办法本身并不严厉，难的是县一级没有人手去执行。"


@pytest.mark.parametrize(
    ("stated", "meta"),
    [
        ("title: 评估办法\nauthor: 顾砚秋\ndate: 2025-12-04", ("评估办法", "", "顾砚秋", "2025-12-04")),
        ("author:\n  - 顾砚秋\n  - 苗一舟\npublished: 2025-12-04", ("", "", "顾砚秋、苗一舟", "2025-12-04")),
        ("source: https://www.example.org/a\nsite: 云汀网", ("", "云汀网", "", "")),
        ('title: 评估: "办法"怎么走\nsource: 云汀网', ('评估: "办法"怎么走', "云汀网", "", "")),
        ("tags: [a, b]\ntitle:", ("", "", "", "")),
    ],
)  # fmt: skip
def test_fields_are_read_and_the_yaml_is_no_body(stated, meta):
    text = f"---\n{stated}\n---\n{FIRST}\n\n{SECOND}\n"
    assert front_matter(text) == (Meta(*meta), text.index(FIRST))
    assert body(text, "markdown") == [FIRST, SECOND]
    article = cleaned(text, "markdown")
    assert (article.source, article.author, article.date) == meta[1:]
    assert not meta[0] or article.title == meta[0]


def test_rules_between_paragraphs_are_no_front_matter():
    text = f"---\n{FIRST}\n---\n{SECOND}\n"
    assert front_matter(text) == (Meta(), 0)
    assert body(text, "markdown") == [FIRST, SECOND]
