import pytest

from amends.mailroom.addresses import address_for
from amends.recovery import journey
from amends.recovery.participants import TakesPart, part_of
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_who_takes_part():
    recovery = cast.heard()
    aunt = journey.name_companion(
        recovery, name="Ida", relation="aunt", email="Ida@moss.example", by=cast.ana()
    )
    assert part_of(recovery, "ROBERT@finch.example ") is TakesPart.CUSTOMER
    assert part_of(recovery, "ida@moss.example") is TakesPart.STRANGER
    recovery.companions.filter(pk=aunt.pk).update(leave_given_at=recovery.known_at)
    assert part_of(recovery, "ida@moss.example") is TakesPart.COMPANION
    for nobody in ("", "eve@stranger.example", "desk@amends.test", address_for(recovery.ref)):
        assert part_of(recovery, nobody) is TakesPart.STRANGER
