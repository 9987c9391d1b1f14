from datetime import timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from amends.portal.telling import OLDEST, QUICKEST, TOO_OLD, TOO_QUICK, TellForm, new_key

pytestmark = pytest.mark.usefixtures("clock")


def sent(**given):
    data = QueryDict(mutable=True)
    for name, value in given.items():
        data[name] = value
    return TellForm(data, {})


def test_a_person_takes_a_few_seconds(clock):
    key = new_key()
    clock.shift(timedelta(seconds=QUICKEST))
    form = sent(words="Cold toast.", key=key)
    assert form.is_valid()
    assert form.ref == key[:10]
    assert form.told.words == "Cold toast."


def test_a_machine_is_asked_to_send_once_more_and_a_person_can(clock):
    key = new_key()
    form = sent(words="Cold toast.", key=key)
    assert form.non_field_errors() == [TOO_QUICK]
    assert form["key"].value() == key
    assert form["words"].value() == "Cold toast."
    clock.shift(timedelta(seconds=QUICKEST))
    assert sent(words="Cold toast.", key=form["key"].value()).is_valid()


def test_the_trap_is_emptied_so_that_a_helpful_browser_does_no_harm(clock):
    key = new_key()
    clock.shift(timedelta(minutes=1))
    form = sent(words="Cold toast.", key=key, website="http://x.example")
    assert not form.is_valid()
    assert form["website"].value() == ""


def test_a_page_left_open_too_long_keeps_the_words_and_gets_a_new_key(clock):
    key = new_key()
    clock.shift(timedelta(seconds=OLDEST + 1))
    form = sent(words="Cold toast.", key=key)
    assert form.non_field_errors() == [TOO_OLD]
    assert form["key"].value() != key


@given(st.text(max_size=60))
def test_a_key_that_we_did_not_make_opens_nothing(key):
    form = sent(words="Cold toast.", key=key)
    assert not form.is_valid()


def test_a_moment_to_come_is_refused(clock):
    key = new_key()
    clock.shift(timedelta(minutes=1))
    form = sent(words="Cold toast.", key=key, happened_at="2031-01-01T10:00")
    assert "still to come" in form.errors["happened_at"][0]


def test_words_are_all_that_is_needed(clock):
    key = new_key()
    clock.shift(timedelta(minutes=1))
    assert list(sent(key=key).errors) == ["words"]
