"""What happened in the gift shop: both places of Dove & Thistle."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from amends.customers.customer import Customer
from amends.demo.telling import ago, keep_all, line, sorry, understood
from amends.kit.clock import now
from amends.recovery import journey
from amends.recovery.failure import Kind, Severity
from amends.recovery.journey.heard import WentWrong
from amends.recovery.wish import Wants
from amends.remedies.rule import Rule

if TYPE_CHECKING:
    from amends.demo.town import Town


def the_gravy_plate_with_doves(town: Town) -> None:
    """Day 100 of a 90-day rule: bent, and an exchange is with the customer."""
    with ago(days=1, hours=3):
        bride = Customer.met(
            name="Clara Whitby", email="clara.whitby@post.example", place=town.places["high"]
        )
        recovery = journey.hear(
            customer=bride,
            place=town.places["high"],
            channel="e-mail",
            words="We are just back from our honeymoon and unpacked the presents. The gravy "
            "plate with the doves is lovely work, but it is really not us. It was bought a "
            "hundred days ago. My aunt chose it and I would hate her to hear that it sits in a "
            "cupboard. Is there anything you can do?",
            about="A gravy plate with doves, on day 100",
            failures=[
                WentWrong(
                    kind=Kind.EXPECTATION,
                    words="A wedding present that does not suit",
                    severity=Severity.MINOR,
                    price=Decimal(38),
                )
            ],
        )
        if recovery.owner != town.dan:
            journey.hand_over(recovery, to=town.dan, by=town.priya)
            recovery.refresh_from_db()
    with ago(days=1):
        understood(
            recovery,
            "The plate was a present from your aunt. It is not your style, and "
            "you would like something you will really use, without hurting her.",
        )
        sorry(
            recovery,
            "I am sorry that the present cannot be what it was meant to be, and that "
            "you have the trouble of it so soon after coming home.",
        )
        journey.name_companion(
            recovery, name="Margaret Whitby", relation="aunt, gave the present", by=town.dan
        )
        journey.wish(
            recovery,
            words="If I could swap it for something plain, I'd be delighted.",
            amount=Decimal(38),
        )
        journey.bend(
            recovery,
            rule=Rule.objects.get(name="Returns within 90 days"),
            by=town.dan,
            why="Home from her honeymoon on day 100",
        )
    with ago(hours=20):
        journey.offer(
            recovery,
            by=town.dan,
            words="The ninety days do not matter here. Choose anything plain you like.",
            lines=[
                line("Exchange", "The plate for anything in the shop at the same price.", 38),
                line("Gift wrapping by hand"),
            ],
        )


def overnight_at_our_cost(town: Town) -> None:
    """Cracked two days before the birthday; a new one went overnight. Is it really fixed?"""
    with ago(days=5):
        buyer = Customer.met(
            name="Henry Osei",
            email="henry.osei@post.example",
            place=town.places["station"],
            phone="+44 20 7946 0018",
        )
        journey.order(
            customer=buyer,
            outside_id="DT-10442",
            place=town.places["station"],
            amount=Decimal(64),
            currency="GBP",
            ordered_at=now(),
        )
        recovery = journey.hear(
            customer=buyer,
            place=town.places["station"],
            by=town.finn,
            channel="telephone",
            words="The teapot came cracked right through. My mother turns seventy on Thursday "
            "and it was all I had for her.",
            about="Teapot cracked, two days before the birthday",
            failures=[
                WentWrong(
                    words="The teapot arrived cracked", severity=Severity.SEVERE, price=Decimal(64)
                )
            ],
        )
        journey.it_cost(
            recovery.failures.get(),
            by=town.finn,
            minutes=50,
            trips=1,
            worry="His mother's seventieth birthday",
        )
        understood(
            recovery,
            "The teapot was for your mother's seventieth on Thursday, and it came broken.",
            hurt_most="Nothing else to give her.",
        )
        sorry(
            recovery,
            "I am sorry that we sent you something broken, with the birthday so close.",
            channel="telephone",
        )
        journey.wish(
            recovery,
            words="A whole one by Thursday. I don't care about the money.",
            by=town.finn,
            wants=Wants.PUT_RIGHT,
        )
        journey.accept(
            journey.offer(
                recovery,
                by=town.finn,
                words="A new one leaves tonight by overnight courier. That is ours to pay.",
                lines=[line("Replacement overnight"), line("Gift wrapping by hand")],
            )
        )
    with ago(days=4):
        keep_all(recovery)
        journey.thank(recovery, how="a handwritten note in the parcel", by=town.finn)


def out_of_the_wanted_item(town: Town) -> None:
    """Not in stock, two trips made: one put aside, and a call when it is in."""
    with ago(days=2):
        shopper = Customer.met(
            name="Ines Duarte", phone="+44 20 7946 0933", place=town.places["high"]
        )
        recovery = journey.hear(
            customer=shopper,
            place=town.places["high"],
            by=town.ewa,
            channel="in person",
            words="That's twice I've come in for the blue pitcher. Your window still shows it.",
            about="The blue pitcher, out of stock twice",
            failures=[
                WentWrong(
                    kind=Kind.EXPECTATION,
                    words="The blue pitcher was out of stock",
                    severity=Severity.MINOR,
                    price=Decimal(29),
                )
            ],
        )
        journey.it_cost(recovery.failures.get(), by=town.ewa, trips=2, minutes=70)
        said = journey.restate(
            recovery,
            by=town.ewa,
            face_to_face=True,
            words="You came twice for the pitcher in our window.",
        )
        journey.confirm(said, by=town.ewa)
        sorry(
            recovery,
            "I am sorry that our window sent you here twice for nothing.",
            channel="in person",
        )
        journey.wish(recovery, words="Could you just keep one for me?", by=town.ewa)
        journey.accept(
            journey.offer(
                recovery,
                by=town.ewa,
                lines=[
                    line("Put aside for you", "The next blue pitcher has your name on it.", 0),
                    line("Thanks for the second trip"),
                ],
            )
        )
        journey.promise(
            recovery, words="Ring Ines when the blue pitcher is in", by=town.ewa, trigger="in_stock"
        )


def a_sharp_word(town: Town) -> None:
    """How we behaved: somebody else looks after it. Sorry is still to be said."""
    with ago(hours=2):
        guest = Customer.met(
            name="Leo Hartmann", email="leo.h@post.example", place=town.places["station"]
        )
        recovery = journey.hear(
            customer=guest,
            place=town.places["station"],
            channel="e-mail",
            words="I asked whether the scarf comes in green and was told to use my eyes. I "
            "left it on the counter and went.",
            about="Told to use his eyes",
            failures=[
                WentWrong(
                    kind=Kind.BEHAVIOUR,
                    words="A sharp word at the counter",
                    involved=town.finn,
                    price=Decimal(24),
                )
            ],
        )
    with ago(hours=1, minutes=20):
        understood(
            recovery,
            "You asked a simple question about a scarf, and got a sharp answer instead of help.",
        )


def not_back_yet(town: Town) -> None:
    """Put right and learned from; the follow-up is due today."""
    with ago(days=4):
        buyer = Customer.met(
            name="Sofia Lindqvist", email="sofia.l@post.example", place=town.places["high"]
        )
        recovery = journey.hear(
            customer=buyer,
            place=town.places["high"],
            by=town.dan,
            channel="telephone",
            words="The clasp of the necklace broke on the first evening.",
            about="A clasp that broke on the first evening",
            failures=[WentWrong(words="The clasp broke", price=Decimal(52))],
        )
        understood(recovery, "You wore it once, and the clasp broke.")
        sorry(
            recovery,
            "I am sorry that it let you down on the first evening you wore it.",
            channel="telephone",
        )
        journey.wish(recovery, words="Mended is fine.", by=town.dan)
        journey.accept(
            journey.offer(recovery, by=town.dan, lines=[line("Repair"), line("A handwritten note")])
        )
    with ago(days=3, hours=2):
        keep_all(recovery)
        journey.one_off(
            recovery, why="A single bad clasp; the rest of the batch was checked", by=town.priya
        )


def in_peace(town: Town) -> None:
    with ago(days=20):
        guest = Customer.met(
            name="Gus Ferrer", email="gus.ferrer@post.example", place=town.places["station"]
        )
        recovery = journey.hear(
            customer=guest,
            place=town.places["station"],
            channel="e-mail",
            words="Your gift card did not work and the queue behind me groaned. Never mind, I "
            "do not need an answer.",
            about="A gift card that did not work",
            failures=[
                WentWrong(kind=Kind.MONEY, words="The gift card did not work", price=Decimal(25))
            ],
        )
        journey.listen(recovery, by=town.tom)
        journey.leave_me_be(recovery)


def the_letter_of_this_morning(town: Town) -> None:
    """Just in: nobody has read it yet."""
    with ago(minutes=7):
        buyer = Customer.met(
            name="Dorothy Marsh", email="dorothy.marsh@post.example", place=town.places["high"]
        )
        journey.hear(
            customer=buyer,
            place=town.places["high"],
            channel="e-mail",
            words="The tablecloth I ordered for Sunday has not come, and your page says it was "
            "delivered on Tuesday. Twelve people are coming. What do I do now?",
            about="A tablecloth that never came, for Sunday",
            failures=[
                WentWrong(
                    kind=Kind.DELAY, words="The tablecloth has not arrived", price=Decimal(46)
                )
            ],
        )
