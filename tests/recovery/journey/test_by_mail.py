import pytest

from amends.mailroom.letter import Letter
from amends.recovery import journey
from amends.recovery.complaint import NotYetRead
from amends.recovery.timeline import Verb
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_letter_or_a_note(clock):
    recovery = cast.understood()
    journey.wrote_by_mail(recovery, words="I will ring you.", by=cast.ana(), is_note=False)
    journey.wrote_by_mail(recovery, words="He is kind.", by=cast.ana(), is_note=True)
    [sent] = Letter.objects.filter(thread=recovery.ref, kind="answer")
    assert "He is kind." not in sent.text
    assert recovery.timeline.get(verb=Verb.NOTED).words == "He is kind."


def test_nobody_answers_a_story_that_nobody_read():
    recovery = cast.heard(channel="e-mail")
    with pytest.raises(NotYetRead):
        journey.wrote_by_mail(recovery, words="I will ring you.", by=cast.ana(), is_note=False)
    journey.wrote_by_mail(recovery, words="He is kind.", by=cast.ana(), is_note=True)
