"""Guess a wish: the remedy is decided by presuming what they would like."""

from amends.coach.rules.rule import Rule

GUESS_WISH = Rule(
    "guess_wish",
    why="It decides for them what they would like",
    sure="""
        surely you
        undoubtedly|doubtless|naturally|presumably|obviously .. you|your|what
        we|i knew|know .. you would|'d|will|'ll
        we|i assumed|presumed|figured|guessed|imagined|reckoned|supposed .. you|your
        you would|'d not mind|object
        sure you would|'d|will|'ll not? .. mind|love|like|want|prefer|agree|enjoy|understand
        taken it upon
        taken|took the liberty
        just what you|the
        what you really need|want
        we|i know .. what is|'s best
        people|couples|families|guests|ladies|customers|men|women|mums|parents like|always|usually|generally|tend|prefer|love .. prefer|love|like|want|enjoy
        who would not|n't
        cannot|can not|can|n't fail to
        bound|sure|certain|guaranteed to .. please|cheer|bring|make|brighten|put|help|delight|smile|love|like
        best for|thing you|everyone|all|him|her
        in your best interest|interests
        no doubt you
        went|gone ahead and
        kinder|better|best all round|not
        we|i trust .. will|'ll .. meet|please|suit|make|put|delight
        decided|chosen .. for you|you
        on your behalf
    """,
    source="S0-08, S4-16; Karande et al. 2007; evidence.md 2.9, 3.2",
    flags={
        "It decides for them what they would like": """
            we|i am|are|'m|'re confident|certain|sure|convinced .. makes|covers|up|enough|fully|you
            you will|'ll|would|'d|can thank|only have|find .. me|us|asked|easier|handier|better|nicer|quicker
            all|anyone|everything|anything you|could|would|one .. want|need|ask|wish|hope for?
            only natural .. you
            spare|save|saved|sparing you the|of|from choosing|choice|trouble|bother|decision|asking
            ^ customers|guests|women|men|clients|everyone|most find|prefer|like|love|forgive|enjoy|want
            so yours are|is in|on
            surely you|that|this|a|the|it|we
            you will|'ll|would|'d|must|are|'re .. surely|certainly|undoubtedly|definitely|doubtless|naturally|obviously|clearly|no|bound|sure|delighted|thrilled|pleased|love|enjoy|over|happy|agree|appreciate|prefer|chuffed|jump|glad|adore|wanting
            naturally|obviously|clearly|undoubtedly|doubtless|presumably|certainly|evidently|understandably|probably|no-doubt you|your
            no doubt .. you|your|will|would|prefer|want|like
            i|we|have|'m|'re|am|are|quite|pretty|fairly know|sure|certain|confident|positive|convinced|bet|imagine|assume|assumed|guess|guessed|expect|suspect|figured|figure|reckon|reckoned|presume|presumed|believe|thought|suppose|gather|trust|feel|hope|think|guessing|assuming|figuring|decided that? .. you .. will|'ll|would|'d|want|wanted|like|love|prefer|enjoy|preferred|need|rather|be|appreciate|agree|find|do|are|happier|fancy
            know|knew what|just|exactly|how .. you|people|guests|customers|want|need|like|cheers|would
            just the thing|ticket|job
            exactly what you
            sure|bound|guaranteed|certain|going|meant|ought to .. cheer|please|make|put|brighten|delight|help|smile|love|like|right|lift|sweeten|soothe|suit|impress|enjoy|win|bring|thrill|satisfy
            should|will|'ll|ought|would|must .. cheer|brighten|sweeten|soothe|more|please|make|put|suit|take|help|do|hit|win|compensate|sort|settle|keep|square|satisfy|delight .. you|up|than|trick|smile|nicely|matters|it|things|spot|sting|happy|your|down
            more than make|makes|made|enough|makes|compensate|compensates|cover|covers|fair|generous|adequate|sufficient|makes
            taken|took|take|taking|taken it|the|that .. upon|on|liberty|ourselves|myself
            taken|took|take the liberty
            gone|went|going|go ahead|on|forward and|with|to
            went ahead
            gone ahead
            on your behalf|part
            for you .. decided|chosen|picked|best|selected
            we|i|i've|we've have|'ve decided|chosen|opted|elected|determined|concluded|settled|picked|selected|figured|swapped|switched|upgraded|signed|enrolled|arranged .. that|to|for|you|on|a|the|your|instead|it
            DECIDE|OPT|CHOOSE|ELECT|DETERMINE to|on|for|that|a|the|it|you .. best|instead|give|send|offer|refund|you|credit|cancel|swap|replace|move|upgrade|book|would
            best|right|better|ideal|perfect|simplest|obvious|sensible|easiest|kindest|fairest|wisest thing|option|solution|answer|course|way|choice|remedy|outcome|plan|move|thing|fix|bet|gift|treat .. for|is|would|here|to|was|will
            best for you|everyone|all|your|both
            in your best|own interests|interest|good
            for your own
            what you need|want|really|would|'d .. is|like|need|want
            everyone|everybody|people|guests|customers|who|most|all|nobody|no|ladies|kids|men|women|families|couples does|do|one .. loves|love|likes|enjoys|wants|say|prefer|prefers|adores|appreciate|appreciates|appreciates|not|n't|choose|chooses|opt|pick
            who does not|n't|would|could
            who could|would resist|say|not|refuse
            what more|better|else could|can|way|would .. you|anyone|than
            we|i assumed|assume|presumed|presume|guessed|imagine|imagined|figured|reckoned|supposed|gathered
            you must|will|'ll|would be|want|prefer|need|feel|like
            you would|'d|will|'ll|probably .. rather|prefer|want|like|love|enjoy|not .. than|to|a|the|our|it|so|have|want|this|another|be|us
            as a? .. lady|man|family|couple|woman|foodie|regular|businessman|mum|mother|parent|fan|coffee|wine|gentleman .. you
            somebody|someone|people|person|customer|guest|traveller like you|yourself
            of course you|your .. will|would|want|'d|'ll|prefer|like|need
            cannot|can not|not|never|nobody go wrong|fail|say|refuse|resist
            make you|your .. smile|happy|feel|forget|day|better
            put a smile
            smile on your|her|his|the
            take|took|taken the sting|decision|choice|hassle
            same as|like last|other|any
            perfect|ideal|just|right|lovely for you|someone|your|a
            no need to|for .. ask|thank|choose|decide|reply|tell|choose|say|ask
            without asking|waiting|troubling|checking
            already|automatically .. enrolled|signed|upgraded|swapped|switched|moved|applied|replaced|cancelled|booked|chosen|decided|converted|opted
            instead .. of the|a|your|refund
            rather than|instead of .. refund|money|cash|ask|replacement|trouble|bother
            what'll|what will make|please
        """,
    },
    unless="""
        button|link|word to .. undo|take|off|back
        if you would|'d|rather|want|prefer
        your password|passport|card|receipt|ticket handy|ready
        as|like|what|which|when|since|because you|you've|you'd .. asked|said|wanted|told|mentioned|suggested|requested|chose|wished|wrote|described|preferred
        you|'ve|'d asked|said|told|wanted|mentioned|requested|wrote|chose|suggested
        if|whether|unless you
        or
        would|do|could|shall|should|may|what|which|how|can you|i|we
        your|you choice|choose|decide|call|pick|say|own
        or|tell|say|let .. not|else|me|different|know|if|something|us
        your own money|money
    """,
    unless_near="""
        which|what|how|would|do|shall|should you|we|i|suits|would .. prefer|like|want|rather|fair|suit|help|right|do
        say|tell|ring|let|reply|shout .. if|no|otherwise|different|not|know|undo|me|cancel|instead
        easily|easy|simple|quick to undo|cancel|change|swap|refuse
        undo|swap|reverse|change|cancel it|that|them|this
        your call|choice|choose|decide|pick
        you asked|said|told|mentioned|wanted|wrote|requested|chose
    """,
)
