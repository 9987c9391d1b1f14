"""Where a note points: the words that hurt, from where a reader would begin to where they would stop."""

from dataclasses import replace

from amends.coach import contrast, names, restating
from amends.coach.judging import Finding
from amends.coach.letter import Letter

# Clauses said instead as a whole: they run on to the end of their sentence.
TO_THE_END = frozenset(
    "org_chart policy_recital non_apology vague_promise blame_shift guess_wish passive_evasion"
    " grovel boilerplate".split()
)
JOINING = frozenset("and but so or yet".split())
# Words with which a clause begins that can stand alone.
SUBJECTS = frozenset(
    "i we it they you he she the our your my this that these those there someone somebody one nobody"
    " please thank thanks unfortunately sorry apologies returns refunds".split()
)
GIVING_CAUSE = frozenset("because due owing since hence cos reason explain explains caused".split())
RETOLD = frozenset("excuse passive_evasion minimise blame_shift org_chart".split())
NEAR = 2  # sentences around a weighed one in which the apology and its turn are looked for
NAME_AT_MOST = 4  # words of a greeting
LEAST_TOLD = 2  # things of their story that make a sentence their story


def pointed(letter: Letter, one: Finding) -> Finding:
    """The same finding, with the words a reader would underline."""
    if one.first < 0:
        return one
    if one.category == "sorry_but":
        return turned(letter, one)
    one = off_the_frame(letter, one)
    first, last = clause(letter, one.first, one.last)
    at = letter.words[one.last].sentence
    if one.category in TO_THE_END:
        while first > begin(letter, first) and letter.words[first].low not in SUBJECTS:
            first = clause(letter, first - 1, first - 1)[0]
        last = letter.sentences[at][1]
    if one.category == "minimise" and one.last < letter.sentences[at][1]:
        return one
    return replace(one, first=first, last=last)


def off_the_frame(letter: Letter, one: Finding) -> Finding:
    """Never at a greeting or a signature: then at the words before it, or at those of a phrase."""
    number = letter.words[one.first].sentence
    if not is_frame(letter, number) or len(letter.sentences) == 1:
        return one
    hits = letter.hits(f"{one.category}/sure") + letter.flags(one.category)
    spoken = [n for n in map(letter.sentence_of, hits) if not is_frame(letter, n)]
    others = [n for n in range(len(letter.sentences)) if not is_frame(letter, n)] or [number]
    nearest = min(spoken or others, key=lambda n: abs(n - number))
    return replace(one, first=letter.sentences[nearest][0], last=letter.sentences[nearest][1])


def is_frame(letter: Letter, number: int) -> bool:
    """A greeting or a signature: a few words and no full stop."""
    first, last = letter.sentences[number]
    closed = letter.draft[letter.words[last].end :].lstrip()[:1] in tuple(".!?…")
    return last - first < NAME_AT_MOST and not closed and number in (0, *last_two(letter))


def last_two(letter: Letter) -> tuple[int, int]:
    return len(letter.sentences) - 2, len(letter.sentences) - 1


def is_retold(letter: Letter, one: Finding) -> bool:
    """Their own story given back is no excuse and hides nobody, as long as no cause comes with it."""
    if one.category not in RETOLD or not letter.story:
        return False
    number = letter.words[one.first].sentence
    first, last = letter.sentences[number]
    caused = not GIVING_CAUSE.isdisjoint(letter.lows[first : last + 1])
    told = len(restating.by_sentence(letter)[number]) > LEAST_TOLD
    return told and not caused and not says_so(letter, one.category, number)


def says_so(letter: Letter, category: str, number: int) -> bool:
    """Some phrase of the category itself stands in the sentence, not weights alone."""
    hits = letter.hits(f"{category}/sure") if category == "excuse" else letter.flags(category)
    return any(letter.sentence_of(hit) == number for hit in hits)


