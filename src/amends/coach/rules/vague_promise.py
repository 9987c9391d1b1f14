"""Vague promise: no due moment, or nobody named to keep it."""

from amends.coach.rules.rule import Rule

VAGUE_PROMISE = Rule(
    "vague_promise",
    why="Say who does it and by when",
    sure="""
        in due course
        get|come|circle back to you
        in touch soon|shortly|asap|when
        as soon as possible
        look|looking into it|this|that|the
        keep you posted|informed|updated
        will|'ll|shall|would|'d|to do our|my|their best
        working on it
        will|'ll .. soon|shortly|asap
    """,
    source="S3-16; Gneezy & Epley 2014; Halperin et al. 2022; evidence.md 2.8, 3.2",
    flags={
        # These have no date even when a date stands beside them, and nobody behind them.
        "Nobody and no day stand behind it": """
            soon|shortly|asap|eventually|presently|imminently|momentarily
            as soon as we|i|possible|practicable|practical|there|able|it|they|feasible|reasonably
            before|by|in|within|after too|very|not? long|time
            before|ere long
            any|some|one|another|next|future day|time|moment|point|stage|date now|soon|this|in|future|later|down
            in due|the|a|good|fullness .. course|time|future|days|weeks|while|bit|moment|minute|jiffy|short
            at some point|stage|time
            in a few|couple|bit|little|short|while .. days|weeks|hours|while|time|minutes|moments
            over|in|within the coming|next|following few? days|weeks|months|period|little
            usual|normal|standard|reasonable|expected|stated|service|appropriate|published|agreed|shortest|quickest timescale|timescales|timeframe|timeframes|turnaround|time|times|timeline|period|window|levels|possible
            when|whenever|once|if|as we|i|it|they|things|there|someone|he|she|possible|time|able|convenient|the .. can|could|chance|allows|permit|permits|quieter|calm|quietens|settle|free|able|possible|moment|know|more|hear|minute|practical|available|down|gets|back|slot|update|better
            look|looking|looks|looked|delve|dig|check into|in to|at
            LOOK into
            get|getting|gets|come|coming|circle|revert|report|go back to you|this|on|with|about|asap
            back to you
            in touch
            keep|keeping|kept you .. posted|updated|informed|loop|abreast|advised|touch
            let you know .. when|if|once|how|what|as|outcome|more|soon|!by
            work|works|working|worked .. on|towards|hard|to|flat .. it|this|that|fix|resolve|solution|problem|issue|resolving|fixing|getting|sort|resolution|improve
            WORK on it|this|that|a|the|getting|fixing
            hopefully|fingers
            hope|hopes|hoping|aim|aims|aiming|plan|plans|planning|intend|intends|intending|expect|expects|try|trying|tries|endeavour|attempt|strive|want to .. <do>|have|be|get|send|review|ship|fix|resolve|find|call|see|reply|release|finish|improve|respond|sort|investigate|complete|restore|make
            do|doing|try|trying|does our|my|their|its|his|her|all|everything|what|whatever .. best|can|could|utmost|level|hardest
            see what|if|whether|how|to|about we|i|can|there|anything|something|it
            someone|somebody|one|member|anyone|team|department|they|people|specialist|colleague|agent|adviser|representative|advisor|manager|rep|supervisor|engineer|technician|expert .. will|should|would|'ll|is|may|can|might|shall|hopes|are|to .. be|contact|call|get|reach|look|follow|respond|reply|ring|pick|sort|review|email|come|phone|deal|process|fix|investigate|take|visit|help|update|chase|assess|attend|drop|touch|arrange|give|write|handle|see|send|going|make|return|reviewing|looking
            next|another|future time|visit|occasion|stay|order|trip|one .. better|right|make|different|we|smoother|nicer|be|will
            better|improve|improving|improvements|right|differently|fix next|in|going|for|shortly|future
            make sure|certain|ensure .. never|not|does|do|no|again|this|future
            will|'ll|shall|would not|never .. happen|occur|repeat|repeated|be .. again|repeated
            never|not happen|occur again
            not|never .. again
            i|we will|'ll .. personally
            personally .. look|see|make|ensure|handle|take|oversee|chase|follow|monitor|sort|deal|check|watch|investigate|raise|supervise
            leave|leave it|that|this with me|us
            leave .. with me|us
            get|got|on|looking|put .. on|someone|to it|this|that|the .. case
            on it|the|our case|radar|list
            on it
            watch this
            stay tuned
            bear with|us
            hang tight|on|in
            sort|sorting|sorted|fix|fixing|resolve|resolving it|this|that|things|something|everything .. out|for|soon|as|when|quickly|swiftly|promptly|speedily
            make it up|right|good .. you|to
            something|anything .. sort|work|arrange|figure|be|done
            pass|passing|pass|feed|raise|raising|escalate|escalating|escalated|forward|flag|take it|this|that|on|your|along|back|up|to .. up|on|with|team|management|to
            follow|following|chase|chasing up|it
            CHASE
            FOLLOW up
            steps|measures|action|actions|improvements|changes|plans|arrangements|moves|things <be>|will|being .. taken|put|made|underway|afoot|place|done
            under|in review|investigation|way|hand|progress|consideration|pipeline|process|works|motion
            in the pipeline|works|process|hand|queue
            being .. reviewed|investigated|looked|worked|dealt|processed|considered|fixed|handled|assessed|addressed|prioritised|sorted|arranged|actioned|rolled|monitored
            will|'ll be .. reviewed|investigated|looked|processed|considered|fixed|handled|addressed|sorted|resolved|dealt|contacted|arranged|actioned|made|taken|refunded|credited|sent|issued|in|done|with|notified|informed|called|updated|reimbursed|released|back
            you|customer will|'ll|should|can .. receive|hear|be|get|expect|have|see|find
            you should|will|'ll .. hear|receive|get|see
            expect .. hear|receive|call|email|reply|update
            will|'ll|shall|going|'m going to? .. investigate|review|check|sort|arrange|raise|speak|ask|find|try|chase|fix|resolve|contact|discuss|address|consider|explore|follow|update|reach|advise|monitor|deal|process|see|call|ring|send|email|refund|write|organise|bring|get|make|take|do|come|look|have|let|keep|phone|replace|reply
            sit|sat|hold tight|on
            roadmap|sprint|upcoming release|on|update|planned
            on the? roadmap|backlog|list|radar
            should be .. back|fixed|resolved|sorted|ready|with|soon|there|done|working|okay|fine|along|restored|complete|able
            stock|parts|it|they|things|service|fix|refund|replacement|money|update .. should|will|'ll|ought be|arrive|come|follow|return|reach|resume|improve|appear
            commit|committed to .. resolve|resolving|fix|fixing|better|improve|improving
            asap|a.s.a.p
            give|drop you .. call|ring|shout|bell|line|buzz
            at the? earliest
            first chance|opportunity|available
            no eta
            time|day|date tbc|tba|tbd
            further notice|information|updates|update|news|details
        """,
    },
    unless="""
        you said|asked|told|wanted|were|promised|wrote .. soon|'soon|shortly|later|asap
        we|i said|told|wrote|promised|kept .. soon|shortly|later|look|get|asap
        not|no|never .. soon|asap|shortly|promise|later|vague
        said soon
    """,
    sets={"<do>": "do fix send call ring write reply get have see find give make bring finish"},
)
