"""What the categories and the features are called where people read them."""

RULES = {
    "blame_shift": "Somebody else is blamed",
    "sorry_but": "Sorry, but",
    "non_apology": "Sorry if, sorry you feel",
    "minimise": "Made smaller than it was",
    "policy_recital": "Rules read out",
    "excuse": "Excuses",
    "org_chart": "Another department",
    "passive_evasion": "Nobody did it",
    "grovel": "Too many sorries",
    "vague_promise": "No name, no time",
    "guess_wish": "Their wish is guessed",
    "boilerplate": "Stock phrases",
    "missing_name": "No name",
    "missing_restatement": "Their story is not there",
    "missing_ask": "They are not asked",
    "missing_extra": "Nothing extra",
}
PRAISED = {
    "name": "their name",
    "restatement": "their story, told back",
    "owned_apology": "an apology that owns it",
    "done": "what is done already",
    "who_what_when": "who does what by when",
    "ask": "asking what would be right",
    "extra": "something extra",
    "thanks": "thanks",
}
