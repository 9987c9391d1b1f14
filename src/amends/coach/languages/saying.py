"""What one language says instead of the words that hurt, and the words it praises."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Saying:
    """Whole sentences that address nobody, so that they fit a letter in either form of address.

    `{line}` stands for the customer's own words, `{when}` for the time the draft promises, `{name}`
    for the customer. `praise` are phrases by feature, `due` those of a time, `promise` those of
    somebody who will do something by it. `causes` are words with which a reason begins."""

    sorry: str
    sorry_for: str
    ours: str
    and_ours: str
    can_do: str
    by_when: str
    open_end: str
    greeting: str
    greetings: frozenset[str]
    turns: frozenset[str]
    causes: frozenset[str]
    due: str
    promise: str
    praise: dict[str, str]

    def phrases(self) -> dict[str, str]:
        found = {f"praise/{feature}": block for feature, block in self.praise.items()}
        return {**found, "mark/due": self.due, "mark/promise": self.promise}
