import pytest

from amends.mailroom.attachment import Attachment
from amends.mailroom.filing import file_in
from amends.mailroom.letter import Letter
from amends.mailroom.parsing import parse
from amends.mailroom.post import store
from tests.mailroom.mails import multipart

pytestmark = pytest.mark.django_db
LOGO = "Content-Type: image/png; name=logo.png\n\nPNG"


def filed(raw: bytes, **given) -> Letter:
    return file_in(store(raw, way="smtp"), parse(raw), thread="abcde", **given)


def test_znuny_764_equal_pictures_are_stored_once():
    """Under one name and id they are one file; under many ids the bytes are still kept once."""
    others = [f"Content-ID: <logo{number}@x>\n{LOGO}" for number in range(3)]
    filed(multipart("\nwords", *[LOGO] * 43, *others))
    assert Attachment.objects.count() == 4
    assert Attachment.objects.values("digest").distinct().count() == 1
    assert Attachment.objects.values("ref").distinct().count() == 4


def test_ghsa_wg74_ww4w_2qpc_files_have_names_nobody_can_guess():
    """Guarantee 10."""
    filed(multipart("\nwords", LOGO))
    assert len(Attachment.objects.get().ref) == 26
