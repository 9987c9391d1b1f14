"""Is the customer called by name? Lower case, handles, missing accents, titles and pet forms count."""

import re
from functools import lru_cache

from amends.coach.words import plain

TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir madam lord lady rev reverend fr father sister brother"
    " captain capt cllr councillor judge sr sra srta senor senora senorita don dona herr frau monsieur madame mademoiselle"
    " mme mlle m signor signora signorina sig dame sgt sergeant major colonel col rabbi imam baroness nurse".split()
)
SUFFIXES = frozenset(
    "jr sr ii iii iv phd md esq obe mbe ltd limited inc llc plc gmbh co company corp the and of".split()
)
PARTICLES = frozenset(
    "de da do dos das di del della der den van von la le el al bin ibn y e st o".split()
)
PET_FORMS = (
    "robert rob bob bobby robbie bert",
    "william will bill billy liam willie",
    "richard rich rick ricky dick richie",
    "james jim jimmy jamie",
    "john jack johnny jon jonathan",
    "jonathan jon jonny",
    "thomas tom tommy",
    "michael mike mick mickey mikey",
    "david dave davey",
    "daniel dan danny",
    "joseph joe joey",
    "edward ed eddie ted teddy ned",
    "charles charlie chuck chas",
    "christopher chris kit",
    "christine chris chrissie",
    "christina chris tina",
    "anthony tony ant",
    "antony tony",
    "andrew andy drew",
    "alexander alex al sandy lex xander",
    "alexandra alex sandra sandy lexi",
    "matthew matt",
    "nicholas nick nicky",
    "nicola nicky nic",
    "patrick pat paddy",
    "patricia pat tricia trish patsy",
    "peter pete",
    "philip phil",
    "phillip phil",
    "samuel sam sammy",
    "samantha sam sammy",
    "stephen steve stevie",
    "steven steve stevie",
    "timothy tim timmy",
    "benjamin ben benny",
    "gregory greg",
    "geoffrey geoff",
    "jeffrey jeff",
    "kenneth ken kenny",
    "lawrence larry laurie",
    "leonard len lenny leo",
    "martin marty",
    "nathaniel nate nathan",
    "raymond ray",
    "ronald ron ronnie",
    "donald don donnie",
    "stanley stan",
    "theodore ted theo",
    "vincent vince vinny",
    "walter walt wally",
    "zachary zach zac zak",
    "elizabeth liz beth lizzie eliza betty bess libby lisa elsie",
    "margaret maggie meg peggy marge greta",
    "katherine kate kathy katie kat kitty",
    "catherine cathy kate cath katie",
    "kathleen kathy kath",
    "jennifer jen jenny",
    "jessica jess jessie",
    "rebecca becky becca bex",
    "deborah deb debbie",
    "susan sue susie suzy",
    "victoria vicky vic tori",
    "abigail abby gail",
    "alison ali",
    "amanda mandy",
    "barbara barb babs",
    "caroline caz carrie",
    "dorothy dot dottie",
    "eleanor ellie nell nora",
    "emily em emmy",
    "frances fran frankie",
    "francis frank fran",
    "isabella bella izzy",
    "isabel izzy bella",
    "jacqueline jackie jacqui",
    "judith judy jude",
    "lucille lucy",
    "mary molly polly",
    "matilda tilly mattie",
    "natasha tash nat",
    "natalie nat",
    "pamela pam",
    "penelope penny",
    "rosemary rosie",
    "sarah sally",
    "sharon shaz shazza shaza",
    "stephanie steph",
    "teresa terry tess",
    "theresa terry tess",
    "veronica ronnie",
    "gilbert gil bert",
    "barry baz bazza",
    "gary gaz gazza",
    "darren daz dazza",
    "jeremy jez",
    "terence terry tel",
)
# Names that are also plain words count only where they are written or used as names.
PLAIN_WORDS = frozenset(
    "will may mark rose bill grace hope joy dawn april june august faith frank rich art sue pat jack"
    " rob nick chase drew guy ray dean grant penny ivy olive robin jay miles page price young white"
    " black brown green king long short day best good banks bond field hill wood stone tilly bob"
    " dot kit max sky skye summer autumn winter river brook brooke reed gray grey rusty sunny star"
    " victor chance curt earnest ernest gene jean pearl ruby amber crystal daisy lily violet jasmine"
    " heather holly iris flora sandy misty stormy cliff glen forrest forest heath lance pierce rod"
    " van don dale wade tuck buck bud chip duke earl prince baron bishop cook baker butcher carter"
    " case cash church cross dear early east fair farmer fisher fox french gold golden graves hall"
    " hand hands hart head home house hunt hunter lamb lane law little lord love lowe major marsh"
    " mason miller moody moon moore north ocean park parks peace pike pope porter pound power"
    " quick ready rice rivers sharp singer small smart smith snow south spring steel storm street"
    " strong swift taylor turner walker wall ward waters weaver west wise wolf woods work wright mo"
    " bo dee jo al ed an so do my no us it in on at he she they we you our".split()
)
SALUTATION = re.compile(
    r"\s{0,9}(?:dear|hi|hello|hey|good morning|good afternoon|good evening)\s{1,3}(?:valued |loyal |esteemed |our )?([\w-]{2,30})",
    re.IGNORECASE,
)
GREETED_BY = frozenset(
    "dear hi hello hey mr mrs ms dr miss thanks sorry morning afternoon evening oh ah".split()
)
SPOKEN_TO = frozenset("i we you u our your".split())  # `dee i lobbed ur parcel over`
HANDLE = re.compile(r"@?[\w.]{3,40}")
PIECE = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
FIELD = re.compile(
    r"\{\{[^{}\n]{0,60}\}?\}?|\[[^\[\]\n]{1,40}\]|<{1,2}[A-Za-z][^<>\n]{0,40}>{1,2}|%[A-Za-z_]{3,30}%|\$\{[^{}\n]{1,40}\}"
    r"|\{[A-Za-z_ .]{2,40}\}|\b[A-Z]{2,}_[A-Z_]{2,}\b|\*\|[A-Z_:]{2,30}\|\*|«[^«»\n]{1,40}»|_{3,}|\bXXX+\b",
)
FIELD_SIGN = re.compile(r"[{}\[\]<%$*«_X]")  # without one of these there is no field
GENERIC = frozenset(
    "customer customers sir madam guest guests client clients subscriber member members user users"
    " patient passenger passengers patron resident tenant traveller traveler shopper buyer all"
    " everyone team folks occupier householder policyholder cardholder colleague friend friends"
    " there valued sirs mate pal buddy champ applicant owner parent reader partner supplier"
    " account-holder accountholder participant student taxpayer neighbour homeowner driver diner".split()
)


