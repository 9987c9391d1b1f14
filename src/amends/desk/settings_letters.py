"""Settings of letters: every letter we write, its words as they stand, and how it reads."""

import re

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from amends.desk.door import changed_by_owners
from amends.desk.joining import posted
from amends.kit.pages import answer, refusals_on
from amends.recovery import letters as written
from amends.recovery import policy

LIST, PAGE = "desk/settings/letters.html", "desk/settings/letter.html"
WHAT = {
    "acknowledgement": ("We have it", "At once, when a letter or the form comes in."),
    "we_saw": ("We saw it ourselves", "When nobody complained, and you say sorry all the same."),
    "quiet": ("We have missed you", "When somebody has gone quiet, and you ask why."),
    "restatement": ("What we understood", "When you say back what happened, to be confirmed."),
    "apology": ("Sorry", "When one of you apologises by e-mail."),
    "asking": ("What would be fair?", "When you ask before you offer."),
    "offer": ("The offer", "When something is put to them."),
    "agreed": ("What we promised", "When they have said yes: each promise, and by when."),
    "answer": ("An answer", "When you write in your own words."),
    "moved": ("A promise moved", "When they gave leave to move it."),
    "thanks": ("Thank you", "When you thank them, one person to one person."),
    "follow_up": ("Is it really fixed?", "When you get in touch again."),
    "trust": ("Do you trust us again?", "Once, when they are seen to be back."),
    "idea_answer": ("What became of the idea", "When you answer an idea."),
    "changed": ("What we changed", "When an improvement is made, to everyone it hurt."),
    "approval_wanted": ("A yes is asked for", "To one of you, when somebody asks to give more."),
    "digest": ("What you have not seen", "To one of you, when they like it, all in one letter."),
    "huddle": (
        "The morning sheet",
        "To those on duty when a place opens, where something is owed.",
    ),
    "promise_broken": ("A promise was broken", "To the manager, at once."),
    "not_sent": (
        "Your e-mail was not sent",
        "To one of you, when what came in your name was refused.",
    ),
}
MEANS = {
    "name": "their first name",
    "words": "what you write each time",
    "link": "the way to their own page",
    "signed": "who signs",
    "business": "the name of the business",
    "place": "the name of the place",
    "lines": "the offer or the promises, one a line",
    "when": "the time that was given",
}


class LetterForm(forms.Form):
    subject = forms.CharField(label="Subject", max_length=200)
    body = forms.CharField(label="The letter", widget=forms.Textarea({"rows": 14}))

    def clean(self):
        given = super().clean()
        used = re.findall(r"\{(\w+)\}", f"{given.get('subject', '')} {given.get('body', '')}")
        unknown = [f"{{{name}}}" for name in used if name not in MEANS]
        if unknown:
            self.add_error("body", f"Nothing is known of the name {', '.join(unknown)}.")
        return given


def letters(request):
    own = written.reworded()
    rows = [(name, *WHAT[name], name in own) for name in WHAT]
    return answer(request, LIST, rows=rows)


@changed_by_owners
def letter(request, name):
    subject, body = _as_it_stands(name)
    form = LetterForm(posted(request), initial={"subject": subject, "body": body})
    if form.is_valid():
        with refusals_on(form):
            policy.reword(name, **form.cleaned_data, by=request.user)
            messages.success(request, "These are the words from now on.")
    to = reverse("desk:letter", args=[name])
    read = written.as_read(subject, body)
    return answer(request, PAGE, form=form, to=to, read=read, **_known(name))


@require_POST
@changed_by_owners
def look_at_letter(request, name):
    """How it would read, before anything is kept."""
    _as_it_stands(name)
    form = LetterForm(request.POST)
    good = form.is_valid()
    read = written.as_read(**form.cleaned_data) if good else None
    seen = {"form": form, "read": read, "looking": good, **_known(name)}
    return render(request, PAGE, seen, status=200 if good else 422)


@require_POST
@changed_by_owners
def our_letter_again(request, name):
    policy.our_words_again(name, by=request.user)
    messages.success(request, "Back to the words we start with.")
    return answer(request, PAGE, to=reverse("desk:letter", args=[name]))


def _known(name):
    title, what = WHAT[name]
    used = written.placeholders(name)
    return {
        "name": name,
        "title": title,
        "what": what,
        "is_own": name in written.reworded(),
        "means": [(f"{{{word}}}", MEANS[word]) for word in used],
    }


def _as_it_stands(name):
    if name not in WHAT:
        raise Http404
    return written.as_it_stands(name)
