"""Asking: what invites them to say what would be right, and what only looks like it."""

ASK = """
    what|how would|might|could|can|should|will|do|does|may|else|shall|about|'d ... you|right|fair|good|better|help|amends|up|smile|happy|feel|make|put|mend|square|suit|settle|like|enough
    what|how can|could|may|might|do|should|would i|we ... do|make|put|mend|set|help|offer|right|fix|add|bring|change|win|earn|start
    what|how would|'d|could ... fair|right|good|help|better|make|feel|suit|mean|be|even|square|work|put|do|cover|like|best|most|satisfy
    what is|'s|are .. fair|right|best|missing|left|better|reasonable
    what|which|how do you think|say|suggest|want|prefer|need|like|feel|fancy|reckon|propose|advise
    what do|would|'d|might|could|will|should you
    what else
    what|anything more|else|i|we|you ... like|want|need|do|can|fancy|put|help|make|right
    which|what .. would|do|will|of|one|suits|shall|is|works|should|sounds|'d|'s|feels|helps|can|may you|these|it|the|your|you|two|three|i|we|better|best|right
    would|will|does|do|is|might|could|how|'d|how'd that|this|it|these|those|either|any|one ... suit|do|work|help|fair|right|feel|enough|sit|make|sound|suits|mend|good|like|okay|settle|fit|cover|sounds|cut|satisfy|you|useful|better|easier|put|go
    does that|this|it|either ... fair|right|work|suit|help|feel|cover|sound|do|seem|settle|enough|like|sit
    is that|this|it|there ... fair|right|enough|okay|good|something|anything|else|way|more|alright|all
    enough or
    fair or
    do|would|will|could you ... prefer|rather|like|want|choose|tell|say|let|fancy|care|advise|suggest|name|have|need|pick|consider|accept|agree|say
    would|do|will you
    or|if|whether .. would|'d|do you ... rather|prefer|like
    if there is|'s|are|was|were ... like|help|right|better|more|else|want|do|make|fair
    if you|you'd|youd ... rather|prefer|something|else|different|better|like|want|choose|think|see|feel|fancy|have|idea
    unless you
    tell|let|show|say|give|advise|name|drop|write|reply|text|ring|call|send|pick|choose|share|set|make|guide|ask me|us|the|your|back|it|what|if|with|or|which|how|a|know ... what|how|which|know|right|fair|like|want|prefer|would|'d|price|terms|choice|idea|view|wish|need|put|help|else
    say|reply|name|text|tick|choose|pick|ask|write|answer|mark|circle|press|click|hit|shout ... word|it|which|what|yours|price|one|one|yes|either|otherwise|other|more|either|number|whatever|anything|option|remedy|a|b|refund|cash|credit|want|like|prefer|best|suits
    just|only say
    you|your|it's|is|the|be|'s|entirely|all|up|leave|left|over .. decide|choose|call|choice|pick|say|name|judge|tell|decision|pleasure|yours|to you|shout|terms|word|ruling|verdict|lead
    up to you
    you say|tell|decide|choose|name|pick|judge|call
    your call|choice|pick|decision|shout|view|say|turn|terms|lead|wish|preference|idea|ideas|advice|thoughts
    choice is yours
    the choice|decision|call is
    i|we would|'d|want|would|love|like|need|am|'m|are|'re|will|'ll|can|keen|wonder|leave|hope .. like|love|value|appreciate|welcome|hear|know|ask|want|glad|happy|rather|let|be|follow|to|it|your ... you|your|from
    hear|know|learn|understand|see|ask|find ... what|how|which|whether ... you|right|fair|like|want|help|better|prefer
    your|some advice|view|thoughts|idea|ideas|opinion|suggestion|preference|guidance|wish|wishes|steer|verdict
    any thoughts|ideas|suggestions|preference|wishes|other
    thoughts|ideas|preference|preferences $
    anything|something else|more|further|i|we|you|that|different ... like|want|need|help|do|can|could|right|would|'d|put|add|make|wish
    what|whatever|however|whichever|anything|how you ... like|want|think|prefer|choose|need|say|wish|decide|suggest|ask|name|feel|find|suits|would|'d|fancy
    how|what about
    how|what would|'d
    shall|should|may|can|could|might i|we
    would it
    happy|okay|alright|fine|good|content|all with|by|for that|this|you|it|either
    sound|sounds|seem|feel|seems|feels fair|right|good|okay|reasonable|alright|about|enough
    fair|enough|reasonable|agreed|deal|okay|acceptable $
    make|put|set|mend|making|putting|doing|do .. right|good|amends|up ... for|with|by|to you
    or ... instead|else|other|both|neither|either|something
    either|one|whichever ... you|suits
    refund|credit|replacement|repair|voucher|cash|money|swap|new|exchange ... or .. <remedy>
    prefer|rather
    please|do tell|say|let|choose|name|pick|advise|ask
    open to
    over to you
    ball is
    have your say
    want|need|like anything|something|more|us|me
    want|need me|us to
    want it|that|them|this
    missed|forgotten|left|overlooked anything|something
    what have|did|am|are i|we miss|missed|forgotten|left|not|missing
    in your place|shoes|eyes|view|mind|opinion
    want from
    wish|magic
    on your terms
    tuesday|monday|wednesday|thursday|friday|saturday|sunday|tonight|tomorrow|morning|today|now or .. monday|tuesday|wednesday|thursday|friday|saturday|sunday|later|afternoon|another|next|tomorrow|weekend
"""

