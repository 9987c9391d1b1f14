"""The stories of the sample, each lived through the journey from where it began until today."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from amends.customers.customer import Customer
from amends.kit.clock import lived_at, now
from amends.recovery import clockwork, journey
from amends.recovery.failure import Kind, Severity
from amends.recovery.followup import Trust
from amends.recovery.journey.heard import WentWrong
from amends.recovery.learning import Cause
from amends.recovery.notice import Notice
from amends.recovery.offer import LineGiven
from amends.recovery.wish import Wants
from amends.remedies.remedy import Remedy
from amends.remedies.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from amends.demo.town import Town
    from amends.recovery.recovery import Recovery


def tell(town: Town) -> int:
    """Live every story; how many there are."""
    for story in STORIES:
        story(town)
    last_night = now() - timedelta(hours=8)
    Notice.objects.filter(at__lt=last_night, seen_at=None).update(seen_at=now())
    return len(STORIES)


def ago(*, days: int = 0, hours: int = 0, minutes: int = 0) -> AbstractContextManager[None]:
    return lived_at(now() - timedelta(days=days, hours=hours, minutes=minutes))


def line(name: str, words: str = "", value: int | None = None) -> LineGiven:
    remedy = Remedy.objects.get(name=name)
    return LineGiven(remedy, words=words, value=None if value is None else Decimal(value))


def understood(recovery: Recovery, words: str, *, hurt_most: str = "") -> None:
    assert recovery.owner is not None
    journey.listen(recovery, by=recovery.owner)
    said = journey.restate(recovery, words=words, by=recovery.owner, hurt_most=hurt_most)
    journey.confirm(said)


def sorry(recovery: Recovery, words: str, **how: Any) -> None:
    assert recovery.owner is not None
    journey.apologise(recovery, words=words, by=recovery.owner, **how)


def keep_all(recovery: Recovery) -> None:
    for promise in recovery.promises.open():
        journey.keep(promise, by=promise.owner)


def the_greasy_bacon(town: Town) -> None:
    """Told in passing while paying; nobody has answered yet."""
    with ago(minutes=20):
        guest = Customer.met(
            name="Robert Finch", email="robert.finch@post.example", place=town.places["row"]
        )
        guest.described(
            name="Robert Finch",
            values="The full breakfast before a matinée, and a chat",
            dislikes="",
            preferred_channel="in person",
        )
        journey.hear(
            customer=guest,
            place=town.places["row"],
            by=town.ana,
            channel="in person",
            words="I thought I'd try the bacon for once. It was all grease, and I could hardly "
            "chew it. And no grapefruit juice today, of all days.",
            about="Greasy bacon, and no grapefruit juice",
            failures=[
                WentWrong(words="The bacon was greasy and tough", price=Decimal(19)),
                WentWrong(words="The grapefruit juice had run out", severity=Severity.MINOR),
            ],
        )


def ask_for_me_next_time(town: Town) -> None:
    """The manager's card: promised nine days ago, and booked for today."""
    with ago(days=9):
        guest = Customer.met(
            name="Judith Lane", email="judith.lane@post.example", place=town.places["row"]
        )
        recovery = journey.hear(
            customer=guest,
            place=town.places["row"],
            by=town.ana,
            channel="in person",
            words="We sat for half an hour before anybody looked at us. It was my sister's one "
            "morning in town.",
            about="Half an hour at the table before anybody came",
            failures=[
                WentWrong(
                    kind=Kind.DELAY, words="Half an hour without being served", price=Decimal(42)
                )
            ],
        )
        understood(
            recovery,
            "You came early so that your sister would have a slow, easy "
            "morning, and half of it went by before anyone came to your table.",
            hurt_most="It was her only morning here.",
        )
        sorry(
            recovery,
            "I am sorry that we let the morning you had planned for your sister "
            "run away while you waited for us.",
            channel="in person",
        )
        journey.wish(
            recovery,
            words="I'd come again if I knew somebody would look after us.",
            wants=Wants.TREATED,
            by=town.ana,
        )
        made = journey.offer(
            recovery,
            by=town.ana,
            words="Let me make good on that morning myself.",
            lines=[
                line("Off the bill", "Both coffees come off the bill.", 9),
                line("Ask for me next time", "Ana will be at the door for you."),
            ],
        )
        journey.accept(made)
        journey.keep(recovery.promises.get(trigger=""), by=town.ana)
    journey.visit(
        customer=guest,
        place=town.places["row"],
        outside_id="booking-2041",
        table="4",
        expected_at=now() + timedelta(minutes=25),
    )


