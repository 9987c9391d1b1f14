"""An opened post on its way to where it belongs: what it says, and which recovery it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from amends.kit.ready import ready, reserve
from amends.mailroom.automatic import BY_A_LIST
from amends.mailroom.filing import file_in
from amends.mailroom.letter import Letter
from amends.mailroom.matching import Match, Matching
from amends.mailroom.mention import remember
from amends.mailroom.parsing import read_again
from amends.mailroom.quotable import Quotable, said_in, will_be_read
from amends.recovery.gate import is_own
from amends.recovery.participants import will_be_part_of
from amends.recovery.recovery import Recovery

if TYPE_CHECKING:
    from amends.mailroom.parsing import Parsed
    from amends.mailroom.post import Post
    from amends.mailroom.trust import Verdict
    from amends.recovery.recovery import RecoveryQuerySet

UNREADABLE = "This message could not be read. The original is attached as it came."
NO_WORDS = "There are no words in this message; see what is attached."
SHORTEST = 2  # letters; less than that left over from a letter says nothing


@dataclass(frozen=True)
class Opened:
    """One message. What is asked of the database is asked when it is needed, and once."""

    post: Post
    parsed: Parsed
    verdict: Verdict | None = None  # None: nobody has looked at who sent it yet

    @cached_property
    def matching(self) -> Matching:
        return Matching(self.parsed, self.post.recipients)

    @cached_property
    def found(self) -> tuple[Recovery, Match] | None:
        """The recovery it belongs to, as it goes on now, and how we know. What leads to nothing
        any more is passed over."""
        for match in self.matching.threads():
            self._will_be_needed(match.thread)
            recovery = _with_people.first(match.thread)
            if recovery is not None:
                return recovery.goes_on_as(), match
        return None

    def will_be_found(self) -> bool:
        """Asked for along with the next question, where the very address says to what it belongs."""
        match = self.matching.by_address
        if match is not None:
            _with_people.ahead(match.thread)
            self._will_be_needed(match.thread)
        return match is not None

    def _will_be_needed(self, thread: str) -> None:
        will_be_read([thread])
        will_be_part_of(thread, self.sender)
        reserve(Letter)

    @property
    def came_out_of(self) -> Recovery | None:
        """Another recovery that speaks of the same letter or conversation."""
        if self.found is not None:
            return self.found[0]
        return self.recovery_of(self.same_again) if self.same_again else None

    @cached_property
    def same_again(self) -> Letter | None:
        """The letter that this one is a copy of: same id, same sender, same words, same files. The
        id alone proves nothing, for programmes reuse them."""
        keys = self.matching.with_the_same_id()
        if not keys:
            return None
        same = Letter.objects.filter(
            pk__in=keys, sender=self.sender, text=self.parsed.text, copy_of=None
        )
        sizes = sorted(len(enclosed.content) for enclosed in self.parsed.attachments)
        return next((one for one in same if sizes == _sizes_of(one)), None)

    @cached_property
    def said_before(self) -> Quotable:
        """What it may quote: the latest letters of its thread."""
        return said_in((self.found[0].ref, self.found[1].thread) if self.found else ())

    @cached_property
    def reading(self) -> Parsed:
        """Read beside its thread: what was said there is history, everything else stays in sight."""
        ours, theirs, _ = self.said_before
        return read_again(self.parsed, thread=ours, theirs=theirs)

    @staticmethod
    def recovery_of(letter: Letter) -> Recovery | None:
        return Recovery.objects.filter(ref=letter.thread).first()

    @property
    def sender(self) -> str:
        return self.parsed.sender.address

    @property
    def words(self) -> str:
        """What they say now; everything, when folding leaves nothing worth the name."""
        if self.parsed.trouble and not self.parsed.text.strip():
            return UNREADABLE
        fresh = self.reading.fresh.strip()
        return (fresh if len(fresh) >= SHORTEST else "") or self.parsed.text.strip() or NO_WORDS

    def file(self, thread: str, **facts: Any) -> Letter:
        """The letter it is, in its thread. What it names is kept, unless a stranger wrote it."""
        if self.verdict is not None:
            facts |= self.verdict._asdict()
        nature = self.parsed.nature
        if nature.no_answer == BY_A_LIST and is_own(nature.through):
            facts["signs"] = ""  # a list that is our own front door
        letter = file_in(self.post, self.reading, thread=thread, **facts)
        if not letter.needs_check:
            remember(letter, self.parsed, seen=self.matching.seen)
        return letter


@ready
def _with_people(ref: str) -> RecoveryQuerySet:
    return Recovery.objects.with_people().filter(ref=ref)[:1]


def _sizes_of(letter: Letter) -> list[int]:
    return sorted(letter.attachments.values_list("size", flat=True))
