"""`amends people add`: a person, and with them a token or the link to choose a password."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.urls import reverse

from amends.kit.errors import Impossible
from amends.people.person import Person, Role, lowered
from amends.people.place import Place
from amends.people.setting_up import hire, make_token


def add(email: str, *, role: str, name: str, places: Sequence[str], token: bool) -> Iterator[str]:
    """What to tell, line by line; the token alone on the last."""
    person = Person.objects.filter(email=lowered(email)).first()
    if person is None or not token:
        person = _hired(email, role=role, name=name, places=places)
        yield f"{person} ({person.get_role_display()}) is here now."
        yield f"They choose a password at {_password_link(person)}"
    if token:
        yield make_token(person, name="Command line", by=None)[1]


def _hired(email: str, *, role: str, name: str, places: Sequence[str]) -> Person:
    meant = role.replace("-", "_")
    if meant not in Role.values:
        known = ", ".join(value.replace("_", "-") for value in Role.values)
        raise Impossible(f"The role must be one of {known}.")
    return hire(
        email,
        name=name or email.partition("@")[0].replace(".", " ").title(),
        role=meant,
        places=[Place.called(one) for one in places],
        by=None,
    )


def _password_link(person: Person) -> str:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    keys = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return settings.AMENDS_URL + reverse("account_reset_password_from_key", kwargs=keys)
