"""English word forms: from `overlooked` to OVERLOOK, and the little that can be told of its part of speech."""

import re

IRREGULAR = {
    "BE": "am is are was were be been being 's 'm 're",
    "HAVE": "have has had having 've",
    "DO": "do does did done doing",
    "GO": "go goes went gone going",
    "GET": "get gets got gotten getting",
    "GIVE": "give gives gave given giving",
    "TAKE": "take takes took taken taking",
    "MAKE": "make makes made making",
    "SEE": "see sees saw seen seeing",
    "COME": "come comes came coming",
    "KNOW": "know knows knew known knowing",
    "TELL": "tell tells told telling",
    "SAY": "say says said saying",
    "THINK": "think thinks thought thinking",
    "FEEL": "feel feels felt feeling",
    "FIND": "find finds found finding",
    "LEAVE": "leave leaves left leaving",
    "KEEP": "keep keeps kept keeping",
    "LOSE": "lose loses lost losing",
    "SEND": "send sends sent sending",
    "BRING": "bring brings brought bringing",
    "BUY": "buy buys bought buying",
    "PAY": "pay pays paid paying",
    "PUT": "put puts putting",
    "LET": "let lets letting",
    "SET": "set sets setting",
    "READ": "read reads reading",
    "HOLD": "hold holds held holding",
    "MEET": "meet meets met meeting",
    "RUN": "run runs ran running",
    "FALL": "fall falls fell fallen falling",
    "BREAK": "break breaks broke broken breaking",
    "SPEAK": "speak speaks spoke spoken speaking",
    "WRITE": "write writes wrote written writing",
    "FORGET": "forget forgets forgot forgotten forgetting",
    "CHOOSE": "choose chooses chose chosen choosing",
    "SHOW": "show shows showed shown showing",
    "HEAR": "hear hears heard hearing",
    "UNDERSTAND": "understand understands understood understanding",
    "MISUNDERSTAND": "misunderstand misunderstands misunderstood misunderstanding",
    "STAND": "stand stands stood standing",
    "BEGIN": "begin begins began begun beginning",
    "SLIP": "slip slips slipped slipping",
    "SIT": "sit sits sat sitting",
    "HIT": "hit hits hitting",
    "CUT": "cut cuts cutting",
    "HURT": "hurt hurts hurting",
    "COST": "cost costs costing",
    "SHUT": "shut shuts shutting",
    "WIN": "win wins won winning",
    "SELL": "sell sells sold selling",
    "SPEND": "spend spends spent spending",
    "BUILD": "build builds built building",
    "LEND": "lend lends lent lending",
    "DEAL": "deal deals dealt dealing",
    "MEAN": "mean means meant meaning",
    "LEAD": "lead leads led leading",
    "CATCH": "catch catches caught catching",
    "TEACH": "teach teaches taught teaching",
    "THROW": "throw throws threw thrown throwing",
    "GROW": "grow grows grew grown growing",
    "DRAW": "draw draws drew drawn drawing",
    "DRIVE": "drive drives drove driven driving",
    "RIDE": "ride rides rode ridden riding",
    "RISE": "rise rises rose risen rising",
    "RING": "ring rings rang rung ringing",
    "DRINK": "drink drinks drank drunk drinking",
    "EAT": "eat eats ate eaten eating",
    "WEAR": "wear wears wore worn wearing",
    "TEAR": "tear tears tore torn tearing",
    "BEAR": "bear bears bore borne bearing",
    "STEAL": "steal steals stole stolen stealing",
    "FREEZE": "freeze freezes froze frozen freezing",
    "WAKE": "wake wakes woke woken waking",
    "SWEAR": "swear swears swore sworn swearing",
    "FIGHT": "fight fights fought fighting",
    "LEARN": "learn learns learnt learned learning",
    "BURN": "burn burns burnt burned burning",
    "SPILL": "spill spills spilt spilled spilling",
    "SPOIL": "spoil spoils spoilt spoiled spoiling",
    "SLEEP": "sleep sleeps slept sleeping",
    "MISLAY": "mislay mislays mislaid mislaying",
    "LAY": "lay lays laid laying",
    "MISREAD": "misread misreads misreading",
    "OVERSEE": "oversee oversees oversaw overseen overseeing",
    "WITHHOLD": "withhold withholds withheld withholding",
    "BID": "bid bids bidding",
    "BEG": "beg begs begged begging",
    "WILL": "will 'll",
    "NOT": "not never",
    "CAN": "can could",
    "MAN": "man men",
    "WOMAN": "woman women",
    "CHILD": "child children",
    "PERSON": "person people",
}
PARTICIPLES = frozenset(
    "gone gotten got given taken made seen known told said thought felt found left kept lost sent"
    " brought bought paid put set read held met run fallen broken spoken written forgotten chosen"
    " shown heard understood misunderstood stood begun sat hit cut hurt shut sold spent built lent"
    " dealt meant led caught taught thrown grown drawn driven rung drunk eaten worn torn stolen"
    " frozen woken laid mislaid misread overseen withheld done been lain burnt spilt spoilt learnt"
    " sworn fought cost double-booked".split()
)
FORMS = {form: lemma for lemma, all_forms in IRREGULAR.items() for form in all_forms.split()}
NO_PAST = frozenset(
    "need feed speed indeed seed bed red shed deed bleed exceed proceed hundred".split()
)
VOWELS = "aeiou"
CLOCK = re.compile(r"([01]?\d|2[0-3])[.:]?[0-5]\d|\d{1,2}h")
# American endings are read as British ones; the words here only look like it.
NOT_IZE = ("size", "prize", "seize", "maize", "capsize")


