"""What a sentence must say to deserve praise: stricter than the tables that only hint (evidence.md 3.3)."""

import re

ASKED = re.compile(
    r"\b(what|which|how|would|do|does|is|are|shall|could|or|anything)\b.*"
    r"\b(you|your|fair|right|suits?|prefer|enough|helps?|amends|better|work)\b.*\?"
    r"|\b(tell|let|write to|say to) (me|us)( know)? (what|which|how|if|whether|your)\b"
    r"|\b(you decide|up to you|your (call|choice|decision|shout)|choice is yours|name (it|your|the|a)|say the word)\b"
    r"|\bwhatever (you|seems)\b|\bwhat else\b.*\?|\bsay what\b|\btell me (is|and|which)\b"
    r"|\b(like|love|want|glad|grateful) to (hear|know|learn)\b.*\b(what|how|which)\b"
)
NO_ASK = re.compile(
    r"\b(rate|survey|score|review|stars|recommend|birth|postcode|password|pin|account number|reference"
    r"|serial|confirm|verify|weather|weekend|holiday|how are (you|things)|who would|any (further )?questions"
    r"|(else|how) (can )?(we|i) can help|how (can|may) (we|i) help( you)? today|else i can (help|assist))\b"
)
GIVEN = re.compile(
    r"\b(free|complimentary|gifts?|voucher|upgrad\w+|treat|bonus|goodwill|waive[ds]?|discount|priority|points"
    r"|miles|hamper|flowers|bottle|dinner|lunch|breakfast|dessert|cake|tickets?|handwritten|in person|myself"
    r"|for nothing|as our guests?|our guest|on top|extra|double|bouquet|chocolates|wine|lounge)\b"
    r"|\bon (us|me|the house)\b|\b(no|without) (charge|cost|bill)\b|\bhalf (off|price)\b|\d ?% off|\d ?% is off"
    r"|\b(something|anything) (more|extra|else for you)\b|\bmore than (that|put)"
    r"|\bfirst in (the |our )?(line|queue)|\bmy (own |direct |personal )?(mobile|number|line)\b"
    r"|\bmy own (time|car|van|hands)\b|\b(invite|join us)\b|\byours to keep\b|\bkeep (it|both|the|them)\b"
    r"|\b(months?|weeks?|nights?|year) (is|are)? ?(free|on us|extra)\b"
)
NOT_GIVEN = re.compile(
    r"\bextra (care|attention|mile|steps)\b|\bfree (to|of course)\b|\bonce more\b"
)
STOCK = re.compile(
    r"\bfor (the |all |your |you |such )*(valued |kind |recent |continued |honest |loyal )*(comments?|feedback|e-?mail"
    r"|mail|letter|message|note|contact\w*|patience|understanding|co-?operation|custom|loyalty|business|enquiry"
    r"|query|writing( in| to us)?\b(?! about| down| that)|getting in touch|reaching out|letting (me|us) know\b(?! about| that| how)"
    r"|bringing (this|it)|taking the time|time|review|support|choosing|being|everything)\b"
)
WHAT_FOR = re.compile(r"\bfor \w+|\bwithout (you|it)\b")
IT_GOES = re.compile(
    r"\b(goes? (to|into|on)|gone (to|into)|(is|are) (now )?(with|on) (the|our)|on the wall|to (the|our) (chef|kitchen|menu)"
    r"|ha(s|ve) changed|from now on|because of (you|it)|will (be )?read|is in (the|our|tomorrow))\b"
)
DONE = re.compile(
    r"\b(have|has|'ve|been|is|are|was|were|i|we|now|already|since|'s)\b(?!.*\bsorry\b)(?!.*\?)"
)


MORE = re.compile(
    r"\b(i|we)( would|'d)? (\w+ )?(like|love|want|wish|mean|owe)( to| you)\b.{0,20}\bsomething (more|extra|further|on top|beyond|besides)\b"
)


def promises_more(draft: str) -> bool:
    """«I would like to do something more for you» leaves an extra open, and that is one."""
    return "something" in draft and bool(MORE.search(draft))


def asks(sentence: str) -> bool:
    return bool(ASKED.search(sentence)) and not NO_ASK.search(sentence)


def gives(sentence: str) -> bool:
    """Their own money is no gift, nor is «once more»."""
    return bool(GIVEN.search(NOT_GIVEN.sub("", sentence)))


def thanks_for_something(sentence: str, after: str) -> bool:
    """Thanks that say what for, or where what they said goes."""
    if "thank" not in sentence and "grateful" not in sentence:
        return False
    told = WHAT_FOR.search(sentence) and not STOCK.search(sentence)
    return bool(told or IT_GOES.search(sentence) or IT_GOES.search(after))


def is_done(sentence: str) -> bool:
    return bool(DONE.search(sentence)) and not sentence.startswith(("thank", "you "))
