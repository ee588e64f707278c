"""What a team lead does with rules: write, save, publish in stages, go back. The live sets change only here.

A release holds the whole of a team's choices. It is built and checked first, stored second, used third: what is
broken is never stored, and what could not be stored is never used.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from empathy_coach.domain import Severity
from empathy_coach.errors import CoachError
from empathy_coach.rules.overlay import Choices, OwnRule, Stage
from empathy_coach.rules.problems import Problem, RulesError
from empathy_coach.rules.rule import Rule
from empathy_coach.rules.team_life import MAX_MODELS, ModelReply, Rhythm, in_words
from empathy_coach.rules.teamfile import MAX_OWN, is_name
from empathy_coach.rules.verdicts import verdicts
from empathy_coach.rules.written import read_rule
from empathy_coach.services.live_rules import LiveRules, LiveSets, sets_of
from empathy_coach.services.stored_choices import from_json, to_json
from empathy_coach.storage import audit, changes, team_rules
from empathy_coach.storage.audit import Entry
from empathy_coach.storage.database import Database
from empathy_coach.storage.team_rules import DraftRow, ReleaseRow

DEFAULT_TEAM = "our-team"
_REMEMBERED = 300  # releases shown in the history

log = logging.getLogger(__name__)


class ChangedMeanwhileError(CoachError):
    """Somebody else saved or published the same rule since this lead began."""


class NotReadyError(CoachError):
    """The rule cannot be published yet; the text says why."""


@dataclass(frozen=True, slots=True)
class Written:
    """A rule as the editor shows it. ``began`` names this state; it is sent back when the rule is saved."""

    name: str
    text: str
    replaces: str | None
    began: str
    by: str | None
    at: datetime | None
    is_draft: bool
    stage: Stage | None


@dataclass(frozen=True, slots=True)
class Release:
    """One published state, with the one before it to compare with."""

    row: ReleaseRow
    choices: Choices
    before: Choices


class _BehindError(Exception):
    """Another process published since this one looked."""


class TeamRules:
    """The drafts and releases of one team. Every method may be called from any thread."""

    def __init__(
        self, rules: LiveRules, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Put the newest release in use. Raises CoachError."""
        self.team = rules.team or DEFAULT_TEAM
        self._rules = rules
        self._database = database
        self._now = now
        self._lock = threading.Lock()
        self._start = rules.sets.choices
        self._number: int | None = None
        self.differs = False
        self.refresh()

    def refresh(self) -> None:
        """Put in use what another process published, if it did. Raises CoachError; then the last good sets stay."""
        with self._lock:
            self._refresh()

    def announce(self) -> None:
        """Tell the other servers when the rule files here give another rule set than the one in use: by a release of
        the same choices. Raises CoachError.
        """
        newest = self._releases(1)
        if not newest or newest[0].rule_set != self.sets.everyone.hash:
            self.differs = False
            self.publish(lambda choices: choices, "coach serve", "The rule files changed.")

    # --- looking ---

    @property
    def sets(self) -> LiveSets:
        """What is in use now."""
        return self._rules.sets

    @property
    def number(self) -> int:
        """How many times the rules of this database were changed; the same in all processes that use the same rules."""
        return self._number or 0

    def drafts(self) -> list[DraftRow]:
        """All rules that are being written."""
        with self._database.transaction() as connection:
            return team_rules.all_drafts(connection, self.team)

    def written(self, name: str) -> Written | None:
        """The draft of a rule, or else the rule as it is published."""
        with self._database.transaction() as connection:
            row = team_rules.draft(connection, self.team, name)
        own = self.sets.choices.rules.get(name)
        stage = own.stage if own else None
        if row is not None:
            began = _state(row.text, row.version)
            return Written(name, row.text, row.replaces, began, row.changed_by, row.changed_at, True, stage)
        if own is not None:
            return Written(name, own.text, own.replaces, _state(own.text, 0), None, None, False, stage)
        return None

    def read(self, text: str, name: str) -> tuple[Rule | None, list[Problem]]:
        """What a text says as the rule ``name`` of this team, or what is wrong with it."""
        rule, problems, _ = read_rule(text, name, self.team)
        return rule, problems

    def history(self) -> list[Release]:
        """What was published, newest first."""
        rows = self._releases(_REMEMBERED + 1)
        states = [self._from_json(row.choices)[0] for row in rows]
        states.append(self._start)
        return [Release(row, states[i], states[i + 1]) for i, row in enumerate(rows[:_REMEMBERED])]

    # --- writing ---

    def save(self, name: str, text: str, replaces: str | None, began: str, who: str) -> Written:
        """Keep a draft, right or wrong. Raises ChangedMeanwhileError when it is not what ``who`` began with."""
        if not is_name(name):
            raise NotReadyError("A rule's short name is made of small letters, digits and dashes, 60 at most.")
        with self._lock:
            now = self.written(name)
            if (now.began if now else "") != began:
                raise ChangedMeanwhileError(f"{now.by if now and now.by else 'Somebody'} changed this rule meanwhile.")
            version = int(began.partition("-")[0] or 0) if now and now.is_draft else 0
            row = DraftRow(name, text, replaces, version, who, self._naive_now())
            with self._database.transaction() as connection:
                if not team_rules.save_draft(connection, self.team, row):
                    raise ChangedMeanwhileError("Somebody changed this rule meanwhile.")
        saved = self.written(name)
        assert saved is not None  # noqa: S101 - it was stored a line above
        return saved

    def discard(self, name: str) -> None:
        """Forget a draft. What is published stays."""
        with self._database.transaction() as connection:
            team_rules.drop_draft(connection, self.team, name)

    # --- publishing ---

    def checked(self, written: Written, stage: Stage) -> OwnRule:
        """The rule, ready for a release. Raises RulesError or NotReadyError."""
        rule, problems = self.read(written.text, written.name)
        if rule is None:
            raise RulesError(problems)
        wrong = [v for v in verdicts(rule, self.sets.base, written.replaces) if not v.right]
        if wrong:
            some = "one example is" if len(wrong) == 1 else f"{len(wrong)} examples are"
            raise NotReadyError(f"Not published yet: {some} not as they should be.")
        return OwnRule(written.text, rule, stage, written.replaces)

    def publish_rule(self, name: str, stage: Stage, began: str, who: str, why: str) -> None:
        """Bring a written rule to an audience. Raises CoachError saying why not."""
        written = self.written(name)
        if written is None or written.began != began:
            raise ChangedMeanwhileError("Somebody changed this rule since you looked at it.")
        own = self.checked(written, stage)

        def put(choices: Choices) -> Choices:
            if name not in choices.rules and len(choices.rules) >= MAX_OWN:
                raise NotReadyError(f"A team has room for {MAX_OWN} rules of its own. Take one back first.")
            return replace(choices, rules={**choices.rules, name: own})

        self.publish(put, who, why, drop=name)

    def withdraw(self, name: str, who: str, why: str) -> None:
        """Take an own rule back from everyone; its text becomes a draft again."""
        own = self.sets.choices.rules.get(name)
        if own is None:
            raise NotReadyError("This rule is not published.")
        self.publish(lambda c: replace(c, rules={k: v for k, v in c.rules.items() if k != name}), who, why)
        if self.written(name) is None:
            self.save(name, own.text, own.replaces, "", who)

    def tune(self, rule_id: str, on: bool, weight: int, severity: Severity, who: str, why: str) -> None:
        """Switch a pack's rule on or off for the team, or let it count for more or less."""
        packed = self.sets.base.by_id.get(rule_id)
        if packed is None:
            raise NotReadyError("There is no such rule in the packs.")
        self.publish(lambda choices: tuned(choices, packed, on, weight, severity), who, why)

    def keep_rhythm(self, rhythm: Rhythm | None, who: str) -> None:
        """Set when the team practises, or that it has no rhythm any more."""
        self.publish(lambda choices: replace(choices, rhythm=rhythm), who, f"Practice: {in_words(rhythm)}")

    def keep_model(self, name: str, model: ModelReply | None, who: str) -> None:
        """Show a model reply to the team, in the place of the one of that name; None takes it back."""

        def put(choices: Choices) -> Choices:
            others = {k: v for k, v in choices.models.items() if k != name or model}
            if model and name not in others and len(others) >= MAX_MODELS:
                raise NotReadyError(f"A team has room for {MAX_MODELS} model replies. Take one back first.")
            return replace(choices, models={**others, name: model} if model else others)

        self.publish(put, who, f"Model reply by {model.by}" if model else "A model reply was taken back")

    def roll_back(self, release: int, who: str, why: str) -> None:
        """Make an earlier release the newest again. Number 0 is the state before the first release."""
        if release == 0:
            wanted, problems = self._start, list[Problem]()
        else:
            row = next((r for r in self._releases(_REMEMBERED) if r.id == release), None)
            if row is None:
                raise NotReadyError("There is no such release.")
            wanted, problems = self._from_json(row.choices)
        if problems:
            raise RulesError(problems)
        self.publish(lambda _: wanted, who, why)

    def publish(self, change: Callable[[Choices], Choices], who: str, why: str, drop: str | None = None) -> None:
        """Make, store and use a new release. Raises CoachError; then everything is as it was."""
        with self._lock:
            while True:
                self._refresh()
                if self.differs:
                    raise NotReadyError(
                        "The rule files of this server are not those of the others. Bring them up to date."
                    )
                before = self.sets
                choices = change(before.choices)
                sets = sets_of(before.base, choices, self._rules.team, before)
                row = ReleaseRow(0, who, self._naive_now(), why, to_json(choices), sets.everyone.hash)
                try:
                    self._store(row, drop)
                except _BehindError:
                    continue  # another process published in between: the change is made to what it published
                self._rules.use(sets)
                return

    # --- inside ---

    def _store(self, row: ReleaseRow, drop: str | None) -> None:
        with self._database.transaction() as connection:
            number = changes.note(connection, "rules")  # from here on other processes wait for this transaction
            if number - 1 != self._number:
                raise _BehindError
            team_rules.add_release(connection, self.team, row)
            audit.add(
                connection, Entry(row.made_at, row.made_by, "rules.publish", f"{self.team} {row.rule_set}", row.why)
            )
            if drop is not None:
                team_rules.drop_draft(connection, self.team, drop)
        self._number = number

    def _refresh(self) -> None:
        with self._database.transaction() as connection:
            number = changes.number_of(connection, "rules")
            if number == self._number:
                return
            newest = team_rules.last_releases(connection, self.team, 1)
        if newest:
            choices, problems = self._from_json(newest[0].choices)
            for problem in problems:
                log.error("A rule of the team is left out: %s", problem)
            self._rules.use(sets_of(self.sets.base, choices, self._rules.team, self.sets))
            self._compare(newest[0].rule_set)
        self._number = number

    def _compare(self, published: str) -> None:
        """Whether the release gives the same rule set here as where it was published; else the files are read again."""
        if self._number is None:
            return  # at the start: ``announce`` has its say
        if self.sets.everyone.hash != published:
            self._rules.reload()
        self.differs = self.sets.everyone.hash != published
        if self.differs:
            log.error("The rule files here are not those of the server that published last. Bring them up to date.")

    def _releases(self, limit: int) -> list[ReleaseRow]:
        with self._database.transaction() as connection:
            return team_rules.last_releases(connection, self.team, limit)

    def _from_json(self, data: str) -> tuple[Choices, list[Problem]]:
        return from_json(data, self.read)

    def _naive_now(self) -> datetime:
        return self._now().astimezone(UTC).replace(tzinfo=None, microsecond=0)


def tuned(choices: Choices, packed: Rule, on: bool, weight: int, severity: Severity) -> Choices:
    """``choices`` with one pack rule set so; what equals the pack's own value is no choice."""
    weights = {k: v for k, v in choices.weights.items() if k != packed.id}
    severities = {k: v for k, v in choices.severities.items() if k != packed.id}
    if weight != packed.weight:
        weights[packed.id] = weight
    if severity != packed.severity:
        severities[packed.id] = severity
    off = choices.off - {packed.id} if on else choices.off | {packed.id}
    return replace(choices, off=off, weights=weights, severities=severities)


def _state(text: str, version: int) -> str:
    return f"{version}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:16]}"
