"""`amends deliver` ends with 0 when everything is stored for good, and with 75 otherwise."""

import io
import mailbox
import sys

import pytest

from amends.config.delivering import deliver
from amends.mailroom.post import Post
from amends.people.setting_up import found_business, open_place

pytestmark = pytest.mark.django_db
MAIL = b"From: Ana <ana@x.example>\r\nTo: desk@amends.test\r\nSubject: Bacon\r\n\r\nToo greasy.\r\n"


@pytest.fixture(autouse=True)
def place():
    business = found_business(by=None, name="Breakfast")
    return open_place(business, name="Mill Lane", timezone="Europe/London", by=None)


def on_stdin(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_one_message_on_standard_input_is_stored(monkeypatch):
    on_stdin(monkeypatch, MAIL)
    assert deliver([]) == 0
    assert Post.objects.get().raw() == MAIL


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"no headers at all", b"\n", b"\0" * 9000])
def test_anything_that_can_be_read_is_stored(monkeypatch, content):
    on_stdin(monkeypatch, content)
    assert deliver([]) == 0
    assert Post.objects.get().raw() == content


def test_nothing_at_all_is_tried_again(monkeypatch, capsys):
    on_stdin(monkeypatch, b"")
    assert deliver([]) == 75
    assert "nothing came" in capsys.readouterr().err


def test_a_store_that_is_full_is_tried_again(monkeypatch, capsys):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("amends.recovery.intake.store", full)
    on_stdin(monkeypatch, MAIL)
    assert deliver([]) == 75
    assert "No space left" in capsys.readouterr().err


def test_a_wrong_command_is_tried_again_and_not_sent_back(capsys):
    with pytest.raises(SystemExit) as ended:
        deliver(["--plaice", "x"])
    assert ended.value.code == 75
    assert deliver(["--place", "nowhere"]) == 75
    assert "no place nowhere" in capsys.readouterr().err


def test_a_place_is_meant_by_its_reference_or_its_short_name(monkeypatch, place):
    for name in (place.ref, place.slug):
        on_stdin(monkeypatch, MAIL)
        assert deliver(["--place", name]) == 0
    assert Post.objects.get().mailbox == place.ref


def test_the_envelope_comes_from_options_or_from_the_mail_server(monkeypatch):
    monkeypatch.setenv("RECIPIENT", "desk+abc@amends.test")
    on_stdin(monkeypatch, MAIL)
    assert deliver(["--sender", "bounce@x.example"]) == 0
    post = Post.objects.get()
    assert (post.sender, post.recipients) == ("bounce@x.example", ["desk+abc@amends.test"])


def test_a_maildir_is_taken_twice_with_one_effect(tmp_path, capsys):
    box = mailbox.Maildir(tmp_path / "box", create=True)
    for number in range(3):
        box.add(MAIL + b"%d" % number)
    for _ in range(2):
        assert deliver(["--maildir", str(tmp_path / "box")]) == 0
    assert Post.objects.count() == 3
    assert "3 stored" in capsys.readouterr().out


def test_an_mbox_is_taken(tmp_path):
    box = mailbox.mbox(tmp_path / "box")
    for number in range(3):
        box.add(MAIL + b"%d" % number)
    box.close()
    assert deliver(["--mbox", str(tmp_path / "box")]) == 0
    assert Post.objects.count() == 3


def test_what_is_no_box_is_tried_again(tmp_path):
    assert deliver(["--maildir", str(tmp_path)]) == 75
    assert deliver(["--mbox", str(tmp_path / "nothing")]) == 75


def test_freescout_3298_what_is_larger_than_we_take_is_kept_as_a_heading(
    monkeypatch, settings, tmp_path
):
    """Guarantee 1: by pipe, Maildir and mbox; never sent back, never silent."""
    settings.AMENDS_SMTP_SIZE = 1_000
    large = MAIL + b"x" * 5_000
    on_stdin(monkeypatch, large)
    assert deliver([]) == 0
    maildir = mailbox.Maildir(tmp_path / "box", create=True)
    maildir.add(large)
    assert deliver(["--maildir", str(tmp_path / "box")]) == 0
    mbox = mailbox.mbox(tmp_path / "mbox")
    mbox.add(large)
    mbox.close()
    assert deliver(["--mbox", str(tmp_path / "mbox")]) == 0
    for post in Post.objects.all():
        assert b"larger than the 1 kB that are taken" in post.raw()
        assert b"From: Ana <ana@x.example>" in post.raw()
        assert len(post.raw()) < 1_000
