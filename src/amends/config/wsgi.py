"""The pages, for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from amends.config.start import SETTINGS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
application = get_wsgi_application()
