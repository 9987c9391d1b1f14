"""Django's settings. What an installation may change is read from the environment, nothing else."""

import os
from pathlib import Path
from typing import Any

from amends.config import environment
from amends.config.logs import logging_for

try:
    ENVIRONMENT = environment.read(os.environ)
    SECRET_KEY = environment.key_of(ENVIRONMENT.data, given=ENVIRONMENT.secret_key)
except environment.Misunderstood as trouble:
    raise SystemExit(f"amends: {trouble}") from None

PACKAGE = Path(__file__).resolve().parent.parent
DATA = ENVIRONMENT.data
DEBUG = ENVIRONMENT.debug

AMENDS_ALARM_URLS = ENVIRONMENT.alarm_urls
AMENDS_DEMO = ENVIRONMENT.demo
AMENDS_DNS = ENVIRONMENT.dns
AMENDS_DROP_FOLDER = ENVIRONMENT.drop_folder
AMENDS_MAIL_DOMAIN = ENVIRONMENT.mail_domain
AMENDS_MAIL_HOP = ENVIRONMENT.mail_hop
AMENDS_MAIL_URL = ENVIRONMENT.mail_url
AMENDS_MAIL_URL_2 = ENVIRONMENT.mail_url_2
AMENDS_MAILGUN_KEY = ENVIRONMENT.mailgun_key
AMENDS_PRIVATE_ADDRESSES = ENVIRONMENT.private_addresses
AMENDS_SIGN_IN_APPS = {"microsoft": ENVIRONMENT.microsoft_app, "google": ENVIRONMENT.google_app}
MICROSOFT = f"https://login.microsoftonline.com/{ENVIRONMENT.microsoft_tenant}/oauth2/v2.0"
AMENDS_SIGN_IN_AT = {
    "microsoft": (f"{MICROSOFT}/authorize", f"{MICROSOFT}/token"),
    "google": (
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token",
    ),
}
AMENDS_SMTP_LISTEN = ENVIRONMENT.smtp_listen
AMENDS_SMTP_SIZE = ENVIRONMENT.smtp_size
AMENDS_TAKES_MAIL = bool(ENVIRONMENT.smtp_listen or ENVIRONMENT.lmtp_listen)
AMENDS_URL = ENVIRONMENT.url.geturl()
AMENDS_WEBHOOK_SECRET = ENVIRONMENT.webhook_secret
DNS_PATIENCE = 3.0  # seconds for one question

# Who we are --------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "amends.kit",
    "amends.people",
    "amends.customers",
    "amends.remedies",
    "amends.mailroom",
    "amends.recovery",
    "amends.signals",
    "amends.api",
    "amends.connections",
    "amends.portal",
    "amends.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "amends.kit.middleware.client_address",
    "amends.kit.middleware.content_security",
    "django.middleware.gzip.GZipMiddleware",
    "amends.kit.middleware.leading",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "amends.kit.middleware.leading",
    "amends.kit.middleware.Impossibilities",
]
ROOT_URLCONF = "amends.config.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        # django-template-partials puts its loader around Django's cached ones by itself.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amends.config.alarming.banners",
            ]
        },
    }
]

# Where things are kept ---------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": environment.database_settings(ENVIRONMENT.database_url, data=DATA)}
BRIEFLY = 1.0  # seconds for which kit.brief remembers, where it does
CACHES = {
    # In the database, so that rate limits and heartbeats hold across all processes and machines.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "amends.kit.files.LocalShelf",
        "OPTIONS": {"location": ENVIRONMENT.files_url or DATA / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STORAGES["kept"] = STORAGES["default"]
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # forms drawn by kit/templates/django/

# Words and times ---------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

# Safety ------------------------------------------------------------------------------------------

HTTPS = ENVIRONMENT.url.scheme == "https"
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [ENVIRONMENT.url.hostname or "localhost", *LOOPBACK]
CSRF_TRUSTED_ORIGINS = [AMENDS_URL]
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "SAMEORIGIN"
AMENDS_PROXIES = ENVIRONMENT.proxies
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * environment.MEGABYTE
DATA_UPLOAD_MAX_NUMBER_FILES = 20
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # the proxy in front turns http into https

# Signing in --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/today/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "amends.desk.signing_in.DoorAdapter"
ACCOUNT_FORMS = {
    "login": "amends.desk.signing_in.SignInForm",
    "reset_password": "amends.desk.signing_in.ForgottenForm",
    "reset_password_from_key": "amends.desk.signing_in.NewPasswordForm",
    "change_password": "amends.desk.signing_in.ChangePasswordForm",
    "set_password": "amends.desk.signing_in.SetPasswordForm",
    "reauthenticate": "amends.desk.signing_in.StillYouForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # nobody joins but by a link that came to their address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letters to strangers
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 15
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ENVIRONMENT.url.scheme
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "amends.desk.signing_in.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "amends.desk.signing_in.SecondStepForm",
    "reauthenticate": "amends.desk.signing_in.StillYouByCodeForm",
    "activate_totp": "amends.desk.signing_in.SetUpAppForm",
    "add_webauthn": "amends.desk.signing_in.AddKeyForm",
    "edit_webauthn": "amends.desk.signing_in.RenameKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Amends"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# Letters to people who work here -----------------------------------------------------------------

EMAIL_BACKEND = "amends.config.mail_backend.Letters"
DEFAULT_FROM_EMAIL = f"desk@{AMENDS_MAIL_DOMAIN}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# What happened -----------------------------------------------------------------------------------

LOGGING = logging_for(shape=ENVIRONMENT.log.shape, level=ENVIRONMENT.log.level)
