"""Message-IDs: how two spellings of one are compared, and one for a message that came without."""

from __future__ import annotations

import hashlib
import re

BLANK = re.compile(r"[\s\x00]+")
LONGEST = 255


def id_key(message_id: str) -> str:
    """The one spelling by which ids are compared: no blanks, no brackets, the domain lower-case.
    What stands before the @ is the sender's own and keeps its case."""
    bare = BLANK.sub("", message_id).strip("<>")
    left, at, domain = bare.rpartition("@")
    key = f"{left}{at}{domain.lower()}" if at else bare
    if len(key) <= LONGEST:
        return key
    return f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}@too-long.invalid"


def made_up_id(digest: str) -> str:
    """For a message without a Message-ID: always the same for the same bytes."""
    return f"<{digest[:40]}@no-id.invalid>"
