"""Turns: words that set what follows against an apology, and words that only look like it."""

TURNS = {
    "turn": """
        but !for
        however !long|much|many|you|small|big|late|often|hard|it|i|we
        although
        though
        yet !again|another|to
        nevertheless|nonetheless|notwithstanding|regardless|albeit
        even so
        that said
        that being said
        having said that|so|this
        saying that
        with that said
        mind you
        all the same
        just the same
        then again
        on the other hand
        at the same time
        in fairness|truth|reality|actuality
        to be fair|honest|frank|clear
        be that as it may
        despite|whereas|whilst|while
        ^ unfortunately|regrettably|sadly|still|equally|only|except
        , unfortunately|regrettably|sadly|still|only|except|equally
        unfortunately|regrettably|sadly
        in any case|event
        at the end of the day
        it is|'s just|only that
        the? thing|truth|fact|problem|trouble is
        whatever the
        as i|we say|said|explained|mentioned
        much|sorry as
        still and all
        on our|my side|part
        in our|my defence|defense
        after all
        the fact remains
        please understand|note|bear|be|remember|appreciate
        you do|did|must
        you have !been
        i must|would|have|do|should add|point|stress|say|note|remind|to|also
        we must|would|have|should add|point|stress|say|note|remind|to|also
        we do add|point|stress|say|note|remind|also
        let us|me not
        not but
        if only
    """,
    "no_turn": """
        not only .... but
        nothing|anything|everything|all|none but
        but for
        last but
        no|without .. buts|but
        <not> .... but
        still|sparkling water
    """,
}
