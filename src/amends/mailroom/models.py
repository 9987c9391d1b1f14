"""The list Django needs."""

from amends.mailroom.alarm import Alarm
from amends.mailroom.attachment import Attachment
from amends.mailroom.letter import Copy, Letter
from amends.mailroom.mailbox import Mailbox
from amends.mailroom.mark import Mark
from amends.mailroom.mention import Mention
from amends.mailroom.post import Post
from amends.mailroom.road import Road
from amends.mailroom.sending import Sending
from amends.mailroom.sighting import Sighting
from amends.mailroom.stuck import Stuck
from amends.mailroom.tally import Tally

__all__ = [
    "Alarm",
    "Attachment",
    "Copy",
    "Letter",
    "Mailbox",
    "Mark",
    "Mention",
    "Post",
    "Road",
    "Sending",
    "Sighting",
    "Stuck",
    "Tally",
]
