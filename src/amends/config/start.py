"""Django made ready, for everything that is not a page."""

import os

SETTINGS = "amends.config.settings"


def start() -> None:
    """Nothing that is written from here on can be read by other users of the machine."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
