from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.mailroom.plain import from_html, unflow


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<div>one<div>two</div></div>", "one\ntwo"),
        ("<p>a &amp; b &lt;c&gt; caf&eacute; &#8364;</p>", "a & b <c> café €"),
        ("<ul><li>one<li>two</ul>end", "- one\n- two\n\nend"),
        ("<blockquote>they<br>said</blockquote>us", "> they\n> said\n\nus"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n>> b"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a  b\nc"),
        ("<pre>a\n  b\n</pre>", "a\n  b"),
        ("<a href='https://x.test/y'>here</a>", "here <https://x.test/y>"),
        ("<a href='https://x.test/'>x.test</a>", "x.test"),
        ("<a href='mailto:a@x.test'>a@x.test</a>", "a@x.test"),
        ("<a href='javascript:x()'>click</a>", "click"),
        ("<img src=x alt='the plate'>", "[the plate]"),
        ("<style>p{}</style><script>alert('<p>')</script>hello", "hello"),
        ("<head><title>no</title></head><body>yes", "yes"),
        ("<!-- no --> yes <!doctype html>", "yes"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("if a <b and c < d</p>", "if a <b and c < d"),
        ('<p title="x > y">words</p>', "words"),
        ("<!-- never closed <p>words</p>", "<!-- never closed\n\nwords"),
        ("unclosed <b", "unclosed <b"),
        ("a\n\n  b\t c", "a b c"),
        ("<hr>", "-" * 20),
        ("", ""),
    ],
)
def test_html_becomes_text_for_reading(source, text):
    assert from_html(source) == text


def test_chatwoot_10811_lines_made_by_breaks_alone_stay_lines():
    """Guarantee 1."""
    assert from_html("<html><body>Hello<br><br>The plate<br>was chipped</body>").split("\n") == [
        "Hello",
        "",
        "The plate",
        "was chipped",
    ]


HOSTILE = [
    "<",
    "<a",
    "<!--",
    '<a "',
    "<a href='",
    "<div>",
    "<blockquote>x",
    "<script>",
    "&#x",
    "<td>",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_freescout_5424_catastrophic_html_costs_no_time(piece):
    """Guarantee 1."""
    began = monotonic()
    from_html(piece * (200_000 // len(piece)))
    assert monotonic() - began < 4


@given(st.text())
def test_any_text_is_html_enough(source):
    from_html(source)


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1))
def test_no_word_between_tags_is_lost(said):
    tags = ["<p>{}</p>", "<div><b>{}</b></div>", "<td>{}</td>", "<li>{}", " {} "]
    source = "".join(tags[n % len(tags)].format(word) for n, word in enumerate(said))
    assert from_html(source).replace("-", " ").split() == said


def test_chatwoot_1950_flowed_lines_are_joined():
    """Guarantee 1."""
    assert unflow("one \ntwo \nthree\nfour") == "one two three\nfour"


def test_flowed_quotes_keep_their_depth():
    assert unflow("> one \n> two\n>> three \nfour") == "> one two\n>> three \nfour"


def test_flowed_signatures_and_stuffed_lines():
    assert unflow("end \n-- \nAna") == "end \n-- \nAna"
    assert unflow(" From here") == "From here"


def test_flowed_without_the_space_for_scripts_that_have_none():
    assert unflow("日本 \n語", delete_space=True) == "日本語"


def test_flowing_for_ever_costs_no_time():
    began = monotonic()
    unflow("a \n" * 300_000)
    assert monotonic() - began < 4
