"""Sweeping up."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from amends.config.tidying import forget_old_sessions
from amends.kit.clock import now


@pytest.mark.django_db
def test_only_sessions_that_have_run_out_are_forgotten():
    Session.objects.create(session_key="old", expire_date=now() - timedelta(minutes=1))
    Session.objects.create(session_key="new", expire_date=now() + timedelta(minutes=1))
    forget_old_sessions()
    assert [session.pk for session in Session.objects.all()] == ["new"]
