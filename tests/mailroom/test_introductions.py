"""Introductions of quotations: only whole ones, and never across paragraphs."""

import pytest

from amends.mailroom.introductions import attribution, is_header_block

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


def test_three_lines_of_a_heading_are_a_block():
    assert is_header_block(["From: Desk", "Sent: 2 June", "To: Ana", "Subject: Vase"], 0)
    assert not is_header_block(["From: the start", "it went wrong", "To: me"], 0)