def spelt(word: str) -> str:
    """One spelling for `apologize` and `apologise`, `color` and `colour`."""
    if "z" not in word:
        return word
    for ending in ("ize", "izes", "ized", "izing", "ization", "izations", "yze", "yzed", "yzing"):
        if word.endswith(ending) and len(word) > 5 and not word.startswith(NOT_IZE):
            return word[: -len(ending)] + ending.replace("z", "s")
    return word


def lemmas(word: str) -> list[str]:
    """Every lemma the ending allows; one that is no word does no harm."""
    if word in FORMS:
        return [FORMS[word]]
    if not word.isalpha() or len(word) < 3:
        return [word.upper()]
    return [one.upper() for one in [word, *without_ending(word)]]


def without_ending(word: str) -> list[str]:
    if word.endswith(("ies", "ied")):
        return [word[:-3] + "y"]
    if word.endswith("es"):
        return [word[:-2], word[:-1]]
    if word.endswith("s") and not word.endswith("ss"):
        return [word[:-1]]
    if word.endswith("ed") and len(word) > 4:
        return stems(word[:-2])
    return stems(word[:-3]) if word.endswith("ing") and len(word) > 5 else []


def stems(stem: str) -> list[str]:
    found = [stem, stem + "e"]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        found.append(stem[:-1])
    return found


def is_participle(word: str) -> bool:
    if word in PARTICIPLES:
        return True
    return word.endswith("ed") and len(word) > 4 and word not in NO_PAST


def keys(word: str, sets: dict[str, frozenset[str]]) -> list[str]:
    """All the names a phrase may call this word by."""
    found = [word, *lemmas(word), *sets.get(word, ())]
    if is_participle(word):
        found.append("<past>")
    if word.endswith("ing") and len(word) > 4:
        found.append("<ing>")
    if word.endswith("ly") and len(word) > 4:
        found.append("<adv>")
    if word.startswith(("http:", "https:", "www.")) or "@" in word:
        found.append("<link>")
    if word[:1].isdigit():
        found.append("<number>")
        if ":" in word or word.endswith(("am", "pm")) or CLOCK.fullmatch(word):
            found.append("<clock>")
    return found