def the_card_that_was_not_honoured(town: Town) -> None:
    """Asked for by name, twenty minutes at the table, gone: a promise broken, graver than the
    first failure."""
    with ago(days=12):
        guest = Customer.met(
            name="Walter Stone", email="w.stone@post.example", place=town.places["river"]
        )
        recovery = journey.hear(
            customer=guest,
            place=town.places["river"],
            by=town.ben,
            channel="in person",
            words="The sausages were raw in the middle. I only come here twice a year.",
            about="Sausages raw in the middle",
            failures=[WentWrong(words="Sausages raw in the middle", price=Decimal(21))],
        )
        understood(
            recovery,
            "You treat yourself here twice a year, and this time the sausages "
            "came to you raw inside.",
        )
        sorry(
            recovery,
            "I am sorry that your treat was spoilt by something we should never "
            "have let out of the kitchen.",
            channel="in person",
        )
        journey.wish(
            recovery, words="Just look after me next time.", by=town.ben, wants=Wants.TREATED
        )
        journey.accept(
            journey.offer(
                recovery,
                by=town.ben,
                words="Here is my card.",
                lines=[
                    line("Off the bill"),
                    line("Ask for me next time", "Ben will look after you himself."),
                ],
            )
        )
        journey.keep(recovery.promises.get(trigger=""), by=town.ben)
    with ago(hours=3):
        visit = journey.visit(
            customer=guest, place=town.places["river"], by=town.cleo, arrived_at=now(), table="11"
        )
    with ago(hours=2, minutes=40):
        clockwork.what_is_due()
        journey.left(visit, by=town.cleo)


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


def the_wedding_breakfast(town: Town) -> None:
    """A big wish, above what Ben may give: Marcus is asked, and the clock runs."""
    with ago(hours=26):
        couple = Customer.met(
            name="Amara Bell", email="amara.bell@post.example", place=town.places["river"]
        )
        recovery = journey.hear(
            customer=couple,
            place=town.places["river"],
            by=town.ben,
            channel="telephone",
            words="We had booked the whole back room for our wedding breakfast. When we came, "
            "another party sat in it. Our guests stood in the rain.",
            about="The back room was given away on a wedding morning",
            failures=[
                WentWrong(
                    kind=Kind.CORE,
                    words="The booked room was given to others",
                    severity=Severity.SEVERE,
                    price=Decimal(340),
                )
            ],
        )
        understood(
            recovery,
            "You had the back room booked for your wedding breakfast, we gave "
            "it to another party, and your guests stood outside in the rain.",
            hurt_most="My grandmother got wet.",
        )
        sorry(
            recovery,
            "I am sorry. We gave away the room for a morning that you cannot have "
            "again, and left your guests outside.",
            channel="telephone",
        )
        journey.wish(
            recovery,
            by=town.ben,
            amount=Decimal(170),
            words="Half of what we paid, and one good evening for the two of us.",
        )
    with ago(minutes=10):
        journey.offer(
            recovery,
            by=town.ben,
            words="Half back, and supper for two at the window table.",
            lines=[
                line("Refund", "Half of what you paid for the morning.", 170),
                line("An upgrade", "Supper for two at the window table.", 60),
            ],
        )


