"""The German pack: six checks of words, by phrases alone. Written without umlauts, as it is read."""

from amends.coach.languages.pack import packed
from amends.coach.languages.saying import Saying
from amends.coach.rules.rule import Rule

SETS = {
    "<sorry>": "leid entschuldigung entschuldigen entschuldige bedauern bedaure bedauere verzeihung"
    " verzeihen pardon sorry bedauerlich",
    "<turn>": "aber allerdings jedoch obwohl trotzdem dennoch nur",
    "<day>": "montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend heute morgen"
    " ubermorgen mittag mitternacht januar februar marz april mai juni juli august september oktober"
    " november dezember",
    "<rules>": "richtlinie richtlinien regel regeln agb bedingungen geschaftsbedingungen vertrag"
    " vorschrift vorschriften hausordnung klausel satzung tarif vertragsbedingungen regelung",
    "<cause>": "personalmangel krankheit krankheitsfalle krankheitsfallen krankheitsbedingt andrang"
    " wetter schnee sturm unwetter streik stau verkehr lieferant lieferanten spediteur system"
    " systemausfall umstellung auslastung hochsaison feiertage lieferengpass lieferengpasse engpasse"
    " technischer technische technischen software server nachfrage arbeitsaufkommen",
}

RULES = (
    Rule(
        "sorry_but",
        source="S4-07; evidence.md 3.2",
        why="What follows takes the apology back",
        sure="""
            <sorry> .... <turn>
            <sorry> .... / aber|allerdings|jedoch|trotzdem|dennoch|leider|nur
            <sorry> .... / andererseits|freilich|gleichwohl|immerhin
            <sorry> .... wobei|hingegen|gleichwohl
            so leid .. tut
            obwohl .. <sorry>
            auch wenn .. <sorry>
        """,
        unless="""
            aber|allerdings|jedoch|trotzdem|dennoch .. habe|haben|bekommen|erhalten|schon|bereits|fur sie|schenke|bringe|lade|zahlen|ubernehmen|ist repariert|gehort|mache
            nicht nur .... sondern
            ohne wenn und aber
            kein aber
        """,
    ),
    Rule(
        "non_apology",
        source="Lewicki, Polin & Lount 2016; Kampf 2008; evidence.md 2.8, 3.2",
        why="It is sorry for them, not for what we did",
        sure="""
            <sorry> .... falls|sofern|sollte|sollten
            <sorry> .... wenn sie|du|ihnen|dir|sich|es|der|unser|unsere|etwas|wir|jemand|dies|das|die
            <sorry> .... dass sie|du|ihnen|dir|es .. empfinden|empfunden|fuhlen|gefuhlt|finden|meinen|sehen|glauben|eindruck|unzufrieden|enttauscht|verargert|vorkommt|gefallen|denken|wahrgenommen
            <sorry> .... etwaige|eventuelle|mogliche|jegliche|allfallige
            <sorry> .... unannehmlichkeiten|missverstandnis|missverstandnisse
            nicht unsere|meine|in unserer absicht
            nicht .. beabsichtigt
            lag .. nicht .. absicht
        """,
        unless="""
            wenn sie|du .. mochten|mochtest|wollen|willst|lieber|wunschen|konnen|brauchen
            zu recht
            recht
        """,
    ),
    Rule(
        "policy_recital",
        source="S4-06, S4-10; evidence.md 3.2",
        why="A rule is no answer to a person",
        sure="""
            laut|gemass|nach|entsprechend|aufgrund .. <rules>
            <rules> .. vor|besagt|besagen|sieht|sehen|schreibt|schreiben|erlaubt|erlauben|verbietet|lassen|eindeutig|klar|gilt|gelten|nicht|verlangt|verlangen
            unsere|unseren|unserer|unser <rules>
            haben|hast .. akzeptiert|unterschrieben|zugestimmt|unterzeichnet
            nicht .. gestattet|erstattungsfahig|zulassig|erlaubt|umtausch|vorgesehen|befugt|moglich
            keine ausnahme|ausnahmen|erstattung|ruckerstattung
            vom umtausch ausgeschlossen
            ausgeschlossen
            frist .. abgelaufen|verstrichen|uberschritten
            kleingedruckten|kleingedruckte
            wie .. vereinbart|angegeben|vermerkt
        """,
        unless="""
            <rules> .. ignoriert|geandert|falsch|zu ihren|gunsten|egal|aufgehoben|ausser
            ihre|ihrer|deine versicherung|police
            steht|stehen ihnen .. zu
            erlassen|gestrichen|verzichte|verzichten|ausnahmsweise|trotzdem
            egal
        """,
    ),
    Rule(
        "excuse",
        source="S0-04; evidence.md 2.8, 3.2",
        why="It reads as an excuse",
        sure="""
            wegen|aufgrund|infolge|durch|bedingt|grund|mangels .. <cause>|der|des|die|einer|eines|hohen|hoher
            <cause> .. schuld|ausgefallen|ausfall|abgesturzt|gestreikt|versagt
            unser|das|der|die system|server|lieferant|spediteur|software|kasse|technik .. ausgefallen|abgesturzt|hat|war|neu|fehler|probleme
            personalmangel|krankheitsfalle|unterbesetzt|uberlastet|ausgelastet
            zu wenig personal|leute|fahrer
            krank|krankgemeldet|urlaub
            viel|sehr|extrem|so viel|los|voll|viele|beschaftigt
            hochsaison|hochbetrieb|stosszeit
            hohere gewalt
            ausserhalb unserer|unseres
            liegt|lag nicht .. macht|an uns|hand
            mussen|musst .. verstehen|verstandnis
            bitte .. verstandnis
            haben .. verstandnis
            um ehrlich zu
            ehrlich gesagt
            zu unserer verteidigung
            wie sie .. vorstellen|wissen|verstehen
            neue|neues|neuen system|software|kassensystem|lieferant
        """,
        unless="""
            gefragt|fragten|wissen wollten|fragen warum|wollten wissen
            keine ausrede|entschuldigung dafur
            mein|unser fehler
            fur den fall
            erwartet|angekundigt|vorhergesagt
            es liegt an mir|uns
        """,
    ),
    Rule(
        "vague_promise",
        source="S3-16; evidence.md 2.8, 3.2",
        why="Say who does it and by when",
        sure="""
            bald|demnachst|baldmoglichst|schnellstmoglich|zeitnah|umgehend|alsbald|kurzfristig|schnellstens
            so schnell|bald wie|als
            in kurze|kurzer
            sobald .. konnen|moglich|wissen|haben|gibt
            jemand|kollege|kollegin|mitarbeiter|team|abteilung|zustandige .. meldet|melden|wird|werden|kummert|kontaktiert|setzt
            wir|ich melden|melde uns|mich
            wir|ich kummern|kummere uns|mich
            wir|ich prufen|prufe|schauen|arbeiten|versuchen|bemuhen|hoffen|klaren|schaue|versuche|hoffe
            unser|mein bestes|moglichstes
            alles mogliche|menschenmogliche
            auf dem laufenden
            wird|werden .. gepruft|bearbeitet|geklart|behoben|weitergeleitet|erledigt|gekummert|erstattet
            beim nachsten mal|besuch
            nachsten|nachste mal|tage|tagen|wochen
            zu gegebener zeit
            bei gelegenheit
            irgendwann
            massnahmen
        """,
        unless="""
            <day>
            um <number>
            bis <number>|zum|<day>
            am <number>
            <number> uhr
            schon|bereits .. erledigt|gepruft|erstattet|bezahlt|unterwegs|da
            haben gesagt|versprochen|hiess
        """,
    ),
)
SAYING = Saying(
    sorry="Es tut mir leid. Das war unser Fehler.",
    sorry_for="Es tut mir leid. Ich lese: „{line}“. Das war unser Fehler.",
    ours="Das richtig zu machen, war unsere Sache.",
    and_ours="und das richtig zu machen, war unsere Sache.",
    can_do="Das kann ich tun: …",
    by_when="Ich schreibe {when} mit der Antwort, ob gut oder schlecht.",
    open_end="bis …",
    greeting="Guten Tag, {name},",
    greetings=frozenset("hallo guten liebe lieber sehr moin servus gruss".split()),
    turns=frozenset(
        "aber allerdings jedoch obwohl trotzdem dennoch nur leider andererseits freilich gleichwohl"
        " immerhin wobei hingegen".split()
    ),
    causes=frozenset("weil da wegen aufgrund denn durch infolge angesichts".split()),
    due="""
        am|bis|bis? <day>
        bis? zum|am? <day>
        am|bis? <day> um <number> uhr?
        bis|um <number> uhr
        am|bis|zum <number>
        bis <day> um? <number>? uhr?
    """,
    promise="""
        ich rufe|schreibe|bringe|komme|melde|schicke|werde|hole
        rufe|schreibe|bringe|komme|melde|schicke|werde|hole ich
        wir rufen|schreiben|bringen|kommen|schicken|werden|holen
        <capname> ruft|schreibt|bringt|kommt|wird|schickt|holt
    """,
    praise={
        "owned_apology": """
            <sorry> .... unser|unsere|mein|meine fehler|schuld|versehen|versaumnis
            <sorry> .... / .. unser|unsere|mein|meine fehler|schuld|versehen|versaumnis
            unser|mein fehler|versehen .... <sorry>
            <sorry> .... ich|wir .... vergessen|verloren|versaumt|ubersehen|verwechselt|falsch
            <sorry> .... / ich|wir .... vergessen|verloren|versaumt|ubersehen|verwechselt|falsch
        """,
        "done": """
            ich|wir habe|haben .... erstattet|uberwiesen|geschickt|gebucht|bestellt|repariert|ersetzt|getauscht|storniert|gutgeschrieben|gesprochen|korrigiert|reserviert|gebracht|behoben|losgeschickt|zuruckgebucht
            habe|haben ich|wir .... erstattet|uberwiesen|geschickt|gebucht|bestellt|repariert|ersetzt|getauscht|storniert|gutgeschrieben|gesprochen|korrigiert|reserviert|gebracht|behoben|losgeschickt|zuruckgebucht
            ist|sind bereits|schon .. unterwegs|erstattet|repariert|da|gebucht|zuruck
        """,
        "who_what_when": """
            ich rufe|schreibe|bringe|komme|schicke|werde|hole .... <day>|<number>
            rufe|schreibe|bringe|komme|schicke|hole ich .... <day>|<number>
            <day> .... rufe|schreibe|bringe|komme|schicke|hole ich
            <capname> ruft|schreibt|bringt|kommt|schickt|holt .... <day>|<number>
        """,
        "ask": """
            was ware .. fair|recht|richtig|gut|angemessen|lieber
            was kann|konnen|darf|durfen|soll ich|wir .. fur? .. tun|machen
            was wurde|wurden|hielten|halten|fanden|mochten|wunschen|brauchen .. sie|du|ihnen|dir
            wie ware
            ist|ware ihnen|dir .. recht|lieber
            sagen sie mir|uns
            sag mir|uns
            mochten|wollen|hatten sie .... oder
            sie|du entscheiden|entscheidest
        """,
        "extra": """
            geschenk|gutschein|kostenlos|gratis|umsonst|rabatt|zusatzlich|obendrauf|aufmerksamkeit
            geht auf|aufs uns|mich|haus
            lade|laden .... ein
            etwas mehr
            daruber hinaus
        """,
        "thanks": """
            danke|dank .. dass
            danke|dank fur .. hinweis|offenheit|offenen
        """,
    },
)
GERMAN, GERMAN_RULES = packed("de", sets=SETS, rules=RULES, saying=SAYING)
