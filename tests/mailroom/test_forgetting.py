from functools import partial

import pytest

from amends.kit.clock import now
from amends.kit.files import digest_of, keep, read_kept
from amends.mailroom.attachment import Attachment
from amends.mailroom.filing import log
from amends.mailroom.forgetting import OnItsWay, forget_letters, forget_marks, letters_of
from amends.mailroom.letter import Letter, State
from amends.mailroom.mark import Grip, Mark
from amends.mailroom.post import Post
from amends.recovery import intake
from tests import cast

pytestmark = pytest.mark.django_db
RAW = b"""From: Ida Moss <ida@moss.example>\r
To: desk@amends.test\r
Subject: My vase\r
Message-ID: <%s@moss.example>\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=b\r
\r
--b\r
Content-Type: text/plain\r
\r
The vase is broken.\r
--b\r
Content-Type: image/png\r
Content-Disposition: attachment; filename=vase.png\r
\r
%s\r
--b--\r
"""


@pytest.fixture
def came_in():
    cast.ana()

    def take(name, picture=b"a picture of it"):
        intake.take_in(
            RAW % (name, picture),
            way="smtp",
            sender="ida@moss.example",
            recipients=["desk@amends.test"],
        )
        return Letter.objects.filter(direction="in").latest("pk")

    return take


def settled():
    Letter.objects.filter(state=State.QUEUED).update(state=State.HANDED_OVER, handed_over_at=now())


def test_nothing_of_a_letter_can_be_read_any_more(came_in, django_capture_on_commit_callbacks):
    letter = came_in(b"one")
    settled()
    attachment = Attachment.objects.get(letter=letter)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_letters([letter.thread], ["ida@moss.example"]) == 2
    for row in (Letter.objects.get(pk=letter.pk), Post.objects.get(), Attachment.objects.get()):
        told = " ".join(str(value) for value in vars(row).values()).lower()
        assert not any(word in told for word in ("ida", "vase", "moss", "broken"))
    assert Letter.objects.get(pk=letter.pk).thread == letter.thread
    assert Post.objects.get().raw() == b""
    with pytest.raises(FileNotFoundError):
        read_kept(attachment.digest)


def test_the_same_file_of_somebody_else_stays(came_in, django_capture_on_commit_callbacks):
    first, second = came_in(b"one"), came_in(b"two")
    settled()
    Letter.objects.filter(pk=second.pk).update(thread="elsewhere")
    digest = Attachment.objects.get(letter=second).digest
    with django_capture_on_commit_callbacks(execute=True):
        forget_letters([first.thread], [])
    assert read_kept(digest).strip() == b"a picture of it"
    assert Attachment.objects.get(letter=second).name == "vase.png"


def test_a_letter_that_is_on_its_way_is_waited_for(came_in):
    letter = came_in(b"one")
    assert Letter.objects.filter(state=State.QUEUED).exists()
    with pytest.raises(OnItsWay):
        forget_letters([letter.thread], [])
    assert Letter.objects.get(pk=letter.pk).text


def test_letters_of_nobodys_conversation_are_theirs_by_their_address():
    made = partial(log, channel="e-mail", direction="in", text="Hello.")
    mine, other = made(""), made("")
    Letter.objects.filter(pk=mine.pk).update(sender="IDA@moss.example")
    elsewhere = made("r1")
    Letter.objects.filter(pk=elsewhere.pk).update(sender="ida@moss.example")
    assert list(letters_of([], ["ida@moss.example"])) == [mine]
    assert set(letters_of(["r1"], [])) == {elsewhere}
    assert other.text


def test_marks_go_with_the_address():
    Mark.put("ida@moss.example", Grip.HARD, why="No such mailbox.", at=now())
    forget_marks(["IDA@moss.example"])
    assert not Mark.objects.exists()


def test_a_file_that_is_gone_already_is_gone():
    from amends.kit.files import forget

    digest = keep(b"once")
    forget([digest])
    forget([digest, "../../etc/passwd"])
    assert digest == digest_of(b"once")