def cold_tea(town: Town) -> None:
    """Said back, and waiting for a yes or a correction."""
    with ago(hours=5):
        guest = Customer.met(
            name="Noor Haddad", email="noor.haddad@post.example", place=town.places["row"]
        )
        recovery = journey.hear(
            customer=guest,
            place=town.places["row"],
            channel="web form",
            words="Second time my tea came cold this month. I like you, I live round the corner, "
            "but a pot of tea should be hot.",
            about="Cold tea, for the second time",
            failures=[
                WentWrong(words="The tea came cold", severity=Severity.MINOR, price=Decimal(4))
            ],
        )
    with ago(hours=4):
        assert recovery.owner is not None
        journey.listen(recovery, by=recovery.owner)
        journey.restate(
            recovery,
            by=recovery.owner,
            words="You come by often because you live "
            "close, and twice this month the tea we brought you was cold.",
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


def only_to_be_heard(town: Town) -> None:
    """No money, no gift: being heard was enough. The cause is known, the follow-up is due."""
    with ago(days=4):
        guest = Customer.met(
            name="Miriam Cole", email="miriam.cole@post.example", place=town.places["river"]
        )
        recovery = journey.hear(
            customer=guest,
            place=town.places["river"],
            channel="e-mail",
            words="I want nothing. I only think you should know that the step by the side door "
            "is hard to see at dusk. I nearly fell. You should paint it white.",
            about="The step by the side door",
            failures=[WentWrong(words="The step is hard to see", severity=Severity.MODERATE)],
        )
    with ago(days=3, hours=12):
        understood(
            recovery,
            "You nearly fell on the side step at dusk, and you tell us so that nobody else does.",
        )
        sorry(recovery, "I am sorry that you nearly fell at our door.")
        journey.wish(recovery, words="", wants=Wants.HEARD)
        journey.give_idea(recovery, words="Paint the edge of the step white.", may_be_named=True)
        journey.link_cause(
            recovery, cause=Cause.called("The side entrance after dark"), by=town.marcus
        )


def won_back(town: Town) -> None:
    """All seven parts, to the second visit."""
    with ago(days=40):
        guest = Customer.met(
            name="Peter Vance", email="peter.vance@post.example", place=town.places["row"]
        )
        recovery = journey.hear(
            customer=guest,
            place=town.places["row"],
            by=town.ana,
            channel="in person",
            words="You charged me for two breakfasts. I only noticed at home.",
            about="Charged for two breakfasts",
            failures=[WentWrong(kind=Kind.MONEY, words="Charged twice", price=Decimal(19))],
        )
        journey.put_back_now(
            recovery, lines=[line("Refund", "The second breakfast, back.", 19)], by=town.ana
        )
        understood(recovery, "You paid for two breakfasts and found out at home.")
        sorry(
            recovery,
            "I am sorry that we charged you twice and sent you home with the wrong bill.",
            channel="in person",
        )
        journey.wish(recovery, words="The money is enough, really.", by=town.ana)
        journey.accept(
            journey.offer(recovery, by=town.ana, lines=[line("Grapefruit juice, a large one")])
        )
        journey.link_cause(
            recovery, cause=Cause.called("Bills shared between tables"), by=town.mona
        )
        today = now().date()
        journey.improve(
            Cause.called("Bills shared between tables"),
            by=town.mona,
            owner=town.mona,
            words="One till key for each table",
            due=today + timedelta(days=7),
            check=today + timedelta(days=60),
        )
    with ago(days=30):
        visit = journey.visit(customer=guest, place=town.places["row"], arrived_at=now(), table="2")
        journey.greet(visit, by=town.ana)
        keep_all(recovery)
    with ago(days=29):
        journey.answer_trust(recovery, trust=Trust.YES, words="Of course. The juice was lovely.")


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


def the_silent_one(town: Town) -> None:
    """Never said a word; Cleo saw the plate go back half full."""
    with ago(hours=1):
        guest = Customer.met(known_as="Guest at table 7", place=town.places["river"])
        journey.spot(
            customer=guest,
            place=town.places["river"],
            by=town.cleo,
            about="Left half the plate and hurried out",
            failures=[WentWrong(words="Left half the plate, looked unhappy")],
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


def lost_across_the_street(town: Town) -> None:
    with ago(days=33):
        guest = Customer.met(
            name="Hugo Brandt", email="hugo.brandt@post.example", place=town.places["row"]
        )
        recovery = journey.hear(
            customer=guest,
            place=town.places["row"],
            channel="e-mail",
            words="Three breakfasts, three mistakes. The place across the street is cheaper and "
            "gets it right.",
            about="Three breakfasts, three mistakes",
            failures=[
                WentWrong(
                    words="Three wrong orders in a row", severity=Severity.SEVERE, price=Decimal(57)
                )
            ],
        )
    with ago(days=31):
        understood(recovery, "Three times in a row we brought you the wrong breakfast.")
        sorry(
            recovery,
            "I am sorry. Three times you gave us another chance, and three times we got it wrong.",
            reason="We were two people short that week.",
        )
    with ago(days=6):
        journey.let_go(
            recovery,
            by=town.mona,
            why="He wrote that he will not come back",
            value_lost=Decimal(900),
            lost_to="The café across the street",
        )


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


STORIES: list[Callable[[Town], None]] = [
    lost_across_the_street,
    won_back,
    in_peace,
    the_card_that_was_not_honoured,
    ask_for_me_next_time,
    overnight_at_our_cost,
    only_to_be_heard,
    not_back_yet,
    out_of_the_wanted_item,
    the_gravy_plate_with_doves,
    the_wedding_breakfast,
    cold_tea,
    a_sharp_word,
    the_silent_one,
    the_greasy_bacon,
    the_letter_of_this_morning,
]
