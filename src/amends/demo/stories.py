"""The stories of the sample in the order they began, each lived through the journey until today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from amends.demo import breakfasts, gifts
from amends.kit.clock import now
from amends.recovery.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from amends.demo.town import Town

STORIES: list[Callable[[Town], None]] = [
    breakfasts.lost_across_the_street,
    breakfasts.won_back,
    gifts.in_peace,
    breakfasts.the_card_that_was_not_honoured,
    breakfasts.ask_for_me_next_time,
    gifts.overnight_at_our_cost,
    breakfasts.only_to_be_heard,
    gifts.not_back_yet,
    gifts.out_of_the_wanted_item,
    gifts.the_gravy_plate_with_doves,
    breakfasts.the_wedding_breakfast,
    breakfasts.cold_tea,
    gifts.a_sharp_word,
    breakfasts.the_silent_one,
    breakfasts.the_greasy_bacon,
    gifts.the_letter_of_this_morning,
]


def tell(town: Town) -> int:
    """Live every story; how many there are."""
    for story in STORIES:
        story(town)
    last_night = now() - timedelta(hours=8)
    Notice.objects.filter(at__lt=last_night, seen_at=None).update(seen_at=now())
    return len(STORIES)
