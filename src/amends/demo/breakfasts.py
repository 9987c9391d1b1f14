"""What happened in the breakfast room: both places of Larder Lane."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from amends.customers.customer import Customer
from amends.demo.telling import ago, keep_all, line, sorry, understood
from amends.kit.clock import now
from amends.recovery import clockwork, journey
from amends.recovery.failure import Kind, Severity
from amends.recovery.followup import Trust
from amends.recovery.journey.heard import WentWrong
from amends.recovery.learning import Cause
from amends.recovery.wish import Wants

if TYPE_CHECKING:
    from amends.demo.town import Town


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
