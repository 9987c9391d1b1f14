"""Org chart: another unit, partner or branch is the answer."""

from amends.coach.rules.rule import Rule

ORG_CHART = Rule(
    "org_chart",
    why="Who does what in our house is not their concern",
    sure="""
        not .. my|our department|team|area|side|remit|responsibility|desk
        outside|beyond my|our remit|area|control|department
        you would|'d|will|'ll need|have|want to .. contact|ask|speak|ring|call|write|take|raise|go
        different|separate|another company|department|team|entity|organisation|firm|squad|system|business
        separate company|entity
        third party|parties
        outsourced|subcontract|subcontracted|subcontractors|franchise|franchisee
        first port of call
        belong|belongs to
        best placed to
        above my|our pay
        above my
        not ours|us
        owned|run|operated|handled|managed|provided|supplied|sold|underwritten|commissioned|administered by|through .. <unit>|partner|partners|someone|contractor|council|third
        a matter for
        not party to
        no part in
        have no authority|say|sight|control|visibility|access
        get|got|have sight of
        we do not|n't get involved|consulted
        we merely|only|just bill|sell|act|fill|pass|book
        acting as .. agent|intermediary
        not in my gift
        is|are somebody|someone else's business|job|business
        you are|'re not|n't our customer
        relevant department
    """,
    source="S0-05; National Customer Rage Survey (ping-pong); evidence.md 2.4, 3.2",
    flags={
        "Who does what in our house is not their concern": """
            not something|anything|one|a that? we|i|our|my|this ...
            not .. my|our|this department|team|area|remit|side|desk|responsibility|section|division|patch|job|call|queue|domain|branch|role|field|pay|brief|end|expertise|jurisdiction
            outside|beyond|outwith|outside of my|our|this|the .. remit|area|scope|department|role|team|responsibility|control|jurisdiction
            not|never|do|does .. handle|cover|deal|own|look|manage|touch|run|control|oversee .. here|that|this|those|these|it|any|side|bookings|bills|post|with|after|orders|claims|refunds|deliveries|money|part
            we|i|only|just|my|team only|just|purely|simply|merely DO|HANDLE|DEAL|COVER|LOOK|WORK|SELL|PROVIDE|SUPPLY|MANAGE|TAKE|OPERATE|HOST|ANSWER|RUN|LIST|ACT|PROCESS
            different|separate|another|other|independent|sister|parent|external|outside|third-party|own|distinct .. <unit>
            separate|independent|distinct|different of|from|to|legal us|entity|ours|me|each
            separately|independently owned|run|managed|operated|billed|handled
            <unit> <be> .. separate|independent|different|own|outsourced|third|another|franchise|franchised|contracted|external|subcontracted|tendered
            outsourced|outsource|contracted|subcontracted|sub-contracted|franchised|farmed|tendered out|to|by|since|and
            OUTSOURCE
            SUBCONTRACT
            franchise|franchisee|franchised|franchises|concession
            belongs|belong|falls|sits|sit|rests|lies|lie|comes|come|goes|go|fall to|under|with|within .. <unit>
            <be> run|handled|managed|owned|operated|dealt|looked|done|overseen|controlled|administered|maintained|organised|decided|set|covered|provided|made|taken|sold|booked|billed|packed|staffed by|with|after|at .. <unit>|colleagues|someone|somebody|others|another|different|separate|london|regional|national|contractors|corporate|group|<dept>
            <be> .. down to|for|with|in .. <unit>|colleagues
            matter|question|one|issue|query|job|decision|something|thing|that|this|it for|is|'s .. <dept>|<unit>
            up to .. <unit>|<dept>
            <dept>|team|branch|office|colleagues WOULD|NEED|will|would|must|have|has to? .. HANDLE|DEAL|SORT|ANSWER|COMMENT|DECIDE|LOOK|ADVISE|AUTHORISE|APPROVE|CONTACT|CONFIRM|INVESTIGATE|EXPLAIN|RESPOND|TAKE|COME
            their|its own rules|systems|system|process|policies|arrangements|manager|budget|schedule|rota|terms
        """,
        "«Ask somebody else» is no answer": """
            you will|'ll|would|'d|need|must|should|have|want|might|may|can|could need|have|want|wish|be? to? .. contact|ask|speak|call|ring|email|write|approach|raise|take|talk|go|phone|message|complain|chase|try|refer|submit|log|direct|check|report .. <unit>|<dept>|them|there|they|manufacturer|direct|directly|agent
            need|have|want|best|better|suggest|advise|recommend to|you|off|we .. contact|ask|speak|call|ring|email|approach|raise|take|talk|phone|try|complain|contacting|ringing|calling|speaking|asking .. <unit>|<dept>|them
            contact|ring|call|email|phone|try|ask|message|approach|speak|refer|talk|chase|contacting|write|dial .. <dept>|head|<unit> .. directly|direct|instead|for|about|about|on|number|line
            please|kindly|try|just|simply ... contact|ring|call|ask|speak|talk|email|refer|direct|redirect|contacting|take|go .. <unit>|<dept>|them|directly
            redirect|direct|refer|forward|pass|take|send|raise your|this|that|you|it|them .. to|with .. <unit>|<dept>|them
            you would|will|'d|'ll have|need to ask|speak|contact|ring|take|go|raise|call|write
            <be> best placed|positioned
            ask .. at the? head office
            one|that|it for them|finance|billing|accounts|claims|legal|head
            speak|talk|ring|contact|call|write to? .. whoever|whom|them|they
            wrong department|team|number|desk|person|place|office|address|line|people|branch
            not the right|correct person|team|department|place|number|desk|one|people
            passed|pass|passing|forwarded|forward|forwarding|referred|refer|transferred|transfer|transferring|escalated|redirected|routed|sent|handed|moved .. on? to|over .. team|department|<dept>|colleagues|office|branch|division|relevant|appropriate|correct|another|unit
            not for|up us|me to .. say|comment|decide|answer|judge
            cannot|can not|unable|not able to? comment|speak|see|answer|look|access|help|say|act|touch|check ... <unit>|<dept>|their|that
            cannot|can not speak|answer|comment for|on .. them|another|other|<dept>
            no access|visibility|sight|control|say|authority|view|insight|input|involvement to|of|over|into|in .. <unit>|their|what|that|<dept>
            do|does|did not have .. access|visibility|sight|control|say|authority to|of|over|into|in .. <unit>|their|what|that|<dept>|other
        """,
        "Another unit's doing is still ours to them": """
            that|this|it would|will|must|may|might|could|'d|'ll have? be? .. <dept>|head|warehouse|another|different|colleagues
            that|this|it|which|the|those|these <be>|WAS .. <dept>|head|warehouse|another .. side|fault|end|department|mistake|error|decision|problem|team|responsibility|job|call|doing|matter|issue|office|area|thing|question
            <dept>|<unit> side|people|team|lot|department|staff|folks|guys|colleagues DO|DID|HANDLE|PACK|SET|SEND|DECIDE|RUN|MAKE|DEAL|LOOK|TAKE|MANAGE|OWN|WILL|WOULD|SAY|TELL|KEEP|BOOK
            <dept>|head|group .. DECIDE|SET|CONTROL|RUN|HANDLE|OWN|MANAGE|OVERSEE|OPERATE|ISSUE .. prices|that|those|the|it|all|own|this|bookings|rates|fees|their
            up to|down to|with|by|from .. head office|hq|headquarters|corporate|regional
            head|regional|national|central|main|back|front office <be>|WILL|HAVE|DO|DECIDE|SET|HANDLE|DEAL|MAKE|SAY
            HANDLE|DEAL|DO|MANAGE|RUN|OWN|LOOK by|with|after .. <unit>
            internal|between departments|teams|handover|structure|process
            left hand
            is|are|was|were the|a .. 's $
            is|are|was|were the|a .. 's ,
            is|are|was <capname> 's
            somebody|someone else 's
            elsewhere
            on behalf of
            rather than us|me|by
            by .. and? not us|me
            tenants|tenant|landlord's|landlord
            the maker|makers|manufacturer|broker|underwriter|operator|operators|sender
            <be> .. decided|made|set|done|settled upstairs|centrally|abroad|above
            falls|fall|sits|sit|goes|go|rests under|with|to|back <capname>|our
            not one of ours|mine
            is|are county|district|national|federal|head|regional
            is|'s|are for .. to say|answer|decide|explain
            we SELL|MAKE|ISSUE|PLACE|ARRANGE|TAKE|CARRY|DISPENSE|SUPPLY , the|they|he|she|you|someone|somebody
            it is|'s <capname> you
            not .. our customer|client
            answer|answers|report|reports to <capname>|the|a|their|another
            could|can not tell you how|why|what|when
            between .. and .. department|team|departments|teams
            not|never|nothing .. to do with us|me|my|our|this
            nothing to do with
            acting|act|acts as .. agent|agents|intermediary|middleman|broker
            we <be> just|only|merely|simply the? .. agent|agents|intermediary|platform|marketplace|middleman|broker|retailer|seller|reseller|booking|venue|landlord|counter|front|shop|call|branch
            codeshare|code-share
            operated by
            ticketing|booking agent|site
            part of .. group
            within the group
            different system|systems|computer|company|companies|building|team|department|budget|entity
            i|we WORK|SIT|AM|BE in|on|for .. , so|and|not
        """,
    },
    unless="""
        i have|'ve|had|did .. spoken|asked|been|pulled|walked|already|rung|called|got|told|checked|spoke|brought|sat|chased|taken|put|arranged|collected|agreed|made|stood|phoned|moved|fixed
        i|we am|are|'m|'re .. walking|ringing|calling|going|bringing|taking|on .. to|my|with|over
        i|we spoke|rang|called|phoned|asked|walked|went|met|chased|told|brought|collected|pulled|stood|sat|fetched|drove|got|made|persuaded|checked|borrowed
        i|i'll|we will|'ll .. bring|walk|speak|ring|call|chase|ask|collect|carry|take|stay|deal|handle|sort|get|keep|be|phone|sit
        you|need|have do|need not|never .. ring|call|contact|speak|chase|explain|repeat|need|deal|ask
        without you|having|your
        so you|that do not|never
        your finance|accounts|legal|procurement|it|billing|team|department|office|warehouse|colleagues|hr|security|engineers|bank|payroll|side|own|depot|insurer
        i|we work|run|manage|lead|head|look .. <dept>|team|department|branch .. and|it
        i|we run|manage|lead|head .. <dept>|team|department|branch|kitchen
        left|right|floor|corridor|stairs|lift|upstairs|downstairs|door|entrance|turn|opposite|signs|building .. <dept>|is
        <dept>|<unit> is|are .. left|right|floor|corridor|upstairs|downstairs|door|entrance|opposite|past|through|behind|level
        same team|house|company|roof|firm
        no|not|never .. passing|passed|handed|sent|bounced|transferred
        <be> .. with|beside|next me|to now|at|today
        from <dept> .. and i
        stays|staying|stay|keep|keeping with me|us
    """,
    unless_near="""
        it|that|this was|is|'s me|mine|my|us|our
        so i have|'ve|will|'ll
    """,
)
