"""The product's settings for the tests: a data folder of their own, one of two engines, fast hashing."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in [name for name in os.environ if name.startswith("AMENDS_")]:
    if name != "AMENDS_CHROMIUM" and not name.startswith("AMENDS_TEST_"):
        del os.environ[name]

ENGINE = os.environ.get("AMENDS_TEST_ENGINE", "sqlite")
FOLDER = Path(tempfile.mkdtemp(prefix="amends-test-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["AMENDS_DATA"] = str(FOLDER / "data")
os.environ["AMENDS_MAIL_DOMAIN"] = "amends.test"
os.environ["AMENDS_URL"] = "http://amends.test"

if ENGINE == "postgres":
    from tests import postgres

    os.environ["AMENDS_DATABASE_URL"] = postgres.url()

from amends.config.settings import *  # noqa: E402, F403
from amends.config.settings import ALLOWED_HOSTS, DATABASES, STORAGES  # noqa: E402

DATABASES["default"]["TEST"] = {}
if ENGINE == "sqlite":
    # A file, not memory: threads and processes that press at once must meet the real locks.
    DATABASES["default"]["TEST"]["NAME"] = FOLDER / "amends.sqlite3"
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous = off;"
ALLOWED_HOSTS += ["testserver"]
SECRET_KEY = "the same for all workers, so that they find the same tests"
BRIEFLY = 0.0
DNS_PATIENCE = 0.0  # nobody is asked, until a test brings its own name server
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
