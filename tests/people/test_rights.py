"""Who may change what, asked of every verb: the role and the place decide."""

from datetime import date

import pytest

from amends.people import setting_up
from amends.people.person import Role
from amends.people.rights import NotYours
from tests.people.conftest import london

OWNERS = {"olive"}
QUAY = {"olive", "mo"}
EVERYONE = {"olive", "mo", "hal", "fay", "finn", "ada"}

VERBS = {
    "found a business": (OWNERS, lambda h, by: setting_up.found_business(name="Gifts", by=by)),
    "change a business": (
        OWNERS,
        lambda h, by: setting_up.change_business(h.business, name="H", by=by),
    ),
    "open a place": (
        OWNERS,
        lambda h, by: setting_up.open_place(h.business, name="New", timezone="UTC", by=by),
    ),
    "change a place": (QUAY, lambda h, by: setting_up.change_place(h.quay, name="Q", by=by)),
    "set hours": (QUAY, lambda h, by: setting_up.set_hours(h.quay, [], by=by)),
    "set a special day": (
        QUAY,
        lambda h, by: setting_up.set_special_day(h.quay, date(2026, 12, 25), by=by),
    ),
    "forget a special day": (
        QUAY,
        lambda h, by: setting_up.forget_special_day(h.quay, date(2026, 12, 25), by=by),
    ),
    "put to work": (QUAY, lambda h, by: setting_up.put_to_work(h.hal, h.quay, by=by)),
    "take off": (QUAY, lambda h, by: setting_up.take_off(h.fay, h.quay, by=by)),
    "set shifts": (QUAY, lambda h, by: setting_up.set_shifts(h.fay, h.quay, [], by=by)),
    "mark away": (
        QUAY | {"fay"},
        lambda h, by: setting_up.mark_away(
            h.fay, from_at=london("2026-03-04"), until_at=london("2026-03-05"), by=by
        ),
    ),
    "invite front line": (
        QUAY,
        lambda h, by: setting_up.invite("new@h.test", role=Role.FRONT_LINE, places=[h.quay], by=by),
    ),
    "invite a manager": (
        OWNERS,
        lambda h, by: setting_up.invite("new@h.test", role=Role.MANAGER, places=[h.quay], by=by),
    ),
    "invite an auditor": (
        OWNERS,
        lambda h, by: setting_up.invite("new@h.test", role=Role.AUDITOR, places=[], by=by),
    ),
    "hire": (
        OWNERS,
        lambda h, by: setting_up.hire("new@h.test", name="New", role=Role.FRONT_LINE, by=by),
    ),
    "change details": (
        QUAY | {"fay"},
        lambda h, by: setting_up.change_details(h.fay, name="Fay", phone="", by=by),
    ),
    "change an address": (
        OWNERS,
        lambda h, by: setting_up.change_email(h.fay, email="f@h.test", by=by),
    ),
    "change a role": (
        OWNERS,
        lambda h, by: setting_up.change_role(h.fay, role=Role.MANAGER, by=by),
    ),
    "let go": (QUAY, lambda h, by: setting_up.let_go(h.fay, by=by)),
    "welcome back": (QUAY, lambda h, by: setting_up.welcome_back(h.fay, by=by)),
    "make a token": (
        OWNERS | {"fay"},
        lambda h, by: setting_up.make_token(h.fay, name="Till", by=by),
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_says_no_to_everybody_it_is_not_for(harbour, verb):
    allowed, act = VERBS[verb]
    for name in EVERYONE - allowed:
        with pytest.raises(NotYours):
            act(harbour, getattr(harbour, name))


@pytest.mark.parametrize(
    ("verb", "name"), [(verb, name) for verb in VERBS for name in sorted(VERBS[verb][0])]
)
def test_a_verb_says_yes_to_whom_it_is_for(harbour, verb, name):
    VERBS[verb][1](harbour, getattr(harbour, name))


def test_an_auditor_changes_nothing_not_even_their_own_name(harbour):
    with pytest.raises(NotYours, match="changes nothing"):
        setting_up.change_details(harbour.ada, name="Ada", phone="", by=harbour.ada)


def test_a_manager_is_not_over_somebody_who_also_works_elsewhere(harbour):
    setting_up.put_to_work(harbour.fay, harbour.hill, by=harbour.hal)
    with pytest.raises(NotYours):
        setting_up.let_go(harbour.fay, by=harbour.mo)


def test_an_owner_who_left_may_do_nothing(harbour):
    second = setting_up.hire("o2@h.test", name="Otto", role=Role.OWNER, by=harbour.olive)
    setting_up.let_go(second, by=harbour.olive)
    with pytest.raises(NotYours):
        setting_up.found_business(name="Gifts", by=second)
