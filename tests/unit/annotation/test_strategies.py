"""What each strategy looks for."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotation.candidates import Evidence
from pipeline.annotation.committee import disagreement
from pipeline.annotation.diversity import diversity
from pipeline.annotation.rare import rare_areas
from pipeline.annotation.uncertain import doubt, uncertain
from tests.unit.builders import TAXONOMY, area_answer, candidate, example, prediction

NOTHING = Evidence({}, (), (), TAXONOMY, 0)


def evidence(*predictions, **changed):
    return replace(NOTHING, predictions={p.sentence_id: p for p in predictions}, **changed)


def ids(picks):
    return [pick.candidate.id for pick in picks]


def test_the_least_sure_answer_of_any_question_makes_a_sentence_uncertain():
    known = evidence(
        prediction("sure"),
        prediction("role", role_p=0.4),
        prediction("voice", voice_p=0.55, areas=(area_answer("open_source"),)),
        prediction("area", areas=(area_answer("open_source", p=0.5),)),
    )
    pool = [candidate(i) for i in ("unasked", "sure", "role", "voice", "area")]
    assert ids(uncertain(pool, known, 9)) == ["voice", "role", "area", "sure"]
    assert ids(uncertain(pool, known, 2)) == ["voice", "role"]


def test_doubt_is_none_when_sure_and_whole_when_uniform():
    assert doubt(prediction("x", role_p=1.0)) == 0
    assert doubt(prediction("x", role_p=1 / 3)) == 1
    assert doubt(prediction("x", areas=(area_answer("open_source", p=0.25),))) == 1


def test_a_voice_is_no_question_where_no_area_is_addressed():
    assert doubt(prediction("x", role_p=1.0, voice_p=0.5)) == 0


LABELLED = [
    example(f"a-{i}", text=text, areas=areas, voice="author" if areas else None)
    for i in range(9)
    for text, areas in (
        (f"芯片出口管制继续收紧{i}", {"export_controls": "supportive"}),
        (f"开源模型权重应当公开{i}", {"open_source": "supportive"}),
        (f"今天的会议改在周{i}举行", {}),
    )
]


def test_sentences_that_model_and_n_grams_answer_alike_are_no_disagreement():
    alike = prediction("alike", areas=(area_answer("export_controls"),))
    missed = prediction("missed")
    both = prediction(
        "both", areas=(area_answer("export_controls", "critical"), area_answer("open_source"))
    )
    pool = [candidate(i, text="芯片出口管制收紧") for i in ("alike", "missed", "both", "unasked")]
    known = evidence(alike, missed, both, labelled=LABELLED)
    assert [(p.candidate.id, p.reason) for p in disagreement(pool, known, 9)] == [
        ("both", "disagreement"),
        ("missed", "disagreement"),
    ]


def test_without_labels_or_predictions_nobody_disagrees():
    pool = [candidate("x")]
    assert disagreement(pool, evidence(labelled=LABELLED), 9) == []
    assert disagreement(pool, evidence(prediction("x")), 9) == []


def test_an_area_whose_labels_are_all_alike_is_answered_so():
    known = evidence(
        prediction("x"), labelled=[example("a-1", text="别的"), example("a-2", text="话")]
    )
    assert disagreement([candidate("x", text="别的话")], known, 9) == []


def test_the_area_with_fewest_labels_is_served_first_until_it_has_as_many():
    answers = [
        prediction(f"o{i}", areas=(area_answer("open_source", p=0.5 + i / 10),)) for i in range(4)
    ]
    answers += [prediction(f"e{i}", areas=(area_answer("export_controls"),)) for i in range(4)]
    labelled = [example("a-1", areas={"export_controls": "neutral"})] * 2
    pool = [candidate(p.sentence_id) for p in answers]
    picks = rare_areas(pool, evidence(*answers, labelled=labelled), 4)
    assert ids(picks)[:2] == ["o3", "o2"]
    assert sorted(p.reason for p in picks[2:]) == [
        "rare_area:export_controls",
        "rare_area:open_source",
    ]


def test_a_sentence_of_two_rare_areas_is_chosen_once():
    both = prediction("x", areas=(area_answer("open_source"), area_answer("export_controls")))
    assert ids(rare_areas([candidate("x")], evidence(both), 9)) == ["x"]


KINDS = ("芯片出口管制执法清单", "开源模型权重社区许可", "电网变压器并网排队时长")


def test_one_sentence_of_each_kind_is_chosen():
    pool = [
        candidate(f"{k}-{i}", text=f"{kind}第{i}条")
        for k, kind in enumerate(KINDS)
        for i in range(20)
    ]
    assert {i[0] for i in ids(diversity(pool, NOTHING, 3))} == {"0", "1", "2"}


def test_kinds_of_which_little_is_known_come_first():
    pool = [
        candidate(f"{k}-{i}", text=f"{kind}第{i}条")
        for k, kind in enumerate(KINDS[:2])
        for i in range(20)
    ]
    known = replace(NOTHING, known=[f"{KINDS[0]}第{i}款" for i in range(60)])
    assert ids(diversity(pool, known, 3))[0][0] == "1"


@given(
    st.lists(st.text("甲乙丙丁", min_size=1), min_size=1, max_size=12, unique=True),
    st.integers(1, 14),
)
def test_diversity_fills_its_places_with_different_sentences(texts, count):
    found = ids(diversity([candidate(t) for t in texts], NOTHING, count))
    assert len(set(found)) == len(found) == min(count, len(texts))
