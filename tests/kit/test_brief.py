"""A brief memory: only inside, only for a while, and for each thread its own."""

import threading

import pytest

from amends.kit.brief import briefly, remembering


@pytest.fixture
def question():
    asked = []

    @briefly
    def how_many(of):
        asked.append(of)
        return len(asked)

    return how_many


def test_outside_every_question_is_asked(question, settings):
    settings.BRIEFLY = 60
    assert [question("a"), question("a")] == [1, 2]


def test_inside_a_question_is_asked_once(question, settings):
    settings.BRIEFLY = 60
    with remembering():
        assert [question("a"), question("a"), question("b"), question(of="b")] == [1, 1, 2, 3]
    assert question("a") == 4


def test_what_is_too_old_is_asked_again(question, settings):
    settings.BRIEFLY = 0
    with remembering():
        assert [question("a"), question("a")] == [1, 2]


def test_a_question_that_fails_is_asked_again(settings):
    settings.BRIEFLY = 60
    answers = iter([ValueError("not yet"), 7])

    @briefly
    def answer():
        found = next(answers)
        if isinstance(found, Exception):
            raise found
        return found

    with remembering():
        with pytest.raises(ValueError, match="not yet"):
            answer()
        assert answer() == 7


def test_another_thread_remembers_nothing_of_it(question, settings):
    settings.BRIEFLY = 60
    seen = []
    with remembering():
        question("a")
        thread = threading.Thread(target=lambda: seen.append(question("a")))
        thread.start()
        thread.join()
    assert seen == [2]


def test_it_does_not_grow_for_ever(settings):
    settings.BRIEFLY = 60
    asked = []

    @briefly
    def echo(number):
        asked.append(number)
        return number

    with remembering():
        assert [echo(number) for number in range(2_500)] == list(range(2_500))
        echo(2_499)
    assert len(asked) == 2_500
