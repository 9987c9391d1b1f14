"""The list Django needs."""

from amends.mailroom.letter import Attachment, Letter
from amends.mailroom.post import Post

__all__ = ["Attachment", "Letter", "Post"]
