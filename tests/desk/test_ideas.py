from datetime import date, timedelta

import pytest

from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.learning import Cause
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
IDEAS = "/desk/ideas/"


def words(response):
    return " ".join(response.content.decode().split())


def idea(text="Fry it on a rack.", **more):
    return journey.give_idea(cast.heard(**more), words=text)


def improvement():
    due, check = date(2026, 6, 14), date(2026, 7, 14)
    cause = Cause.called("Bacon fried too early")
    words = "Drain the bacon on a rack"
    return journey.improve(
        cause, words=words, owner=cast.mona(), due=due, check=check, by=cast.mona()
    )


def test_s1_13_an_idea_is_answered_and_its_giver_hears_of_it(client):
    given = idea()
    client.force_login(cast.mona())
    assert "Fry it on a rack." in words(client.get(IDEAS))
    answer = client.post(f"{IDEAS}{given.ref}/answer/", {"words": "We try it on Friday."})
    assert answer.status_code == 303
    assert "We try it on Friday." in Letter.objects.get(kind="idea_answer").text
    assert "Every idea has its answer" in words(client.get(IDEAS))
    assert "Fry it on a rack." in words(client.get(IDEAS, {"show": "answered"}))


def test_nothing_said_is_refused_and_twice_is_told(client):
    given = idea()
    client.force_login(cast.mona())
    assert client.post(f"{IDEAS}{given.ref}/answer/", {"words": " "}).status_code == 422
    client.post(f"{IDEAS}{given.ref}/answer/", {"words": "We try it."})
    twice = client.post(f"{IDEAS}{given.ref}/answer/", {"words": "Once more."})
    assert twice.status_code == 422


def test_s1_12_the_idea_leads_to_its_improvement_and_back(client):
    given, made = idea(), improvement()
    client.force_login(cast.mona())
    passed = client.post(f"{IDEAS}{given.ref}/improvement/", {"improvement": made.pk})
    assert passed.status_code == 303
    assert "Drain the bacon on a rack" in words(client.get(f"{IDEAS}{given.ref}/"))
    assert "Fry it on a rack." in words(client.get(f"/desk/causes/{made.cause.ref}/"))
    assert client.post(f"{IDEAS}{given.ref}/improvement/", {}).status_code == 422


def test_s1_15_an_outcome_that_was_not_told_stands_on_its_list(client, clock):
    given, made = idea(), improvement()
    journey.tell_what_changed(made, words="We use a rack now.", by=cast.mona())
    journey.take_up_idea(given, improvement=made, by=cast.mona())
    client.force_login(cast.mona())
    clock.shift(timedelta(days=8))
    assert "Something came of 1 idea" in words(client.get(IDEAS))
    assert "Tell them" in words(client.get(IDEAS, {"show": "untold"}))


def test_a_stranger_sees_none(client):
    given = idea()
    client.force_login(cast.person("Sam Poole", at=cast.place("larder-york")))
    assert "Fry it" not in words(client.get(IDEAS))
    assert client.get(f"{IDEAS}{given.ref}/").status_code == 404
    for what in ["answer", "improvement"]:
        assert client.post(f"{IDEAS}{given.ref}/{what}/", {"words": "x"}).status_code == 404


def test_the_page_asks_little_however_many(client, django_assert_max_num_queries):
    for number in range(6):
        idea(f"Idea {number}")
    client.force_login(cast.mona())
    with django_assert_max_num_queries(7):
        client.get(IDEAS)
