"""Templates say money and moments plainly, in the time of the place."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

NOW = datetime(2026, 5, 13, 12, 0, tzinfo=UTC)
AT = datetime(2026, 5, 13, 13, 30, tzinfo=UTC)


def said(source, **context):
    return Template("{% load kit %}" + source).render(Context(context))


@pytest.fixture(autouse=True)
def _in_london_at_one():
    with time_machine.travel(NOW, tick=False), timezone.override(ZoneInfo("Europe/London")):
        yield


def test_money_is_written_the_way_people_write_it():
    assert said("{{ amount|money:'GBP' }}", amount=Decimal("12.50")) == "£12.50"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ at|due }}", "by 14:30 today"),
        ("{{ at|ago }}", "in 1 hour"),
        ("{{ at|moment }}", "14:30 today"),
        ("{{ at|day }}", "today"),
        ("{{ on|day }}", "tomorrow"),
        ("{{ at|passed }}", "False"),
        ("{{ nothing|due }}{{ nothing|ago }}{{ nothing|moment }}{{ nothing|day }}", ""),
        ("{% when nothing %}", ""),
    ],
)
def test_moments_are_in_the_time_of_the_place(source, words):
    assert said(source, at=AT, on=date(2026, 5, 14), nothing=None) == words


def test_a_live_time_holds_the_exact_moment_too():
    html = said('{% when at "due" %}', at=AT)
    assert 'data-said="due"' in html
    assert 'datetime="2026-05-13T14:30:00+01:00"' in html
    assert 'title="Wednesday 13 May 2026, 14:30"' in html
    assert ">by 14:30 today</time>" in html


def test_an_icon_is_hidden_from_those_who_listen():
    html = said('{% icon "promises" %}')
    assert 'aria-hidden="true"' in html
    assert "#promises" in html


def test_a_form_is_sent_by_htmx_when_it_can_be_and_by_the_browser_when_not():
    html = said('{% posts "/desk/abc/apology/" into="apology" %}')
    assert 'action="/desk/abc/apology/"' in html
    assert 'hx-post="/desk/abc/apology/"' in html
    assert 'hx-target="#apology"' in html
    assert "hx-" not in said('{% posts "/desk/abc/apology/" %}')


def test_a_form_with_files_says_so_both_ways():
    html = said('{% posts "/tell/" into="tell" files=True %}')
    assert 'enctype="multipart/form-data"' in html
    assert 'hx-encoding="multipart/form-data"' in html


@pytest.mark.parametrize(
    ("name", "letters"), [("Ana Maria Lopez", "AL"), ("Bo", "B"), ("", ""), ("ana lopez", "AL")]
)
def test_a_person_has_initials(name, letters):
    assert said("{{ name|initials }}", name=name) == letters


def test_a_link_to_the_page_one_is_on_says_so():
    request = RequestFactory().get("/desk/promises/late/")
    on = said("{% here '/desk/promises/' %}", request=request)
    off = said("{% here '/desk/today/' %}{% here '' %}", request=request)
    assert (on, off) == (' aria-current="page"', "")


def test_waiting_counts_whole_minutes_and_never_below_none():
    assert said("{{ at|minutes_to:now }}|{{ now|minutes_to:at }}", at=AT, now=NOW) == "0|90"


def test_amounts_in_attributes_are_plain_numbers():
    assert said("{{ a|unlocalised }} {{ a|share:20 }}", a=Decimal("1250.50")) == "1250.50 250.10"
