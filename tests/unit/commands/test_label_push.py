"""What a push removes from a server, and what it never removes."""

from pipeline.commands.label_push import _push, _retire, _undouble, pushed_text
from pipeline.label_studio import RemoteProject

PROJECT = RemoteProject(1, "t", "")


class Answering:
    """A server on which task 1 is answered after its tasks were listed."""

    def __init__(self, tasks):
        self.held = {task["id"]: task for task in tasks}
        self.retired = []

    def tasks(self, _project):
        return list(self.held.values())

    def delete_unanswered(self, number):
        return number != 1 and self.held.pop(number) is not None

    def change_task(self, number, meta):
        assert meta["retired"]
        self.retired.append(number)

    def add_tasks(self, _project, tasks):
        for made in tasks:
            self.held[100 + len(self.held)] = made | {"id": 100 + len(self.held)}


def task(number, sentence_id="a-1", **changed):
    data = {"sentence_id": sentence_id} if sentence_id else {"text": "made by hand"}
    return {"id": number, "data": data, "meta": {}, "annotations": []} | changed


def test_an_answer_that_comes_while_tasks_are_retired_is_kept():
    listed = [task(1), task(2, "a-2"), task(3, "a-3"), task(4, "")]
    server = Answering(listed)
    assert _retire(server, listed, {"a-3"}) == 2
    assert (sorted(server.held), server.retired) == ([1, 3, 4], [1])


def test_only_unanswered_copies_go_and_tasks_made_by_hand_are_no_copies():
    answered = task(5, annotations=[{"id": 1}])
    server = Answering([task(1), task(2), answered, task(3, ""), task(4, "")])
    left, removed = _undouble(server, PROJECT)
    assert (sorted(server.held), removed) == ([1, 3, 4, 5], 1)
    assert sorted(t["id"] for t in left) == [1, 3, 4, 5]


def test_a_sentence_that_is_in_the_corpus_no_more_is_not_handed_out_and_counted():
    server = Answering([])
    wanted = [task(0, "a-1"), task(0, "a-9")]
    done, left = _push(server, PROJECT, "anna", wanted, {"a-1"}, chunk=1)
    assert [t["data"]["sentence_id"] for t in left] == ["a-1"]
    assert "1 new tasks, 0 were there, 1 not pushed (their article" in pushed_text([done])
