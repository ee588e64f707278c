"""A rule begun from a reply: mark the words that grate, or paste one where the coach was wrong.

What it proposes as examples is kept once a lead saves it, so names, addresses and long numbers are replaced first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import orjson
from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from empathy_coach.domain import Conversation, Draft, Message, Reading
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.read import read
from empathy_coach.rules.apply import places
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.ruleset import RuleSet
from empathy_coach.rules.view import Hit
from empathy_coach.rules.written import Value, edited
from empathy_coach.services.house import Services
from empathy_coach.services.stand_ins import names_in, with_stand_ins
from empathy_coach.services.upload_parts import UploadError
from empathy_coach.services.uploads import read_upload
from empathy_coach.web.console.write import NEW, Sheet, show_sheet

_MARK = re.compile(r"<<(.+?)>>", re.DOTALL)
_OPEN = re.compile(r"[^\w$%]+")
#: What the extension gives an agent to copy, after "This is wrong": a rule's id, and sentences to stay silent on.
_COPIED = re.compile(r"^# (\S{1,200})\nexamples:\n\s+silent:\n((?:[ \t]+- .*(?:\n|\Z))+)", re.MULTILINE)
_MOST = 12  # marked phrases, and silent examples, that one reply proposes


def add_to(console: Blueprint, services: Services) -> None:
    """Add the pages."""

    @console.get("/from-reply")
    def from_reply() -> str:
        return _page("", "")

    @console.post("/from-reply")
    def propose() -> AnyResponse:
        reply = request.form.get("reply", "").replace("\r\n", "\n").strip()
        customer = request.form.get("customer", "").replace("\r\n", "\n").strip()
        do = request.form.get("do", "grates")
        copied = _copied_out(reply)
        if copied:
            rules = [rule for name in copied if (rule := services.rules.sets.rule(name))]
            rule = next((one for one in rules if one.id == do), rules[0] if len(rules) == 1 else None)
            if rule is not None:
                return show_sheet(services, _with_silent(services, rule, [*copied[rule.id]]))
            wrong = "" if rules else "The rules that these examples are about are not in use any more."
            return make_response(_page(reply, customer, wrong, about=rules), 200 if rules else 422)
        try:
            read_upload(reply.encode("utf-8", "replace"), "reply.txt")
        except UploadError as error:
            return _again(reply, customer, str(error))
        names = names_in(_unmarked(reply), customer)
        reply, customer = with_stand_ins(reply, names), with_stand_ins(customer, names)
        if do == "grates":
            if not _MARK.search(reply):
                return _again(reply, customer, "Mark the words that grate: put << and >> around them.")
            return show_sheet(services, Sheet("", edited(NEW, _proposal(reply, customer, services.rules.current))))
        plain = _unmarked(reply)
        reading = _reading(plain, customer, services.rules.current)
        fired = places(reading, services.rules.current)
        wanted = next((rule for rule, _ in fired if rule.id == do), None)
        if wanted is not None:
            sentence = _sentence(reading, next(hit for rule, hit in fired if rule is wanted))
            example: object = {"draft": sentence, "customer": customer} if customer else sentence
            return show_sheet(services, _with_silent(services, wanted, [example]))
        note = "" if fired else "No rule fires on this reply, so there is nothing to correct."
        return make_response(_page(reply, customer, note, fired))

    def _again(reply: str, customer: str, wrong: str) -> AnyResponse:
        return make_response(_page(reply, customer, wrong), 422)

    def _page(
        reply: str,
        customer: str,
        wrong: str = "",
        fired: Sequence[tuple[Rule, Hit]] = (),
        about: Sequence[Rule] = (),
    ) -> str:
        return render_template(
            "console/from_reply.html", reply=reply, customer=customer, wrong=wrong, fired=fired, about=about
        )


def _proposal(reply: str, customer: str, rule_set: RuleSet) -> dict[str, Value]:
    """A rule that fires on the marked words and is silent on the reply's other sentences, to be confirmed."""
    plain = _unmarked(reply)
    marked: list[tuple[int, int]] = []
    for number, found in enumerate(_MARK.finditer(reply)):
        start = found.start() - 4 * number
        marked.append((start, start + len(found[1])))
    phrases = list(
        dict.fromkeys(
            _OPEN.sub(" ", fold(plain[s:e]).text.replace("'", "\0")).replace("\0", "'").strip() for s, e in marked
        )
    )
    fires: list[object] = []
    silent: list[object] = []
    for sentence in _reading(plain, customer, rule_set).own.sentences:
        start, end = sentence.span.start, sentence.span.end
        inside = [(s, e) for s, e in marked if start <= s and e <= end]
        text = plain[start:end]
        for s, e in reversed(inside):
            text = f"{text[: s - start]}<<{text[s - start : e - start]}>>{text[e - start :]}"
        (fires if inside else silent).append(text.strip())
    said = phrases[0] if phrases else "these words"
    return {
        "title": f"“{said}”",
        "find": [phrase for phrase in phrases if phrase][:_MOST],
        "examples.fires": fires[:_MOST] or [plain],
        "examples.silent": silent[:3] or [],
    }


def _copied_out(text: str) -> dict[str, list[str]]:
    """The sentences that agents copied out of the coach, by the rule that was wrong about them."""
    found: dict[str, list[str]] = {}
    for name, items in _COPIED.findall(text):
        for item in items.splitlines():
            try:
                sentence = orjson.loads(item.strip().removeprefix("- "))
            except orjson.JSONDecodeError:
                continue
            if isinstance(sentence, str) and sentence.strip():
                found.setdefault(name, []).append(with_stand_ins(sentence.strip(), names_in(sentence)))
    return found


def _sentence(reading: Reading, hit: Hit) -> str:
    """The sentence that a rule fired in; the whole draft where it missed something."""
    text = reading.draft.text
    spans = [s.span for s in reading.own.sentences if hit.place is None and s.span.start <= hit.start < s.span.end]
    return text[spans[0].start : spans[0].end].strip() if spans else text


def _with_silent(services: Services, rule: Rule, examples: list[object]) -> Sheet:
    """The rule with more silent examples; a pack's rule in a version of one's own."""
    prefix = f"teams/{services.team_rules.team}/"
    name = rule.id.removeprefix(prefix) if rule.id.startswith(prefix) else rule.id.rpartition("/")[2]
    written = services.team_rules.written(name)
    if written is not None and (rule.id.startswith(prefix) or written.replaces == rule.id):
        sheet = Sheet(name, written.text, written.began, written.replaces)
    else:
        sheet = Sheet("", services.rules.source(rule), replaces=rule.id)
    old = [
        {"draft": e.draft, **{k: v for k, v in (("customer", e.customer), ("kind", e.kind)) if v}}
        if e.customer or e.kind
        else e.draft
        for e in rule.examples
        if not e.fires
    ]
    fresh = [example for n, example in enumerate(examples) if example not in [*old, *examples[:n]]][:_MOST]
    return Sheet(sheet.name, edited(sheet.text, {"examples.silent": [*old, *fresh]}), sheet.began, sheet.replaces)


def _unmarked(reply: str) -> str:
    return reply.replace("<<", "").replace(">>", "")


def _reading(text: str, customer: str, rule_set: RuleSet) -> Reading:
    messages = (Message("customer", "Customer", customer),) if customer else ()
    return read(Conversation(messages), Draft(text), rule_set.lexicon, rule_set.cues)
