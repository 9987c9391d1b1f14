"""Non-apology: regret for feelings, for how it looked, or for a mere possibility."""

from amends.coach.rules.rule import Rule

NON_APOLOGY = Rule(
    "non_apology",
    why="It is sorry for them, not for what we did",
    sure="""
        <sorry> .. if|that you feel|felt|were|are|took|think|thought|found|see|perceive|believe
        <sorry> you feel|felt|think|thought|see|perceive|believe|found|took
        <sorry> .. if .. offended|upset|caused|inconvenienced|disappointed|hurt|seemed|came
        <sorry> .. for any
        <sorry> .... may|might have
        <sorry> .. that|if it|we|this|our .. came across
        not our|my|the intention|intent
        <sorry> to anyone|those who
    """,
    source="Lewicki, Polin & Lount 2016; Kampf 2008; Schumann; evidence.md 2.8, 3.2",
    flags={
        "An «if» takes the apology back": """
            <sorry> .... if anything|something|anyone|someone|any|some|we|our|my|this|that|it|there|i|the|you|things|what|your|at
            <sorry> , .. if <i>|our|my|anything|it|this|that .. upset|offended|caused|hurt|confused|disappointed|wrong|came
            if .. OFFEND|UPSET|INCONVENIENCE|DISAPPOINT|HURT|CONFUSE|ANNOY|FRUSTRATE|OFFENCE|MISLEAD|SEEM|FEEL|CAUSE .... <sorry>
            if any|anything|something|some .... <sorry>
            <sorry> .. if|should|in so far|insofar|inasmuch|to the extent
            <sorry> should any|anything|there|you|we|it|this
        """,
        "Regret for their feeling is not regret for the act": """
            <sorry> .. that|if|to hear|for|learn|see|read|know? you feel|felt|think|thought|see|saw|believe|believed|found|find|perceive|perceived|consider|considered|regard|view|viewed|interpret|interpreted|experienced|took|take|sense|sensed|got|formed|had|have|are|were|was|'re|seem|remain|did|do|came|left|'ve|reckon|judge|judged|deem
            <sorry> you feel|felt|think|thought|see|saw|believe|believed|found|find|perceive|perceived|consider|considered|regard|view|viewed|interpret|interpreted|took|take|sense|got|formed|reckon|were|are|was|'re|did|do|seem|judged
            <sorry> .. for|about|at|over your|any|the feelings|feeling|frustration|disappointment|perception|upset|impression|distress|dissatisfaction|view|concerns|concern|anger|annoyance|unhappiness|displeasure
            <sorry> ... you|your .. feel|feeling|felt|upset|offended|disappointed|dissatisfied|unhappy|frustrated|perceive|perceived|perception|impression|disappointment|displeased|aggrieved|inconvenienced|unsatisfied|let
            <sorry> ... this|that|it|we|our|experience|service|visit|stay .. came|come across|over
            <sorry> .... feel|felt|feels that way|this|like
            <sorry> .... expectations|expectation|expected|hoped
            <sorry> .... taken|took|take it|that|this|offence|offense|wrong|badly|personally
            <sorry> .... impression
            <sorry> .... ideal|perfect|perfectly|seamless|smooth|smoothly|optimal
            <sorry> .... misunderstood|misinterpreted|misread|misconstrued|misunderstanding|confusion|misheard
            <sorry> .... your|the liking|standards|satisfaction|taste|eyes
            <sorry> .... did not enjoy|like|appreciate|care|meet|live|match
            <sorry> .... not|less happy|satisfied|pleased|impressed|to than|with|your
            <sorry> .... what|how you perceive|perceived|see|saw|felt|feel|consider|regard|view
            <sorry> .... in your eyes|view|opinion
            <sorry> .... to|for you? SEEM|APPEAR
            <sorry> .... SEEM|APPEAR|PERCEIVE|feelings|alleged|apparent|perceived|upsetting|disappointing
            <sorry> to anyone|those|anybody|whoever|all|everyone .. who|that
            <sorry> .... were|was|been made to|left feel|feeling
            your feelings|disappointment|frustration|anger <be> noted|regretted|regrettable
            regret .. you|your
            regrettable|unfortunate .. that? you|your|if .. feel|felt|think|see|took|believe
        """,
        "«Any» and «may have» make it a mere possibility": """
            <sorry> .. for|about|over|regarding|of any|whatever|anything|every|some|possible|potential
            <sorry> .... any|whatever inconvenience|trouble|upset|offence|offense|distress|confusion|disappointment|bother|worry|concern|problems|problem|issues|issue|frustration|embarrassment|annoyance|harm|delay|hurt|difficulty|misunderstanding|hassle|discomfort|stress|disruption|part|shortcomings|way|errors|impression
            <sorry> .... may|might|could have|be|has .. <past>
            <sorry> .... may|might|could have|be
            <sorry> .... in|some|any some|any|way|ways way|ways|respect|manner
            <sorry> .... anything|something we|i|that|our .. said|did|done|have|may
            any inconvenience|trouble|upset|distress|offence <be> .. regret|regretted|sorry
            any inconvenience|trouble|upset|distress|offence|offense|confusion|disappointment caused|this|you|that|experienced
            inconvenience caused
            for the inconvenience|confusion|trouble
        """,
        "What we meant does not undo what we did": """
            not|never .. intention|intent|intended|intend
            never|not|no|n't .. meant|mean|intended|intend|set|wanted|want to|for|any|it|as|that .. upset|offend|cause|hurt|harm|inconvenience|disappoint|offence|confuse|mislead|come|seem|make|give|you|be
            no offence|offense|harm|malice|disrespect|ill was|meant|intended|will
            unintentional|unintentionally|unintended|inadvertent|inadvertently|inadvertantly
            far from our intention
            was|were only? .. joke|joking|banter|light-hearted
            our|my intention|intentions|aim was|were|is never|not|always|only|good
            with the best of? intentions
            meant well
        """,
    },
    unless="""
        if .. you would|'d|prefer|like|want|rather|need|can|could|have|reply|call|send|tell|let|ever|choose|still|agree|give|say|bring|wish
        if .. that|this|it|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|afternoon|either .. suits|suit|works|work|helps|easier|better|too|is|not
        right|entitled|reason|cause|justified to be? feel|be|angry|upset|furious|cross|annoyed|think|disappointed
        you|your|anger|feelings|being|are .. right|justified|fair|reasonable|understandable
    """,
    unless_near="""
        every right|reason
        who would not|n't
        so would i|we
        in your shoes|place
    """,
)
