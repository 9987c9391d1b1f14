"""Which thread a message belongs to: by signed address, by our signed ids, by known Message-IDs, by
ids that a provider put in place of ours; last by what was only mentioned.

Never by subject, Thread-Index or Thread-Topic. Whether the sender may join is not decided here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from django.db.models import F, Value

from amends.kit.ready import ready
from amends.mailroom.addresses import letter_in, thread_in, thread_in_mark
from amends.mailroom.ids import id_key
from amends.mailroom.letter import Letter
from amends.mailroom.mention import Mention, numbers_of, referred_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from amends.mailroom.parsing import Parsed

How = Literal["address", "our id", "known id", "provider's id", "mentioned", "their number"]
STRONG: frozenset[str] = frozenset({"address", "our id", "known id", "provider's id"})
MOST_IDS = 100


class Match(NamedTuple):
    """A thread and what led to it; only the first two ways cannot be made up by a stranger."""

    thread: str
    how: How

    @property
    def is_strong(self) -> bool:
        """A weak one brings together what one correspondent wrote; it says nothing about others."""
        return self.how in STRONG


class Known(NamedTuple):
    """What the database has for one key."""

    key: str
    how: str
    thread: str
    letter: int


class Matching:
    """One message against everything we have: asked once, and at most one question."""

    def __init__(self, parsed: Parsed, recipients: Iterable[str]) -> None:
        self.parsed, self.recipients = parsed, list(recipients)
        self.ids = referred_to(parsed)[:MOST_IDS]
        self.own_key = id_key(parsed.message_id)

    def threads(self) -> Iterator[Match]:
        """From the surest to the weakest; the caller takes the first that still leads somewhere."""
        yield from self._by_address()
        yield from self._by_our_id()
        yield from self._by("known id", map(id_key, self.ids))
        yield from self._by("provider's id", self.ids)
        yield from self._by("mentioned", map(id_key, self.ids))
        yield from self._by_their_number()

    @property
    def seen(self) -> set[str]:
        """The keys of letters that we have."""
        return {known.key for known in self.known if known.how == "known id"}

    def with_the_same_id(self) -> list[int]:
        """Letters that carry this very Message-ID."""
        mine = (known for known in self.known if known.how == "known id")
        return [known.letter for known in mine if self.own_key and known.key == self.own_key]

    @cached_property
    def known(self) -> list[Known]:
        """Newest last. First letters ask only for their own id, the others for all they name."""
        rows = _known(*self._named) if any(self._named) else []
        return sorted((Known(*row) for row in rows), key=lambda known: known.letter)

    @cached_property
    def by_address(self) -> Match | None:
        """The surest of all, for which nothing is asked of the database."""
        return next(self._by_address(), None)

    def will_be_known(self) -> None:
        """Asked for along with the next question."""
        if any(self._named):
            _known.ahead(*self._named)

    @cached_property
    def _named(self) -> tuple[tuple[str, ...], ...]:
        keys = [key for key in dict.fromkeys([self.own_key, *map(id_key, self.ids)]) if key]
        refs = [ref for ref in map(letter_in, self.ids) if ref]
        mentions = [key for key in keys if key != self.own_key] + numbers_of(self.parsed)
        return tuple(keys), tuple(refs), tuple(self.ids), tuple(mentions)

    def _by_address(self) -> Iterator[Match]:
        written_to = [name.address for name in self.parsed.to + self.parsed.cc]
        for address in [*self.recipients, *self.parsed.delivered_to, *written_to]:
            if thread := thread_in(address):
                yield Match(thread, "address")

    def _by_our_id(self) -> Iterator[Match]:
        for message_id in self.ids:
            if ref := letter_in(message_id):
                yield from self._by("our id", [ref])
            elif thread := thread_in_mark(message_id):
                yield Match(thread, "our id")

    def _by(self, how: How, keys: Iterable[str]) -> Iterator[Match]:
        for key in keys:
            for known in reversed(self.known):
                if known.key == key and known.how == how and known.thread:
                    yield Match(known.thread, how)

    def _by_their_number(self) -> Iterator[Match]:
        """Only when it leads to one thread: what could mean two means none."""
        numbers = set(numbers_of(self.parsed))
        threads = {known.thread for known in self.known if known.key in numbers and known.thread}
        if len(threads) == 1:
            yield Match(threads.pop(), "their number")


@ready
def _known(
    keys: tuple[str, ...], refs: tuple[str, ...], ids: tuple[str, ...], mentions: tuple[str, ...]
) -> QuerySet[Any, Any]:
    questions = [
        _of_letters("id_key", keys, "known id"),
        _of_letters("ref", refs, "our id"),
        _of_letters("provider_id", ids, "provider's id"),
        _of_mentions(mentions),
    ]
    first, *others = [question for question in questions if question is not None]
    return first.union(*others, all=True) if others else first


def _of_letters(field: str, keys: Sequence[str], how: How) -> QuerySet[Any, Any] | None:
    if not keys:
        return None
    found = Letter.objects.filter(**{f"{field}__in": keys}).exclude(**{field: ""}).order_by()
    return found.values_list(F(field), Value(how), F("thread"), F("pk"))


def _of_mentions(keys: Sequence[str]) -> QuerySet[Any, Any] | None:
    if not keys:
        return None
    found = Mention.objects.filter(key__in=keys).order_by()
    return found.values_list(F("key"), Value("mentioned"), F("letter__thread"), F("letter_id"))
