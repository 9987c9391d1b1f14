"""Passive evasion: the doer of the fault is hidden and nobody owns it nearby."""

from amends.coach.rules.rule import Rule

PASSIVE_EVASION = Rule(
    "passive_evasion",
    why="It hides who did it",
    sure="""
        mistakes were|have made|been
        it was felt|assumed|thought|believed|decided|considered|deemed|understood|judged|presumed
        fell|slipped|slip through the|cracks
        something|things went|has|have wrong|awry|amiss|gone
        for whatever|some|reasons reason|unknown
        there has|have|'s|was|were|had been? .. breakdown|failure|oversight|mix-up|miscommunication|confusion|lapse|slip|error|misunderstanding
        an|some oversight|error|mistake|errors|mistakes occurred|crept|was|were|arose
        crept into|in
        it has|'s|had since? transpired|emerged
        got lost|missed|misplaced|mislaid|mislabelled|overlooked
        appears|seems|appear|seem to have
        somewhere along
        wires .. crossed
    """,
    source="Lewicki, Polin & Lount 2016; crisiscommunications.com; evidence.md 2.8, 3.2",
    flags={
        "It hides who did it": """
            <was> .. <wrongdone>
            <was>|been .. not|never .. <past>
            HAVE not|never been <past>
            GET .. <wrongdone>
            mistakes|errors|mistake|error|slip|oversight|omission <was>|HAVE been? .. made|committed|introduced|identified|found|noted
            mistakes|errors|lapses|wires|lines|signals|messages|balls .. happen|happened|occurred|occur|crossed|crept|dropped
            wires|lines|signals .. crossed|mixed
            there WAS|BE|HAVE|seems|appears|may|might|must|looks .. <trouble>
            there was|were|'s|is|has|have|had|seems|appears been? .. <trouble>
            some|a|an .. <trouble> .. occurred|arose|crept|happened|took|slipped|emerged|arisen|came|developed|was|were
            <trouble> .. OCCUR|ARISE|CREEP|EMERGE|HAPPEN|DEVELOP|TRANSPIRE|INTERVENE
            it WAS|had|has|was|is been? .. <thought> that|you|the|it|there|this|to|we|a|not|your|all|no|as
            it was|were <thought>
            a decision|choice|call|judgement|judgment|assumption <was>|HAVE been? made|taken|reached
            decision|choice|assumption was made|taken
            SEEM|APPEAR to|that|as|not|your|the|there ...
            seems|seem|appears|appear|looks|look .. have|that|like|as|if ...
            for|due whatever|some|reasons|unknown|one|any .. reason|unclear|unknown|reasons
            for reasons unknown|unclear|we
            somehow|somewhere .. along|in|the|it|your|between|got|way
            somewhere along
            along the line|way
            slipped|fell|fallen|slip|falls|slips through|between .. cracks|net|gaps|gap|stools|crack|mind
            through the cracks|net|gaps
            got|get|getting|gets|gotten .. lost|missed|overlooked|mixed|muddled|misplaced|delayed|dropped|cancelled|deleted|damaged|broken|forgotten|crossed|stuck|confused|left|duplicated|swapped|sent|put|wiped|misfiled|garbled|billed|charged|jumbled|scrambled|buried|switched|mislaid|tangled|bumped|rerouted
            WENT|GO|GOES|went|gone|go|going astray|missing|wrong|amiss|unanswered|awry|unnoticed|unfulfilled|unread|unprocessed|walkabout|unpaid|unheeded|uncollected|wandering|unrecorded
            something|things|thing|stuff WENT|GO|went|gone|must|may|has|have|seems|has .. wrong|awry|amiss|astray|missed|happened
            did|do|does not|n't .. go|come|get|make|reach|arrive|happen|happen|take|quite|work|register|appear|flow|materialise|transfer|process|follow|carry|land .. plan|planned|through|across|out|place|well|over|way|smoothly|right|to|as|it|way|you
            not|n't .. as .. planned|intended|expected|hoped|it|smooth|smoothly|should|scheduled
            FAIL to .. reach|arrive|materialise|register|process|be|appear|come|go|trigger|complete|save|load|send|work
            breakdown|lapse|failure|gap|failing|error|mix-up|shortfall|fault|confusion|misunderstanding|mishap|glitch|disconnect|miscommunication in|of|with|at|over|around|on|between .. communication|process|service|handover|procedure|care|system|judgement|standards|booking|delivery|communications|our|the
            human|clerical|administrative|admin|data|keying|computer|system|scheduling|billing|processing|internal|technical|typographical|unfortunate|communication|booking|packing|picking|filing|labelling|shipping|routing error|mistake|oversight|mix-up|failure|confusion|slip|issue|fault|lapse|breakdown|problem|anomaly|mishap|hiccup
            miscommunication|mix-up|misunderstanding|mix up|confusion
            <be> left .. out|off|behind|unlocked|unattended|waiting|in|on|open|without|running|blank|unanswered|unsigned|undone|there|outside|to
            let|allowed to .. lapse|slip|expire|happen|drop|go|spoil|run
            ended|wound|winding|ending|landed up|in|with
            resulted|resulting|led|leading|culminated in|to
            found its|their way
            fell|falls|fallen|fall short|below|down|behind|through|off|foul|victim|between
            could|should|might have been .. <past>|better|clearer|handled|done|quicker|faster|managed|avoided
            ought to have been
            should|ought have been
            was|were meant|supposed to be
            <was> .. <past> .. in error|mistake|accident|twice|incorrectly|wrongly|late|mistakenly|inadvertently|prematurely|erroneously|accidentally|badly|poorly
            <past> .. in|by error|mistake|accident
            in|by error|mistake|accident
            inadvertently|mistakenly|erroneously|accidentally|wrongly|incorrectly|unintentionally|prematurely|regrettably|improperly|unfortunately <past>|been|got|sent|put|left|was|were
            experience|service|standard|visit|stay|response|communication|delivery|performance|handling <be>|HAVE|FALL|DO|was|fell|did .. less|short|below|not|lacking|missing|poor|disappointing|inadequate|suboptimal|subpar|wanting|under
            standards|levels|things|balls|quality|service|corners .. SLIP|slipped|dropped|cut|fell|fallen|lapsed|dipped|suffered
            was|were .. less than|short|inadequate|insufficient|unsatisfactory|substandard|suboptimal|lacking
            no|nobody|nothing .. <was> .. <past>|sent|made|taken|given|done|put|kept|told
            not|never|n't .. been .. <past>
            incident|situation|matter|occurrence|issue|circumstances|event|events|error|discrepancy|irregularity|anomaly|delay|confusion|disruption|damage|mistake|mishap|problem|fault .. OCCUR|ARISE|happened|transpired|emerged|took|experienced|was|were|came
            what|which happened|occurred|transpired
            that happened
            unfortunate|regrettable|regrettably|unfortunately .. incident|situation|event|events|occurrence|circumstances|sequence|chain|series|combination|error|was|were|outcome
            series|chain|sequence|combination of .. events|errors|circumstances|unfortunate|misunderstandings|factors|mishaps|delays
        """,
    },
    unless="""
        by|through me|us|our|my|myself|mistake
        i|we|me <mineown>
        i|we .. <past>|forgot|lost|sent|left|gave|took|broke|did|made|put|got|wrote|missed|should
        my|our|me|us|mine|ours .. fault|mistake|error|doing|slip|mine|responsibility|failing|carelessness
        has|have|had|is|are|been|'s|'ve now|already|just|since been? <past>
        you|you've|you're <be>|have|been|'ve|'re|were been? upgraded|refunded|moved|booked|given|credited|paid|reimbursed|promised|compensated
        <be>|been .. refunded|credited|fixed|repaired|upgraded|mended|waived|paid|restored|corrected|found|ready|replaced|delivered|signed|booked|confirmed|cleaned|reserved|posted|baked|cooked|made|reinstated|sorted
        will|'ll|would|can|could|may be
        if|when|once|unless|until
    """,
    unless_near="""
        it|that|this|which was|is|'s .. me|mine|my|ours|us|down|our
        <be>|was .. my|our fault|mistake|doing|error|slip|job|failure|failing
        i|we <mineown>
        i|we did|do it|that|this
        on|down to me|us
        i|we am|are|'m|'re .. responsible|blame|fault|accountable
        i|we take|own|accept|took
        my|our .. fault|mistake|slip|error|doing
    """,
    sets={
        "<wrongdone>": "overlooked missed lost misplaced misfiled mislaid mislabelled misrouted"
        " misdirected misread misheard miskeyed mistyped miscalculated misapplied misquoted"
        " misinformed misallocated mishandled misunderstood misdiagnosed misdialled forgotten"
        " delayed cancelled omitted neglected dropped broken damaged deleted removed muddled swapped"
        " duplicated charged overcharged billed entered sent shipped dispatched despatched posted"
        " delivered left put switched disconnected closed double-booked overbooked botched"
        " mismanaged miscommunicated ignored unanswered skipped passed lapsed expired wiped erased"
        " unlocked spilled spilt burnt stained scratched torn crushed dented cut overrun bumped"
        " denied refused rejected declined withheld withdrawn suspended blocked frozen locked"
        " transposed reversed mixed packed picked assigned applied recorded logged filed scheduled"
        " given told quoted advised processed handled taken made done created attached addressed"
        " listed printed published released set taken deducted debited transferred overcooked"
        " undercooked served seated allocated booked let allowed kept raised updated confirmed"
        " communicated followed checked answered returned inconvenienced disrupted affected failed"
        " compromised exposed shared disclosed emailed leaked thrown binned shredded lost dispensed"
        " prescribed administered sold resold moved rescheduled shut turned cleared dug disrupted"
        " interrupted disappointed misled",
        "<thought>": "assumed felt decided believed thought considered understood deemed judged"
        " presumed agreed determined concluded hoped expected anticipated estimated intended"
        " supposed recorded noted reported taken",
        "<trouble>": "mix-up mixup error errors mistake mistakes oversight delay delays"
        " misunderstanding misunderstandings confusion problem problems issue issues failure"
        " failures breakdown lapse lapses glitch glitches slip slip-up discrepancy discrepancies"
        " miscommunication hiccup hiccups fault faults anomaly irregularity irregularities"
        " shortcoming shortcomings disruption muddle omission omissions incident hitch snag"
        " difficulty difficulties duplication shortfall mishap complication complications"
        " inconsistency inconsistencies failing failings crossed clash mismatch double-booking"
        " overcharge inaccuracy inaccuracies setback",
        "<mineown>": "forgot missed lost overlooked misread messed failed dropped own did made sent"
        " put left broke booked sold charged billed gave took muddled mixed got should let misfiled",
    },
)
