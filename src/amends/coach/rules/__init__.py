"""Every English rule, a file each; `PHRASES` is what the English pack searches for."""

from amends.coach.rules.blame_shift import BLAME_SHIFT
from amends.coach.rules.boilerplate import BOILERPLATE
from amends.coach.rules.excuse import EXCUSE
from amends.coach.rules.grovel import GROVEL
from amends.coach.rules.guess_wish import GUESS_WISH
from amends.coach.rules.marks import MARK_SETS, MARKS, MORE
from amends.coach.rules.minimise import MINIMISE
from amends.coach.rules.non_apology import NON_APOLOGY
from amends.coach.rules.org_chart import ORG_CHART
from amends.coach.rules.passive_evasion import PASSIVE_EVASION
from amends.coach.rules.policy_recital import POLICY_RECITAL
from amends.coach.rules.rule import Rule
from amends.coach.rules.sorry_but import SORRY_BUT
from amends.coach.rules.turns import TURNS
from amends.coach.rules.vague_promise import VAGUE_PROMISE
from amends.coach.rules.whole import WHOLE_PHRASES

RULES: dict[str, Rule] = {
    rule.category: rule
    for rule in (
        BLAME_SHIFT,
        BOILERPLATE,
        EXCUSE,
        GROVEL,
        GUESS_WISH,
        MINIMISE,
        NON_APOLOGY,
        ORG_CHART,
        PASSIVE_EVASION,
        POLICY_RECITAL,
        SORRY_BUT,
        VAGUE_PROMISE,
    )
}
PHRASES: dict[str, str] = {
    **WHOLE_PHRASES,
    **TURNS,
    **MORE,
    **{f"mark/{name}": block for name, block in MARKS.items()},
}
for _rule in RULES.values():
    PHRASES.update(_rule.phrases())
SETS: dict[str, str] = {
    name: words for rule in RULES.values() for name, words in rule.sets.items()
} | MARK_SETS
