from datetime import timedelta

import pytest

from amends.demo.telling import ago, line
from amends.demo.town import settle
from amends.kit.clock import now

pytestmark = pytest.mark.django_db


def test_a_story_is_told_as_of_its_own_day():
    today = now()
    with ago(days=3):
        assert timedelta(days=3) <= today - now() + timedelta(seconds=9) < timedelta(days=4)


def test_a_line_takes_the_words_and_the_sum_it_is_given():
    settle()
    given = line("Refund", "Half of it.", 170)
    assert (given.remedy.name, given.words, given.value) == ("Refund", "Half of it.", 170)
