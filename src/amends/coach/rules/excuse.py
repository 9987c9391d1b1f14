"""Excuse: a reason is offered to soften what we did."""

from amends.coach.rules.rule import Rule

EXCUSE = Rule(
    "excuse",
    why="It reads as an excuse",
    sure="""
        short staffed|handed
        short-staffed|understaffed|short-handed
        called|phoned|rang in sick
        off sick
        high|higher|unprecedented|exceptional|heavy volume|volumes|demand
        run|rushed off our feet
        swamped|inundated|snowed|slammed|rammed
        teething problems|troubles|issues
        supply chain
        out of our|my hands
        beyond|outside|outwith our|my control
        unforeseen circumstances
        hence the|your
        what with
        that is|'s .. for you
        gold dust
        hens teeth
        up to our|my eyes|ears|necks
        lap of the
        mind of its own
        notoriously
        playing up
        havoc with
        whole world
        hardly be helped
        nothing .. could|can .. do|have
        very little we could
        once that happens
        no shop|airline|company|hotel|bank|garage|firm could
        it is|'s|was .. old building|family|legacy
    """,
    source="S0-04; Bradley & Sparks 2012; evidence.md 2.8, 3.2",
    flags={
        "Staffing reads as an excuse": """
            i|we was|were|am|are new|fresh
            first|second|last day|week|month on|in|of the|my
            demand|volume|volumes|numbers|orders|calls was|were|is|are|has .. exceptional|record|unusual|unusually|huge|through|beyond|more
            overwhelmed|swamped|flooded|caught us|me
            changed|change|updated|moved without warning|notice
            circumstance|circumstances|events .. against us
            love nor money
            you cannot|can not GET|FIND|BUY|LAY|PAINT|FLY|HIRE
            my|our phone|battery|van|car|laptop|alarm HAVE? DIE|BREAK|FAIL
            papers|news|knees
            short|shorthanded of? staff|hands|people|crew|drivers|nurses|waiters|cooks|hands|bodies
            short of .. staff|hands|people|crew|drivers|nurses|waiters|cooks|pilots|engineers
            short staffed|handed
            low on staff|people|drivers
            short-staffed|understaffed|short-handed|shorthanded|shortstaffed|under-staffed
            under staffed|resourced|strength|manned
            <number>|one|two|three|four|five|six|couple|few|several|half .. <role> .. off|out|away sick|ill|poorly|unwell
            CALL in? sick
            <be> off sick|ill|poorly
            PHONE|RING in sick
            OFF with flu|covid|stress
            <role>|one|two|three|half|several|somebody|someone <be> off|away|out with|sick|on|ill
            on annual|sick|maternity|paternity|paid leave
            <role>|she|he|person <be> on holiday|leave|vacation|lunch
            staff|staffing|labour|labor|driver|crew|nurse|worker|skills|recruitment|manpower SHORTAGE|crisis|issue|problem|level|gap|pressure|constraint|difficulty|absence|situation|change|turnover|sickness
            SHORTAGE of .. staff|drivers|crew|nurses|skilled|people|hands|chefs|engineers
            one|two|three|a|few|several|some man|person|people|pair|cook|chef|waiter|waiters|server|servers|body|bodies|hands down|short|missing|light
            down to one|two|just|only
            skeleton staff|crew|team
            down a|one|two|three|several|an chef|cook|waiter|server|nurse|driver|person|people|engineer|member|staff|body|man
            only|just HAVE one|two|three|four|a .. on|in|working|available|person|people|member|pair
            only|just one|two|three .. on duty|shift|that|the
            single|one|lone member|person|pair on duty|shift
            no one|body else .. on shift|duty
            nobody|no-one on shift|duty
            did|do|does not HAVE enough staff|people|hands|drivers|crew|cover|pairs|bodies
            not enough staff|people|hands|drivers|crew|agents|nurses|doctors|cover
            RELY|reliant on agency|temps|temporary|volunteers|seasonal
            agency|temporary|seasonal|relief staff|workers|cover|nurses|worker|cook|driver
            staff|team|people|everyone|colleagues|we <be> .. overstretched|stretched|overworked|exhausted|tired|overwhelmed|swamped|slammed|rammed|swamped|underpaid
            stretched thin|to|very
            TURNOVER of? staff
            cannot|can not get the? staff
            struggling|hard|difficult|impossible|trouble to|with|finding|in find|recruit|staff|hire|staffing|recruiting|hiring|recruitment
            had|have people|staff|colleagues off|leaving|out|away
            <role>|staff|half ... did not|failed turn|show up|to
            <role> <be> .. new|untrained|inexperienced
            staff .. strike|striking|walkout
            industrial action
            NO cover
            WALK out mid|on
            handed in .. notice
            after|since <role>|our LEAVE
        """,
        "How busy we were reads as an excuse": """
            busy|busiest|peak|festive|holiday|christmas|rush|high|summer|winter|manic|hectic|crazy season|period|time|times|spell|weekend|day|night|month|evening|week|morning|shift|hour|quarter|stretch|year|rush|trading|sitting|service|lunch|afternoon|clinic|saturday|sunday|friday|monday
            so|very|extremely|exceptionally|unusually|incredibly|particularly|really|ever|super|rather|absolutely|insanely|mega|terribly|pretty|unbelievably|quite|too|crazy|ridiculously|especially busy|hectic|manic|full|stretched|packed|rammed|slammed|snowed
            <be>|been busy|hectic|manic|chaos|chaotic|mad|bonkers|mental|bedlam|heaving|mayhem
            <be>|been .. rammed|slammed|swamped|packed|inundated|overrun|snowed|overwhelmed|flooded|rushed|flat|run|hammered|deluged|bombarded|crammed|mobbed|heaving|understaffed|maxed|slammed
            RUN off our|their feet
            RUSH off our|their feet
            snowed|flat under|out
            flat out
            full house
            high|higher|heavy|record|unprecedented|exceptional|large|huge|unusual|significant|massive|increased|overwhelming|extreme|abnormal|unexpected|sheer|great|enormous .. volume|volumes|demand|number|numbers|workload|traffic|interest|caseload|amount|uptake|footfall|bookings|load|pressure|influx|surge|spike|levels
            volume|volumes|backlog|influx|surge|spike|flood|deluge|mountain|rush of .. orders|calls|tickets|enquiries|requests|emails|cases|claims|applications|messages|complaints|bookings|returns|post|parcels|referrals|people|customers|patients|queries|guests|contacts
            BACKLOG
            higher|more|busier than .. usual|normal|expected|average|anticipated|forecast|planned
            black friday|bank holiday|valentine's|mother's|school|half-term|christmas|easter|cup|graduation|prom
            month|year|quarter end
            year-end|month-end|quarter-end
            end of the? month|year|quarter|season|shift
            coach|wedding|hen|stag|large|big|tour|private party|parties|group|groups|function|wedding|reception|bus|event
            we HAVE a wedding|conference|function|coach|party|rush|big|private|huge|full
            hundreds|thousands|dozens|millions of .. customers|orders|people|parcels|guests|patients|calls|passengers|emails|cases|claims|other|users|tickets|customers|covers|members
            DEAL with .. hundreds|thousands|lots|many|so
            lot|lots|tons|loads on our|my|the plate|plates|go|going
            a lot going on
            so much going on
            lot on
            popular|rush|crunch|launch week|hour|time|month|day
            double|twice|triple .. usual|normal|as
            lunch|dinner|christmas|sunday|january|easter|festive|breakfast|morning|evening|weekend|holiday|summer rush|crush|sales|crowd|peak|madness|chaos|craziness
            everyone|everybody|whole ... at once|same
            all at once
            at capacity
            fully booked
            hands full
            firefighting
            time pressure|pressures|constraints
        """,
        "The weather reads as an excuse": """
            because|due|owing|account|thanks|down|given|result|with|by|after|caused|victim|despite|cause .. weather|snow|storm|storms|ice|fog|flood|floods|flooding|rain|wind|winds|heat|heatwave|lightning|freeze|frost|blizzard|hurricane|typhoon|ash
            weather|snow|storm|ice|fog|flood|floods|flooding|rain|wind|heat|heatwave|blizzard|frost|hurricane <be>|HAVE|PLAY|MEAN|CAUSE|MAKE|HOLD|KNOCK|CLOSE|STOP|HIT|TAKE|PUT|SLOW
            bad|severe|adverse|awful|terrible|freak|poor|extreme|wet|hot|cold|icy weather|conditions|spell|summer|winter
            BLAME the weather
            nothing .. about the weather
            control .. weather
        """,
        "The system reads as an excuse": """
            new|legacy|old|ageing|aging|creaking system|systems|software|till|tills|platform|till|computer|crm|booking|database|server|website|setup|provider|rota|supplier|warehouse|process|scanners|machines|app|menu|oven|boiler
            our|the|a booking|computer|computers|system|systems|software|server|servers|till|tills|card|website|phones|lines|app|database|scanner|printer|kit|equipment|platform|network|internet|wifi|broadband|machine|lift|boiler|oven|fryer|dishwasher|reader|terminal|switchboard|portal|tool <be>|keep|kept|go|went|had|has been? down|up|crash|crashed|crashing|playing|offline|slow|out|dropping|on|freezing|old|ageing|frozen|broken|glitching|glitchy|misbehaving|having|acting|temperamental|struggling|antiquated|dated|problems|problem|issues|fault|blip|wobble|hiccup|off|overloaded|limited
            system|systems|computer|computers|software|server|servers|till|tills|machine|website|printer|app|platform|lines|network|database|oven|fryer|fridge|reader|scanner|line|boiler|van|lorry|truck|engine|lift|alarm|algorithm|robot|bot CRASH|FAIL|BREAK|FREEZE|PLAY|STRUGGLE|JAM|PACK|CONK|DIE|OVERLOAD|HANG|MUDDLE|THROW|GLITCH|MISBEHAVE|REFUSE|STALL|BUCKLE
            system|systems|computer|software|server|it|website|app|platform|network|database|technical|printer|equipment|tech|computing|printing|mechanical|electrical|connectivity|internet|phone|router|payment issue|issues|problem|problems|error|errors|glitch|glitches|failure|failures|outage|outages|fault|faults|upgrade|update|migration|changeover|difficulties|crash|downtime|bug|bugs|hiccups|troubles|breakdown
            teething troubles|problems|issues|trouble
            MIGRATE|MIGRATION|CHANGEOVER|SWITCHOVER
            moving|switching|changing|transition|transitioning|upgrading|rolling|changed|switched|moved|migrating|settling over|to|out|our|into .. new|system|systems|software|supplier|platform|provider|site|till|tills|courier|rota|database|premises
            system|website|till|app DID|DO it|that
            the system would|will|does|did not LET|ALLOW|ACCEPT|SHOW
            computer|system said|says no
            power cut|outage|failure
            glitch in|on|with the|our
            AUTOMATE|AUTOMATIC|AUTOMATED .. system|mailing|software|process
            autocorrect|autocomplete|auto-fill
            printer|scanner RUN out
        """,
        "Pointing at a supplier reads as an excuse": """
            <supplier> .. let us|me|everyone down
            <supplier> ... late|failed|delayed|short|shorted|messed|missed|lost|behind|wrong|discontinued|sent|stopped|struggling|unreliable|strike|switched|dropped|letting|shipped|forgot|mislabelled|changed|closed
            <supplier> <be>|HAVE|DID|FAIL|LOSE|SEND|RUN|CHANGE|SHIP|MISS|DROP|STOP|FORGET|GO|CLOSE|PULL
            waiting|waited|wait on|for .. <supplier>|parts|stock|chips|components|supplies|delivery|them|materials
            depend|depends|dependent|rely|reliant|mercy on|upon|of|with .. <supplier>|parts|third|others|third-party|weather|others
            from our|the <supplier>
            blame|fault|problem|issue|delay|trouble|mistake|error with|of|at|by|from|lies|is|was with? our|the|their|a <supplier>
            third party|parties
            third-party
            delivery|parts|stock|supply|supplier|courier|component|shipment|port|customs|shipping|material|ingredient|production|manufacturing|freight|container DELAY|ISSUE|PROBLEM|SHORTAGE|BOTTLENECK|DIFFICULTY|BACKLOG|DISRUPTION
            supply chain|chains
            held up|at|in customs|at|port|by
            stuck in|at customs|port|traffic|transit
            <supplier> let
            let|LET down by
        """,
        "The wider world reads as an excuse": """
            covid|covid-19|pandemic|brexit|war|ukraine|inflation|strikes|strike|suez
            cost of living
            current|economic|present|difficult|challenging|unprecedented|uncertain|trying|tough climate|climates|circumstances|times|conditions|situation|environment|market|trading|economy|pressures
            these difficult|challenging|unprecedented|uncertain|strange|trying times|circumstances|days
            market|trading|industry|sector conditions|pressures|standards|challenges|norm
            everyone|everybody|whole|entire|across|all in|the|of|over industry|trade|sector|market|country|board|us|world|region|airlines|hotels|banks|restaurants|shops|business
            industry|sector|trade|nation|country|world|market wide
            industry-wide|sector-wide|nationwide|worldwide|global|national|country-wide|citywide shortage|shortages|problem|issue|delays|crisis|lack|demand
            global|national|world shortage|shortages|crisis|supply
            happening|same|affecting everywhere|everyone|across|all|whole
            every|all|other|most|any hotel|airline|bank|restaurant|shop|company|firm|hospital|carrier|network|council|provider .. same|has|struggles|overbooks|does|have|struggling|faces|is
            common|standard|normal practice|across .. industry|trade|sector|carriers|airlines|hotels|world
            fact of life
            roadworks|gridlock|diversions|diversion
            heavy|bad|awful|terrible traffic
            stuck|held|delayed in|by traffic
            traffic <be>
            air traffic control
            atc
            knock-on
            knock on effect|delay
            budget|funding|government|nhs|council|council's cuts|pressures|cut|funding|constraints|limits|cutbacks
            cuts to our|the|funding
            no|limited|lack|tight|not .. budget|funding|resources|resource
            red tape
            changes|change in|to the? law|regulations|legislation|regulation
        """,
        "«Out of our hands» reads as an excuse": """
            out of our|my|their hands
            outside|beyond|outwith our|my|the|anyone's|anybody's|of control|our|influence|power
            outside of our|my control
            not within our|my control|power|gift
            nothing .. we|i|anyone|anybody could|can|could've have? do|done|did
            could not HAVE be? foresee|foreseen|predict|predicted|know|known|anticipated|prevented|avoided|helped|stopped|do|done
            could|can not BE? helped|avoided|foreseen|prevented|anticipated
            cannot|not be helped
            no way .. we|i|of could|to|knowing|know|predicting
            unforeseen|unforeseeable|unavoidable|unexpected|extenuating|exceptional|mitigating|unusual circumstances|events|event|delay|delays|issues|issue|reasons|factors|problems|absence|demand
            force majeure
            act of god
            not .. our|my fault|doing|making|error
            no fault of our|ours|mine|my
            through no fault of
            hands|hand <be> tied
            not .. down to us|me
            not .. responsible for|if
            forced our hand
            one of those days|nights|weeks|shifts|mornings
            no choice but
            no control over
            had no idea|warning|notice
            never|not|nobody told|informed|warned us|me
            nobody|no|no-one one? TELL us|me
            we|i <be>|were not TELL|told|informed|made|aware
            perfect storm
            murphy's law
            bad luck
            unlucky
            with the best will
            doing|trying|did|tried our|my|their best
            best we|i can|could
            only human
            juggling|spinning
        """,
        "Asking them to understand us reads as an excuse": """
            you must|have|need|should|will|can|would|might|may to? understand|appreciate|realise|imagine|remember|accept|bear|know|recognise|see
            you will|'ll|would|must|can|could|may|might .. appreciate|understand|imagine
            please|hope|trust|sure|try|kindly|do .. you? .. understand|appreciate|bear|remember|realise|consider
            bear in mind
            bear with us
            have to remember|realise|understand|appreciate
            as you can|may|might|will imagine|appreciate|understand|see
            i|we|hope|trust ... your understanding
            see it from our
            from our side|perspective|point
            put yourself in
            in our|my|their|his|her defence|defense
            in fairness
            to be fair
            in all fairness|honesty|honest
            to be honest|frank|perfectly|completely|blunt|candid|clear|brutally|quite
            being honest|frank
            if i'm|i am|we're|we are being? honest|frank|candid
            truth be told
            truth|fact|reality|thing|trouble|problem is
            truth of the matter
            honest truth
            honestly|frankly , we|our|the|it
            tbh|tbf
            not make|making|meant|mean excuses|an|as|to but
            not|no .. excuse|excuses .. but
            explanation .. is
            the reason|reasons .. is|was|being
            what|all happened was
            you have to understand
            give us a? break
            cut us some slack
            easy to miss|overlook|mix|confuse|mistake|forget
            look|looks .. alike|similar|identical
            moving parts
            complex|complicated|complexity of|nature|operation|system|set-up|setup|process|logistics
        """,
    },
    unless="""
        you|customer asked|ask|wanted|wondered|want|asking .. why|how|what|cause|reason|know|understand|happened|about
        since|as you ask|asked
        no excuse|excuses !but
        not an? excuse|excuses $
        not an? excuse|excuses !but
        not|never your problem|fault|concern|worry
        should not .. matter|affect|reach
        <be> due on|at|in|to|back
        <be> forecast|expected|predicted
        in case
        is|are due
        to|and|in honour of understand what
        thank|thanks ... bearing
        that|it is|'s|was on|down me|us|to
        our|my problem|job not|to
        my|our fault|mistake|error $
    """,
    unless_near="""
        you asked|ask|wanted .. why|how|what|cause|reason|know|understand
        since|as you ask|asked
        it|that|this|none is|'s|was|of no excuse|excuses
        no excuse
        not an? excuse
        not making excuses /
        that|it|this|which is|was|'s .. mine|ours|my|our|on|down fault|to|me|us|problem|mistake|job|failing
    """,
    sets={
        "<supplier>": "supplier suppliers courier couriers carrier carriers wholesaler manufacturer"
        " manufacturers vendor factory distributor haulier hauliers hauler importer baker bakery"
        " butcher florist laundry publisher printer printers postman post dhl ups fedex hermes evri"
        " dpd usps yodel contractor contractors subcontractor subcontractors agency openreach shipper"
        " provider depot grower farm fishmonger brewery landlord mail lab host partner",
    },
)
