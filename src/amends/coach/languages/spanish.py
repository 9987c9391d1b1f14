"""The Spanish pack: six checks of words, by phrases alone. Written without accents, as it is read."""

from amends.coach.languages.pack import packed
from amends.coach.languages.saying import Saying
from amends.coach.rules.rule import Rule

SETS = {
    "<sorry>": "siento sentimos lamento lamentamos disculpa disculpe disculpas perdon perdone"
    " perdonen disculpen perdona",
    "<turn>": "pero aunque",
    "<day>": "lunes martes miercoles jueves viernes sabado domingo manana hoy mediodia medianoche"
    " enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "<rules>": "politica politicas norma normas terminos condiciones contrato reglamento clausula"
    " normativa protocolo tarifa",
    "<cause>": "falta exceso avalancha volumen problema problemas fallo averia huelga lluvia nieve"
    " tormenta temporal trafico baja bajas proveedor transportista sistema informatica informatico",
}

RULES = (
    Rule(
        "sorry_but",
        source="S4-07; evidence.md 3.2",
        why="What follows takes the apology back",
        sure="""
            <sorry> .... <turn>
            <sorry> .... sin embargo
            <sorry> .... no obstante
            <sorry> .... ahora bien
            <sorry> .... / pero|aunque
            <sorry> .... / sin embargo
            <sorry> .... / no obstante
            <sorry> .... / ahora bien
            <sorry> .... / dicho eso|esto
            <sorry> .... / de todos|todas modos|formas
            <sorry> .... / por desgracia
            <sorry> .... / desgraciadamente|lamentablemente
            aunque .. <sorry>
            si bien .. <sorry>
        """,
        unless="""
            pero|aunque|embargo|obstante .. ya|he|hemos|tiene|tendra|vamos|voy|queda|esta|invito|invitamos|regalo|abono|abonamos|traigo|abro|esperamos
            no solo .... sino
            pero .. culpa es mia|nuestra
        """,
    ),
    Rule(
        "non_apology",
        source="Lewicki, Polin & Lount 2016; Kampf 2008; evidence.md 2.8, 3.2",
        why="It is sorry for them, not for what we did",
        sure="""
            <sorry> .... si alguien|algo|le|les|te|se|hubo|en|nuestro|nuestra|nuestras|mis|mi|lo|ha|han|la|el|hemos|he
            <sorry> .. que .. sienta|sientas|sintiera|haya|hayas|piense|pienses|crea|creas|considere|vea|veas|percibiera|perciba|parezca|molestara|ofendiera|encontrara|quedara
            <sorry> .. cualquier|posible|posibles|eventuales
            <sorry> .. las molestias que
            <sorry> .... haya podido|podido|pudiera|pudieran|pudo
            <sorry> .... malentendido
            <sorry> .... percepcion|impresion|sensacion
            no era|fue nuestra|mi intencion
        """,
        unless="""
            si .. prefiere|prefieres|quiere|quieres|le viene|desea|puede|necesita
            razon
        """,
    ),
    Rule(
        "policy_recital",
        source="S4-06, S4-10; evidence.md 3.2",
        why="A rule is no answer to a person",
        sure="""
            segun|por|conforme|acuerdo .. <rules>
            <rules> .. no|establece|establecen|dice|dicen|indica|indican|exige|exigen|impide|impiden|obliga|preve|claro|clara|claras|son|prohibe
            nuestra|nuestras|nuestro <rules>
            usted|ud acepto|firmo
            acepto|aceptaste|firmo|firmaste las|los|el|la .. <rules>
            no .. permitido|reembolsable|reembolsables|retroactivo|excepciones|admiten|admitimos|autorizados|autorizado
            sin excepcion|excepciones
            no reembolsable
            fuera de|del plazo
            letra pequena
            como figura|consta|indica en
        """,
        unless="""
            he|hemos|salto|saltamos|olvide|olvidamos|ignoro|quitado|anulado .. la|esa|las|el|norma|regla|cargo|cobro
            su|tu seguro|poliza
            le|te da|corresponde|protege|favor
            hemos cambiado
            da igual|lo mismo
        """,
    ),
    Rule(
        "excuse",
        source="S0-04; evidence.md 2.8, 3.2",
        why="It reads as an excuse",
        sure="""
            debido|causa|culpa|motivo|consecuencia .. <cause>|al|a|del|de
            por .. <cause>
            falta de personal|medios|tiempo|camareros|conductores|manos
            <cause> .. fallo|cayo|retraso|informatico|proveedor
            el|nuestro sistema|servidor|proveedor|programa .. fallo|cayo|caido|da|dio|nuevo|error
            de baja|vacaciones
            temporada alta
            hora|horas punta
            mucho|tanto|muchisimo trabajo|gente|lio|jaleo
            muchos|tantos pedidos|clientes|correos
            desbordados|saturados|colapsados|colapsadas|saturadas
            ajeno|ajena|ajenas|ajenos a
            fuera de nuestro control|alcance
            debe|debes|tiene|tienes|hay .. entender|comprender|que entender
            entienda|comprenda|entiende que
            la verdad es
            siendo sinceros|sincero
            en nuestra defensa
            fuerza mayor
            como .. comprendera|imaginara|entendera|sabra
        """,
        unless="""
            pregunto|preguntaba|preguntaste|preguntas|pregunta
            no es|hay .. excusa
            sin excusas
            culpa mia|nuestra
            por si
            se espera|preve|anuncian|esperan
        """,
    ),
    Rule(
        "vague_promise",
        source="S3-16; evidence.md 2.8, 3.2",
        why="Say who does it and by when",
        sure="""
            pronto|brevedad|proximamente|enseguida
            en breve
            lo antes posible
            cuanto antes
            en cuanto podamos|pueda|sea|tengamos|tenga|sepamos
            tan pronto como
            alguien|equipo|companero|departamento|responsable .. contactara|llamara|escribira|pondra|revisara|respondera|atendera
            nos pondremos|pondran en contacto
            estamos trabajando|mirando|viendo|estudiando|intentando|valorando
            haremos|hare .. posible|mejor|mano
            intentaremos|intentare|procuraremos|trataremos|esperamos|veremos|vamos a ver
            le|te|lo|les mantendremos|tendremos|iremos informado|informada|al|tanto|informando
            le|te|les avisaremos|llamaremos|diremos|contestaremos|informaremos
            se .. revisara|estudiara|solucionara|resolvera|tramitara|mirara|arreglara|tendra
            proxima vez|visita|ocasion
            proximos|proximas dias|semanas|fechas
            tomaremos|tomaran medidas|nota
            a su debido tiempo
            algun momento|dia
        """,
        unless="""
            <day>
            a las
            <number> de
            el dia <number>
            antes de las|del
            ya esta|han|he|hemos|se
            dijimos|prometimos|dije
        """,
    ),
)
SAYING = Saying(
    sorry="Lo siento. El error fue nuestro.",
    sorry_for="Lo siento. Leo: «{line}». El error fue nuestro.",
    ours="Hacerlo bien era cosa nuestra.",
    and_ours="y hacerlo bien era cosa nuestra.",
    can_do="Esto es lo que puedo hacer: …",
    by_when="Escribiré yo {when} con la respuesta, sea cual sea.",
    open_end="antes del …",
    greeting="Hola, {name}:",
    greetings=frozenset("hola estimado estimada estimados buenos buenas querido querida".split()),
    turns=frozenset(
        "pero aunque embargo obstante ahora dicho todos todas desgracia desgraciadamente"
        " lamentablemente sin no".split()
    ),
    causes=frozenset("debido porque pues dado causa culpa motivo consecuencia por ya".split()),
    due="""
        el? <day>
        el? <day> a|por la|las <number>?
        antes de|del <day>|las|<number>
        a las <number>
        el dia? <number>
        el? <number> de <day>
    """,
    promise="""
        llamare|escribire|ire|llevare|enviare|traere|mandare|pasare|llamo|escribo|llevo|envio|voy
        llamaremos|escribiremos|enviaremos|llevaremos|vamos
        <capname> .. llama|llamara|escribe|escribira|lleva|llevara|va|ira|pasa|pasara
    """,
    praise={
        "owned_apology": """
            <sorry> .... culpa|error|fallo|responsabilidad .. nuestra|nuestro|mia|mio
            <sorry> .... / .. culpa|error|fallo|responsabilidad .. nuestra|nuestro|mia|mio
            <sorry> .... nuestro|nuestra|mi error|fallo|culpa|descuido
            nuestro|nuestra|mi error|fallo|culpa|descuido .... <sorry>
            <sorry> .... olvide|olvidamos|perdimos|perdi|cobramos|cobre|fallamos|falle|equivocamos|equivoque|deje|dejamos|enviamos|cancelamos|confundi|confundimos
        """,
        "done": """
            he|hemos devuelto|reembolsado|enviado|mandado|cambiado|arreglado|reparado|abonado|pagado|anulado|repuesto|reservado|corregido|hablado|pedido|puesto|cancelado|reclamado
            ya .. he|hemos|esta|estan
        """,
        "who_what_when": """
            llamare|escribire|ire|llevare|enviare|traere|mandare|pasare|llamo|escribo|llevo .... <day>|<number>
            <day> .. llamare|escribire|ire|llevare|enviare|traere|pasare
            <capname> .. llama|llamara|escribe|escribira|lleva|llevara|ira|pasara .... <day>|<number>
        """,
        "ask": """
            que .. parece|pareceria|seria .. justo|bien|mejor|correcto
            que le|te parece
            que .. gustaria|prefiere|prefieres|quiere|quieres|necesita|necesitas
            que puedo|podemos|podria hacer
            como .. prefiere|prefieres|gustaria|quiere|quieres
            prefiere|prefieres|quiere .... o
            digame|dime|diganos .. que|como|cual
            decide|decides|elige|eliges usted|tu
        """,
        "extra": """
            regalo|regalamos|cortesia|invito|invitamos|gratis|gratuito|gratuita|descuento|obsequio|bono
            cuenta nuestra|mia
            de nuestra|mi cuenta|parte
            algo mas por
        """,
        "thanks": """
            gracias por contar*|decir*|avisar*|escribirnos|escribirme|senalar*|explicar*|haber*
            agradezco|agradecemos que
        """,
    },
)
SPANISH, SPANISH_RULES = packed("es", sets=SETS, rules=RULES, saying=SAYING)
