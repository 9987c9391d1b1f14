"""Policy recital: rules quoted against the customer."""

from amends.coach.rules.rule import Rule

POLICY_RECITAL = Rule(
    "policy_recital",
    why="A rule is no answer to a person",
    sure="""
        rules are|is rules|the
        our|company|store|shop|hotel|the|airline|bank|returns|refund|cancellation policy|policies .. state|states|say|says|clear|clearly|require|requires|not|only|is|do|does|prevent|forbids|prohibits|on
        as per our|the|your|company|policy
        per|under|within the|our|your terms|policy|contract|agreement|conditions|tariff
        terms and|& conditions .. state|say|clear|clearly|accepted|agreed|apply|are
        t&cs
        you <was>|did|have|had|'ve? agreed|signed|ticked|accepted .. terms|conditions|agreement|contract|box|when|to|for|up
        u did? sign|signed|agreed
        no exceptions
        cannot|can not|unable|not able .. make|making .. exceptions|exception
        non-refundable|nonrefundable|non-returnable|non-transferable|nonreturnable
        not|n't .. authorised|permitted|allowed|entitled|eligible|covered|refundable to|by|for|under|without|unless|after|outside|by
        small|fine print
        clause <number>|of
        section|article|paragraph|condition <number>
        as stated|notified|set|outlined|stipulated|specified|explained .. when|in|at|on|out|by
        says|said|stated|written|printed so|it|that .. bottom|back|website|ticket|receipt|form|booking
        on|in the website|leaflet|booking|back|receipt
        must|have|has|need to? be lodged|made|submitted|received|returned|claimed|given|paid|presented|accompanied|notified|reported .. inside|within|by|before|with|on
        outside|beyond|past|exceeds the|our|your .. window|period|limit|days|deadline|criteria|timescale|guarantee|warranty
        fall|falls|fell outside
        minimum order|term|stay|spend|notice|charge|contract|age
        standard terms|procedure|practice|conditions
        missed appointments|payments .. attract|incur|fee|charge|charged
        attract|attracts|incur|incurs .. fee|charge|penalty
        entitle|entitles us to
        regulations|rules|law|data|gdpr .. prevent|prevents|stop|forbid|protection|prohibit
        data protection .. prevents|stops|means|rules
        stick to .. it|rules|that|them
        same for everyone
        void|forfeited|forfeit|chargeable|non-negotiable
        in accordance|line with
        valid .. only
        <number>|two|three|four|one .. forms of id|identification
        liability .. limited|ends|excluded
        rate you chose|booked .. rules|not|no|remains
        statement of work|fact
    """,
    source="S4-06, S4-10, S4-11; evidence.md 3.2",
    flags={
        "A rule is no answer to a person": """
            is|are|be excluded|non-returnable|non-changeable|non-transferable|non-refundable|spelled|spelt
            excluded from|where|if|under|when|after
            for everybody|everyone|all|anyone .. including|alike|same
            of all .. alike
            as it says|said|states|set|with
            says|states|specific|spelled|spelt on|in|out the|your|our|this card|page|door|menu|ticket|website|point|back
            see page|section|clause
            within our rights
            no <number>|deposit|receipt|proof|ticket , no
            up to .. and i|we cannot|can
            means .. means
            per|under|according|accordance|line|with|by|within|subject|pursuant|governed|bound|due|in|of|outlined|stated|set|keeping|following to|the|our|with|your|in|by|under|this|store|company|shop|hotel|airline|bank .. <rules>
            <rules> .. STATE|SAY|REQUIRE|PROHIBIT|FORBID|PRECLUDE|STIPULATE|SPECIFY|EXPLAIN|DICTATE|PREVENT|EXCLUDE|ALLOW|PERMIT|COVER|APPLY|ENTITLE|MEAN|SET|PROVIDE|LIMIT|DEFINE|NOTE|MENTION|READ|INDICATE|OUTLINE|INCLUDE|BAR|STOP|OBLIGE|BE|TIE|DO|MAKE|CONFIRM|RESERVE|WILL|CALL
            <rules> .. clear|clearly|strict|firm|same|final|fixed|quite|very|everyone|all
            our|company|store|shop|house|hotel|the|airline|bank|strict|standard|current|usual|return|returns|refund|cancellation|group|corporate|clear|council|trust policy|policies|rules|procedure|guidelines|procedures|protocol|rule
            the terms|conditions|t&cs
            terms and|& conditions
            small|fine print
            you agreed|accepted|signed|ticked|consented|acknowledged|agree|accept .. to|the|when|our|at|these|for|a|at
            you|your .. signed|accepted|ticked|agreed|confirmed|contract
            not .. permitted|allowed|eligible|entitled|refundable|covered|authorised|transferable|exchangeable|possible|qualify|valid|included|accepted|offered|negotiable|redeemable|claimable
            non-refundable|nonrefundable|non-transferable|non-negotiable|non-returnable|ineligible|inadmissible|non-exchangeable|unrefundable
            no|without|zero exceptions|exception|refunds|refund|discretion|exchanges|returns|flexibility|leeway|liability|provision|entitlement|returns|compensation|obligation|credits
            cannot|can not|unable|not able|may not|will not|do not to? make|offer|give|issue|accept|allow|grant|do|process|authorise|refund|exchange|extend|waive|honour|backdate|amend|deviate|bend|override|consider|provide .. exception|exceptions|refund|refunds|after|without|outside|unless|exchange|returns|beyond|once|for|claims
            unless|without|only|must|provided|once|if .. receipt|tag|tags|proof|original|packaging|writing|notice|booking
            outside|past|beyond|exceeds|exceeded|expired|passed|over|out|after|lapsed|closed .. <window>
            within|in|of .. <window> .. of|from|only|purchase|delivery|booking
            as stated|outlined|set|specified|explained|stipulated|noted|written|detailed|described|defined|mentioned|shown|listed in|on|out|under|by|at
            section|clause|paragraph|article|para|condition|rule|appendix <number>|of
            liable|liability|obliged|obligated|bound
            reserve the right
            right to refuse|cancel|change|amend|charge
            against|breach|violation|contravention|breaches|violates .. <rules>
            rules|policy|terms <be> .. rules|policy|terms
            rules is|are rules
            for security|compliance|legal|regulatory|data|insurance|safety|audit|gdpr reasons|purposes|protection
            <be>|have|am|are required|obliged|bound|governed to|by|that
            strictly|only .. available|valid|apply|applies|entitled|eligible|refundable|possible|within|with
            minimum|maximum|standard|statutory|mandatory|compulsory term|notice|period|charge|fee|limit|procedure|stay
            please|kindly .. refer|consult|read|see|review|check|note|visit .. <rules>
            REFER you|yourself to|back|your
            fee|charge|charges|penalty|deposit|surcharge applies|apply|is|are .. all|everyone|everybody|regardless|standard|mandatory|applicable
            does|do|did not fall|qualify|meet|cover|apply|extend|entitle|include|constitute .. within|under|for|to|criteria|you
            procedure|process|protocol requires|is|dictates|has|must|states
            treat everyone|all|every|customers the|equally|same|fairly|guest
            same for|rule|rules everyone|everybody|all
            if we|i did|made|do|make|gave|bent|waived .. for|one|everyone|exception
            hands are|<be> tied
            my|our hands
            no discretion|leeway|wriggle
            system will|does|would not let|allow|permit
            deadline|cut-off|cutoff|window|period|limit|term <be>|HAVE .. clear|passed|strict|stated|<number>|final|expired|lapsed|closed|gone
            should|ought|must have? have|be read|checked|noted|aware
            READ|CHECK .. <rules>
            printed|stated|shown|displayed|written|clearly|clear|posted on|in|at .. receipt|invoice|booking|back|ticket|website|site|confirmation|email|till|entrance|sign
            by law|statute
            entitled|eligible|entitlement only|to
        """,
    },
    unless="""
        never mind|forget what|the .. says|rule|counts|terms|policy
        covers|cover|covered you|it|this here|in|anyway|$
        in agreement
        my policy
        rule|policy here|is .. you do|don't|not pay
        you|u do|are|r|'re not|n't? free|pay|owe
        ring|call|come|bring|ask|keep me|us|it anyway
        no late|cancellation|exit|admin|restocking fee|charge
        anyway|regardless $
        we did|were|broke not|n't|ours|it
        we signed|promised|agreed to
        WAIVE|IGNORE|BEND|SCRAP|DROP|OVERRULE|OVERRIDE|SUSPEND|SET|BREAK|PUT|TAKE|FORGET|REMOVE .. off|aside|it|that|this|rule|rules|fee|policy|charge|one
        i|we have|'ve .. waived|taken|removed|ignored|dropped|scrapped|changed|set|put|made|refunded|cancelled|extended|cleared
        you <be>|'re|are|have .. entitled|owed|covered|protected|due|right|within
        entitles|allows|lets|gives|guarantees|owes|protects|covers|promises|requires you|us|your|me to|a|the|full|more
        your|travel|home|car|health|contents|insurance .. insurance|policy|insurer|cover|policies
        <rules> .. in|on your|side favour|side|hands
        ombudsman|regulator|free|right
        not .. hide|hiding|quote|point|behind|read|recite|care
        no|without form|forms|questions|receipt|catch|strings|receipt needed|required|asked
        exception .. for|you|made
        change|changed|changing|rewritten|rewriting|rewrite|rewrote|new .. policy|rule|rules|procedure|terms
        policy|rule|rules|procedure|terms <be>|HAVE|BE|WAS .. changed|wrong|changing|unfair|silly|gone|daft|our|not|rewritten|broke|no
        we|i broke|breached|failed|missed|ignored .. our|the|own
        we|i owe|owed
        regardless|despite|whatever|even|though|anyway .. policy|rules|terms|rule|says|say
    """,
    unless_near="""
        i|we have|'ve .. waived|ignored|scrapped|dropped|bent|overruled|taken it
        does not|n't matter|apply .. you|here|now
        not applying|using|charging
    """,
    sets={
        "<window>": "days day hours weeks months window period deadline limit cut-off cutoff warranty"
        " guarantee timeframe time-limit notice term cooling-off",
    },
)
