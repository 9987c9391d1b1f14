"""Marks: what a stretch of text does, whatever the category: gives a time, names an owner, says what is
done, owns a fault, gives a cause, speaks of others. Rules and trained weights both look at them."""

MARK_SETS = {
    "<weekday>": "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu"
    " thur thurs fri sat sun weds mondays",
    "<month>": "january february march april may june july august september october november"
    " december jan feb mar apr jun jul aug sep sept oct nov dec",
    "<hour>": "one two three four five six seven eight nine ten eleven twelve noon midnight midday"
    " lunchtime half quarter",
    "<part>": "morning afternoon evening night noon lunchtime dawn teatime",
    "<digit>": "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31",
    "<few>": "a an one two three five ten fifteen twenty thirty forty sixty ninety half couple",
    "<unitoftime>": "minute minutes mins min hour hours hrs hr days day",
    "<me>": "i 'm",
    "<deed>": "sent refunded refunding moved booked fixed posted paid put found credited mended"
    " waived taken cancelled repaired replaced restored reset rebuilt swapped changed added arranged"
    " made given spoken rung opened signed printed printed checked set done upgraded reserved sorted"
    " cleared removed corrected called asked left got cleaned wiped ordered delivered extended"
    " unlocked unblocked reinstated written built brought kept held saved baked cooked packed"
    " released refilled reread re-read rebooked resent redone rerun lifted scrapped halved doubled"
    " collected fetched shipped transferred topped dropped tested tightened switched raised settled"
    " covered closed accepted turned pulled looked talked met handed blocked filled",
    "<nice>": "free refund refunded credit credited upgrade upgraded gift voucher yours new fresh"
    " ready back waived paid mended fixed restored reserved house cover covered extra complimentary"
    " priority early tonight today tomorrow noon spare",
    "<ill>": "late cold wrong missing missed lost broken damaged delayed delay slow dirty closed"
    " cancelled short shut noisy wait waited waiting queue queues failed unanswered empty stuck"
    " stopped bumped outage down off slipped behind lag overrun overran suffered damage problem"
    " problems trouble muddle chaos disruption error errors fault faulty gap hold-up missed never"
    " without nobody nothing raw burnt soggy stale leaking wet torn charged overcharged double"
    " twice longer inevitable inevitably misplaced drop dropped mess",
    "<thing>": "it this that they these those there which who",
    "<doing>": "try visit check follow send dm contact share update upgrade restart reinstall"
    " uninstall install remove clear make submit create open use provide click tap select sign log"
    " go enter refer consider choose reset read see turn look scroll press hold reply file ensure"
    " confirm disable enable download complete fill attach include double verify delete move allow"
    " change reach get give take wait write email message disconnect unplug plug charge force swipe"
    " close start reboot connect search set add report note review back pick switch keep",
    "<tech>": "app apps browser browsers version versions device devices cache cached cookies"
    " settings menu tab tabs screen button icon setting add-on addon add-ons addons extension"
    " extensions wifi wi-fi bluetooth android ios windows mac iphone ipad password passwords login"
    " username account's sync bookmark bookmarks download downloads install update updates upgrade"
    " software hardware firmware printer driver browser's keyboard mode server servers console"
    " playlist video videos channel file files folder folders backup notification notifications"
    " url link page website site forum faq article screenshot screenshots dm dms inbox spam"
    " subscription subscriptions stream streaming content feature features plugin laptop pc desktop"
    " router modem cable battery",
    "<anyone>": "anyone anybody everyone everybody nobody no-one none most many others people"
    " someone somebody whoever",
}

# Who does it: somebody called by name.
MORE = {
    "named_will": """
        <capname> will|'ll|shall|is|brings|rings|calls|writes|comes|sends|meets|drives|does
        <capname> <capname> will|'ll|shall|is|brings|rings|calls|writes|comes|sends|meets
    """,
    "thanks": """
        thank|thanks you? .. for
        thank you
        grateful .. for|that|to
    """,
}

