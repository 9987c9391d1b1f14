"""The list Django needs."""

from amends.mailroom.alarm import Alarm
from amends.mailroom.letter import Attachment, Copy, Letter
from amends.mailroom.mailbox import Mailbox, Stuck
from amends.mailroom.mention import Mention
from amends.mailroom.post import Post
from amends.mailroom.road import Road
from amends.mailroom.sending import Sending

__all__ = [
    "Alarm",
    "Attachment",
    "Copy",
    "Letter",
    "Mailbox",
    "Mention",
    "Post",
    "Road",
    "Sending",
    "Stuck",
]
