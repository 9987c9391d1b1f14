"""Introductions of quotations: only whole ones, and never across paragraphs."""

import pytest

from amends.mailroom.introductions import attribution, height_of_block

WROTE = "On Tue, 2 Jun 2026 at 09:12, Desk <desk@amends.test> wrote:"


@pytest.mark.parametrize(
    ("text", "height"),
    [
        (WROTE, 1),
        ("On Tue, 2 Jun 2026 at 09:12, Desk <\ndesk@amends.test> wrote:", 2),
        ("On Tue, 2 Jun 2026\nat 09:12, Desk\n<desk@amends.test> wrote:", 3),
        (f"42\n\n{WROTE}", 0),
        (f"Best, Ana\n\n{WROTE}", 0),
        (f"07700 900123\n\n{WROTE}", 0),
        ("My mother wrote:", 0),
        ("", 0),
    ],
)
def test_freescout_separators_an_introduction_may_be_wrapped_and_no_more(text, height):
    """Guarantee 9."""
    assert attribution(text.split("\n"), 0) == height


@pytest.mark.parametrize(
    ("text", "height"),
    [
        ("From: Desk\nSent: 2 June\nTo: Ana\nSubject: Vase", 4),
        ("Sent: 2 June\nFrom: Desk\nTo: Ana\nSubject: Vase\n\nTo: my mind it is wrong", 4),
        ("From: Desk\nTo: ana@customers.test,\nben@customers.test\nSubject: Vase", 4),
        ("Кому: Ana;\nТема: Vase;\n02.06.2026, 09:12, Desk <desk@amends.test>:\nwords", 3),
        ("Message du 02/06/26 09:12\nDe : Desk\nA : Ana\nwords", 3),
        ("From: the start\nit went wrong\nTo: me\nSubject: you", 0),
        ("Date: 2 June\nTo: Bath\nSubject: my parcel", 0),
        ("From: London\nTo: Bath", 0),
    ],
)
def test_three_lines_of_a_heading_are_a_block_when_one_says_from_whom(text, height):
    assert height_of_block(text.split("\n"), 0) == height


@pytest.mark.parametrize(
    "line",
    [
        "On Monday 1 June 2026 at 9:12 I wrote:",
        "Am 1.6.2026 um 9:12 schrieb ich:",
        "Am 1.6.2026 habe ich Ihnen geschrieben:",
        "Le 1 juin 2026, j’ai écrit :",
        "Op 1 juni 2026 schreef ik:",
        "Den 1 juni 2026 skrev jag:",
        "1.06.2026 napisałam:",
        "1 июня 2026 я писала:",
        "he wrote on 2/6:",
    ],
)
def test_no_programme_speaks_of_itself(line):
    """Guarantee 9: whoever tells what they wrote themselves is not quoting."""
    assert attribution([line], 0) == 0
