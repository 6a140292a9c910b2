"""What a push removes from a server, and what it never removes."""

from pipeline.commands.label_push import _retire, _undouble
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
