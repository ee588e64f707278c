"""Which features each head and model may use, and with which sign. Written by hand; weights are fitted under it.

1: may only add. -1: may only take away. 0: free. 9: not used. "*" is the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from empathy_coach.scoring.heads import HEARD


def _signs(default: int, plus: str = "", minus: str = "", free: str = "", unused: str = "") -> dict[str, int]:
    out = {"*": default}
    for sign, names in ((1, plus), (-1, minus), (0, free), (9, unused)):
        out.update(dict.fromkeys(names.split(), sign))
    return out


_WARM = "please hedge thanks glad praise hope care validation understanding encourage apology sorry_for condolence burden eager soft_request"
_COLD = "stock institution command blame minimise condescend sarcasm gush tough coarse insult vague"

DENSE_SIGNS = {
    "acknowledges": _signs(
        0,
        plus="apology sorry_for burden hard_words understanding condolence validation care hope own_experience "
        "shares_1 shares_2 shares_3 share shares_with_you shares_in_past shares_first you_often",
        minus="stock institution vague command blame minimise condescend sarcasm gush tough question instruction future",
        unused="ownership i we first lower_start",
    ),
    "steps": _signs(
        0, plus="done will_do when instruction", minus="vague stock hope", unused="i we ownership first lower_start"
    ),
    "faulty": _signs(9, plus=_COLD + " capitals", minus="please thanks hedge"),
    "polite": _signs(
        0,
        plus=_WARM + " smile",
        minus=_COLD + " capitals",
        unused="ownership own_experience i we first position number link done will_do when explanation instruction "
        "length lower_start " + "shares_1 shares_2 shares_3 share shares_with_you shares_in_past shares_first",
    ),
}
_PLACED = "first position shares_first short length lower_start"  # how long a reply is tells nothing of its warmth
DENSE_SIGNS["warm"] = _signs(0, unused=_PLACED)
DENSE_SIGNS["worth"] = _signs(9)  # what its words mean, nothing of form: that taught the style of invented drafts
# 0: no words at all. Drafts by four hands bear words; by one hand they misled elsewhere.
GRAM_SCALE = {"acknowledges": 1.0, "steps": 1.0, "faulty": 1.0, "polite": 2.0, "warm": 1.0, "worth": 0.0}
PENALTY = {"acknowledges": 1.5, "steps": 1.5, "faulty": 1.5, "polite": 3.0, "warm": 1.5, "worth": 1.5}
CIVIL_WEIGHT = 0.15  # of a reply's civility against a text of the politeness corpus
REPLY_WEIGHT = 0.5  # of a sentence of a single reply against one of a draft
# How much the meaning of words counts; politeness is learned from another kind of text, where it gained nothing.
VECTOR_SCALE = {"*": 2.0, "polite": 0.0}
for _fault in HEARD:
    DENSE_SIGNS[_fault] = DENSE_SIGNS["faulty"]
    GRAM_SCALE[_fault] = 1.0
    PENALTY[_fault] = 1.5


@dataclass(frozen=True)
class Plan:
    """Features of a model with their signs, and the penalty."""

    signs: dict[str, int]
    penalty: float = 1.0


def _plan(plus: str = "", minus: str = "", free: str = "", penalty: float = 1.0) -> Plan:
    return Plan({k: v for k, v in _signs(9, plus, minus, free).items() if k != "*"}, penalty)


MODELS = {
    "feeling": _plan(
        plus="ack_any ack_max warmth cue_condolence cue_burden cue_understanding cue_validation cue_hard_words cue_care",
        minus="fault_stock_phrase cue_stock very_short faults cue_minimise cue_blame cue_institution",
        free="upset words",
    ),
    "need": _plan(
        plus="answered numbers step_any cue_done cue_when cue_explanation words",
        minus="open cue_vague fault_stock_phrase cue_stock very_short found_need found_action fault_empty_promise fault_minimising asks",
        free="asked",
    ),
    # One question; "said" is what the reading makes of its words.
    "answered": _plan(
        plus="said step_any step_max ack_any numbers cue_done cue_will_do cue_when cue_explanation cue_instruction words",
        minus="faulty_any faulty_max harsh_max faults fault_stock_phrase cue_stock cue_vague found_need found_action "
        "fault_empty_promise fault_minimising very_short asks",
        free="asked long note escalation polite",
    ),
    "order": _plan(plus="ack_before opens_kindly words", minus="ack_after ack_only_after faulty_any"),
    "action": _plan(
        plus="step_any step_max cue_when cue_done cue_will_do cue_instruction numbers cue_closing ack_any answered "
        "sign_off_named",
        minus="cue_vague fault_empty_promise fault_stock_phrase found_action very_short faulty_any faulty_max open",
        free="asks words note escalation",
    ),
    "action_needed": _plan(
        plus="upset asked requests open step_max escalation note cue_will_do cue_done",
        minus="thanks routine very_short",
        free="words answered mid_chat cue_when cue_instruction facts_only",
    ),
    "rapport": _plan(
        plus="greeting greeting_named sign_off sign_off_named name_in_body warmth ack_any",
        minus="cue_institution cue_gush fault_stock_phrase cue_stock very_short capitals placeholders fault_bureaucratic "
        "fault_condescending found_rapport lower_start bangs",
        free="words",
    ),
    "tone": _plan(
        minus="fault_blame fault_curt fault_minimising fault_command fault_jargon fault_bureaucratic fault_condescending "
        "fault_empty_promise fault_over_apology fault_sarcasm faulty_max faulty_any cue_sarcasm cue_insult cue_coarse "
        "found_tone bangs",
        plus="polite step_any ack_any asks interpretation warmth words",
    ),
    "overall": _plan(
        plus="chance_feeling chance_need chance_order chance_action chance_rapport chance_tone worst warm worth "
        "numbers name_in_body sign_off_named routine",
        minus="doubt faults fault_stock_phrase fault_blame fault_command fault_minimising fault_sarcasm faulty_max",
        free="asked",
    ),
}
