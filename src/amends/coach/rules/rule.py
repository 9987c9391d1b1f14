"""What a rule is: phrases that raise it, phrases that silence it, a reason and a source."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rule:
    """One category in one language.

    `sure` phrases raise the note by themselves. `flags` maps a few words of "why" to phrases that
    the trained weights hear of. `unless` silences what is sure in its own sentence, `unless_near` also in the sentences beside it."""

    category: str
    source: str
    why: str
    flags: dict[str, str] = field(default_factory=dict)
    sure: str = ""
    unless: str = ""
    unless_near: str = ""
    sets: dict[str, str] = field(default_factory=dict)

    def phrases(self) -> dict[str, str]:
        found = {f"{self.category}/flag/{why}": block for why, block in self.flags.items()}
        found[f"{self.category}/sure"] = self.sure
        found[f"{self.category}/unless"] = self.unless
        found[f"{self.category}/near"] = self.unless_near
        return found
