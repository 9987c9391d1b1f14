"""What is history in a thread that we know: only what was said, where it was said."""

from dataclasses import replace

import pytest

from amends.mailroom.folding import fold
from amends.mailroom.history import Said
from amends.mailroom.parsing import parse, read_again
from amends.mailroom.repeating import said_before
from tests.mailroom.corpus.envelopes import SHAPES, message
from tests.mailroom.corpus.introduced import INTRODUCED, answered
from tests.mailroom.corpus.languages import LANGUAGES
from tests.mailroom.corpus.writing import BETWEEN, BOTTOM, OURS, PROGRAMMES, TOP, Answer

ASKED = "Would you like\na refund of what you paid us\na new vase from the shop\nThank you\nJudith"
THREAD = ["My vase came broken.", "\n".join(OURS)]
EARLIER = ["My vase came broken.\nThank you\nAna"]
INTRO = "On 2 June 2026, Desk <desk@amends.test> wrote:\n"
# What people write themselves, and programmes too.
OWN = {
    "fields": (
        "From: the kitchen we heard nothing.",
        "To: my mind it is wrong.",
        "Subject: refund",
    ),
    "a block": ("Date: 2 June 2026", "From: London", "To: Bath", "Subject: my parcel"),
    "a German block": ("Von: Berlin", "An: Bath", "Betreff: Paket", "Gesendet: gestern"),
    "I wrote": (
        "On Monday 1 June 2026 I wrote:",
        "please replace the vase",
        "and nobody answered.",
    ),
    "they wrote": ("On 1 June 2026, Jo <jo@glass.test> wrote:", "you get a new one.", "Best, Ana"),
    "no date": ("She wrote:", "never again (2026):", "I wrote on 2.6.2026:", "he wrote on 2/6:"),
    "angle brackets": ("> 3 weeks I have waited now.", ">:( is how I feel.", ">>> again <<<"),
    "dashes": ("-- one", "--- two ---", "---------- three"),
    "short": ("Yes.", "No", "Thank you"),
    "our own words": ("Thank you", "A refund", "Yours, Judith Lane at the desk of the glass shop."),
    "forwarded": ("Begin forwarded message:", "is what my phone says", "Forwarded message"),
    "sent": ("Sent from my heart", "Sent with love, not", "Gesendet mit DHL"),
    "numbers": ("1", "2.", "42"),
    "a number last": ("Kind regards", "Ana Lima", "07700 900123"),
    "an address": ("my address is ana@customers.test:", "write there", "ana <ana@customers.test>:"),
}


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("style", [TOP, BOTTOM, BETWEEN])
def test_freescout_5657_what_looks_like_a_programmes_words_stays_in_sight(own, style):
    """Guarantee 9: every programme in turn, each in a language and shape of its own."""
    names = list(LANGUAGES)
    for number, (programme, write) in enumerate(PROGRAMMES.items()):
        for name in (names[number % len(names)], names[(number * 7 + len(own)) % len(names)]):
            answer = Answer(replace(LANGUAGES[name], said=OWN[own]), style)
            raw = message(write(answer), shape=SHAPES[number % len(SHAPES)])
            parsed = read_again(parse(raw), thread=THREAD, theirs=EARLIER)
            shown = " ".join(f"{parsed.fresh}\n{parsed.signature}".split())
            said = OWN[own][:3] if style == BETWEEN else OWN[own]
            lost = [line for line in said if " ".join(line.split()) not in shown]
            assert lost == [], (programme, name)


@pytest.mark.parametrize("own", OWN)
def test_freescout_5657_and_so_it_does_under_any_introduction(own):
    """Guarantee 9."""
    for number, (programme, (where, written)) in enumerate(INTRODUCED.items()):
        style = (TOP, BOTTOM, BETWEEN)[number % 3]
        said = OWN[own][:3] if style == BETWEEN else ("Good morning,", *OWN[own], "That is all.")
        raw = message(
            answered(where, written[number % len(written)], said, style=style),
            shape=SHAPES[number // 3 % len(SHAPES)],
        )
        parsed = read_again(parse(raw), thread=THREAD, theirs=EARLIER)
        shown = " ".join(f"{parsed.fresh}\n{parsed.signature}".split())
        assert [line for line in said if " ".join(line.split()) not in shown] == [], programme


def test_an_answer_that_repeats_a_line_of_ours_below_it_stays_in_sight():
    """Guarantee 9."""
    quoted = "\n".join(f"> {line}" for line in ASKED.split("\n")[:2])
    text = f"{INTRO}{quoted}\nA refund of what you paid us\n"
    assert fold(text, thread=[ASKED]) == "A refund of what you paid us"


def test_thanks_above_an_unmarked_history_stay_in_sight():
    """Guarantee 9."""
    assert fold(f"Please do.\nThank you\n\n{ASKED}", thread=[ASKED]) == "Please do.\nThank you"


def test_what_they_said_before_and_say_again_between_our_lines_stays_in_sight():
    """Guarantee 9."""
    block = "From: Desk\nSent: 2 June 2026\nTo: Ana\nSubject: Vase\n\n"
    text = f"Hello again\n\n{block}{OURS[0]}\nPlease call me before Friday\n{OURS[1]}\n"
    shown = fold(text, thread=["\n".join(OURS)], theirs=["Please call me before Friday"])
    assert shown == "Hello again\n\nPlease call me before Friday"


def test_an_introduction_is_history_when_history_follows():
    lines = f"{INTRO}> {OURS[0]}\n> {OURS[1]}".split("\n")
    quoted = [True, True, True]
    assert said_before(lines, quoted, Said(THREAD), ()) == [True, True, True]
    assert said_before(lines, quoted, Said(["Other words."]), ()) == [False, False, False]