MARKS = {
    # Plain help: what to do, where to read on, what we need to know. It hurts nobody.
    "help": """
        <link>
        please|pls|plz|kindly|just|can|could you? be? <doing>
        ^ <doing>
        , <doing> the|your|any|out|it|this|these|us|in|to|on|for
        and|then|or|by <doing> the|your|any|it|us|out|in|on
        you can|could|may|might|should|would|'ll|will|'d .. <doing>|find
        you will|'ll|would|may|might|could want|wish|like|need to
        recommend|suggest|advise|suggests|recommended .. <doing>|<ing>|you|that
        try|by <ing>
        this|these|our|the|following|below|an|help|support article|articles|page|guide|link|steps|tips|forum|tutorial|faq
        more|further|additional|some info|information|details|help|tips|about
        info|information|details|steps|instructions about|on|for|here|below
        out|more|it|details|info|instructions|steps|tips|us here
        let us|me know .. if|how|what|which|whether|about|the|your
        keep us posted
        hope|hopefully .. helps|helpful|help
        have you tried|checked|updated|already|followed|contacted|noticed|considered
        are|is|do|does|did|which|what|when .. <tech>
        if you <be>|'re|have|need|can|see|still|would|'d|want|do
        if .. persists|persist|continues|happens|works|work|still
        <tech> .. <tech>
    """,
    "due": """
        <weekday>
        tomorrow
        tonight|tonite|today
        by|on|before|until|till|from|for|since|after|of the? <ordinal>
        the <ordinal>
        <month> <digit>|<ordinal>
        <digit>|<ordinal> of? <month>
        by|at|before|until|till|from|around|about|after|past|and|between <hour>|<digit>|<clock>
        <clock>
        <number> pm|am|p.m|a.m|sharp|o'clock|hours|gmt|bst|utc|est
        <hour> o'clock|sharp|pm|am|tonight|tomorrow|today
        half past? <hour>
        quarter past|to <hour>
        noon|midday|midnight|lunchtime
        within|in the|an|half|next .. hour|minutes|minute
        in|within <few>|<number> <unitoftime>
        this <part>
        first thing
        end|close of the? day|play|business|today
        close of business
        before we|i close|land|board|leave|open|finish|lock|go
        before you land|leave|board|wake|arrive|go|check|fly|sit|travel
        when|until|till you land|arrive|wake|get|board|walk|come|check
        by return
        on the spot
        right now|away
        at once
        immediately
        every hour|day|morning|evening|week
        week <number>
        as we speak
        same day|afternoon|morning
        eod|cob
        in your inbox|account now
    """,
    "loose_time": """
        soon|shortly|asap|eventually|presently|soonish
        next|coming|few|several|couple weeks|days|week|months|month|while
        in|within|over the? next|coming|few|couple|a
        day or two
        <number>|two|three|five|six|seven|ten|fourteen|thirty to|- <number>|two|three|five|seven|eight|ten .. days|weeks|months
        up to .. days|weeks|hours
        working|business days
        when|once|as|whenever|if .. can|able|possible|free|ready|back|chance|available|know|moment|done|news|down|in|comes|allow|allows
        sometime|someday|some point
        due course
        a while|bit
        later
        next|another|future time|visit|stay|occasion|meeting|year|month|week|release|update|phase|slot
        at the earliest
    """,
    "promise": """
        will|'ll|shall|gonna !have|has
        going to !<the>
        should|ought be|have|get|land|arrive|go|come|reach|receive|hear|sort|to
        hope|hoping|aim|aiming|plan|planning|intend|trying|try|promise|expect|expecting|intention to|of|is|are|!<the>
        let me|us <verbish>
        i|we am|are|'m|'re <ing>
        <be> scheduled|planned|due|promised|guaranteed
    """,
    "owner_i": """
        i
        my|mine
    """,
    "will_i": """
        i|i'll will|'ll|shall
        i am|'m <ing>
        i am|'m .. going|to|back|there|at|out|on
    """,
    "will_we": """
        we will|'ll|shall
        we are|'re .. <ing>
        we hope|aim|plan|intend|try|endeavour
    """,
    "will_they": """
        team|someone|somebody|department|representative|colleague|engineer|specialist|manager|they|staff|agent|adviser|office|management|member|engineers|officers|nurse|doctor|partners|practice|one|bank|lads will|'ll|shall|is|are|should|may|might|can|hopes|hope|to|would|'s
        it|this|that|things|order|refund|parcel|matter|claim|money|credit|file|request|repair|replacement|note|bill|fix will|'ll|should|shall|ought
        will|'ll|should|to be <past>
    """,
    "past_i": """
        i|we <past>|have|'ve|had|was|were|did|put|sent|gave|took|made|got|forgot|lost|left|broke|wrote|let|read|told|kept|cut|set|sold|went|came|said|ran|drew|rang|spoke|found
        i|we .. should|ought|could have
    """,
    "done": """
        i|we have|'ve|just|now|already .. <deed>
        i|we have|'ve now|just|already|also <past>
        i|we <deed>
        <be>|'s|been .. <deed> .. now|today|already|this|at|yesterday|ago|since|last|overnight
        <be>|'s now|already|back|ready|here|done|fixed|waived|sorted|mended|paid|through|restored|yours|live
        have|has|'s|'ve now? been .. refunded|credited|fixed|paid|waived|moved|restored|upgraded|corrected|replaced|booked
        since|ago|already|yesterday
        this morning|afternoon
        on the|its|your way|card|van|desk|dock
    """,
    "owned": """
        my|our|mine|ours .. fault|mistake|error|doing|slip|failing|job|blame|responsibility|bad|carelessness|making|oversight|blunder
        it|that|this|which|fault|mistake|error|slip|blame|none|one was|is|'s|be|rests|lies .. me|mine|my|ours|our|us
        on|down to? me|us
        <be> to blame
        i|we forgot|missed|lost|overlooked|misread|failed|dropped|own|muddled|mixed|misfiled|botched|bungled|messed|mistyped|broke|spilled|spilt|overbooked|ignored|neglected
        i|we should|ought|could have|to|not
        i|we got|had|put|did|made|was|were .. wrong|mistake|mess
        i|we did|do not|never
        i|we let you
        i|we sent|gave|took|left|charged|billed|sold|cancelled|closed|told|shut|cut|kept|printed|promised|put|double-booked|entered|keyed|wrote|packed|stopped|damaged|scratched|marked|deleted
        i|we have|'ve|had not|never
        our|my <past>
        shame on us
        that someone was me
        it was i
        me who
    """,
    "owned_later": """
        / .... my|our|mine|ours .. fault|mistake|error|doing|slip|job|blame
        / .. i|we ...
        / that|it|this was|is|'s .. me|mine|my|ours|us|our
    """,
    "favour": """
        i|we have|'ve|had|'ll|will|am|'m|are|'re|can|'d|just .. <deed>|given|brought|driven|kept|asked|opened|found|doing|paying|sending|taking|coming|refunding|swapping|having|give|send|pay|bring|see|stay|come|drop|set|refund|waive|cover|do|make|take|put|honour|staying|holding|cover|covering|meet|get|find
        i|we <deed>
        yours
        here|there is|'s|are a|your|the|some|my
        you <be>|'re|have|will|'ll|are|can .. <nice>|in|at|get|come|keep|only|not|have
        your ... <be>|'s .. <nice>|done|already|here|safe|still|upstairs|waiting|on
        <nice>
        you are|were|'re right
        that|it|this is|'s|was not|no .. excuse|your|reason|concern|problem
        no excuse|reason
        i mean|agree|should|could|was|am|'m
        on us|me|the
        you asked|told|wrote|said|warned|asked|did|were|had|paid|booked
        me|us who
        ours|mine
        it was for|up me|us|to
        himself|herself|he|she .. gone|has|is|'s|agreed
        free|waived|refund|refunded|credit
        thank|thanks
        how|what|tell|say|name
        the fault|blame was|is
        could not be more right
        should not have
        never should
        needs|deserves
    """,
    "against": """
        not|n't|never|cannot
        unable|impossible
        you|your
        policy|terms|rules|contract|menu|sign|records|record|system|liability|notes|website
        only
        busy|short|staff|weather|supplier
        unfortunately|regrettably|sadly
        nothing .. can
        our <be>|system|records|policy|terms|rules
        have|has to
        must|need
        <small>
        anyway|whatever|always|normal|common|happen
    """,
    "cause": """
        because|hence|owing|due|since|cos|as
        which|that|this|thats is|'s|was|is why|how|what|because
        why|how come
        so the|it|your|our|they|things|that|we|nobody|some|replies|food|jobs
        as a? result|consequence|of
        <be> .. behind|due|down|result|responsible|because
        what with
        with the|half|two|three|so|all|our|no|everything
        meant|means|meaning|caused|causing|made|led|put|left|held|knocked|pushed|stopped|threw|delayed|slowed|affected|hit|disrupted
        had|if .. turned|signed|been|come|arrived|delivered ...
        once|when .. happens|goes|happened|that
        given|considering|seeing the|that|how|as
        thanks|thank to
        the reason
        down to
        blame
    """,
    "hard_life": """
        notoriously|inevitably|inevitable|hardly|naturally|always|unavoidable
        <be> .. hard|difficult|complex|complicated|tricky|tough|old|tiny|like
        even the
        no|any|every|most <company> .. could|would|has|does|is
        nobody|nothing|no-one|none .. could|can|would
        could|can|would hardly|not|have|never .. helped|done|known|foreseen|spot|prevent|avoid|see|kept|stop
        that is|'s .. for you|life
        gold dust
        mind of its
        lap of
        turn up when
        going to take
        was always
        <be> bound to
        takes time
        across|through the board|sector|industry|country|world|night|day
    """,
    "third": """
        he|she|they|him|them|their
        the|our|a|an|my <role>|<supplier>|<unit>
        <dept>
        someone|somebody
    """,
    "you_did": """
        you|your
        you <past>|did|had|were|was|have|should|could|must|might|never|failed|chose|left|put|gave|let|forgot|told|said|signed
        you .. not|never|n't
        if|had you
        your own|end|side|phone|router|browser|settings
    """,
    "question": """
        who|what|when|where|why|how|which|would|could|can|do|does|did|is|are|shall|will|may you|we|i|it|that|this|suits|one
    """,
    "hedge": """
        may|might|could|possibly|perhaps|seem|seems|appears|appear|apparently|probably|likely|allegedly
        if
        any|some|somehow|somewhere|something
        as if|though
    """,
    "agentless": """
        <was>|get|got <past>
        <was> <adv>|not|never|also|already|then|since|just|simply|clearly|once|apparently <past>
        been <past>
        <was> .. not|never been? <past>
        have|has|had not? been <past>
        let slip|lapse
    """,
    "by_us": """
        by|through me|us|our|my|myself
    """,
    "by_other": """
        by the|a|an|our|someone|another|others|accident|mistake
    """,
    "existential": """
        there was|were|is|'s|has|have|had|seems|appears|may|must
        it was|seems|appears|transpired|transpires|emerged|turns|has
        <trouble> .. OCCUR|ARISE|CREEP|HAPPEN|EMERGE|SLIP|SURFACE
        became|turned|proved|ended|wound|ran|found|went|came|fell|slipped|crept|lapsed
    """,
    "generic_story": """
        situation|matter|matters|issue|issues|incident|incidents|event|events|occurrence|experience|inconvenience|trouble|bother|hassle|mess|problem|problems|concerns|concern|complaint|points|point|letter|email|note|message|feedback|disappointment|frustration|what happened|this|that|everything|things|mishap|muddle|mistake|error|discrepancy
        what happened|went|you|we
        let you down
        fell short
        sorry for|about the|this|that|your|what|everything|any|all
        you raised|describe|described|mention|wrote|told
    """,
    "concrete_past": """
        we|i <past>|sent|gave|took|left|lost|forgot|put|told|sold|cut|let|made|kept|broke|had|did|were|was|never
        you <past>|were|had|got|paid|waited|sat|stood|came|asked|told|found|rang|missed|spent|bought|said|went|lost|left|drove|walked|wrote|have|'ve|ordered|booked
        your|the ... was|were|came|arrived|went|had|stopped|got|broke|did|never|failed|leaked|sat|fell|turned|tore|snapped
    """,
}
MARK_SETS["<ordinal>"] = " ".join(
    f"{n}{'st' if n in (1, 21, 31) else 'nd' if n in (2, 22) else 'rd' if n in (3, 23) else 'th'}"
    for n in range(1, 32)
)
MARK_SETS["<company>"] = (
    "company airline hotel bank restaurant shop firm carrier network council provider garage"
    " hospital school supplier business clinic store team kitchen"
)
MARK_SETS["<verbish>"] = (
    "look see check ask find get circle chase speak call take raise talk try sort go"
)
