from datetime import timedelta

import pytest

from amends.kit.clock import now
from amends.recovery import journey
from tests import cast
from tests.desk.pressing import page_of, press, press_quietly, same_as_fresh, stranger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def owed():
    return cast.agreed().promises.first()


def at(**later):
    return (now() + timedelta(**later)).strftime("%Y-%m-%dT%H:%M")


def test_s3_16_a_promise_has_an_owner_a_cover_and_a_time(ana):
    recovery, ben = cast.heard(), cast.ben()
    told = {"words": "I ring you.", "due": at(days=1), "owner": cast.ana().ref, "cover": ben.ref}
    assert press(ana, "promise", recovery, **told).status_code == 303
    promise = recovery.promises.get()
    assert (promise.owner, promise.cover, promise.words) == (cast.ana(), ben, "I ring you.")


def test_or_an_event(ana):
    recovery = cast.heard()
    told = {"words": "Ask for me.", "trigger": "next_visit", "owner": cast.ana().ref}
    assert press(ana, "promise", recovery, **told, asks_for_owner="on").status_code == 303
    assert recovery.promises.get().asks_for_owner


def test_without_either_it_is_not_made_and_the_words_are_kept(ana):
    answer = press(ana, "promise", cast.heard(), words="I ring you.", owner=cast.ana().ref)
    assert answer.status_code == 422
    assert "I ring you." in answer.content.decode()
    assert "By when, or at what event?" in answer.content.decode()


def test_keeping_is_one_press(ana):
    promise = owed()
    assert press(ana, "keep", promise).status_code == 303
    promise.refresh_from_db()
    assert promise.kept_by == cast.ana()


def test_who_was_slower_is_told_who_kept_it(ana):
    promise = owed()
    journey.keep(promise, by=cast.ben())
    answer = press(ana, "keep", promise)
    assert answer.status_code == 422
    assert "already kept by Ben Okafor" in answer.content.decode()


def test_moving_needs_their_leave(ana):
    promise = owed()
    assert press(ana, "move", promise, to=at(days=5), leave="").status_code == 422
    assert press(ana, "move", promise, to=at(days=5), leave="Fine, she said.").status_code == 303
    promise.refresh_from_db()
    assert promise.times_moved == 1


def test_only_they_let_us_off(ana):
    promise = owed()
    assert press(ana, "release", promise, why="").status_code == 422
    assert press(ana, "release", promise, why="Never mind, she said.").status_code == 303


def test_s3_14_somebody_else_keeps_it(ana):
    promise, ben = owed(), cast.ben()
    assert press(ana, "cover_promise", promise, owner=ben.ref).status_code == 303
    promise.refresh_from_db()
    assert promise.owner == ben
    assert press(ana, "cover_promise", promise, owner="").status_code == 422


def test_s3_07_what_they_wanted_is_in(ana):
    recovery = cast.heard()
    promise = journey.promise(recovery, words="Ring them", by=cast.ana(), trigger="in_stock")
    assert b"It is in" in page_of(ana, recovery).content
    assert press(ana, "came_in", promise).status_code == 303
    promise.refresh_from_db()
    assert promise.due_at


def test_put_right_only_when_nothing_is_owed(ana):
    recovery = cast.agreed()
    answer = press(ana, "put_right", recovery, words="All done")
    assert answer.status_code == 422
    assert "has not been kept yet" in answer.content.decode()


def test_what_is_not_fixed_is_open_again(ana):
    recovery = cast.put_right()
    assert press(ana, "not_fixed", recovery, words="It broke again.").status_code == 303
    recovery = cast.fresh(recovery)
    assert (recovery.put_right_at, bool(recovery.waiting_since)) == (None, True)
    assert press(ana, "not_fixed", recovery, words="").status_code == 422


def test_s2_14_thanked_by_a_person(ana):
    recovery = cast.put_right()
    assert press(ana, "thank", recovery, how="By telephone").status_code == 303
    assert cast.fresh(recovery).thanked_by == cast.ana()
    assert press(ana, "thank", cast.put_right(), how="").status_code == 422


def test_drawn_without_a_new_page_it_is_the_same(ana):
    promise = owed()
    answer = press_quietly(ana, "keep", promise)
    assert same_as_fresh(answer, page_of(ana, promise.recovery))


def test_strangers_find_nothing(client):
    promise = owed()
    client.force_login(stranger())
    on_promise = ("keep", "move", "release", "cover_promise", "came_in")
    steps = [(step, promise) for step in on_promise]
    steps += [(s, promise.recovery) for s in ("promise", "put_right", "not_fixed", "thank")]
    for step, on in steps:
        assert press(client, step, on).status_code == 404
