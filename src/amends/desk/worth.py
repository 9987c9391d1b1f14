"""What a customer is worth, as one tells it to a colleague: words first, and how sure we are."""

from dataclasses import dataclass

from amends.customers.appraisal import Appraisal
from amends.customers.rhythm import Rhythm
from amends.customers.terms import Terms
from amends.customers.worth import Worth
from amends.kit.clock import now
from amends.kit.money import roughly
from amends.worth.rung import Rung, in_words

REGULAR = 4  # days with a purchase, before we say so
NEXT_TO_NOTHING = 20  # of the high end
GONE, QUIET = 0.3, 0.05  # below these: likely gone; rarely so long away
WEEK, MONTH, YEAR = 7, 30.4, 365.25
NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


@dataclass(frozen=True)
class Told:
    """`rhythm` and `worth` may be missing: then less is said, never a number from nowhere."""

    rhythm: Rhythm | None
    worth: Worth | None
    away: int  # days since the last purchase
    years: int
    appraisal: Appraisal | None = None  # the last of all, where their own history says too little

    @property
    def kind(self):
        bought = self.rhythm.purchases if self.rhythm else 0
        if bought == 0:
            return "Nothing bought yet, as far as we know"
        if self.p_alive is not None and self.p_alive < GONE and bought > 1:
            return "Came back before, and has gone quiet" if bought < REGULAR else "Was a regular"
        if bought == 1:
            return "Bought once so far"
        return "A regular" if bought >= REGULAR else f"Has come back {_times(bought - 1)}"

    @property
    def p_alive(self):
        return self.worth.p_alive if self.worth else None

    @property
    def still(self):
        """How likely they are still with us, in tenths: more would be claiming too much."""
        if self.p_alive is None:
            return ""
        tenths = round(self.p_alive * 10)
        if tenths in (0, 10):
            return "Very likely gone" if tenths == 0 else "Very likely still with us"
        return f"{tenths} in 10 that they are still with us"

    @property
    def gap(self):
        """How many days lie between two purchases, on average."""
        repeats = self.rhythm.repeats if self.rhythm else 0
        return (self.rhythm.last_on - self.rhythm.first_on).days / repeats if repeats else None

    @property
    def pace(self):
        """«Buys about every 3 weeks, last 9 weeks ago.» Two purchases make no pace yet."""
        if self.gap is None:
            return ""
        if self.rhythm.repeats == 1:
            return f"Last bought {_ago(self.away)}"
        return f"Buys about every {span(self.gap)}, last {_ago(self.away)}"

    @property
    def overdue(self):
        if (
            not self.worth
            or self.worth.overdue is None
            or self.worth.overdue > QUIET
            or not self.gap
        ):
            return ""
        one_in = round(1 / max(self.worth.overdue, 0.001))
        return f"Of those still with us only 1 in {one_in} stays away so long"

    @property
    def has_sum(self):
        return bool(self.worth and self.worth.low is not None and self.worth.high is not None)

    @property
    def range(self):
        return between(self.worth.low, self.worth.high, self.worth.currency)

    @property
    def is_awaited(self):
        """They came back, and no night has reckoned them yet: come from elsewhere today, or put
        together with somebody, or parted."""
        return self.worth is None and bool(self.rhythm and self.rhythm.repeats)

    @property
    def typical(self):
        """What somebody brings, over how many years, of whom nothing is known but that they bought
        once."""
        known = self.appraisal.figures.get("newcomer", {}) if self.appraisal else {}
        if (
            self.has_sum or self.is_awaited or len(known) != 1
        ):  # of two currencies nobody knows which would be theirs
            return ""
        ((currency, told),) = known.items()
        return f"{between(told['low'], told['high'], currency)} {_over(told['years'])}"

    @property
    def again(self):
        """Of those who bought as often: the share who bought once more, counted and in words."""
        shares = self.appraisal.figures.get("again", []) if self.appraisal else []
        bought = self.rhythm.purchases if self.rhythm else 0
        if not 0 < bought <= len(shares):
            return ""
        return f"Of those who bought as often, {in_words(shares[bought - 1])} bought again"

    @property
    def sign(self):
        """£, before the sums of a picture."""
        return roughly(0, self.worth.currency).rstrip("0")

    @property
    def remark(self):
        """How much history there was to go by."""
        return Rung(self.worth.rung).words

    @property
    def over(self):
        return _over(self.years)


def told(customer, *, at=None):
    """Of a customer whose `rhythm` and `worth` were fetched along."""
    rhythm, worth = getattr(customer, "rhythm", None), getattr(customer, "worth", None)
    today = (at or now()).date()
    away = (today - rhythm.last_on).days if rhythm and rhythm.last_on else 0
    appraisal = Appraisal.last() if worth is None or worth.rung == Rung.COUNTED else None
    return Told(rhythm, worth, away, Terms.ours().years if worth else 0, appraisal)


def _over(years):
    number = NUMBERS[years] if years < len(NUMBERS) else years
    return f"over {number} years" if years > 1 else "over a year"


def between(low, high, currency):
    """«about £1,900 to £2,600»; a low end that is next to nothing is not said."""
    if high < 1:
        return "next to nothing"
    if low < high / NEXT_TO_NOTHING:
        return f"up to about {roughly(high, currency)}"
    return f"about {roughly(low, currency)} to {roughly(high, currency)}"


def span(days):
    """Days as people say them: 5 days, 3 weeks, 4 months, 2 years."""
    if days < 2 * WEEK:
        return _many(max(1, round(days)), "day")
    if days < 2 * MONTH:
        return _many(round(days / WEEK), "week")
    return (
        _many(round(days / MONTH), "month")
        if days < 2 * YEAR
        else _many(round(days / YEAR), "year")
    )


def _ago(days):
    if days <= 1:
        return "yesterday" if days else "today"
    words = span(days)
    return f"{words} ago" if words[0].isdigit() else f"a {words} ago"


def _many(count, unit):
    return f"{count} {unit}s" if count != 1 else unit


def _times(count):
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
