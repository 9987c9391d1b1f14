"""Boilerplate: stock formality that could go to anyone."""

from amends.coach.rules.rule import Rule

BOILERPLATE = Rule(
    "boilerplate",
    why="It could go to anyone",
    sure="""
        rest assured
        valued customer|guest|client|member
        do not|n't hesitate
        going|moving forward|forwards
        at this time|juncture
        at your earliest
        inconvenience caused
        take .. seriously
        important to us
        we strive|endeavour|pride
        duly noted
        look forward to welcoming|serving
        any inconvenience
        dear sir|valued
    """,
    source="S4-06, S4-09; Packard & Berger; Packard et al.; evidence.md 3.2",
    flags={
        "Stock words could go to anyone": """
            valued|esteemed|loyal|dear|cherished customer|customers|guest|guests|client|clients|member|members|patron|patrons|passenger|subscriber|user|partner|partners|patient|policyholder|resident|shopper|friend
            value|appreciate|treasure|cherish your|every|each|our|all .. business|custom|loyalty|feedback|patronage|comments|input|customers|opinion|customer|guest|clients|members|relationship|partnership|guests|continued
            your|customer .. feedback|satisfaction|opinion|experience|custom|business|comments|loyalty|comfort|happiness|safety|views|input|patronage|enquiry|query <be> .. important|paramount|valuable|priority|invaluable|valued|appreciated|everything|greatly|vital|our|key|of|essential|central|noted|at
            customer satisfaction|service|experience|care|delight|focus|centricity|happiness is|are|our|remains|at
            <be> important to us
            important to us
            top|highest|number|first|utmost|main|greatest|foremost|key|absolute priority|importance|concern
            of the utmost importance
            strive|endeavour|aim|pride|committed|dedicated|passionate|commitment|striving|aspire|dedication|endeavouring|devoted|seek|mission|vision|ethos|motto to|ourselves|in|is|of .. provide|deliver|exceed|offer|give|ensure|excellence|quality|service|improve|improving|providing|delivering|exceeding|best|every|excellent|customer|meet|maintain|achieve|making|on|your|our|continuous|continually|great|high|highest|people|serve|the|world-class
            STRIVE|ENDEAVOUR to|for
            pride ourselves|itself|themselves
            take great|immense|enormous|huge|real? pride in
            committed|dedicated|passionate to|about providing|delivering|ensuring|offering|excellence|customer|quality|customers|great|improving|continuous|every|giving|the|our|service|people|hospitality|making
            rest|be assured|reassured
            please|you .. assured
            do|please not|n't hesitate
            not hesitate
            feel free to .. contact|reach|get|call|email|write|let|message|ask|reply|drop
            should you have|require|need|wish|experience .. any|further|additional|assistance|help|questions|queries|anything|us
            if you have any|further|additional|other|more .. questions|queries|concerns|comments|questions|enquiries
            any further|additional|other questions|queries|assistance|concerns|help|information|enquiries|issues|correspondence|clarification
            further assistance|queries|questions|correspondence|enquiries|ado
            be|been of .. assistance|service|help
            anything else .. assist|help
            how may|can i|we assist|help|be
            thank|thanks .. for|you .. contacting|reaching|writing|getting|bringing|taking|choosing|your|flying|shopping|staying|being|dining|banking|patience|message|email|feedback|enquiry|query|interest|continued|raising|sharing|calling|correspondence|letter|custom|understanding|business|comments|inquiry|patronage
            thanks|thank|grateful|appreciate .. your .. patience|understanding|feedback|business|custom|cooperation|co-operation|patronage|loyalty|comments|continued|support
            patience and understanding
            continued|ongoing patience|custom|support|loyalty|business|patronage|understanding|cooperation
            bringing|brought|raising|drawing|flagging this|it|the|these .. to our|my|the attention
            to our attention
            acknowledge|confirm|acknowledging receipt|that|safe|we
            acknowledge|acknowledgement receipt|of
            in|with receipt|reference|regard|regards|respect|relation|response|connection of|to your|the|above
            further|pursuant to your|our|the
            regarding|re|concerning the|your above|recent|correspondence|communication|enquiry|referenced
            we|i <be>|have in receipt
            your .. communication|correspondence|enquiry|inquiry|query|submission|request|comments|feedback|complaint|concerns|message|letter|email|case|remarks|contents|details <be>|HAVE .. noted|logged|received|recorded|registered|under|forwarded|passed|taken|acknowledged|duly|shared|escalated|assigned|important|reviewed|being
            duly|carefully|kindly note|noted|be|taken
            noted|noting your|with|and|the
            NOTE with|your
            taken on board
            take|taking|treat all|your|such|these|this|complaints|feedback|matters|every|any .. seriously
            very|extremely seriously
            seriously and
            passed|shared|forwarded|pass|share|forward|fed|feed|relayed|relay .. your|this|on|back|along .. comments|feedback|concerns|relevant|management|remarks|thoughts|appropriate
            relevant|appropriate|concerned|respective|responsible team|department|teams|departments|parties|persons|channels|stakeholders|authorities|person|personnel|people
            going|moving forward|forwards
            at this time|juncture|moment|stage|point
            at your earliest|convenience
            earliest convenience
            in due course
            for your|any convenience|reference|records|information|perusal|attention
            as a valued|gesture of|matter|courtesy
            gesture of good|goodwill
            goodwill gesture
            hope|trust this|that|the|we|you .. clarifies|answers|resolves|helps|finds|satisfactory|meets|explains|addresses|assists|well|clarify|informative|order
            hope|trust|hoping this|my|the|our .. message|email|letter|note .. finds|find
            finds you
            well|health
            look|looking forward to welcoming|serving|hearing|seeing|assisting|having|welcome|serve|continuing|being|your|hosting|hear
            look forward to .. you|your|future
            welcoming|welcome|serving|serve|seeing|hosting you|everyone .. again|back|soon|future|board|aboard|near
            hope to welcome|see|serve|have|hear
            future|next visit|stay|journey|purchase|experience|flight|occasion
            best|finest|highest|excellent|exceptional|outstanding|world-class|unparalleled|superior|premium|first-class|five-star|unrivalled|memorable|seamless|unforgettable|quality|great possible? service|experience|standards|standard|quality|care|experiences|hospitality|support|level|levels|journey|customer|value
            high|highest|exacting|rigorous|usual|our|expected standards|standard|level
            standards|standard|level|quality|service of|we|you .. expect|pride|strive|uphold|deliver|set|excellence|service|care|normally|usually
            exceed|exceeding|exceeds|surpass|meet|meeting your|our|customer|customers|all|every|guest .. expectations|expectation|needs
            go|going|went the extra|above
            extra mile
            above and beyond
            heart of|to everything|all|what|our
            learn|learning from|opportunity|opportunities
            opportunity to improve|learn|grow|serve|put|assist|do|make|address|respond|review
            improve|improving|improvement|enhance|enhancing|review|reviewing our|services|continuously|continually|constantly|the .. services|service|processes|offering|procedures|experience|standards|customer|operations|practices
            continuous|continual|constant|ongoing improvement
            constantly|continually|continuously|always|forever|every .. striving|improving|looking|working|seeking|reviewing|strive|improve|endeavour
            isolated incident|case|occurrence|event
            not .. representative|reflective|indicative|reflection|typical|reflect|represent of?
            your|the .. comments|feedback|remarks|input|insights .. help|helps|allow|allows|enable|enables|used|valuable|us|invaluable|assist|shape
            help|helps|enable|enables|allow|allows us .. improve|serve|better|grow|continue|learn|do|provide|ensure
            sincerely|warmly|kindly|truly apologise|regret|appreciate|thank
            please|kindly .. accept|be|find|note|note|allow|advised|quote|refer|disregard|bear|ensure|rest|see .. sincere|sincerest|advised|attached|enclosed|apologies|assured|that|reference|number|apology|informed|aware|opportunity|below|hereby|our
            be advised|informed
            please|kindly note|quote|advise|be|find
            sincere|sincerest|heartfelt|deepest|profound apologies|apology|regrets|regret|thanks|gratitude
            accept our|my
            inconvenience .. caused|experienced|this|you|may|suffered
            any inconvenience
            your case|ticket|complaint|reference|enquiry|request|query|incident .. number|has|been|reference|is|logged
            case|ticket|reference|incident number|id|ref
            we|i .. appreciate|understand|realise|recognise|acknowledge|know|hear .. your .. frustration|concern|concerns|disappointment|position|feelings
            understand .. frustrating|frustration|frustrated|frustrations|important|disappointing|upsetting
            working|work hard|tirelessly|diligently|around|round|closely
            around|round the clock
            making|make things|every|each|your .. right|moment|better|day|visit|count
            we .. here for|to you|help|assist|serve
            customer|customers|guests|people|you|patients|clients|members <be> .. heart|first|everything|why|who|boss|king|centre|forefront|reason
            delight|delighting|wow|empower|empowering|enriching|elevating|elevate|inspire|transforming|redefining our|users|customers|people|guests|every|your|each|lives
            family|journey|values|mission|ethos|dna|promise at|here|of|with
            at|here .. , we|our|every|your|you|customers|nothing
            without customers|you .. like|nothing|we
            customers|guests|users|clients|people|members like you|yourself|yourselves
            every|each customer|guest|member|voice|piece|interaction|passenger|client matters|counts|deserves|feedback|review|comment|is|of
            yours|your|kind|best|warm|warmest faithfully|sincerely|regards
            to whom it
            dear sir|madam|sirs|sir/madam|customer|valued|guest|client|member|user|sir|patient|resident|subscriber
            aforementioned|herewith|hereby|forthwith|aforesaid|heretofore|henceforth|undersigned|abovementioned|above-mentioned|hereto|hereunder|therein|thereof|whilst|hereinafter|perusal
            correspondence|communication dated|of|received|regarding|reference|addressed
            contents of which|your
            under review|consideration|investigation|advisement
            matter|contents|same|issue|concerns <be>|HAVE .. receiving|attention|noted|reviewed|hand|attended|treated|dealt|escalated
            receiving|given|have|has our|full|due|utmost|every|careful|prompt .. attention|consideration
            full|utmost|prompt|immediate|undivided|best attention|consideration|intentions
            internal|thorough|full|formal|comprehensive|necessary review|investigation|measures|steps|action|processes|procedures|channels
            necessary|appropriate|corrective|preventative|preventive|remedial|suitable|all|proper steps|action|actions|measures|procedures
            ensure|ensuring|prevent|preventing|avoid this|that|it|such|a|similar|future|any .. not|again|recurrence|happen|occur|happening|occurring|repeat|reoccur|future|incidents
            process|processing your|this|the request|enquiry|query|claim|complaint
            representative|representatives|agent|agents|adviser|team|specialist|specialists|associate|advisor|member .. will|contact|be|standing|happy|available|ready|shortly|soon|touch|assist
            happy|pleased|delighted|glad to assist|help|serve|be|answer|hear
            an? auto|automated|automatic response|reply|message|generated
            do not reply
            unmonitored
        """,
    },
    unless="""
        thanks|thank you? .. for telling|pointing|spotting|catching|the photo|photos|picture|waiting|that|saying|showing|ringing|finding|letting|sending|explaining
    """,
)
