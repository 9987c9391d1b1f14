"""The sheet for the huddle as a PDF: typeset from the same cards, with no word taken for a command."""

import json
from pathlib import Path

SHEET = Path(__file__).parent / "templates/desk/arrivals/huddle.typ"


def huddle_pdf(sheets):
    # Imported here: large, and wanted once in a morning.
    import typst

    # The words travel as a value beside the sheet, so that «#» in a name stays a sign.
    told = {"sheets": json.dumps([_told(sheet) for sheet in sheets])}
    return typst.compile(SHEET.read_bytes(), format="pdf", sys_inputs=told)


def _told(sheet):
    here = sheet.at
    return {
        "place": str(sheet.place),
        "day": f"{here:%A} {here.day} {here:%B %Y}",
        "coming": [_coming(card) for card in sheet.coming],
        "due": [_due(promise, sheet.place) for promise in sheet.due],
    }


def _coming(card):
    visit, customer = card.visit, card.visit.customer
    return {
        "time": _clock(visit.expected_at, visit.place),
        "where": visit.where,
        "name": customer.called,
        "about": [recovery.about for recovery in card.recoveries],
        "care": card.hurt.about if card.hurt and not card.recoveries else "",
        "promises": [_promise(promise) for promise in card.promises],
        "values": customer.values,
        "dislikes": customer.dislikes,
    }


def _promise(promise):
    who = str(promise.owner)
    if promise.asks_for_owner:
        who = f"Asks for {who}" + (f"; {promise.cover} stands in" if promise.cover else "")
    return {"words": promise.words, "who": who}


def _due(promise, place):
    return {
        "time": _clock(promise.due_at, place),
        "name": promise.recovery.customer.called,
        **_promise(promise),
    }


def _clock(at, place):
    return f"{at.astimezone(place.zone):%H:%M}"
