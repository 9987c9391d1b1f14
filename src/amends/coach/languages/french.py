"""The French pack: six checks of words, by phrases alone. Written without accents, as it is read."""

from amends.coach.languages.pack import packed
from amends.coach.languages.saying import Saying
from amends.coach.rules.rule import Rule

SETS = {
    "<sorry>": "desole desolee desoles desolees excuse excusez excuses regrette regrettons regret"
    " regrets navre navree navres pardon pardonnez",
    "<turn>": "mais cependant toutefois neanmoins pourtant bien",
    "<day>": "lundi mardi mercredi jeudi vendredi samedi dimanche demain aujourd'hui midi minuit"
    " janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "<rules>": "politique reglement reglements conditions contrat cgv regle regles clause procedure"
    " procedures charte tarif consignes",
    "<cause>": "manque afflux surcharge volume probleme problemes panne greve neige pluie tempete"
    " trafic absence absences fournisseur transporteur systeme informatique effectif rupture retard"
    " meteo intemperies",
}

RULES = (
    Rule(
        "sorry_but",
        source="S4-07; evidence.md 3.2",
        why="What follows takes the apology back",
        sure="""
            <sorry> .... mais|cependant|toutefois|neanmoins|pourtant
            <sorry> .... bien que
            <sorry> .... meme si
            <sorry> .... / mais|cependant|toutefois|neanmoins|pourtant|malheureusement
            <sorry> .... / cela dit|etant
            <sorry> .... / ceci dit|etant
            <sorry> .... / en revanche
            <sorry> .... / par contre
            <sorry> .... / il n'en
            si .. <sorry>
            bien que .. <sorry>
        """,
        unless="""
            mais|cependant|toutefois|pourtant|neanmoins .. ai|j'ai|avons|deja|offre|offrons|vous recevez|aurez|reste|tient|rouvre|c'est offert|est pour nous
            non seulement .... mais
            pas de mais
        """,
    ),
    Rule(
        "non_apology",
        source="Lewicki, Polin & Lount 2016; Kampf 2008; evidence.md 2.8, 3.2",
        why="It is sorry for them, not for what we did",
        sure="""
            <sorry> .... si vous|cela|nous|notre|nos|quelque|quelqu'un|l'accueil|le|la|les|ma|mon|mes|ca|tu|jamais
            <sorry> .... s'il
            <sorry> .... que vous .. ressentiez|sentiez|ayez|pensiez|trouviez|soyez|estimiez|percu|voyiez|jugiez|preniez
            <sorry> .... que tu .. sentes|penses|trouves|sois|aies
            <sorry> .... tout desagrement
            <sorry> .... eventuel|eventuels|eventuelle|possible|quelconque
            <sorry> .... gene|desagrement|desagrements occasionnee|occasionne|occasionnes|causes
            <sorry> .... ait|aient|a pu
            <sorry> .... malentendu|ressenti|impression
            pas notre|mon|l'intention|dans intention|de|notre
            n'etait pas .. intention
        """,
        unless="""
            si vous .. preferez|souhaitez|voulez|pouvez|desirez
            raison
        """,
    ),
    Rule(
        "policy_recital",
        source="S4-06, S4-10; evidence.md 3.2",
        why="A rule is no answer to a person",
        sure="""
            selon|conformement|d'apres|vertu|application|comme .. <rules>
            <rules> .. prevoit|prevoient|stipule|stipulent|interdit|interdisent|precise|precisent|est|sont|indique|indiquent|exige|exigent|ne
            notre|nos <rules>
            vous avez .. accepte|signe|coche
            n'est|ne|pas .. remboursable|remboursables|autorise|autorises|echangeable|permis|possible
            non remboursable|remboursables|echangeable
            aucune|sans exception
            hors delai
            delai .. depasse|expire|passe
            petites lignes
            comme indique|stipule|precise
        """,
        unless="""
            <rules> .. votre faveur|change|tant|importe|peu
            votre|ton assurance
            j'ai|avons .. annule|supprime|oublie|ignore|retire
            vous donne|protege|droit
            tant pis
            malgre
        """,
    ),
    Rule(
        "excuse",
        source="S0-04; evidence.md 2.8, 3.2",
        why="It reads as an excuse",
        sure="""
            en raison|cause de|d'un|d'une|du|des
            a cause de|d'un|d'une|du|des
            suite|du|dus|due a|au|aux .. <cause>
            faute de
            manque de personnel|temps|bras|moyens|chauffeurs|serveurs
            le|notre systeme|serveur|logiciel|fournisseur|transporteur .. panne|plante|tombe|lache|nouveau|retard|a
            en sous-effectif|effectif
            sous effectif
            debordes|surcharges|satures|debordees|surchargees
            haute saison
            heure|heures de pointe
            beaucoup|tellement|tant de monde|commandes|travail|demandes
            arret maladie
            en conge|conges|vacances
            independant|independants|independante|independantes de notre
            hors de notre
            force majeure
            vous devez|comprendrez|comprenez|imaginez|conviendrez
            il faut comprendre|savoir
            pour etre honnete|franc
            a notre decharge
            comme vous .. savez|imaginez
        """,
        unless="""
            vous demandiez|demandez|demande|demandiez
            pas d'excuse|une
            n'est pas .. excuse
            aucune excuse
            ma|notre faute
            c'est .. faute|erreur
            au cas
            prevue|prevu|annonce|annoncee
        """,
    ),
    Rule(
        "vague_promise",
        source="S3-16; evidence.md 2.8, 3.2",
        why="Say who does it and by when",
        sure="""
            bientot|prochainement|rapidement|incessamment|ulterieurement
            des que possible|nous|je|l'on
            au|dans plus|les|meilleurs vite|brefs|delais
            les meilleurs|plus brefs? delais
            sous peu
            quelqu'un|equipe|collegue|conseiller|service|responsable .. va|vous|reviendra|contactera|rappellera|prendra|repondra
            nous reviendrons|reviendons
            reviendrons|reviens|reviendrai vers
            recontacterons|rappellerons|tiendrons|informerons|contacterons
            tenir|tiendrons|tiens .. informe|informee|courant|informes
            nous allons|essayons|essaierons|travaillons|faisons|esperons|ferons|regardons|etudions|verrons|regarderons
            je vais .. voir|regarder|essayer
            tout notre|mon|le possible
            notre|mon mieux
            sera|seront .. etudie|traite|examine|transmis|transmise|regle|resolu|fait|etudiee|traitee|prises|rembourse
            prochaine fois|visite
            prochains|prochaines jours|semaines
            en temps voulu|utile
            un jour|moment ou
            mesures
        """,
        unless="""
            <day>
            a <number>
            avant <number>|le|midi
            le <number>
            deja|c'est fait
            avions|avons dit|promis
        """,
    ),
)
SAYING = Saying(
    sorry="Toutes mes excuses. L'erreur est la nôtre.",
    sorry_for="Toutes mes excuses. Je lis : « {line} ». L'erreur est la nôtre.",
    ours="C'était à nous de bien faire.",
    and_ours="et c'était à nous de bien faire.",
    can_do="Voici ce que je peux faire : …",
    by_when="J'écrirai moi-même {when} avec la réponse, quelle qu'elle soit.",
    open_end="avant le …",
    greeting="Bonjour {name},",
    greetings=frozenset("bonjour bonsoir cher chere chers salut madame monsieur".split()),
    turns=frozenset(
        "mais cependant toutefois neanmoins pourtant bien malheureusement cela ceci".split()
    ),
    causes=frozenset("parce car puisque raison cause suite faute comme du".split()),
    due="""
        le? <day>
        le? <day> a|avant <number>|midi h|heures?
        avant le? <day>|<number>
        d'ici le? <day>|<number>
        a|avant <number> h|heures?
        le <number> <day>?
    """,
    promise="""
        je .. appelle|appellerai|rappelle|rappellerai|ecris|ecrirai|viens|viendrai|apporte|apporterai|envoie|enverrai|passe|passerai
        j'appelle|j'appellerai|j'ecris|j'ecrirai|j'apporte|j'apporterai|j'envoie|j'enverrai
        nous .. appellerons|rappellerons|ecrirons|viendrons|apporterons|enverrons
        <capname> .. appelle|appellera|rappelle|rappellera|ecrit|ecrira|vient|viendra|passe|passera
    """,
    praise={
        "owned_apology": """
            <sorry> .... notre|ma|mon|nos faute|erreur|oubli|negligence
            <sorry> .... / .. notre|ma|mon|nos faute|erreur|oubli|negligence
            notre|ma|mon faute|erreur|oubli .... <sorry>
            <sorry> .... j'ai|avons|ai .. oublie|perdu|facture|laisse|manque|confondu|trompe|annule
        """,
        "done": """
            j'ai|avons|ai .. rembourse|envoye|change|repare|annule|credite|corrige|reserve|remplace|parle|commande|verse|recredite
            est|sont deja
            votre|le|la|les .. est|sont|a|ont .. rembourse|remboursee|envoye|envoyee|parti|partie|repare|reparee|annulee|annule
        """,
        "who_what_when": """
            je .. appelle|appellerai|rappelle|rappellerai|ecris|ecrirai|viens|viendrai|apporte|apporterai|enverrai|passe|passerai .... <day>|<number>
            j'appelle|j'appellerai|j'ecris|j'ecrirai|j'apporte|j'apporterai|j'enverrai .... <day>|<number>
            <day> .. je .. appelle|appellerai|rappelle|rappellerai|ecris|ecrirai|viens|viendrai|apporte|apporterai|passe|passerai
            <capname> .. appellera|rappellera|ecrira|viendra|passera .... <day>|<number>
        """,
        "ask": """
            qu'est ce qui|que .. serait|juste|conviendrait|preferez|souhaitez|aimeriez|puis|pouvons
            que puis|pouvons|pourrais|pourrions je|nous
            que souhaitez|preferez|voulez|diriez|souhaiteriez|prefereriez vous
            qu'aimeriez|qu'attendez vous
            comment .. souhaitez|preferez|voulez
            dites moi|nous
            preferez|souhaitez|voulez vous .... ou
            vous decidez
            c'est|a vous de .. dire|decider|choisir
            vous .. semble|semblerait|parait|paraitrait .. juste|correct|bien
        """,
        "extra": """
            offert|offerte|offerts|offrons|j'offre|cadeau|gratuit|gratuite|gratuitement|remise
            bon d'achat
            nous|vous|je .. invitons|invite
            a nos|mes frais
            quelque chose de plus
        """,
        "thanks": """
            merci de|d'avoir|pour .. avoir|l'avoir|dit|signale|prevenu|raconte|ecrit|expliquer|dire|signaler|prevenir
            merci d'avoir
        """,
    },
)
FRENCH, FRENCH_RULES = packed("fr", sets=SETS, rules=RULES, saying=SAYING)
