from datetime import timedelta

import time_machine

from amends.kit.clock import now
from amends.people import setting_up
from amends.people.models import Token
from amends.people.token import person_for


def test_a_token_speaks_for_its_person_and_is_not_kept(harbour):
    _token, secret = setting_up.make_token(harbour.mo, name="Till", by=harbour.mo)
    assert secret.startswith("amends_")
    assert person_for(secret) == harbour.mo
    assert secret not in str(Token.objects.values())


def test_a_token_that_was_never_given_out_speaks_for_nobody(harbour):
    assert person_for("amends_guess") is None
    assert person_for("") is None


def test_a_revoked_token_speaks_for_nobody(harbour):
    token, secret = setting_up.make_token(harbour.mo, name="Till", by=harbour.mo)
    setting_up.revoke_token(token, by=harbour.olive)
    assert person_for(secret) is None


def test_the_tokens_of_whoever_left_are_dead(harbour):
    _, secret = setting_up.make_token(harbour.fay, name="Till", by=harbour.fay)
    setting_up.let_go(harbour.fay, by=harbour.olive)
    assert person_for(secret) is None


def test_when_a_token_was_used_is_noted_once_a_minute(harbour):
    token, secret = setting_up.make_token(harbour.mo, name="Till", by=harbour.mo)
    start = now()
    for seconds in (0, 30, 90):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            person_for(secret)
    token.refresh_from_db()
    assert token.last_used_at == start + timedelta(seconds=90)


def test_people_see_their_own_tokens_owners_and_auditors_all(harbour):
    setting_up.make_token(harbour.mo, name="Till", by=harbour.mo)
    assert Token.objects.visible_to(harbour.mo).count() == 1
    assert Token.objects.visible_to(harbour.fay).count() == 0
    assert Token.objects.visible_to(harbour.ada).count() == 1
