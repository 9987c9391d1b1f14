from contextlib import suppress

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from amends.api import posted_form

BOUNDARY = "xYzZY"


def posted(body: bytes, content: str = f"multipart/form-data; boundary={BOUNDARY}"):
    return RequestFactory().generic("POST", "/", body, content)


def form(**fields: bytes) -> bytes:
    pieces = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content
        for name, content in fields.items()
    ]
    return b"\r\n".join([*pieces, f"--{BOUNDARY}--\r\n".encode()])


def test_fields_are_there_as_bytes_and_as_words():
    request = posted(form(email=b"Subject: caf\xe9\r\n\r\n\0\r\n", to=b"desk@amends.test"))
    fields = posted_form.read(request, most=10_000)
    assert fields["email"] == b"Subject: caf\xe9\r\n\r\n\0\r\n"
    assert request.POST["to"] == "desk@amends.test"


def test_zammad_2591_a_form_with_seventy_files_is_read():
    """Guarantee 1: Django's own limit of twenty is for people's forms."""
    files = b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=attachment-{number}; "
        f'filename="p{number}.png"\r\nContent-Type: image/png\r\n\r\npicture\r\n'.encode()
        for number in range(70)
    )
    request = posted(files + f"--{BOUNDARY}--\r\n".encode())
    posted_form.read(request, most=100_000)
    assert len(request.FILES) == 70
    assert request.FILES["attachment-69"].content_type == "image/png"


def test_more_than_is_taken_is_not_read():
    with pytest.raises(posted_form.Oversized):
        posted_form.read(posted(form(a=b"x" * 5_000)), most=1_000)


@pytest.mark.parametrize("body", [b"x", b"--other--", form(a=b"b")[:-6]])
def test_a_form_that_breaks_off_is_none(body):
    with pytest.raises(posted_form.Malformed):
        posted_form.read(posted(body), most=10_000)


def test_the_other_kind_of_form_keeps_its_bytes_too():
    request = posted(b"body-mime=caf%E9+%00&to=a%40b.c", "application/x-www-form-urlencoded")
    assert posted_form.read(request, most=1_000)["body-mime"] == b"caf\xe9 \0"
    assert request.POST["to"] == "a@b.c"


@given(st.binary(max_size=3_000))
def test_any_content_comes_out_as_it_went_in(content):
    if BOUNDARY.encode() not in content:
        assert posted_form.read(posted(form(a=content)), most=9_000)["a"] == content


@given(st.binary(max_size=300))
def test_no_body_at_all_is_too_odd(body):
    with suppress(posted_form.Malformed):
        posted_form.read(posted(b"--xYzZY" + body), most=9_000)
