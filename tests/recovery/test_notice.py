import pytest

from amends.kit.clock import now
from amends.recovery.notice import About, Notice
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_notice_is_there_until_it_is_seen():
    recovery = cast.heard()
    Notice.tell(cast.ben(), recovery, About.PERSON, "Look here", at=now())
    notice = Notice.objects.unseen_by(cast.ben()).get()
    notice.see(at=now())
    assert not Notice.objects.unseen_by(cast.ben()).exists()


def test_nobody_is_told_nothing():
    Notice.tell(None, cast.heard(), About.PERSON, "Look here", at=now())
    assert not Notice.objects.filter(words="Look here").exists()
