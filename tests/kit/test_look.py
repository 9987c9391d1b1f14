"""The look holds together: colours in one place, nothing inline, every part drawn and named."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace as Like

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

import amends

PACKAGE = Path(amends.__file__).parent
SHEETS = sorted((PACKAGE / "kit/static/kit/css").rglob("*.css"))
SCRIPTS = sorted((PACKAGE / "kit/static/kit/js").glob("*.js"))
PAGES = [page for page in PACKAGE.rglob("templates/**/*.html") if "letters" not in page.parts]
AT = datetime(2026, 5, 13, 12, 0, tzinfo=UTC)


def drawn(part, **context):
    return render_to_string(f"kit/parts/{part}.html", context)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PACKAGE)))
def test_a_page_has_nothing_inline(page):
    html = page.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:", html)
    for opening in re.findall(r"<script[^>]*>", html):
        assert "src=" in opening or "application/json" in opening


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_raw_colours_stand_only_in_the_tokens(sheet):
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert sheet.name == "tokens.css" or not re.search(r"#[0-9a-f]{3,8}\b(?=[;\s])|rgb|hsl", css)
    assert len(css.splitlines()) <= 200
    assert not re.search(r"\b(margin|padding|border)-(left|right|top|bottom)\b", css)


def test_every_sheet_is_drawn_in():
    folder = PACKAGE / "kit/static/kit/css"
    roots = [folder / "amends.css", folder / "portal.css"]
    named = {
        folder / path
        for root in roots
        for path in re.findall(r'url\("(.+?)"\)', root.read_text())
        if "/vendor/" not in path  # not ours to shape
    }
    assert named | set(roots) == set(SHEETS)


def test_every_token_used_is_one_that_is_set():
    css = "\n".join(sheet.read_text() for sheet in SHEETS)
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= set(re.findall(r"(--[\w-]+):", css)) | {
        "--gap",
        "--card-space",
    }


def test_the_small_elements_stay_small():
    lengths = [len(script.read_text().splitlines()) for script in SCRIPTS]
    assert max(lengths) <= 80
    assert sum(lengths) <= 800


def test_every_icon_asked_for_is_drawn():
    sprite = (PACKAGE / "kit/static/kit/icons.svg").read_text()
    asked = {name for page in PAGES for name in re.findall(r'{% icon "(\w+)"', page.read_text())}
    assert asked <= set(re.findall(r'id="(\w+)"', sprite))


class Question(forms.Form):
    words = forms.CharField(help_text="In your own words.", widget=forms.Textarea)
    kind = forms.ChoiceField(choices=[("a", "Too long a wait")], widget=forms.RadioSelect)
    here = forms.BooleanField(label="Still here", required=False)
    name = forms.CharField(required=False)


def test_a_form_names_its_hints_and_errors_to_those_who_listen():
    html = str(Question({}))
    assert 'aria-describedby="id_words_helptext id_words_error"' in html
    assert 'id="id_words_error"' in html
    assert 'aria-invalid="true"' in html
    assert "<auto-grow>" in html


def test_choices_are_chips_and_ticks_stand_before_their_words():
    html = str(Question())
    assert re.search(r'class="choices".*<input type="radio".*<span>Too long a wait', html, re.S)
    assert re.search(r'field-tick.*<input type="checkbox"[^>]*><span>Still here</span>', html, re.S)
    assert html.count("if you like") == 1


def test_a_part_says_what_is_done_by_whom_and_what_is_to_come():
    html = drawn(
        "parts",
        parts=[
            Like(name="Heard", state="done", at=AT, by="Rosa"),
            Like(name="Sorry", state="now", due_at=AT, clock="soon", note="Nobody has yet"),
            Like(name="Back", state="later"),
        ],
    )
    assert html.count('aria-current="step"') == 1
    assert ", Rosa" in html
    assert "Nobody has yet" in html
    assert "Back<span" in html


def test_a_letter_folds_its_quotes_and_frames_its_html():
    letter = Like(
        ref="a1", direction="in", sender_name="Ana", subject="Sunday", fresh="New <b>words</b>.",
        text="New <b>words</b>.\n> all that was said before", made_at=AT, state="received",
    )  # fmt: skip
    html = drawn(
        "letter",
        letter=letter,
        html_url="/letters/a1/",
        attachments=[Like(name="a.jpg", url="/a", size=9)],
    )
    assert "&lt;b&gt;" in html
    assert "Show everything" in html
    assert "<iframe" in html
    assert re.search(r"<iframe[^>]* sandbox ", html)
    assert "download" in html


@pytest.mark.parametrize(
    ("state", "words"),
    [("kept", "kept"), ("broken", "broken, "), ("released", "let off"), ("open", "was due")],
)
def test_a_promise_says_how_it_stands(state, words):
    html = drawn("promise", words="We call", state=state, owner="Rosa", due_at=AT, at=AT)
    assert words in html
    assert f'data-state="{state}"' in html


def test_a_wait_counts_without_script_too():
    html = drawn("waiting", since=AT, at=AT + timedelta(minutes=4), soon=5, broken=15)
    assert "<b>4</b>" in html


def test_a_limit_is_words_before_it_is_a_bar():
    html = drawn("limit", left=Decimal(38), limit=Decimal(60), currency="GBP", of="this recovery")
    assert re.search(r"<strong>£38</strong> of £60 left for this recovery", html)


def test_the_other_parts_are_drawn():
    assert "Rosa" in drawn("person", person=Like(name="Rosa"))
    assert "<blockquote>Cold</blockquote>" in drawn("story", words="Cold", name="Ana", at=AT)
    assert "said sorry" in drawn(
        "timeline", entries=[Like(by="Rosa", did="said sorry", at=AT, kind="good")]
    )
    assert "Page 2 of 3" in drawn("pages", page=Paginator(range(3), 1).page(2), query="q=a")
    assert "Write" in drawn("empty", title="Calm", words="Nothing.", url="/", act="Write")
    assert "Jo, " in drawn("steps", steps=[Like(words="We call", state="now", due_at=AT, by="Jo")])


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "429", "500"])
def test_an_error_page_needs_nothing_but_itself(page):
    assert "<h1>" in render_to_string(f"{page}.html")


def test_a_refusal_is_a_page_of_its_own():
    html = render_to_string(
        "kit/impossible.html", {"refusal": Like(message="Taken.")}, RequestFactory().get("/")
    )
    assert "Taken." in html
