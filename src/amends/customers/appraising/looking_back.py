"""Would we have been right? Now and then the models are asked as if it were earlier, of some of the
customers, and set against what those did since: that chooses the model, and is shown to the owner."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db.models import F

from amends.customers.order import Order
from amends.customers.rhythm import Rhythm, purchases
from amends.customers.visit import Visit
from amends.worth import holdout
from amends.worth.histories import TooFew

if TYPE_CHECKING:
    from amends.customers.appraisal import Appraisal

EVERY = timedelta(days=28)
ASKED = 20_000  # customers: more make the choice no surer
KEPT = ("model", "cut", "horizon", "customers", "forecast", "actual", "rmse", "mae", "auc_expected",
        "auc_alive", "right", "right_by_silence", "silence", "covered")  # fmt: skip


def look_back(as_of: date, *, last: Appraisal | None) -> dict[str, Any]:
    """What the last look taught, or a new one when that is four weeks ago; empty where there is too
    little to look back on."""
    before = last.figures.get("looked_back", {}) if last else {}
    if before and as_of - date.fromisoformat(before["as_of"]) < EVERY:
        return before
    try:
        return _look(as_of, in_use=before.get("model"))
    except TooFew:
        return before


def _look(as_of: date, *, in_use: str | None) -> dict[str, Any]:
    bought = _some_purchases(as_of)
    today = float(as_of.toordinal())
    report = holdout.look_back(bought, as_of=today, in_use=in_use)
    cut = max(one.cut for one in report.trials)
    points = holdout.picture(
        report.chosen, bought, cut=cut, horizon=report.horizon, doubt=report.doubt
    )
    return {
        "as_of": as_of.isoformat(),
        "model": report.chosen,
        "doubt": report.doubt,
        "drift": report.drift,
        "trials": [{name: asdict(one)[name] for name in KEPT} for one in report.trials],
        "picture": {
            "from": date.fromordinal(int(cut)).isoformat(),
            "points": [asdict(point) for point in points],
        },
    }


def _some_purchases(as_of: date) -> holdout.Purchases:
    """Of so many customers, taken evenly, the days on which they bought."""
    buyers = Rhythm.objects.filter(purchases__gt=0)
    every = max(1, buyers.count() // ASKED)
    some = buyers.annotate(rest=F("pk") % every).filter(rest=0).values("pk")
    orders = Order.objects.filter(customer__in=some, ordered_on__lte=as_of)
    bought = purchases(orders, Visit.objects.filter(customer__in=some))
    days = ((key, on.toordinal()) for key, on in bought if on <= as_of)
    rows = np.fromiter(days, dtype="i8,i4")
    if not len(rows):
        raise TooFew("Nobody has bought yet.")
    return holdout.Purchases.of(rows["f0"], rows["f1"])
