"""The one place that reads the time; sums and deadlines receive it as `at`."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()
