"""The four checks of a whole letter: name, their story, the ask, something extra."""

from amends.coach.rules.asking import ASK, NOT_ASK
from amends.coach.rules.extras import EXTRA, PUT_BACK

WHOLE_PHRASES = {
    "ask": ASK,
    "not_ask": NOT_ASK,
    "extra": EXTRA,
    "put_back": PUT_BACK,
}
