"""What a writer is shown of a review: little at a time, and what they set aside stays aside."""

import pytest
from django.http import QueryDict

from amends.coach import Note, Praise, Review
from amends.desk.coached import Coached
from amends.recovery.coaching import TooLong
from amends.recovery.heeding import Heeded
from tests import cast

DRAFT = "Sorry 🙂, but we were busy. It was policy. Soon."
ASK = "What would you think would be fair?"


def note(category, words="", instead="", draft=DRAFT):
    start = draft.index(words) if words else len(draft)
    return Note(category, start, start + len(words), words, f"why {category}", instead)


EVERYTHING = (
    note("sorry_but", "but", "and"),
    note("policy_recital", "policy"),
    note("vague_promise", "Soon"),
    note("missing_name"),
    note("missing_ask", instead=ASK),
)


def read(*notes, words=DRAFT, praise=(), at_once=2, **sent):
    given = QueryDict(mutable=True)
    given["words"] = words
    for name, value in sent.items():
        given.setlist(name, value if isinstance(value, list) else [value])

    def look(draft):
        held = [one for one in notes if draft[one.start : one.end] == one.quote]
        return Review(
            tuple(one for one in held if one.instead not in draft or not one.instead), praise
        )

    return Coached(given, look, at_once=at_once)


def categories(shown):
    return [one.category for one in shown]


def test_two_notes_at_a_time_worst_first_and_nothing_missed_while_one_writes():
    coached = read(*EVERYTHING, coach="writing")
    assert categories(coached.shown) == ["sorry_but", "policy_recital"]


def test_of_two_notes_on_the_same_words_only_the_worst_is_shown():
    wider = note("passive_evasion", "It was policy")
    assert categories(read(EVERYTHING[1], wider, EVERYTHING[2]).shown) == [
        "policy_recital",
        "vague_promise",
    ]


def test_in_a_pause_what_is_missing_fills_the_room_that_is_left():
    assert categories(read(*EVERYTHING).shown) == ["sorry_but", "policy_recital"]
    assert categories(read(*EVERYTHING[2:]).shown) == ["vague_promise", "missing_name"]
    assert categories(read(*EVERYTHING[3:]).shown) == ["missing_name", "missing_ask"]


def test_before_it_is_sent_everything_missing_is_told_and_held_once():
    coached = read(*EVERYTHING, coach="sending")
    assert categories(coached.missing) == ["missing_name", "missing_ask"]
    assert coached.holds
    assert not read(*EVERYTHING).holds


def test_a_letter_with_nothing_missing_is_not_held():
    assert not read(coach="sending").holds
    assert not read(EVERYTHING[0], coach="sending").holds
    ask = read(EVERYTHING[4]).shown[0].key
    assert not read(EVERYTHING[4], coach="sending", coach_aside=ask).holds


def test_places_are_counted_as_browsers_count_them():
    (shown,) = read(EVERYTHING[0]).shown
    assert (shown.start, shown.end) == (len("Sorry 🙂, ") + 1, len("Sorry 🙂, but") + 1)


def test_lines_end_as_browsers_hold_them():
    assert read(words="one\r\ntwo\rthree").draft == "one\ntwo\nthree"


def test_what_is_set_aside_stays_aside_in_this_letter():
    first = read(*EVERYTHING)
    dropped = read(*EVERYTHING, coach_drop=first.shown[0].key)
    assert categories(dropped.shown) == ["policy_recital", "vague_promise"]
    later = read(*EVERYTHING, coach_aside=dropped.aside)
    assert categories(later.shown) == ["policy_recital", "vague_promise"]


def test_a_rewrite_is_put_in_where_no_script_has_done_it():
    first = read(*EVERYTHING)
    taken = read(*EVERYTHING, coach_take=first.shown[0].key)
    assert taken.draft.startswith("Sorry 🙂, and we were busy.")
    assert "sorry_but" not in categories(taken.shown)


def test_words_that_are_added_stand_apart():
    ask = read(EVERYTHING[4])
    assert ask.shown[0].put_in == f" {ASK}"
    assert read(EVERYTHING[4], coach_take=ask.shown[0].key).draft == f"{DRAFT} {ASK}"


def test_praise_is_said_once_and_in_plain_words():
    named = Praise("name", 0, 5, "Sorry")
    assert read(praise=(named, named, Praise("ask", 0, 5, "Sorry"))).good == [
        "their name",
        "asking what would be right",
    ]


def test_a_draft_beyond_all_measure_is_told_so_and_kept():
    def look(draft):
        raise TooLong("This is longer.")

    coached = Coached(QueryDict("words=abc"), look)
    assert (coached.too_long, coached.draft, coached.shown) == ("This is longer.", "abc", [])


def test_nonsense_from_outside_is_passed_over():
    coached = read(
        coach="never", coach_seen="a b <c>", coach_aside=["x:1"], coach_take="y", coach_drop="z"
    )
    assert (coached.seen_now, coached.aside, coached.holds) == ([], [], False)


@pytest.mark.django_db
def test_a_rule_is_counted_once_a_letter_when_it_speaks():
    ana = cast.ana()
    first = read(*EVERYTHING)
    first.count(by=ana)
    read(*EVERYTHING, coach_seen=" ".join(first.seen_now)).count(by=ana)
    read(*EVERYTHING, coach_seen=" ".join(first.seen_now), coach_drop=first.shown[0].key).count(
        by=ana
    )
    read(*EVERYTHING, coach_seen=" ".join(first.seen_now), coach_take=first.shown[1].key).count(
        by=ana
    )
    counts = Heeded.objects.values_list("category", "shown", "accepted", "dismissed")
    assert sorted(counts) == [
        ("policy_recital", 1, 1, 0),
        ("sorry_but", 1, 0, 1),
        ("vague_promise", 1, 0, 0),
    ]
