"""Minimise: the harm is shrunk."""

from amends.coach.rules.rule import Rule

MINIMISE = Rule(
    "minimise",
    why="It makes the harm look small",
    sure="""
        not the end of
        storm in a
        mountain out of
        bright|plus|brighter side
        silver lining
        these things|mistakes happen|do|can !you
        such|these|those things happen|do|occur|can
        it happens to|all
        could have|'ve been .. worse
        could be|'ve worse
        no real|lasting|great|actual|harm|big harm|damage|deal|drama|problem
        no harm done
        nobody|no-one|anyone|none else .. complained|noticed|minded|mentioned|bothered|seemed
        nobody|no-one|noone noticed|complained|died|minded|was hurt
        doubt .. noticed|notice|mind
        after all|really .. <number>|pounds|quid|minutes
        so-called
        slight|tiny|minor|small|little mix-up|hiccup|blip|dent|inconvenience|delay|misunderstanding|setback|glitch|wobble|scratch|oversight|error|mistake|issue|bump|snag|upset
        in the grand|great|wider|general scheme
        scheme of things
        in|into perspective|proportion
        blow|blown|blowing .. proportion
        bounce back
        read too much into
        which is the main thing
        that is|'s the main thing
        main thing is
        hardly|scarcely|barely counts|matters|noticeable|worth|the|a
        a lot worse|of people
        you were lucky
        not really out of pocket
        contents|it will be|'ll fine
        under <number>|one per cent|percent
        edge case
        got there in
        in the end .. main|after
        all said and done
        nothing actually|really|serious|major happened|broke|lost
        sense of humour
        come on
        she|it|he still goes|works|runs|drives
        no big deal|biggie|drama
        not exactly|hardly .. disaster|tragedy|catastrophe|emergency|crisis
        only|just|merely one|a|an|the|few|couple|short|small|handful .. minutes|hair|letter|night|once|inconvenience|scratch|mark|hiccup|blip|formality|typo|estimate
        never|not know|notice|tell|see the difference
        you would|'d never know
        took it in good
        loss of .. pride
        on the small|low|light side
    """,
    source="S1-05; Schumann; evidence.md 2.8, 3.2",
    flags={
        "It makes the harm look small": """
            <small>|tad|bit|few|couple|teeny|tiniest|slightest of? a? .. <blip>
            <blip> <be> .. <small>
            merely|mere|simply|only|just|purely|basically|essentially|really|hardly|barely|little|nothing .. a|an|one|some|the|slightly|matter|than|but|few|little .. <blip>|inconvenience|small|minor|late|minutes|cosmetic|hour|delay|little|drop|drops|days|pounds|formality|matter|case|pence|euros|dollars|days|technicality
            merely|mere|trifling|trivial|petty|insignificant|negligible|immaterial|inconsequential|minuscule|cosmetic|superficial
            only|just|merely a|an|one|two|three|the|some|five|ten|<number>|few|couple|slight|minor|small .. late|minutes|mins|hour|hours|days|day|late|pounds|euros|dollars|out|off|short|missing|wrong|occasion|night|pence|cents|people|customers|users|short|degrees|millimetres|mm|cm|inch|weeks|quid|bucks|week|meal|colour|scratch|call|letter|email|mark|stain
            hiccup|hiccups|blip|blips|niggle|niggles|storm|hiccough|quibble|trifle|tiff|kerfuffle|fuss|wobble|speed-bump|molehill|foible|wrinkle
            teacup
            molehill|mountain|mountains out|of
            HAPPEN to|all .. everyone|best|us|anyone|people|everybody|time
            these|such|those|this|it|sh*t|stuff|that things|thing|mistakes|mix-ups|errors|slips|delays|sort|kind|type? .. HAPPEN|OCCUR
            these things|mistakes happen|do|occur|are|will
            it|that|this happens
            it happens
            happens to|from|all|sometimes|everywhere|every|a|now|in
            part of|and life|parcel|it|travel|the|flying|moving|process|package|parcel
            no|not|hardly|never|n't|scarcely .. big|huge|massive|serious|major|great|real|lasting|end|worst|exactly|life|significant|disaster|catastrophe|tragedy|dramatic|earth-shattering|unusual|uncommon|uncommon|emergency|dangerous|critical|crisis|life-threatening|drama|lot|severe deal|issue|problem|harm|damage|world|thing|impact|matter|life|matter|disaster|tragedy|safety|risk|at|and|crisis|to|deal|consequence|loss|rare|defect|fault|difference|reason|or|for|$
            not the end
            end of the world
            no harm|damage|bones|real|lasting|actual|permanent|bones|loss|need|big|one|great|serious|major|lives done|caused|harm|hurt|broken|to|deal|damage|loss|suffered|was|died|harmed|impact|came|were|harm
            no harm
            harm done
            nobody|no-one|no one? .. else|hurt|harmed|died|other|injured|noticed|would|even|complained|ill|has|ever .. complained|complained|noticed|mentioned|said|minded|hurt|had|reported|raised|objected|died|harmed|notice|mind|injured|was|seemed|ever|complain
            nobody|no-one|one|first|only|few|other|others|most|everyone|never|none|rest else|other|people|customers|guests|users|patients|person|one|customer|had|were|was|of .. complained|complain|noticed|mentioned|minded|problem|problems|happy|fine|affected|loved|enjoyed|managed|coped|mind|raised|enjoying|delighted|satisfied|concerned|cope|seem|quite|patient|issue|issues
            first|only person|one|complaint|customer|time .. mention|complain|complained|we|heard|ever|raise|to|report|of|notice|who
            look|looking|see|always|on on? the? bright|silver|positive|upside|plus side|lining|half
            bright side
            silver lining
            at least|leas you|it|nobody|no|we|there|your|the|they|he|she|everyone|not|that|in|with|now|some|none|half
            could|might|would have|'ve|be been? .. worse|worst|much
            could be worse
            worse things|off|happen|could|places
            others|people|many|some|plenty|other|there have|had|are|people|guests|worse .. worse|longer|far
            luckily|thankfully|fortunately|mercifully|happily|lucky|luck
            count|consider yourself|your|blessings lucky|fortunate|blessings
            still|anyway|after|all|eventually|managed|got|in the? end .. arrived|worked|enjoy|enjoyed|ate|got|there|able|managed|made|used|edible|usable|warm|works|had|slept|home|fine|works|it
            you still|did|were got|able|had|have|enjoyed|managed|made|received|ate|still|get|arrive
            in the end .. anyway|$
            in the grand|great|wider scheme
            grand|great scheme
            scheme of things
            in the bigger|big picture
            big|bigger picture
            all in all
            on the whole|other|plus
            not as if|though|like|quite|exactly|that|too
            not that bad|big|long|serious|much|late|far|different|unusual|cold|noisy|many|hard|expensive
            not .. so|too|that|very|all|terribly|overly|particularly|especially bad|serious|long|big|far|much|late|unusual|noticeable|different|important|severe|terrible|great|uncommon|cold|noisy
            bit|little|touch|slightly|tad|somewhat|rather|fairly|mildly|smidge|fraction|shade|wee|marginally .. late|later|cold|delayed|inconvenient|annoying|noisy|disappointing|off|awkward|irritating|untidy|frustrating|dramatic|confusing|slow|cooler|behind|short|longer|over|rushed|warm|rough|dusty|inconvenienced|upset|salty|overdone|unfortunate|imperfect|scuffed|muddled|less|sensitive|much|strong|picky|fussy|exaggerated|unlucky
            bit|little of a? .. <blip>|wait|delay|mess|nuisance|pain|muddle|shame|faff|bother|fuss|mix-up|bump|squeeze|chill|noise|queue|surprise|nothing
            OVERREACT
            exaggerate|exaggerating|exaggerated|exaggeration|over-reacting|over-reaction|melodramatic|oversensitive|blown|overblown|overreaction|over-dramatic|nitpicking|nit-picking|picky|fussy
            blow|blowing|blown|get|getting|keep|put this|it|things|out|that .. proportion|perspective
            out of proportion
            in|into|some proportion|perspective|context
            perspective
            calm down
            do not|n't|no|not|need|needn't .. worry|fret|stress|panic|fuss|worried|upset|alarm|alarmed|concern|cry|concerned|lose
            no need|reason|cause to|for .. worry|panic|alarm|upset|concern|fuss|worried|concerned|drama|angry|be
            nothing .. to worry|major|serious|dramatic|worry|that|sinister|a|more|unusual|fatal|too|broken|lost|wrong|significant|important|out|terrible|to|really|but|really
            nothing .. lost|broken|stolen|harmed|damaged|missing
            as you .. know|see|say|can|call
            what you call|describe|see
            so-called
            hardly|scarcely|barely|rarely .. noticeable|notice|worth|a|the|matters|matter|visible|anyone|ever|surprising|noticed|unusual|affects|see|tell|tell
            not|never|n't .. noticeable|notice|noticed|visible|matter|affect|hurt|show|seen|kill
            you|anyone|no|nobody|most would|will|'d|'ll|could|can|people not|hardly|barely|never|n't|one .. notice|see|tell|noticed|feel|know
            does|did not|n't .. affect|matter|change|stop|really|impact|influence|make
            quickly|swiftly|soon|promptly|easily|rapidly|quick|easy|simple|was .. fixed|resolved|sorted|restored|fix|rectified|over|done|corrected|mended|solved|wiped|cleaned
            quite|perfectly|pretty|very|fairly|entirely|completely|totally|rather normal|common|usual|natural|safe|standard|fine|harmless|usable|ordinary|typical|edible|routine|acceptable|readable|drinkable|habitable
            common|normal|standard|typical|usual|routine|everyday|natural occurrence|practice|for|in|thing|wear|at|this|part|variation|experience
            safe to eat|use|drink
            perfectly|still|entirely|otherwise usable|good|fine|edible|safe|drinkable|functional|adequate|serviceable|wearable
            works|working|work|runs|fine|functions|functional just|perfectly|well|as|otherwise|now|still .. fine|well|same|okay|normally|normal
            technically|strictly|officially
            otherwise|apart|aside|besides from .. <be>|was|everything|enjoyed|fine|lovely|great|pleasant|good
            otherwise .. <be>|was|lovely|fine|great|pleasant|good|enjoyable|perfect|smooth|successful
            rest|everything|remainder|majority|most of|else .. fine|went|was|were|perfect|enjoyed|good|lovely|smoothly|smooth|great|well|unaffected|okay|worked|arrived|delicious
            only .. minutes|hour|hours|days|day|pounds|euros|dollars|once|few|couple|one|time|affected|cosmetic|two|temporary
            temporary|momentary|brief|slight|minor|small|short|little|mild|transient|passing inconvenience|interruption|delay|hiccup|setback|issue|glitch|outage|wait|disruption|nuisance|annoyance|imperfection|variation|discomfort|upset|blemish|error|mistake|slip|discrepancy|oversight|scratch|mark|problem|matter|thing|amount|sum|detail|stain|leak|noise|dent|loss|charge|scrape|bruise|pain
            what's|what is .. few|a|between|couple|minutes|bit|little
            between friends
            laugh .. about|this|it|one|day|back
            one day|day, .. laugh|laughing|funny
            see the funny
            funny side
            sense of humour
            we have|'ve all been|had|done
            all been there
            been there
            could happen to
            par for the
            swings and
            worse than it
            sounds|looks|seems|sounded worse|bigger|scarier
            character|charm|quirky|characterful|charming|rustic|authentic
            adds|part to|of .. charm|character|fun|adventure|experience|atmosphere
            storm in
            forgive and
            let us|it not|n't|go .. dwell|make|get|exaggerate|blow|carried|overreact|fuss|forget
            water under|off
            never mind
            no biggie|bother|worries|probs|prob|drama|stress
            c'est la
            live and learn
            get|got over it
            move|moved|moving on from|now
            life goes
            all's well|good|fine
            all is|was well|good|fine|forgiven
            ends well
            <number>|one|two|three|four|five|ten|fifteen|twenty|thirty .. minutes|min|mins|hour|hours|days|pounds|pence|p|day <be> .. not|nothing|hardly|no|within|fairly|normal|quite|short|very|well|reasonable
            given|considering how|the|that|its|it|what .. cheap|price|age|low|free|paid|cost|small|discounted|weather|budget
            for|at the|that|this price|money|rate|cost
            just|only|merely one|a .. of those
        """,
    },
    unless="""
        not|n't .. banter|hiccup|blip|slight|nothing
        is no slight|small|minor|trivial|mere
        no|not .. <small> .. mix-up|thing|matter|slip|delay
        nothing mere|small|minor|slight|trivial|little about
        a|is big|whole|long deal|day|time|night|week
        it|that|this matters|mattered|counts
        too many|much|long|late
        as bad as
        at least two|three|a|one|four|<number> .. chances|year|weeks|months|times|of
        only one|two left
        to you .. it|was|is
        fortunately|thankfully|luckily i|we
        nobody|no-one else will|but
        smallest|littlest|tiny ones|one|children|hands
        one short|small|quick signature|form|step|call
        ten|twice|three times|as as much|many
        <number>|one|two|three|four|five|ten|hour|once|mistake|it|minute <be>|too .. too many|late|long|much
        too many|much
        not .. <small>|minor|trivial|just|only|merely|matter|hiccup|blip|nothing|little|small
        no <small> thing|matter
        never .. just|only|merely|hiccup|small
        i|we|i've|we've just|only|have|'ve just|now|this
        just now|sent|got|spoken|arrived|so|in|as|rung|checked|put|posted|booked|tell|say|ring|let|reply|call|this|after|before|what|finished|been|ask|refunded|walked|above|opposite|round|text|heard|pop|had
        small|little|tiny gift|token|thing|something|treat|extra|thank|thanks|present|team|surprise|note|bag|box|way|steps
        a|small|little small|little|tiny thank|gift|something|treat|token|extra|present
        just|only need|let|tell|say|reply|call|ask|ring|want|the
    """,
    unless_near="""
        not|never|n't .. shrink|minimise|wave|brush|play|laugh|trivial
    """,
)
