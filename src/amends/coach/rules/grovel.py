"""Grovel: three or more apologies, pleading, self-abasement, drama out of proportion."""

from amends.coach.rules.rule import Rule

GROVEL = Rule(
    "grovel",
    why="One honest apology is enough",
    sure="""
        on its|our|my|your|bended knees
        knees before
        kiss .. feet
        <number>|thousand lashes
        heavy heart
        cut off my
        stricken|wracked|racked with|by
        remorse|penance|penitent|contrition
        eating me|us alive
        guilt .. eating|alive|unbearable|sleep
        slept a wink
        not|n't .. slept|sleep|sleeping|eaten
        forgive .. heart
        heart to forgive
        breaks|broke|break|breaking our|my hearts|heart
        <soft> <soft> <soft> sorry
        so so sorry
        so so so
        every apology in
        apologies|apology .. is not|n't enough
        not|n't deserve .. trust|you|ya|your|kindness|custom|customers|forgiveness|patience
        disgrace|disgraced|disgraceful on|ourselves|myself|shameful|and
        unforgivable|unpardonable|inexcusable .. disgraceful|shameful|unforgivable
        failure as a
        we suck
        absolute|total|complete|utter mongrels|muppets|idiots|fools|morons|disgrace|failures|clowns
        feel sick|wretched|dreadful|rotten|ashamed|awful|terrible about|at|for|to|that
        <i> <be> .. ashamed|mortified|heartbroken|devastated|distraught|inconsolable|mortified
        in tears
        beside ourselves|myself
        i deserve all|it|everything|nothing|worst
        shout|curse|scream|hit at|me
        begging|beg|implore|beseech your|you|for .. forgiveness|forgive|stay|pardon|another|patience|chance|mercy
        beg you
        please do? not|n't leave|go|hate|abandon
        please forgive
        words cannot|can not|fail|can't
        <sorry> .. <sorry> .. <sorry>
        on my|our .. lives|life
        never forgive myself|ourselves
        sorry x|times <number>
    """,
    source="S2-09; Singh, Marinova et al.; Halperin, Ho, List & Muir 2022; evidence.md 2.7, 2.8",
    flags={
        "Pleading puts the burden on them": """
            BEG|BEGGING|IMPLORE|BESEECH|PLEAD you|your|for|with|of
            please , please|do|can|could|i|we|forgive|don't|find|let|accept|give|tell|say|stay
            please please
            please .. forgive|forgiveness
            FORGIVE me|us|our|my
            your forgiveness
            please|pls|beg do not|n't .. leave|go|cancel|hate|give|be|think|abandon|switch|close|post|tell|take|desert
            do not|n't leave|hate|abandon|give us|me|up
            DO|give|pay|whatever anything|whatever .. anything|at|all|it|you|ask|want|say|to|keep|world
            find it .. heart|in
            give|grant us|me .. another|one|second|last|chance
            one more|last chance
            on our|my|bended hands|knees|knee
            mercy
            devastated|heartbroken|mortified|distraught|gutted|inconsolable|horrified|appalled|traumatised|broken-hearted|grief-stricken|crushed|heart-broken|bereft|anguished|wretched|shattered|crestfallen|tormented
            in tears|pieces|bits|agony|despair
            CRY|WEEP|SOB
            cried|weeping|crying|sobbing|wept
            lost|losing|lose sleep
            not|n't|barely|hardly slept|sleep|ate|eaten|eat|live|forgive
            sleepless
            forgive myself|ourselves|yourself
            live with myself|ourselves|this|it
        """,
        "Running ourselves down does not mend it": """
            <be>|so|feel|felt|am|are .. ashamed|humiliated|disgusted|unworthy|worthless|idiots|idiot|pathetic|useless|hopeless|fools|fool|stupid|mortified|terrible|awful|wretched|sick|rotten|horrible|dreadful|abysmal
            ashamed|shame|shamefaced|disgrace|disgraceful|unforgivable|inexcusable|unpardonable|unforgiveable|shameful|abject|abjectly|grovel|grovelling|prostrate|unworthy|disgraced
            hang our|my heads|head
            words cannot|can|fail|not|do|could|are|fall
            no words
            cannot|can not|could|can|n't begin|even|possibly|find|ever|put|express .. apologise|express|say|describe|words|tell|sorry|how|enough|make
            not .. sorry|apologise|apologies|apology enough
            cannot|can not|never|could|n't apologise|say|apologies|express .. enough|sorry
            how .. sorry|ashamed|terrible|bad|awful|mortified|dreadful
            do|did not|n't deserve you|your|such|customers|forgiveness|to|it|another|a
            from the bottom of|my|our
            bottom of .. heart|hearts
            a? million|thousand|thousands|hundred|heaps|buckets|oceans|endless|mountain|mountains|countless|ocean|infinite|tons|loads|billion|heap|trillion|zillion|gazillion|bucketful|avalanche of? .. apologies|sorries|times|apology|pardons|sorrys
            apologies|sorries. apologies|sorries
            so so|very|sorry|terribly|incredibly|dreadfully
            so , so
            so so sorry
            very very|much .. sorry
            very , very sorry
            sorry , sorry|so|really|truly|very|deeply
            sorry sorry
            truly , truly|deeply|madly|deeply
            really , really|so sorry
            really really sorry
            deeply|profoundly|utterly|eternally|infinitely|terribly|dreadfully|desperately|unbelievably|hugely|monumentally|inconsolably|endlessly|forever|abjectly|awfully|horribly|immeasurably|excruciatingly|hideously .. deeply|profoundly|utterly|truly|ashamed|mortified|embarrassed
            eternally|infinitely|endlessly|forever|everlastingly|desperately|immeasurably|boundlessly|inexpressibly|abjectly|unendingly sorry|apologetic|ashamed|grateful|indebted|in|regretful|apologise|regret
            worst|darkest|blackest .. day|thing|failure|moment|mistake|hour|ever|history|company|career
            catastrophe|catastrophic|tragedy|tragic|calamity|nightmare|travesty|atrocity|horrendous|monstrous|heinous|abomination|cataclysmic|unspeakable
            cringing|cringe|kicking|kick myself|ourselves|wince
            face|faces red|in
            <be> .. the? worst
            the? earth|ground .. swallow|open
            <be> .. beside|sick ourselves|myself|to|with
            heart|hearts breaks|sinks|sank|break|bleeds|broke|aches|ache|is|bleed|are|goes
            unable|struggle|struggling to .. look|face|forgive
            how can|could|do we|i ever .. make|apologise|forgive|repay|face
            never|ever .. make it up
            no excuse , .. none|no|whatsoever
            at your feet|mercy
            eat humble|our|my hat|pie
            beyond sorry|ashamed|mortified|words|embarrassed
            dying|died|die of|inside|with .. shame|embarrassment
            hate ourselves|myself|me
            deserve .. worst|hate|anger|lose|fired|nothing|contempt
            tail between
            sackcloth|ashes
            shudder|tremble
            <be> ever so .. sorry
            blame you .. hating|leaving|never
        """,
    },
    unless="""
        not|nothing|n't|no .. ashamed|beg|forgive
        need|needn't|need not forgive
        begging .. treats|food|bowl
        <sorry> once
        sorry excuse|state|sight|tale|story|looking|mess|affair|lot
        sorry .. loss|passing|bereavement|died|death
        thanks|thank .. million|thousand
    """,
)
