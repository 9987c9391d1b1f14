"""What we hold about a customer's own recovery: as a page, and as a file to take away (JSON).

Notes that people write for one another are not in it, nor causes, nor fault."""

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.kit.money import show
from amends.portal.door import for_the_customer, page_of
from amends.portal.looks import look_of
from amends.portal.story import Story
from amends.recovery.apology import Apology
from amends.recovery.held import known_of
from amends.recovery.offer import Offer

YOURS = ("orders", "visits", "calls", "ratings")


@require_safe
@for_the_customer
def held(request, link):
    story = Story(link)
    look = look_of(story.recovery.place.business)
    told = [(name, told) for name, told in held_in(story).items() if told]
    context = {**look, "held": told, "story": story, "back": page_of(link)}
    return render(request, "portal/held.html", {**context, "token": link.opened_with})


@require_safe
@for_the_customer
def download(request, link):
    told = held_in(Story(link))
    response = JsonResponse(told, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{link.recovery.ref}.json"'
    return response


def held_in(story):
    """Their own words and ours to them, promises, offers and answers, each with its moment."""
    recovery = story.recovery
    return {
        "About": _about(story),
        "What you told us": [_said(c.words, c.said_at) for c in recovery.complaints.all()],
        "How we understood it": [_restated(r) for r in recovery.restatements.all()],
        "Where we said sorry": [
            _said(a.words, a.said_at) for a in Apology.objects.given().filter(recovery=recovery)
        ],
        "What you would think fair": [_said(w.words, w.said_at) for w in story.wishes],
        "What we offered": [_offered(offer) for offer in _offers(recovery)],
        "What we promised": [_promised(promise) for promise in story.promises],
        "Your ideas": [_idea(idea) for idea in story.ideas],
        "What you said about trust": [
            {
                "answer": r.get_trust_display(),
                "words": r.trust_words,
                "next door": r.get_next_door_display(),
                "at": r.trust_answered_at,
            }
            for r in story.returns
            if r.trust_answered_at
        ],
        "Letters": [_letter(letter) for letter in story.letters],
        **_beyond(story),
    }


def _beyond(story):
    """What we know of them apart from this, for whoever came by a letter to one of their addresses."""
    if not story.link.is_proven:
        return {}
    known = known_of(story.recovery.customer)
    who = {name: told for name, told in known["who"].items() if name not in ("reference", "name")}
    return {"What we know of you": who, **{f"Your {name}": known[name] for name in YOURS}}


def _about(story):
    """Addresses only for whoever came by a letter to one of them."""
    recovery = story.recovery
    about = {
        "reference": recovery.ref,
        "business": recovery.place.business.name,
        "place": recovery.place.name,
        "since": recovery.known_at,
    }
    if not story.link.is_proven:
        return {**about, "name": story.them}
    customer = recovery.customer
    reached = [address.value for address in customer.addresses.all()]
    return {**about, "name": customer.name, "how we reach you": reached}


def _offers(recovery):
    return (
        Offer.objects.filter(recovery=recovery)
        .exclude(sent_at=None)
        .prefetch_related("lines__remedy")
    )


def _offered(offer):
    lines = [line.told + _amount(line, offer) for line in offer.lines.all()]
    return {
        "words": offer.words,
        "lines": lines,
        "at": offer.sent_at,
        "your answer": offer.get_state_display() if offer.answered_at else "",
        "your words": offer.answer,
    }


def _amount(line, offer):
    """What it is worth is theirs to know where it is money."""
    if line.value is None or not line.remedy.is_money:
        return ""
    return f" ({show(line.value, offer.recovery.currency)})"


def _promised(promise):
    due = promise.due_at or promise.at_event
    return {
        "words": promise.words,
        "made at": promise.made_at,
        "due": due,
        "state": promise.shown,
        "settled at": promise.settled_at,
    }


def _restated(restatement):
    return {
        "words": restatement.words,
        "at": restatement.said_at,
        "you confirmed it at": restatement.confirmed_at,
        "you corrected it at": restatement.corrected_at,
        "your words": restatement.correction,
    }


def _idea(idea):
    return {
        "words": idea.words,
        "at": idea.given_at,
        "may we name you": "yes" if idea.may_be_named else "no",
        "our answer": idea.answer,
        "answered at": idea.answered_at,
    }


def _letter(letter):
    return {
        "from": "us" if letter.is_ours else "you",
        "at": letter.made_at,
        "subject": letter.subject,
        "words": letter.text,
        "files": [attached["name"] for attached in letter.enclosed],
    }


def _said(words, at):
    return {"words": words, "at": at}
