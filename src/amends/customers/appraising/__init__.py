"""Reckon what every customer is worth, from how they buy and on the owner's terms. Done at night, in a
process of its own: what it needs weighs too much for those that answer pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from amends.customers.appraisal import Appraisal
from amends.customers.appraising.book import Book, Column, read_book
from amends.customers.appraising.figures import Figures, Reckoning
from amends.customers.appraising.looking_back import look_back
from amends.customers.appraising.writing import told_anew, write
from amends.customers.terms import Terms
from amends.kit.clock import now
from amends.worth import ladder, posterior
from amends.worth.fitting import MODELS, fit
from amends.worth.rung import Rung

if TYPE_CHECKING:
    from amends.worth.histories import Histories
    from amends.worth.ladder import Choice

__all__ = ["Book", "appraise", "read_book", "refresh"]

DRAWN = 1_000
FIRST = "mbg"  # until two models have been compared


def refresh() -> Appraisal | None:
    """All customers, as of the last day that is known; none where nobody ever bought."""
    book = read_book(now().date())
    return appraise(book) if book is not None else None


def appraise(book: Book, histories: Histories | None = None) -> Appraisal:
    """Whoever stands in the book, learnt from these histories: from their own unless told."""
    histories = histories or book.histories()
    choice = ladder.choose(histories)
    appraisal = Appraisal(as_of=book.as_of, customers=len(book), rung=choice.rung)
    found = Figures.unknown(len(book))
    if not choice.rung.has_figures:
        write(book, found, told_anew(book, found), rung=_rungs(book, choice))
    else:
        reckoning = _reckoning(book, histories, choice)
        found = reckoning.figures()
        rows = told_anew(book, found)
        reckoning.intervals(found, rows)
        write(book, found, rows, rung=_rungs(book, choice))
        appraisal.model, appraisal.figures = reckoning.fit.model.name, reckoning.told(found)
    again = ladder.come_again(histories)
    appraisal.figures["again"] = [round(float(share), 3) for share in again]
    appraisal.made_at = now()
    appraisal.save()
    return appraisal


def _reckoning(book: Book, histories: Histories, choice: Choice) -> Reckoning:
    """By the model that foretold best when last compared, begun where the last fit ended."""
    last, looked = Appraisal.last(), {}
    if choice.rung == Rung.COMPARED:
        looked = look_back(book.as_of, last=last)
    name = looked.get("model", FIRST)
    start = last.figures.get("params") if last and last.model == name else None
    found = fit(MODELS[name], histories, start=start)
    drawn, _ = posterior.draws(found, histories, DRAWN)
    return Reckoning(found, drawn, book, Terms.ours(), looked)


def _rungs(book: Book, choice: Choice) -> Column:
    """Of each row: who has only just come for the first time is as any newcomer."""
    rungs = np.full(len(book), str(choice.rung), dtype="U20")
    if choice.rung.has_figures and choice.gap is not None:
        rungs[(book.x == 0) & (choice.gap > book.T)] = str(Rung.NEWCOMER)
    return rungs
