"""Answers of every programme in every language, style and charset, and what must be seen of them."""

import itertools
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.mailroom.parsing import parse, read_again
from tests.mailroom.corpus.envelopes import (
    BOTH,
    ENCODINGS,
    HEADER_FORMS,
    PLAIN,
    RAW,
    SHAPES,
    can_say,
    message,
)
from tests.mailroom.corpus.introduced import FLAT, INTRODUCED, answered, introduction
from tests.mailroom.corpus.languages import LANGUAGES
from tests.mailroom.corpus.writing import (
    BETWEEN,
    BOTTOM,
    ONLY_QUOTED,
    OURS,
    PROGRAMMES,
    STYLES,
    TOP,
    Answer,
)

# The ordinary run takes the shapes in turn; with AMENDS_THOROUGH each is tried with everything.
THOROUGH = bool(os.environ.get("AMENDS_THOROUGH"))
THREAD = ["My vase came broken.", "\n".join(OURS)]


def turns(*, skip: int = 0):
    """The languages, each with a shape of message."""
    for number, name in enumerate(LANGUAGES):
        chosen = SHAPES if THOROUGH else [SHAPES[(number + skip) % len(SHAPES)]]
        yield from ((name, LANGUAGES[name], shape) for shape in chosen)


def visible(parsed) -> str:
    return " ".join(f"{parsed.fresh}\n{parsed.signature}".split())


def seen(parsed, answer: Answer) -> list[str]:
    """The lines of the customer that are not in sight."""
    shown = visible(parsed)
    return [line for line in answer.said if " ".join(line.split()) not in shown]


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("style", STYLES)
def test_freescout_349_2578_4638_every_line_the_customer_wrote_is_in_sight(programme, style):
    """Guarantee 9: in every language and shape, whether we know the thread or must guess."""
    for name, language, shape in turns(skip=STYLES.index(style)):
        answer = Answer(language, style)
        guessed = parse(message(PROGRAMMES[programme](answer), shape=shape))
        compared = read_again(guessed, thread=THREAD)
        assert seen(compared, answer) == [], (name, shape)
        assert seen(guessed, answer) == [] or _is_flat(programme, style), (name, shape)
        assert visible(compared), (name, shape)


def _is_flat(programme: str, style: str) -> bool:
    """Without any mark on the quoted lines, only the thread can tell who wrote which."""
    return style != TOP and programme in ("Outlook", "Outlook mobile", "OWA", "QQ")


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_freescout_9aa82997_4460_what_we_said_is_folded_by_comparing_and_not_by_markup(programme):
    """Guarantee 9: folding is worth having only when it folds."""
    styles = [style for style in STYLES if style != ONLY_QUOTED]
    for (name, language, shape), style in itertools.product(turns(), styles):
        raw = message(PROGRAMMES[programme](Answer(language, style)), shape=shape)
        shown = visible(read_again(parse(raw), thread=THREAD))
        assert not [line for line in OURS if line in shown], (name, shape, style)


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_freescout_5624_what_is_only_quoted_is_shown_whole(programme):
    """Guarantee 9."""
    for language in LANGUAGES.values():
        raw = message(PROGRAMMES[programme](Answer(language, ONLY_QUOTED)))
        parsed = read_again(parse(raw), thread=THREAD)
        assert all(line in visible(parsed) for line in OURS)


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("style", STYLES)
def test_freescout_5657_what_we_never_said_is_content_whatever_marks_it_wears(programme, style):
    """Guarantee 9: the very same mails in a thread in which we said something else."""
    for name, language, shape in turns(skip=STYLES.index(style)):
        raw = message(PROGRAMMES[programme](Answer(language, style)), shape=shape)
        shown = visible(read_again(parse(raw), thread=["Something else altogether was said here."]))
        assert [line for line in OURS if line not in shown] == [], (name, shape)


def introduced(programme: str):
    """Each introduction of the programme in each style, the shapes of message in turn."""
    where, written = INTRODUCED[programme]
    styles = itertools.product(written, (TOP, BOTTOM, BETWEEN))
    for number, (words, style) in enumerate(styles):
        for shape in SHAPES if THOROUGH else [SHAPES[number % len(SHAPES)]]:
            yield where, words, style, shape