# Questions that are not the ask: security, surveys, small talk, rhetoric, checking the facts.
NOT_ASK = """
    confirm|verify|provide|give|supply|quote|send|share|tell|let|what|may|need|check|have|update|state|enter|reply .. your|us|me|the|me|full .. date|password|postcode|pin|account|email|address|number|reference|card|name|order|booking|phone|details|mother|memorable|code|dob|id|photo|receipt|serial|zip|birth|digits|surname|security|screenshot|dates|policy|membership|invoice
    date of birth
    mother's|maiden
    last four|three|4
    security|identity|id|data|memorable
    rate|survey|score|stars|review|questionnaire|recommend|satisfied|tripadvisor|google|trustpilot|feedback|poll
    how|what was|were|is your|the|you ... day|weekend|holiday|trip|flight|family|weather|drive|journey|kids|children|stay|rest|game|match|birthday|wedding|everyone|garden|dog|evening|christmas
    how are|'s|is you|things|everything|life|the|your
    how|what did you ... hear|find|know|get|like
    HAVE|ARE|IS|WAS|DID|DO you ... before|travelling|travel|far|local|regular|staying|know|been|see|watch|hear|from|ever|manage|enjoy|get|new|having|keeping|well
    are you well|keeping|okay|alright|enjoying|all|having|still|a|on|in|looking|doing
    is|was|were|did it|that|the|he|she|they ... new|birthday|nice|warm|raining|sunny|fun|first|old|favourite|long|busy|present|anniversary
    who|what could|would|can|does|do|n't|wants|want|likes|would .. not|resist|blame|mind|love|more|want|expect|like|possibly|have|imagine|cold|known|guessed
    who wants|likes|would|could|does|knew|needs|knows
    what|how could|can|on|in|did|are|were|else|went|were|possibly|the|is ... we|i|earth|wrong|thinking|possibly|happened|possible|world|were|point|expect
    what happened|went|were|was|else|next|a
    what a
    why
    how|did could|did|on|ever .. we|this|that|i|it ... happen|let|get|miss|allow|go|forget|wrong|overlook
    is|are|was n't|not|it|there|that
    fair|does|seem|n't enough|not
    right $
    is|does that clear|right|correct|straight|answer|sum|make
    have|did|do|got|am i|we .. got|get|understand|understood|right|have|missed|it|that|read|hear
    do|have i have|got .. right|straight|correctly|that
    can|could|would|will you|we .. confirm|send|tell|check|verify|provide|see|email|give|let|share|rate|spare|take|leave|pass|try|remember|fill|complete|recommend|post|forward|dm|follow|review|believe|imagine
    dm|direct|private|pm
    thank|thanks for
    anything else .. help|assist|with|today
    can i help|assist
    how|what can|may i|we .. help|assist|be
    any questions|queries|problems|concerns|issues|further|more
"""
