"""Aggregate reports of other mail servers, and whatever else is named like one."""

import gzip
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.dmarc import FILE, LARGEST, MOST_LETTERS, Record, Unreadable, read
from tests.mailroom.sightings import END, record, xml, zipped

TWO = (
    record(count=12),
    record("2001:db8::25", 3, dkim="fail", fate="reject", domain="Amends.Test"),
)


@pytest.mark.parametrize("packed", [bytes, gzip.compress, zipped])
def test_a_report_is_read_however_it_is_packed(packed):
    report = read(packed(xml(*TWO)))
    assert (report.reporter, report.number) == ("google.com", "17")
    assert report.ends_at == datetime.fromtimestamp(END, UTC)
    assert report.records == [
        Record("203.0.113.9", 12, "amends.test", True, "none"),
        Record("2001:db8::25", 3, "amends.test", False, "reject"),
    ]


def test_what_no_server_can_have_seen_is_cut_to_size():
    (read_as,) = read(xml(record("fe80::1%eth0", 10**30))).records
    assert (read_as.ip, read_as.letters) == ("fe80::1", MOST_LETTERS)


def test_names_may_have_a_prefix():
    root = '<d:feedback xmlns:d="urn:ietf:params:xml:ns:dmarc-2.0">'
    spelt = xml(record(), root=root).replace(b"</feedback", b"</d:feedback")
    assert read(spelt.replace(b"source_ip", b"d:source_ip")).records[0].ip == "203.0.113.9"


@pytest.mark.parametrize(
    ("fate", "understood"),
    [("Reject", "reject"), ("quarantine", "quarantine"), ("sampled", "none")],
)
def test_what_became_of_the_letters_is_one_of_three(fate, understood):
    assert read(xml(record(fate=fate))).records[0].fate == understood


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Dear all,",
        xml()[:-20],
        zipped(xml())[:-30],
        gzip.compress(xml())[:-10],
        xml(record(ip="nowhere")),
        xml(record(count="many")),
        xml(end="soon"),
        xml(end=10**30),
        b'<!DOCTYPE f SYSTEM "file:///etc/passwd">' + xml().partition(b"?>")[2].strip(),
        gzip.compress(b" " * (LARGEST + 1)),
    ],
    ids=str,
)
def test_what_is_no_report_is_said_to_be_none(content):
    with pytest.raises(Unreadable):
        read(content)


@given(
    st.binary(max_size=300), st.integers(0, 600), st.sampled_from([bytes, gzip.compress, zipped])
)
def test_whatever_comes_is_read_or_said_to_be_unreadable(noise, place, packed):
    content = packed(xml(*TWO))
    with suppress(Unreadable):
        read(content[:place] + noise + content[place + len(noise) :])


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("google.com!amends.test!1780000000!1780086400.zip", True),
        ("mail.ru!amends.test!1780000000!1780086400.xml.gz", True),
        ("yahoo.com!amends.test!1780000000!1780086400!17.xml", True),
        ("Wow! Look at this! 1! 2.zip", False),
        ("statement.xml", False),
        ("a!b!1!2.exe", False),
    ],
)
def test_a_report_is_known_by_the_name_of_its_file(name, is_one):
    assert bool(FILE.fullmatch(name)) is is_one