@pytest.mark.parametrize("programme", INTRODUCED)
def test_freescout_separators_5545_introductions_of_many_programmes_fold_and_no_answer_does(
    programme,
):
    """Guarantee 9: phones and web mail of many countries; what we said, and what introduces it."""
    own = LANGUAGES["en"].said
    for where, written, style, shape in introduced(programme):
        guessed = parse(message(answered(where, written, own, style=style), shape=shape))
        compared = read_again(guessed, thread=THREAD)
        for parsed in (compared, guessed):
            shown = [line for line in own if line in visible(parsed)]
            if parsed is compared or style == TOP or where != FLAT:
                assert shown == list(own), (written, style, shape)
                history = [*OURS, *introduction(written).splitlines()]
                left = [line for line in history if line.strip() and line in visible(parsed)]
                assert left == [], (style, shape)


@pytest.mark.parametrize("programme", INTRODUCED)
def test_freescout_5657_what_was_never_said_is_content_under_any_introduction(programme):
    """Guarantee 9."""
    for where, written, style, shape in introduced(programme):
        raw = message(answered(where, written, LANGUAGES["en"].said, style=style), shape=shape)
        shown = visible(read_again(parse(raw), thread=["Something else altogether was said here."]))
        assert [line for line in OURS if line not in shown] == [], (written, shape)


def test_rt_96df4b3885_every_language_in_each_of_its_charsets():
    """Guarantee 1: text and headers, in all transfer encodings."""
    used = set()
    for name, language in LANGUAGES.items():
        written = PROGRAMMES["Gmail"](Answer(language))
        for charset, encoding in itertools.product(language.charsets, ENCODINGS):
            if not can_say(written.plain + written.html, charset):
                written = type(written)("\n".join(language.said), "<br>".join(language.said))
            assert can_say(written.plain, charset), (name, charset)
            raw = message(written, charset=charset, encoding=encoding, shape=PLAIN)
            if charset == "utf-16" and encoding not in ("base64", "Base64"):
                continue
            assert seen(parse(raw), Answer(language)) == [], (name, charset, encoding)
            used.add(charset)
    assert len(used) >= 20


@pytest.mark.parametrize("form", HEADER_FORMS)
def test_rt_d5113497de_names_and_subjects_in_every_form(form):
    """Guarantee 1: pieces are joined before they are decoded."""
    for language in LANGUAGES.values():
        subject = f"Re: {language.said[0]} {language.said[1]}"
        name = language.said[1].rstrip(".。")
        raw = message(PROGRAMMES["Gmail"](Answer(language)), form=form, subject=subject, name=name)
        parsed = parse(raw)
        assert parsed.subject == subject
        assert parsed.sender == (name, "ana@customers.test")
        assert form != RAW or parsed.headers["subject"] == [subject]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_freescout_5544_separators_are_found_however_they_were_encoded(encoding):
    """Guarantee 9: raw mails, since a separator in a table may be in a form that never arrives."""
    for language, programme in itertools.product(LANGUAGES.values(), PROGRAMMES.values()):
        raw = message(programme(Answer(language)), encoding=encoding, shape=PLAIN)
        assert not [line for line in OURS if line in visible(parse(raw))], (
            language.wrote,
            encoding,
        )


answers = st.builds(
    Answer,
    language=st.sampled_from(list(LANGUAGES.values())),
    style=st.sampled_from(STYLES),
    signature=st.sampled_from(["", "Ana Lima\nLong Lane 12", "Ana"]),
)


@given(
    answer=answers,
    programme=st.sampled_from(list(PROGRAMMES.values())),
    shape=st.sampled_from(SHAPES),
    encoding=st.sampled_from(ENCODINGS),
    form=st.sampled_from(HEADER_FORMS),
    thread=st.sampled_from([(), THREAD, THREAD * 30, ["Something else was said."]]),
    choice=st.integers(0, 9),
)
@settings(max_examples=100, deadline=None)
def test_any_combination_keeps_every_line_in_sight(
    answer, programme, shape, encoding, form, thread, choice
):
    """Guarantee 9."""
    written = programme(answer)
    charsets = [
        each for each in answer.language.charsets if can_say(written.plain + written.html, each)
    ]
    charset = charsets[choice % len(charsets)]
    if charset == "utf-16":
        encoding = "base64"
    raw = message(written, shape=shape, charset=charset, encoding=encoding, form=form)
    parsed = read_again(parse(raw), thread=thread)
    assert not parsed.trouble
    assert seen(parsed, answer) == []
    assert " ".join(answer.signature.split()) in visible(parsed)


def test_both_ways_of_saying_it_are_kept():
    answer = Answer(LANGUAGES["en"])
    parsed = parse(message(PROGRAMMES["Gmail"](answer), shape=BOTH))
    assert "gmail_quote" in parsed.html
    assert "> " in parsed.text
