"""What a rule is: phrases that raise it, phrases that silence it, a reason and a source."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rule:
    """One category in one language.

    `flags` maps a few words of "why" to the phrases that raise the note. `hints` are too weak to
    raise one alone; the trained weights hear of them. `unless` silences the sentence it stands in,
    `unless_near` also the sentences beside it."""

    category: str
    source: str
    flags: dict[str, str]
    hints: str = ""
    unless: str = ""
    unless_near: str = ""
    sets: dict[str, str] = field(default_factory=dict)

    def phrases(self) -> dict[str, str]:
        found = {f"{self.category}/flag/{why}": block for why, block in self.flags.items()}
        found[f"{self.category}/hint"] = self.hints
        found[f"{self.category}/unless"] = self.unless
        found[f"{self.category}/near"] = self.unless_near
        return found
