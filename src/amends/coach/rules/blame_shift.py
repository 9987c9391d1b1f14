"""Blame shift: a colleague or the customer is at fault, or discipline is announced."""

from amends.coach.rules.rule import Rule

BLAME_SHIFT = Rule(
    "blame_shift",
    why="It puts the fault on somebody",
    sure="""
        only|have themselves|himself|herself|yourself|yourselves to thank|blame
        only themselves|yourself|yourselves to thank|blame
        it was|is you who|that
        whoever bodged|botched|told|sold|packed|took|wired|fitted
        if you had|'d <past>|read|only|told|sent|rung|left|given|taken|checked|kept|mentioned|asked|called|let|been|got ....
        had you <past>|read|told|sent|rung|checked|mentioned|asked|called|let|kept|been|given ....
        you should|ought|could to? have|'ve !had|been|never
        you were|are meant|supposed|expected|asked|told|warned|advised to
        you were to <verbish>|fast|bring|wait|call|ring|read|arrive
        you <was> .. at|on|in the wrong
        you put|gave|entered|typed|ordered|chose|picked|booked|pressed|clicked|selected|wrote|used|left|sent .. wrong|incorrect|old|different
        your own fault|mistake|error|doing|choice|decision|dithering|carelessness|negligence
        user|customer|operator|guest|pilot error
        should know|have better|known
        law unto
        give|given|gave .. roasting|earful|telling-off|dressing-down|bollocking|talking-to
        have|had|having|be|get .. words with
        stern|strong|serious|firm words|talk|word|talking-to|conversation|chat
        conversation|word|chat|words with his|her|their|the|my .. manager|supervisor|boss
        he has|'s|she|they|has|have|been .. heard about
        been spoken|talked|dealt to|with
        between you and me
        between ourselves|us
        <role> .. hopeless|useless|clueless|careless|lazy|incompetent|thick|gossip|idiot|muppet
        be more careful|careful next|take more care
        take more care|responsibility
        more careful|attentive in|next|with
        check|read .. before|properly|carefully .. sending|signing|you|buying|ordering|booking|calling|next
        did you even|not|actually
        check ur|your spam|junk
        next time .. check|read|remember|make|please
        perhaps ask your
        one of our juniors|trainees|newbies|temps|lads|girls
        on nights|days|earlies|duty who forgot|missed|left|dropped
    """,
    source="S0-13; Schumann (blaming the victim); evidence.md 2.8, 3.2",
    flags={
        "Blaming a colleague shames us all": """
            our|the|my|a|that|one|some|this|his|her .. <role> .. should|ought|must|could|was|is|has|did|had|messed|got|made|forgot|failed|never|clearly|always|keeps|obviously|simply|just|decided|put|told|gave|took|hopeless|useless|new|sent|wrote|typed|keyed|misread|misheard|missed|ignored|lost|dropped|left|cannot|can|does|who|panicked|muddled|mixed|broke|pressed|clicked|entered|booked|said
            <role> .. <mess>
            <role> <be>|has been? .. <bad>
            <role> who|that .. <mess>|should|did|took|wrote|dealt|served|handled
            he|she|they|someone|somebody|whoever should|ought|must|could have|'ve|to|not
            whoever <past>|took|did|wrote|was|is|has|dealt|handled|put|made|gave|sold|packed|served|told
            new|newest|young|junior|inexperienced|useless|hopeless|careless|trainee|temporary|agency|weekend|previous|former|night|summer|saturday|untrained|lazy|clueless|work-experience <role>|starter|hire|girl|one|recruit|joiner|team|lad|shift
            he|she|they|it <be> .. <bad>
            he|she|they|someone|somebody|colleague .. <mess>
            his|her|their|the .. fault|mistake|error|carelessness|negligence|incompetence|sloppiness|laziness|attitude|slip|doing|oversight
            <be>|WAS .. fault|mistake|error|doing|slip of .. <role>|our|the|a
            blame|blaming .. <role>|him|her|them|you|that|our|the
            <name>|he|she|they clearly|obviously|simply|just|plainly|evidently .. did|was|is|forgot|failed|not|does|has|had|missed|misread|never
            <role> on|at|in|from|covering|that .. <mess>
            between you and me
            entre nous
            off the record
            first|second week|day|shift|month|time
            still learning|training|new|green
            not the first time .. he|she|they|<role>
            not the sharpest|brightest|best
            LET|LETTING .. side|team|down
            the .. before me
            predecessor
            cannot get .. good|decent|people|staff|right
            human error
        """,
        "Announcing discipline is no comfort": """
            disciplined|discipline|disciplinary|reprimanded|reprimand|sacked|fired|dismissed|retrained|suspended|sanctioned|retraining|berated|demoted|retrain|scolded|admonished|rebuked|warned|bollocking|telling-off|told-off|dressing-down|rollicking|earful|rap
            words|word with|to him|her|them|the|that|our|<role>
            HAVE|HAVING .. words|word|stern|chat|conversation|talk with
            SPEAK|SPOKEN|TALK to|with him|her|them|the <role>|about|team|concerned|firmly|person|sternly
            SPEAK|TALK|spoken .. to|with .. <role>|involved|responsible|concerned
            <role> .. <be>|been|has|have|will .. dealt|disciplined|told|warned|spoken|reminded|retrained|removed|moved|let|trained|taken|reprimanded|coached|given|sent
            dealt|deal|dealing with .. internally|him|her|them|<role>|severely|firmly|accordingly|appropriately
            further|extra|more|additional|refresher|customer training|coaching
            training|coaching|performance|disciplinary issue|need|session|course|plan|action|review|record|procedure|hearing|warning|matter|proceedings
            written|verbal|formal|final|official warning
            WARN|REMIND|REPRIMAND|DISCIPLINE|RETRAIN|SACK|FIRE|SUSPEND|SHOUT|TELL him|her|them|off
            REMIND|RETRAIN|COACH .. <role>|all|team|member
            held|holding|hold accountable|to|them|him|her|<role>
            heads|consequences will|roll|for
            no longer works|with|employed|working
            shown the door
            <role> responsible|concerned|involved|question
            taken off|on .. desk|shift|floor|rota|one|side
            make sure|certain|ensure .. he|she|they|<role> .. pays|learns|knows|never|does|understands
        """,
        "It tells them it was their own doing": """
            did|have you try|tried|think|thought .. reading|read|looking|asking|checking|listening|calling
            as i|we explained|said|told|mentioned|advised
            you did say|tell|sign|agree|ask|choose|order|confirm|want|know
            you chose|choose|picked|opted|insisted|under-insured|underestimated
            all|the|every|most other passengers|guests|customers|patients|tenants|members|parents|drivers|hundred|clients|people|ones
            easier|slower|careful|gentler on|with the|next time
            for owners|parents|customers|tenants|drivers|guests|you like|to .. to|yourself
            your own|client's .. dithering|doing|choice|decision|delay|indecision|fault|hand|hands
            garbage in|out
            if you had|have|'d !like|any|a|further|more|questions|time|another
            had you <past>|only|not|been|told|read|let|checked|called|said|given|asked|done|rung|informed|arrived
            if only you
            you|customer should|ought|could|might|needed|were|supposed to? have|'ve|not
            you <be>|were supposed|meant|expected|required|advised|told|warned|asked|responsible|late|wrong|mistaken to|about|that|for|at|not
            you must|may|might|probably|perhaps|seem|appear|could|will|possibly|likely to? have <past>|been|done|given|put|got|had|taken|left
            you .. did|had|have|never|do|were|was not .. <told>|read|tell|mention|say|give|provide|check|let|ask|inform|follow|specify|include|respond|reply|answer|report|notice|update|fill|complete|confirm|enter|make|click|tick|call|ring|notify|raise|flag|attach|bring|keep|sign|supply|send|save|select|understand|listen|request|apply|wear|close|use|turn|press|allow|leave|switch|pick|chose|complain|state|look|arrive
            you|you've failed|neglected|forgot|forgotten|omitted|misread|misunderstood|misheard|mistyped|chose|left|entered|gave|typed|booked|selected|missed|ignored|overlooked|put|arrived|waited|provided|clicked|picked|miscounted|misunderstand|confused|mislaid|input|keyed|deleted|opened|changed|ordered|signed|supplied|switched|unplugged|moved|wrote|ticked|skipped|lost|broke|dropped|disconnected|insisted|refused
            you|customer .. wrong|incorrect|incorrectly|incorrect|late|wrongly|improperly|old|outdated|incomplete|inaccurate|mistake|error
            your own|fault|mistake|error|responsibility|doing|choice|end|side|failure|oversight|browser|negligence|misuse|delay|misunderstanding|carelessness|decision|settings|router|device|equipment|handwriting|actions
            at|on|from|by your end|side|part|own
            someone|somebody at|on|in your
            customer|user|guest|passenger|patient|client|operator|cardholder|driver|pilot error|misuse|negligence|mistake|fault|failure
            incorrectly|improperly|wrongly|not .. installed|used|entered|washed|handled|stored|assembled|completed|looked
            not|n't .. used|washed|followed|read|stored|installed|completed|maintained|assembled .. properly|correctly|instructions|right|guide|manual|label
            as you would|'d|will|'ll|should .. seen|know|noticed|see|read|known|seen|found|aware
            you would|'d have|'ve <past>|seen|known|got|had|been|found|heard
            next time .. you|please|check|read|make|try|do|remember|book|order|bring|arrive|double|call|tell|perhaps|maybe
            in future|the .. please|you|check|read|make|do|remember|kindly
            did|have you not|even|actually|think|bother|read|check|try|remember
            are you sure|certain
            perhaps|maybe you .. should|could|might|missed|did|misread|forgot|were|confused|misunderstood
            your responsibility|job|duty|obligation to|as|for
            responsibility|responsible <be>|lies|rests|falls|remains|for|with .. you|your|yours|customer|passenger|guest|yourself|booker|cardholder|user|account
            to be fair .. you
            given|had .. wrong|correct|right number|address|details|email|postcode|information|name|date
            wrong|old|incorrect|different|incomplete address|details|number|postcode|email|dates|date|form|size|box|option|name .. you|on|was|were|from|supplied|given|provided|entered
            you|your <be> .. told|warned|advised|informed|notified|emailed|reminded
            we|i TELL|WARN|ADVISE|REMIND|INFORM|EMAIL|ASK|NOTIFY you .. not|that|to|about|before|twice|clearly|times|several|already|at
            nobody forced|made|asked you
            you chose|decided|opted|picked|insisted|wanted
            on you
            fault lies|is .. you|your|yours
            with respect|due respect
        """,
    },
    unless="""
        nothing|none you|u|your|of
        nothing .. to do with it|you
        not|n't .. u|you|your our|but|mine
        not u|you
        you did|have not|n't
        you gave|told .. nobody|everything|right|us|clearly
        you were|was|are|is|'re|'d .. right|correct|spot|cross|fine|good
        correct|spot|right|perfect on|sir|madam|first|all
        no one|nobody could .. have
        <role>|<capname> .. stayed|walked|sat|baked|drove|remembered|spotted|kept|saved|brought|noticed|volunteered|insisted|gave|carried|made|found|wrote|rang|came|fetched|swapped|ran
        on his|her|their day|own|lunch|way off|time|break
        fair play|credit|hats to|off
        asked for .. by name
        gift with
        for you|him|her|them $
        only did what
        were bad|faulty when|before
        our letter|server|netcode|code|fault|side|system
        i gave|told|wrote|sent|put|booked|keyed|forgot
        not|never|no|n't .. your|their|his|her|the .. fault|mistake|doing|error|blame|responsibility
        my|our|us|me .. fault|mistake|error|doing|blame|me|us
        it|that|this|fault|mistake|error|slip was|'s|is|were|rests|lies .. me|mine|my|ours|us|our|with
        i|we should|ought have|'ve|to
        you .. right|nothing|every|everything|correctly|correct|perfectly
        <role> .. stayed|helped|kind|spotted|noticed|found|volunteered|offered|asked|baked|cooked|made you|best|praise|proud|kindly|drove|sends|wishes|regards|caught|came|thanks|suggested|delighted|happy|gladly|brilliant|wonderful|sorted|fixed|rang|picked|collected|waiting|ready|expecting|specially|has|will
        if you|you'd had|have|'d like|rather|prefer|a|any|time|another|further|more|questions|moment|wish|minute|to
        no blame
        not|never blame|blaming
        nothing you
        you did|have|had nothing|not need|everything
        you could|should not have? |known|had|been|need|have
        you should never|not|n't have had|been|to|needed|waited
        you were|are|'re .. right|clear|patient|told us|promised|owed
    """,
    unless_near="""
        i|we take|own|accept|am|are|'m .. responsibility|blame|blame|responsible
        my|our fault|mistake|doing|error
        on me|us $
    """,
    sets={
        "<mess>": "forgot forgets misread misheard mistyped mislaid muddled messed botched bungled"
        " ignored neglected failed fails lost dropped broke misplaced overlooked missed mixed"
        " panicked fluffed fumbled jumbled slipped cocked screwed goofed blundered omitted overslept"
        " mislabelled misjudged miscounted miskeyed misplaced dozed lied skipped skived daydreaming"
        " careless sloppy cut wrong wrongly incorrectly error mistake errors mistakes rushed"
        " misunderstood misdirected double-booked mispacked scratched spilled spilt burnt",
        "<bad>": "hopeless useless careless sloppy lazy incompetent clueless rude new inexperienced"
        " untrained green dozy dizzy slow forgetful unreliable inattentive distracted clumsy daft"
        " stupid thick idiot moron disorganised scatterbrained unprofessional difficult temperamental"
        " known notorious terrible awful bad dreadful rubbish dim absent-minded negligent learning"
        " struggling supposed responsible wrong confused overwhelmed junior disaster liability"
        " impossible cowboy cowboys idiots muppet nightmare",
        "<told>": "tell told mention mentioned",
        "<name>": "",
    },
)
