"""Is there anything in the letter that could not go to anyone? Words that tell nothing of one case."""

from amends.coach.letter import Letter
from amends.coach.restating import STOP
from amends.coach.words import plain

# What letters of service say to everybody: thanks, regret, money put back, care taken, the sign-off.
ANYBODYS = frozenset(
    "thank thanks comment comments feedback email mail letter message messages note word words call"
    " contact contacting contacted touch write writing wrote written read care carefully careful"
    " hear hearing heard let know knowing tell telling share sharing bring bringing brought attention raise"
    " raising raised point points issue issues matter matters problem problems concern concerns"
    " complaint complaints situation experience incident incidents inconvenience disappointment"
    " frustration trouble bother upset event events sorry apologise apologize apologies apology"
    " apologised regret regrets sincere sincerely deepest deeply really truly again once money refund refunded"
    " refunding refunds credit credited crediting card account bank pay paid payment payments back"
    " return returned reverse reversed process processed processing amount full fully sum due"
    " transfer transferred sent send sending receive received reach arrive working business noon"
    " today tomorrow yesterday morning afternoon evening soon shortly now already since ago fix"
    " fixed resolve resolved resolving sort sorted put right correct corrected restore restored"
    " replace replaced replacement change changed update updated sure ensure make made making team"
    " teams colleague colleagues manager managers staff department relevant pass passed passing forward"
    " forwarded forwarding investigate investigated investigating investigation look looking looked"
    " review reviewed reviewing noted record recorded log logged take taken taking takes seriously serious"
    " value valued appreciate appreciated understand understood important custom patience hope hopefully"
    " see seeing seen welcome welcoming visit visits service services standard standards support help helping"
    " please hesitate feel free question questions further anything need needed kind kindest regards"
    " best wishes wish warm warmest yours faithfully truly cheers dear hello hey good loyal loyalty"
    " continue continued always aim strive improve improving improvement future forward highest"
    " apply applied done file closed close complete completed happy glad pleased able sadly"
    " unfortunately however hand case reference number request enquiry query reply response respond"
    " earliest convenience possible course time times company business behalf able give given"
    " giving way every everyone everything something nothing do like find found be being here there"
    " forgive forgiveness getting letting issued issuing posted booked wanted want really quite writer yours ours"
    " such also yet ever upon well meet met expect expected expectations fell fall caused causing cause"
    " show shown receipt acknowledge acknowledged honest honesty come coming hers yet keep kept".split()
)

# What may be given to anybody, too: no word of what happened.
GIFTS = frozenset("gift gifts voucher vouchers present desk discount treat token goodwill".split())
# Words that invite without a question and without the phrases of an ask.
INVITING = frozenset("figure hear rewrite settle wdyt tell say name choose decide prefer".split())


def is_anybodys(letter: Letter, *, besides: frozenset[str] = frozenset()) -> bool:
    """No word of it belongs to this case alone: every one is a name, a number or anybody's."""
    return bool(letter.words) and not any(
        tells(letter, at) and word.low not in besides for at, word in enumerate(letter.words)
    )


def asks_nothing(letter: Letter) -> bool:
    invited = "?" in letter.draft or letter.hits("ask")
    return not invited and INVITING.isdisjoint(letter.lows)


def tells(letter: Letter, at: int) -> bool:
    word = letter.words[at]
    if word.low in STOP or word.low in ANYBODYS or len(word.low) < 3 or not word.low.isalpha():
        return False
    if word.text[:1].isupper() and not word.text.isupper() and is_name(letter, at):
        return False
    return plain(letter.customer_name or "").find(word.low) < 0


def is_name(letter: Letter, at: int) -> bool:
    """A capital inside a sentence, or in the last short line, where the writer signs."""
    return not letter.words[at].first or signs_off(letter, at)


def signs_off(letter: Letter, at: int) -> bool:
    first, last = letter.sentences[-1]
    return len(letter.sentences) > 1 and first <= at and last - first < 4
