"""Extras: what goes beyond putting back, and what only looks like it."""

EXTRA = """
    <gift>
    on the house|us|me
    <be>|'s|are|is on|our|my us|me|treat|shout|gift|house|guest
    our|my|as|a|little|small treat|gift|thank-you|present|guests|guest
    free|complimentary|gratis|comped|gift|bonus|goodwill|treat|upgrade|upgraded|upgrading
    no|without charge|cost|extra|bill
    free|at of charge|no
    as|by way|to of? .. thank|thanks|apology|sorry|goodwill|gift|present|extra
    waived|waiving|waive|knocked|knock|taken|halved|taking|dropped|drop|halve|wipe|wiped|covering|cover|covered|paid|paying|pay|absorb|absorbed
    month|months|week|weeks|year|night|nights|session|quarter|term ... free|us|added|extra|extended|credit|credited|nothing|longer|paid
    extra|additional|second|another|spare|double|two|bigger|longer|extended|more ...
    <number>|half|quarter off|discount|percent|%|extra|points|miles|voucher|credit|towards|on
    off your|the|next
    in person|by hand|myself|personally
    i|we|i'll|we'll|colleague|engineer|she|he|our will|'ll|have|'ve|am|'m|are|would|'d .. bring|drive|deliver|carry|walk|come|sit|stay|stayed|cook|bake|build|built|write|wrote|drop|call|ring|meet|collect|drove|brought|checked|test|tested|read|go|went|open|opened|opening|keep|kept|save|reserve|reserved|hold|held|pick|fetch|teach|show|train|watch|babysit|look|set|make|made|wash|clean|cleaned|paint|plant|fit|install|handle|do|guide|escort|accompany|wait|visit|add|added|include|included|throw|thrown|pack|packed|slip|slipped|tuck|tucked|put|sent|send|post|posted|extend|extended|double|doubled|book|booked|arrange|arranged|order|ordered|upgrade|moved|move|refill|donate|donated|prepare|prepared|print|printed|frame|design|name|drafted|draft|audit|review|reviewed|cover|paid|pay|treat|invite|invited|lend|lent|give|gave|given|offer|leave|left|sew|sewed|stitch|polish|polished|sharpen|service|serviced|tune|translate|trace|asked|ask|record|recorded|migrate|import|rebuild|rebuilt
    own time|lunch|break|car|pocket|hands|day|van
    stay|stayed|staying|come|coming|open|opening|opened|work|worked late|early|behind|back|after|through|over
    priority|front|head|jump|top|first|skip of|in|the|queue|line|list|call|pick|choice|refusal|to|place|slot|boarding
    priority|direct|dedicated|fast-track|fast-tracked|named line|number|queue|contact|check-in|boarding|slot|engineer|support|access
    fast track|lane
    direct|personal|mobile|private|my|own number|line|mobile|phone|extension|contact|cell
    my|our mobile|direct|cell|personal|number|desk
    call|ring|text|reach|message me|us .. directly|direct|any|on|anytime|day|personally
    best|corner|window|front|front-row|quiet|quietest|favourite|largest|sea-view|suite|top table|seat|seats|room|room|view|spot|row|suite|seats
    engineer|technician|specialist|expert|consultant|senior|chef|head|trainer|architect|designer|physio|pharmacist|adviser|advisor|surveyor|analyst|manager|doctor|nurse|gardener|developer|electrician|mechanic|stylist|sommelier|account .. will|'ll|has|is|to|for|on|who|would|can|at ... time|hour|hours|visit|sit|call|go|come|check|teach|show|walk|day|morning|afternoon|cook|yours|free|you|your
    hour|hours|session|afternoon|morning|day|half-hour with|of ... engineer|technician|specialist|expert|chef|consultant|trainer|me|adviser|our|coaching|training|support|help
    something|anything|thing|bit|little more|extra|else|beyond|special|nice|further|on|over|for|besides|further|top
    would|'d|want|wish|hope|love|keen|mean|like|glad|happy to do|add|go|make|give|offer|put ... more|extra|beyond|something|further|up|top|right|special
    do|doing|go|going|owe|deserve|deserves more|something|beyond|further|better
    more than|besides|beyond|over|beyond that|putting|just|the|fix|setting|mending|and
    over and above
    on top
    as well|too $
    make|making it|this|that|things|amends up
    your|the name|idea|suggestion|design|choice ... menu|wall|board|plan|dish|test|list|roadmap|meeting|first|trial
    join|taste|tasting|invite|invited|invitation|try|sit|beta|panel|advise|test|preview|early|tour|help|shape|come|see|pilot|visit ... us|our|the|tester|access|new|group|kitchen|menu|design|chef|rehearsal|advisory
    named|name|naming after|it|the|dish|you
    come|be|guest back|in|as .. our|guest|on|dinner|us|tea|lunch|taste
    donate|donated|donation|charity
    handwritten|hand-written|home-made|homemade|hand-made|handmade|hand-delivered|home-baked|hand-picked|bespoke|personalised|freshly|hand-stitched
    lounge|upgrade|spa|massage|breakfast|dinner|dessert|champagne|wine|prosecco|chocolates|flowers|bouquet|cake|pudding|coffee|tea|hamper|basket|cookies|biscuits|macarons|bottle|card|toy|plant|book|bear|tickets|voucher|vouchers|treat|brownies|pastries|scones|truffles|parking|limousine|chauffeur|taxi|cab|points|miles|credit|card|fruit|jam|honey|olives|cheese|soap|candle|scarf|bag|umbrella|mug|teddy|puzzle|croissants|loaf|sourdough|pie|ice-cream|sundae|cocktail|drink|drinks|beer|gin|round|cupcakes|bunch|posy|roses|tulips|gift|movie|film|subscription|membership|warranty|insurance|licence|licences|seats|users|training|workshop|webinar|template|report|dashboard|chart|export|script|plugin|checklist|guide|map|sketch|photo|photos|song|poem|playlist|recipe|letter|postcard
    yours to keep|free|as|too|anyway
    keep|keeps|kept .. the|it|both|them|first|original|old|that|free|open|aside|anyway
    both yours|are
    set|put|kept|held|saved aside|by|back|for ... you|your
    earlier|sooner|faster|express|same-day|next-day|overnight|saturday|sunday|out-of-hours|weekend|by|courier|special|taxi|tonight ... delivery|courier|taxi|bike|hand|post|appointment|slot|visit|cost|shipping
    courier|bike|taxi|motorbike|driver
    look|looking|watch|watching|keep|keeping|check|checking .. after|over|out|eye|on|in|again|every|daily|weekly ...
    for a|the year|month|week|season|rest|next|life|twelve|three|six
    permanently|lifetime|forever|for life|good
    paid for|your|the
    pay|pays|paid|settle|reimburse|cover .. for|the|your ... taxi|cleaning|cab|phone|time|calls|parking|fare|lunch|dinner|postage|trouble|hotel|day|fuel|stamps|wages|meal
"""

# Putting back what was theirs is the least there is.
PUT_BACK = """
    refund|refunded|refunding|reimbursed|reimburse|reversed|reverse|cancelled|credited|corrected|restored|reinstated|replaced|fixed|resent|rebooked|removed
"""
