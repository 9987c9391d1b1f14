import pytest

from amends.desk.talk import Talk
from amends.recovery import journey
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def talk(recovery):
    return Talk(recovery, list(recovery.timeline.select_related("by")))


def test_the_story_is_not_told_twice():
    recovery = cast.heard()
    found = talk(recovery)
    assert [told.words for told, _ in found.story] == [cast.STORY]
    assert found.since == []


def test_letters_notes_and_spoken_words_in_their_order(clock):
    recovery = cast.understood()
    clock.shift(60)
    journey.apologise(recovery, words=cast.SORRY, by=cast.ana(), channel="in person")
    clock.shift(60)
    journey.note(recovery, words="He likes tea.", by=cast.ana())
    said = [(one.letter.direction, one.by) for one in talk(recovery).since]
    assert said == [("out", "Ana Reyes"), ("out", "Ana Reyes"), ("note", "Ana Reyes")]


def test_a_call_written_down_is_no_note():
    recovery = cast.heard()
    journey.note(recovery, words="He rang.", by=cast.ana(), channel="telephone")
    [said] = talk(recovery).since
    assert (said.letter.direction, said.channel) == ("out", "on the telephone")


def test_what_came_before_is_folded_not_cut(clock):
    recovery = cast.heard()
    for n in range(5):
        clock.shift(60)
        journey.write(recovery, words=f"Letter {n}", by=cast.ana())
    found = talk(recovery)
    assert (len(found.earlier), len(found.latest)) == (2, 3)
    assert "Letter 4" in found.latest[-1].letter.text