ALSO_CALLED: dict[str, set[str]] = {}
for _group in PET_FORMS:
    for _one in _group.split():
        ALSO_CALLED.setdefault(_one, set()).update(_group.split())


def parts(name: str) -> list[str]:
    """The pieces of a name that may stand for the whole of it."""
    found: list[str] = []
    for piece in PIECE.findall(plain(name)):
        for one in {piece, *piece.replace("'", "-").split("-")}:
            if one not in TITLES and one not in SUFFIXES and one not in PARTICLES and len(one) > 1:
                found.append(one)
    return found


@lru_cache(maxsize=256)
def forms(name: str) -> frozenset[str]:
    """All pieces of the name with their pet forms: `Robert Ash` is robert, bob, rob, ash …"""
    known = parts(name)
    given = set(known[:1]) if not is_titled(name) else set()
    return frozenset(known).union(*(ALSO_CALLED.get(one, ()) for one in given))


def is_titled(name: str) -> bool:
    first = PIECE.match(plain(name).strip())
    return first is not None and first.group() in TITLES


def where(draft: str, name: str) -> tuple[int, int] | None:
    """The first place in the draft that calls the customer by name."""
    wanted = forms(name)
    if not wanted:
        return exactly(draft, name)
    low = plain(draft)
    if not any(one in low for one in wanted):
        return None
    for match in PIECE.finditer(draft) if could_be(name).search(low) else ():
        said = plain(match.group())
        known = said in wanted or not wanted.isdisjoint(pieces(said))
        if known and is_call(draft, match.start(), match.end(), said):
            return match.span()
    return handle(draft, name)


@lru_cache(maxsize=256)
def could_be(name: str) -> re.Pattern[str]:
    """A form of the name with no letter or digit around it: quicker than to take the draft apart."""
    return re.compile(f"(?<![^\\W_])(?:{'|'.join(map(re.escape, forms(name)))})(?![^\\W_])")


def pieces(said: str) -> list[str]:
    return (
        [said.removesuffix("'s"), *said.replace("'", "-").split("-")] if not said.isalnum() else []
    )


def exactly(draft: str, name: str) -> tuple[int, int] | None:
    at = plain(draft).find(plain(name).strip()) if name.strip() else -1
    return (at, min(at + len(name.strip()), len(draft))) if at >= 0 else None


def handle(draft: str, name: str) -> tuple[int, int] | None:
    """`@carmen_r` or `carmenruiz` for Carmen Ruiz; `@mo_rides` for itself."""
    own, known = squeezed(name), parts(name)
    joined = "".join(known) if len(known) > 1 else "@"
    if "@" not in draft and joined not in squeezed(draft):
        return None
    for match in HANDLE.finditer(draft):
        said = squeezed(match.group())
        at = match.group().startswith("@")
        if said.startswith(joined) or (name.startswith("@") and said == own):
            return match.span()
        if at and any(len(one) > 2 and said.startswith(one) for one in known):
            return match.span()
    return None


UNSAID = re.compile("[_.@]+")


def squeezed(text: str) -> str:
    return UNSAID.sub("", plain(text)).strip()


def is_call(draft: str, start: int, end: int, said: str) -> bool:
    """A name that is also a plain word must be written or placed as a name."""
    if is_sign_off(draft, start, end):
        return False
    if said not in PLAIN_WORDS:
        return True
    before = PIECE.findall(draft[max(start - 20, 0) : start])
    if before and plain(before[-1]) in GREETED_BY:
        return True
    after = PIECE.findall(draft[end : end + 12])
    opens = not draft[:start].strip() or draft[:start].rstrip()[-1] in ".!?\n,"
    if opens and draft[end : end + 2].lstrip(" ")[:1] in set(",!:;-–—.?"):
        return draft[start].isupper() or not draft[:start].strip() or draft[end : end + 1] == ","
    if not draft[:start].strip() and after and plain(after[0]) in SPOKEN_TO:
        return True
    return draft[start].isupper() and not opens


def is_sign_off(draft: str, start: int, end: int) -> bool:
    """Alone at the very end, after a full stop or on its own line: the writer's name."""
    if draft[end:].strip(" .!\n\t"):
        return False
    before = draft[:start].rstrip(" ")
    return bool(before) and before[-1] in ".!?\n" and len(draft[:start].split()) > 4


def unfilled(draft: str) -> tuple[int, int] | None:
    """A merge field that nobody filled in."""
    match = FIELD.search(draft) if FIELD_SIGN.search(draft) else None
    return match.span() if match else None


def generic(draft: str) -> tuple[int, int] | None:
    """`Dear Customer`: a salutation that names nobody."""
    match = SALUTATION.match(draft)
    if match and plain(match.group(1)) in GENERIC:
        return match.span()
    return None
