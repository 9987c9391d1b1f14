"""Signing in is django-allauth's work, in our words. Nobody signs up: people join by a link."""

from io import BytesIO
from typing import Any

import segno
from allauth.account import forms as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import (
    account_inactive,
    login,
    logout,
    password_change,
    password_reset,
    password_reset_done,
    password_reset_from_key,
    password_reset_from_key_done,
    password_set,
    reauthenticate,
    signup,
)
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.urls import include, path, re_path

CHOOSE_WELL = "Ten characters or more. A few words in a row are good and easy to keep."


class DoorAdapter(DefaultAccountAdapter):
    """Nobody comes in who was not invited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This e-mail address and this password do not go together.",
        "incorrect_password": "That is not your password.",
        "too_many_login_attempts": "That was tried too often. Please wait five minutes.",
        "account_inactive": "The desk is not open to you now. Please ask whoever runs your place.",
    }

    def is_open_for_signup(self, request):
        return False


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Those are not the right figures.",
    }

    def build_totp_svg(self, url):
        """Dark on white whatever the page looks like, or cameras cannot read it."""
        picture = BytesIO()
        segno.make(url).save(picture, kind="svg", scale=5, light="white", xmldecl=False)
        return picture.getvalue().decode()


class InOurWords:
    """A form of allauth's with our label and hint for each field."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}
    fields: dict[str, Any]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = self.hints.get(name, "")
            self.fields[name].widget.attrs.pop("placeholder", None)


class SignInForm(InOurWords, account.LoginForm):
    labels = {
        "login": "E-mail address",
        "password": "Password",
        "remember": "Keep me signed in on this device",
    }


class ForgottenForm(InOurWords, account.ResetPasswordForm):
    labels = {"email": "E-mail address"}


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": "The same once more"}
    hints = {"password1": CHOOSE_WELL}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    labels = {"oldpassword": "The password you have now", **NewPasswordForm.labels}
    hints = NewPasswordForm.hints


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    labels = NewPasswordForm.labels
    hints = NewPasswordForm.hints


class StillYouForm(InOurWords, account.ReauthenticateForm):
    labels = {"password": "Your password"}


class SecondStepForm(InOurWords, second_step.AuthenticateForm):
    labels = {"code": "Six figures, or a recovery code"}


class StillYouByCodeForm(InOurWords, second_step.ReauthenticateForm):
    labels = {"code": "Six figures from your app, or a recovery code"}


class SetUpAppForm(InOurWords, totp.ActivateTOTPForm):
    labels = {"code": "Six figures from your app"}


class AddKeyForm(InOurWords, webauthn.AddWebAuthnForm):
    labels = {"name": "What shall we call it?", "passwordless": "It opens the desk alone"}


class RenameKeyForm(InOurWords, webauthn.EditWebAuthnForm):
    labels = {"name": "Name"}


urlpatterns = [
    path("login/", login, name="account_login"),
    path("logout/", logout, name="account_logout"),
    path("inactive/", account_inactive, name="account_inactive"),
    path("signup/", signup, name="account_signup"),
    path("reauthenticate/", reauthenticate, name="account_reauthenticate"),
    path("password/change/", password_change, name="account_change_password"),
    path("password/set/", password_set, name="account_set_password"),
    path("password/reset/", password_reset, name="account_reset_password"),
    path("password/reset/done/", password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]
