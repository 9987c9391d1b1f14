"""English words by meaning: the sets that phrases name as `<set>`, and contractions."""

SPLIT = {
    "can't": ("can", "not"),
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "wont": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "don't": ("do", "not"),
    "dont": ("do", "not"),
    "didnt": ("did", "not"),
    "doesnt": ("does", "not"),
    "isnt": ("is", "not"),
    "wasnt": ("was", "not"),
    "arent": ("are", "not"),
    "werent": ("were", "not"),
    "hasnt": ("has", "not"),
    "havent": ("have", "not"),
    "hadnt": ("had", "not"),
    "couldnt": ("could", "not"),
    "shouldnt": ("should", "not"),
    "wouldnt": ("would", "not"),
    "im": ("i", "'m"),
    "ive": ("i", "'ve"),
    "youre": ("you", "'re"),
    "youve": ("you", "'ve"),
    "youll": ("you", "'ll"),
    "youd": ("you", "'d"),
    "theyre": ("they", "'re"),
    "theyve": ("they", "'ve"),
    "weve": ("we", "'ve"),
    "thats": ("that", "'s"),
    "whats": ("what", "'s"),
    "theres": ("there", "'s"),
    "heres": ("here", "'s"),
    "hes": ("he", "'s"),
    "shes": ("she", "'s"),
    "itll": ("it", "'ll"),
    "couldve": ("could", "have"),
    "shouldve": ("should", "have"),
    "wouldve": ("would", "have"),
    "should've": ("should", "have"),
    "could've": ("could", "have"),
    "would've": ("would", "have"),
    "shoulda": ("should", "have"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "lemme": ("let", "me"),
    "sry": ("sorry",),
    "soz": ("sorry",),
    "sory": ("sorry",),
    "sorrry": ("sorry",),
    "u": ("you",),
    "ur": ("your",),
    "pls": ("please",),
    "plz": ("please",),
    "thx": ("thanks",),
    "tho": ("though",),
    "altho": ("although",),
    "bc": ("because",),
    "cos": ("because",),
    "coz": ("because",),
    "cuz": ("because",),
    "b/c": ("because",),
    "appologies": ("apologies",),
    "appologise": ("apologise",),
    "appologize": ("apologise",),
    "apologys": ("apologies",),
    "inconvience": ("inconvenience",),
    "inconvinience": ("inconvenience",),
    "unfortunatly": ("unfortunately",),
    "definately": ("definitely",),
    "wot": ("what",),
    "ok": ("okay",),
    "dept": ("department",),
    "tmrw": ("tomorrow",),
    "tomoz": ("tomorrow",),
    "'em": ("them",),
    "em": ("them",),
    "let's": ("let", "us"),
    "y'all": ("you",),
}

# What a tail left by an apostrophe may stand for.
TAILS = {
    "'s": "'s is has",
    "'re": "'re are",
    "'m": "'m am",
    "'ll": "'ll will",
    "'ve": "'ve have",
    "'d": "'d would had",
    "n't": "not",
}

SETS = {
    "<i>": "i we me us myself ourselves",
    "<our>": "our my",
    "<det>": "the a an this that these those our my your his her their some any",
    "<be>": "is are was were be been being am 's 're 'm",
    "<was>": "was were got get been is are 's 're had being",
    "<modal>": "will 'll would can could may might should shall must",
    "<not>": "not never no n't nothing hardly",
    "<sorry>": "sorry apologise apologises apologised apologising apologies apology regret regrets"
    " regretted regretful pardon sympathise sorrow contrite apologetic regrettable regretting",
    "<but>": "but however although though yet still nonetheless nevertheless notwithstanding"
    " unfortunately except regardless whereas albeit only",
    "<soft>": "very so really truly sincerely deeply terribly awfully genuinely extremely most"
    " incredibly profoundly ever quite just do must can only honestly humbly utterly dreadfully"
    " frightfully massively super wholeheartedly unreservedly sincere deepest sincerest heartfelt"
    " humble profound profuse endless million thousand infinitely beyond too",
    "<role>": "chef chefs cook cooks waiter waiters waitress server servers receptionist"
    " receptionists porter porters driver drivers courier couriers technician technicians engineer"
    " engineers nurse nurses cashier cashiers clerk clerks trainee trainees temp temps apprentice"
    " intern interns newbie rookie starter colleague colleagues manager managers barista bartender"
    " barman installer installers agent agents adviser advisers advisor advisors rep reps operator"
    " operators guy guys girl girls lad lads lass boy boys kid kids kitchen warehouse staff"
    " housekeeper housekeeping maid picker packer packers buyer planner analyst developer developers"
    " secretary doctor consultant registrar midwife pharmacist fitter fitters plumber electrician"
    " mechanic caseworker officer inspector steward stewardess attendant pilot crew loader handler"
    " handlers assistant assistants associate associates teller banker accountant supervisor"
    " foreman dispatcher scheduler junior graduate student part-timer weekender reader surveyor"
    " host hostess concierge florist tailor seamstress butcher baker volunteer volunteers gp"
    " dentist hygienist physio matron sister locum biller coder salesman salesperson saleswoman"
    " employee employees contractor contractors colleague team-mate teammate teammates member"
    " person man woman bloke chap fellow individual",
    "<unit>": "team teams department departments division branch branches unit units desk office"
    " offices side arm franchise franchisee franchisees partner partners contractor contractors"
    " subcontractor subcontractors provider providers carrier carriers vendor vendors supplier"
    " suppliers depot hub store stores shop warehouse kitchen billing claims finance accounts"
    " logistics engineering sales marketing procurement hr legal payments fraud collections"
    " underwriting operations ops it reservations bookings housekeeping maintenance catering"
    " dispatch despatch fulfilment fulfillment delivery couriers courier manufacturer manufacturers"
    " headquarters hq council authority trust ward clinic pharmacy lab laboratory radiology"
    " pathology surgery practice agency agent agents lender insurer insurers bank processor network"
    " wholesaler distributor reseller landlord group company firm subsidiary organisation outfit"
    " people guys folks colleagues lot section bureau registry facilities infrastructure platform"
    " security groundstaff handlers airport airline operator terminal treasury compliance audit"
    " credit cards mortgages loans savings parking highways waste planning housing benefits"
    " transport admissions appointments outpatients onboarding support technical product web"
    " website online field repairs installations installation metering networks roaming retail"
    " wholesale corporate restaurant bar spa valet contact call centre center service services"
    " business entity brand affiliate dealer dealership outlet plant factory lettings estate",
    "<dept>": "billing claims finance accounts logistics engineering sales marketing procurement"
    " hr legal payments fraud collections underwriting operations reservations bookings"
    " housekeeping maintenance catering dispatch despatch fulfilment fulfillment couriers"
    " radiology pathology pharmacy lab warehouse kitchen depot treasury compliance cards mortgages"
    " loans planning highways parking benefits admissions outpatients metering roaming facilities"
    " security distribution transport stores returns refunds retentions repairs installations"
    " department division subsidiary franchise headquarters hq infrastructure onboarding franchisee"
    " subcontractor contractor supplier manufacturer carrier courier vendor landlord agency",
    "<rules>": "policy policies rule rules term terms condition conditions t&cs tcs ts&cs t&c"
    " contract agreement regulations regulation procedure procedures guidelines guideline protocol"
    " tariff clause clauses small-print print smallprint warranty guarantee sla code legislation"
    " bylaws byelaws handbook schedule policy's guidance criteria eligibility framework statute",
    "<vague>": "soon shortly asap eventually presently momentarily imminently sometime someday"
    " whenever",
    "<small>": "little small minor slight tiny trivial wee petty mere brief momentary cosmetic"
    " negligible teensy superficial trifling insignificant",
    "<blip>": "hiccup hiccups blip blips glitch glitches snag snags wrinkle bump niggle niggles"
    " mishap teething slip-up quirk hiccough mix-up oversight mistake error misunderstanding"
    " inconvenience delay issue problem thing scratch mark dent detail nuisance annoyance matter"
    " setback wobble upset gremlin bug smudge scuff hitch wait hold-up setback typo stumble",
    "<fix>": "refund refunded credit credited replacement replace replaced reversed reverse"
    " cancelled cancel repaid reimbursed reimburse corrected restored reinstated resent redelivered"
    " exchanged rebooked repair repaired",
}
