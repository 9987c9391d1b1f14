"""Harbour Breakfast: two places and the people who work there."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from amends.people import setting_up
from amends.people.person import Role

PASSWORD = "marmalade-on-toast-7"
LONDON = ZoneInfo("Europe/London")


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.fixture
def harbour(db):
    """An owner; Quay with manager Mo and Fay and Finn; Hill with manager Hal; auditor Ada."""
    business = setting_up.found_business(name="Harbour Breakfast", by=None)
    quay, hill = (
        setting_up.open_place(business, name=name, timezone="Europe/London", by=None)
        for name in ["Quay", "Hill"]
    )

    def hire(name: str, role: str, *places):
        email = f"{name.lower()}@harbour.test"
        return setting_up.hire(
            email, name=f"{name} Smith", role=role, places=places, password=PASSWORD, by=None
        )

    return SimpleNamespace(
        business=business,
        quay=quay,
        hill=hill,
        olive=hire("Olive", Role.OWNER),
        mo=hire("Mo", Role.MANAGER, quay),
        hal=hire("Hal", Role.MANAGER, hill),
        fay=hire("Fay", Role.FRONT_LINE, quay),
        finn=hire("Finn", Role.FRONT_LINE, quay),
        ada=hire("Ada", Role.AUDITOR),
    )
