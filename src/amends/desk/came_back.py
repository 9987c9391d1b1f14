"""Did they come back? What the last night weighed, in words first. Of groups, never of one customer."""

from amends.customers.appraisal import Appraisal
from amends.kit.pages import answer

PAGE = "desk/measures/came_back.html"
SAID = {
    "too few": "Too few to know yet.",
    "no difference": "No difference was seen.",
    "more": "More of those came back whose failure was put right.",
    "shown": "So many more came back that chance is no longer an answer.",
    "fewer": "Fewer of those came back whose failure was put right.",
}
MEANT = {
    "more": "Looked at once, chance alone would show as much one time in twenty. It is looked at every "
    "night, so do not lean on it yet.",
    "shown": "Though it is looked at every night, chance alone would show as much one time in twenty "
    "at most.",
    "fewer": "Perhaps the worst failures are the ones that were put right. It is worth a look.",
    "no difference": "That may be because putting right helped little, or because both would have "
    "come anyway.",
}
KINDS = {
    "loyal": "by choice",
    "captive": "for want of another",
    "unknown": "without having said why",
}


def came_back(request):
    appraisal = Appraisal.last()
    weighed = appraisal.figures.get("came_back") if appraisal else None
    if not weighed:
        return answer(request, PAGE, weighed=None)
    evidence = weighed["evidence"]
    return answer(
        request,
        PAGE,
        weighed=weighed,
        evidence=evidence,
        said=SAID[evidence["verdict"]],
        meant=MEANT.get(evidence["verdict"], ""),
        groups=_groups(evidence),
        kinds=[(KINDS[kind], count) for kind, count in weighed["kinds"].items() if count],
        coin=_coin(weighed["coin"]),
        as_of=appraisal.as_of,
    )


def _groups(evidence):
    """Each with how many of how many; a share only where there are enough to have one."""
    told = []
    for name, known, back in [
        ("Put right within two weeks", "repaired", "repaired_back"),
        ("Not put right", "controls", "controls_back"),
    ]:
        number, returned = evidence[known], evidence[back]
        share = round(100 * returned / number) if number else None
        told.append({"name": name, "number": number, "back": returned, "share": share})
    return told


def _coin(coin):
    """Of a hundred at such a failure, how many it drives away; and how many are kept."""
    if not coin:
        return None
    hundred = {
        name: round(100 * coin[name]) for name in ("alone", "repaired", "kept", "low", "high")
    }
    return {**hundred, "known": coin["p_value"] < 0.05, "complaints": coin["complaints"]}
