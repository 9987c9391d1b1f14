from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from amends.mailroom.filing import file_in, log
from amends.mailroom.letter import Direction, Letter
from amends.mailroom.parsing import parse
from amends.mailroom.post import store
from amends.mailroom.quoting import below, below_html, quote_for
from tests.mailroom.mails import mail

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
ANA = "ana@customers.test"


def came(body: str, *, sender: str = f"Ana Lima <{ANA}>", **given) -> Letter:
    raw = mail(body, sender=sender, message_id=f"<{abs(hash((body, sender)))}@x>")
    letter = file_in(store(raw, way="smtp"), parse(raw), thread="abcde")
    Letter.objects.filter(pk=letter.pk).update(**given)
    return letter


def quoted(recipient: str = ANA) -> str:
    return quote_for(recipient, thread="abcde", zone=LONDON)


def test_chatwoot_9718_the_last_message_of_theirs_stands_below_our_words():
    """Guarantee 9's other side: what we add is theirs, marked, and apart from our words."""
    with time_machine.travel(datetime(2026, 6, 1, 8, tzinfo=ZoneInfo("UTC"))):
        came("The plate was chipped.\n\nSo was the cup.\n")
    assert quoted() == (
        "On 1 June 2026 at 09:00 you wrote:\n> The plate was chipped.\n>\n> So was the cup."
    )
    assert below("We are sorry.\n", quoted()).startswith("We are sorry.\n\nOn 1 June")


def test_freescout_5182_nothing_is_quoted_that_this_recipient_does_not_have():
    came("What Ana wrote.")
    came("What a stranger wrote.", sender="Eve <eve@elsewhere.test>")
    came("Held for a check.", needs_check=True)
    came("I am on holiday.", automatic=True)
    log("abcde", channel="", direction=Direction.OUT, text="Between us: difficult one.")
    log("abcde", channel="telephone", direction=Direction.IN, text="She rang.")
    log("other", channel="page", direction=Direction.IN, text="Elsewhere.")
    assert quoted().endswith("> What Ana wrote.")
    assert quoted("aunt@customers.test") == ""
    assert "stranger" in quoted("EVE@elsewhere.test")


def test_chatwoot_pr_15746_no_template_ever_runs_over_what_they_wrote():
    came("{{ name }} {% include 'x' %} {name} </body> <b>bold</b> & so on")
    text = below("Hello\n", quoted())
    html = below_html("<html><body><p>Hello</p></body></html>", quoted())
    assert "{{ name }} {% include 'x' %} {name} </body> <b>bold</b> & so on" in text
    assert "{{ name }} {% include &#x27;x&#x27; %} {name} &lt;/body&gt; &lt;b&gt;" in html
    assert html.endswith("</blockquote>\n</body></html>")


@pytest.mark.parametrize("body", ["", "   \n", "> only what we wrote\n> before\n"])
def test_chatwoot_pr_15746_a_heading_never_stands_over_nothing(body):
    came(body)
    head, _, rest = quoted().partition("\n")
    assert bool(head) == bool(rest.strip("> \n"))


def test_a_long_message_is_cut_with_a_mark():
    came("a line\n" * 200)
    assert quoted().endswith("> […]")
    assert len(quoted().split("\n")) == 62


def test_without_a_message_there_is_no_quote():
    assert quoted() == ""
    assert below("Hello\n", "") == "Hello\n"
    assert below_html("<p>Hello</p>", "") == "<p>Hello</p>"
    assert below_html("<p>Hello</p>", "On Monday you wrote:\n> x").endswith("</blockquote>\n")
