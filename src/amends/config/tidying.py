"""What is swept up now and then."""

from django.contrib.sessions.models import Session

from amends.kit.clock import now


def forget_old_sessions() -> None:
    Session.objects.filter(expire_date__lt=now()).delete()