def turned(letter: Letter, one: Finding) -> Finding:
    """From the apology to the end of what takes it back."""
    number = letter.words[one.first].sentence
    low, high = max(number - NEAR, 0), min(number + NEAR, len(letter.sentences) - 1)
    place = contrast.turn(letter, letter.sentences[low][0], letter.sentences[high][1])
    if place is None:
        first, last = letter.sentences[number]
        return replace(one, first=begin(letter, first), last=last)
    early, late = min(place), max(place)
    first = clause(letter, early, early)[0] if early == place[0] else begin(letter, early)
    return replace(one, first=first, last=letter.sentences[letter.words[late].sentence][1])


def clause(letter: Letter, first: int, last: int) -> tuple[int, int]:
    """Widened to the commas and the like around it, without the word that joins it on."""
    start, end = begin(letter, last), letter.sentences[letter.words[last].sentence][1]
    first = max(first, start)
    while first > start and not letter.words[first].lead:
        first -= 1
    if first > start and first < last and letter.words[first].low in JOINING:
        first += 1
    while last < end and not letter.words[last + 1].lead:
        last += 1
    return first, last


def begin(letter: Letter, at: int) -> int:
    """The first word of the sentence after a greeting or a name: `Dear Bo, …`, `Bo, …`."""
    start, end = letter.sentences[letter.words[at].sentence]
    for n in range(start + 1, min(start + 1 + NAME_AT_MOST, end + 1)):
        if letter.words[n].lead:
            return n if is_greeting(letter, start, n - 1) and n <= at else start
    return start


def is_greeting(letter: Letter, first: int, last: int) -> bool:
    start, end = letter.span(first, last)
    named = letter.customer_name and names.where(letter.draft[start:end], letter.customer_name)
    return bool(named) or letter.words[first].low in letter.greetings


def characters(letter: Letter, one: Finding) -> tuple[int, int]:
    """Where the words stand in the draft; what ends a sentence belongs to it."""
    start, end = letter.span(one.first, one.last)
    if one.last == letter.sentences[letter.words[one.last].sentence][1]:
        while end < len(letter.draft) and letter.draft[end] in ".!?…":
            end += 1
    return start, end


def where_missing(letter: Letter, category: str) -> tuple[int, int]:
    """Their name and story come after the greeting, the ask and the extra before the signature."""
    if category == "missing_name":
        return name_place(letter)
    at = after_greeting(letter) if category == "missing_restatement" else before_signature(letter)
    return at, at


def name_place(letter: Letter) -> tuple[int, int]:
    """The field nobody filled in, the `Customer` after `Dear`, or right behind the greeting."""
    field = names.unfilled(letter.draft)
    if field:
        return field
    if letter.lows[0] not in letter.greetings:
        return 0, 0
    at = 1 if letter.lows[1:2] in (["morning"], ["afternoon"], ["evening"]) else 0
    after = letter.words[at + 1 : at + 2]
    if after and not after[0].first and not after[0].lead and after[0].low in names.GENERIC:
        return after[0].start, after[0].end
    return letter.words[at].end, letter.words[at].end


def after_greeting(letter: Letter) -> int:
    """The beginning of the line below the greeting, where the greeting has a line."""
    line = letter.draft.split("\n", 1)[0]
    inside = [n for n, word in enumerate(letter.words) if word.end <= len(line)]
    if "\n" not in letter.draft or not inside or len(inside) > NAME_AT_MOST:
        return 0
    if not is_greeting(letter, inside[0], inside[-1]):
        return 0
    rest = letter.draft[len(line) :]
    return len(letter.draft) - len(rest.lstrip())


def before_signature(letter: Letter) -> int:
    """The end of the last sentence that is one: a signature has no full stop."""
    for first, last in reversed(letter.sentences):
        end = letter.words[last].end
        closed = letter.draft[end : end + 1] in tuple(".!?…")
        if closed or last - first > NAME_AT_MOST:
            return end + len(letter.draft[end:]) - len(letter.draft[end:].lstrip(".!?…)\"'”’"))
    return len(letter.draft.rstrip())
