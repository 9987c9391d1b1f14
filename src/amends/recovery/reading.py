"""What a customer's reply means for the journey: thanks reopen nothing, «not fixed» always does."""

from __future__ import annotations

import re
from enum import Enum

LONGEST_THANKS = 25  # words; a longer letter says more than thank you

THANKS = re.compile(
    r"\b(thank(s| you)?|thx|ta|cheers|much appreciated|appreciate (it|that)|merci|danke|gracias"
    r"|grazie|obrigad[oa]|dank(je)?)\b",
    re.I,
)
NOT_FIXED = re.compile(
    r"\b(?:(?:is|are|was|were|has|have|had|did|does|do)(?:n['’]?t| not)"
    r"(?: (?:been|really|actually|yet|even|quite|properly))*"
    r" (?:fix\w*|solv\w*|resolv\w*|sort\w*|work\w*|mend\w*|repair\w*|put right|arriv\w*|come"
    r"|receiv\w*|turn\w* up|help\w*)"
    r"|not (?:been |yet |really |properly )*(?:fixed|solved|resolved|sorted|working|mended"
    r"|repaired|put right|arrived|received)"
    r"|still (?:broken|waiting|missing|wrong|faulty|leaking|no\b|not|hasn|haven|isn|doesn|does not)"
    r"|(?:broke|broken|happened|failed|wrong) again|same problem|never (?:came|arrived|got))",
    re.I,
)


class Meaning(Enum):
    NOT_FIXED = "not fixed"
    THANKS = "thanks"
    SOMETHING = "something to answer"


def meaning_of(words: str) -> Meaning:
    """Errs towards a person: only a short thank-you without a question counts as thanks alone."""
    if NOT_FIXED.search(words):
        return Meaning.NOT_FIXED
    short = len(words.split()) <= LONGEST_THANKS
    if (
        short
        and THANKS.search(words)
        and not re.search(r"\?|\bbut\b|\bhowever\b|\bno thank", words, re.I)
    ):
        return Meaning.THANKS
    return Meaning.SOMETHING
