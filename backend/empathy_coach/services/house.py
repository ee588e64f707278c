"""The services of one backend, put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from empathy_coach.errors import SettingsError
from empathy_coach.practice.library import Shelf
from empathy_coach.services.access import Access
from empathy_coach.services.accounts import Accounts
from empathy_coach.services.author import ModelAuthor
from empathy_coach.services.contributors import Contributors
from empathy_coach.services.customer_voice import CustomerVoice
from empathy_coach.services.feedback import Feedback
from empathy_coach.services.impact import Glance
from empathy_coach.services.limits import Limit, Limits
from empathy_coach.services.live_rules import LiveRules
from empathy_coach.services.own_model import OwnModel
from empathy_coach.services.pairing import Pairing
from empathy_coach.services.provider import Provider
from empathy_coach.services.retention import Retention
from empathy_coach.services.rounds import Rounds
from empathy_coach.services.samples import load_samples
from empathy_coach.services.secret import open_secret
from empathy_coach.services.shadow import Shadow
from empathy_coach.services.shoes import Shoes
from empathy_coach.services.sign_in import SignIn
from empathy_coach.services.team_rules import TeamRules
from empathy_coach.services.team_views import TeamViews
from empathy_coach.services.tries import Tries
from empathy_coach.services.watch import Watch
from empathy_coach.services.work import Works
from empathy_coach.settings import Settings
from empathy_coach.storage.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """What the web part calls."""

    database: Database
    rules: LiveRules
    access: Access
    pairing: Pairing
    feedback: Feedback
    shadow: Shadow
    shoes: Shoes
    sign_in: SignIn
    accounts: Accounts
    provider: Provider | None
    team_rules: TeamRules
    works: Works
    practice: Shelf
    rounds: Rounds
    author: ModelAuthor
    voice: CustomerVoice
    contributors: Contributors
    team_views: TeamViews
    limits: Limits
    retention: Retention
    watch: Watch
    per_client: Limit | None
    _glances: list[Glance] = field(default_factory=list)

    def close(self) -> None:
        """Stop watching and working, store what is still only counted, and let go of the database."""
        self.watch.stop()
        self.works.stop()
        self.shadow.write()
        self.shoes.write()
        self.database.close()

    def glance(self) -> Glance:
        """The samples as the tables in use read them; read again only after the rules' files were. Raises RulesError."""
        base = self.rules.sets.base
        if not self._glances or self._glances[0].rule_set is not base:
            self._glances[:] = [Glance(load_samples(self.rules.directory), base)]
        return self._glances[0]


def open_services(settings: Settings, rules: LiveRules | None = None) -> Services:
    """Load the rules (or take ``rules``) and open the database. Raises CoachError saying what is wrong and where."""
    rules = rules or LiveRules(settings.rules_dir, settings.team)
    database = Database(settings.database)
    secret = open_secret(settings.secret)
    access = Access(database)
    limits = Limits(settings.redis_url)
    team_rules = TeamRules(rules, database)
    team_views = TeamViews(database, settings.team, secret)
    retention = Retention(database, team_views, settings.keep_days)
    model = OwnModel(settings.model_url, settings.model_name, settings.model_seconds)
    return Services(
        database,
        rules,
        access,
        Pairing(database, limits=limits),
        Feedback(database, settings.team),
        Shadow(database, settings.team),
        Shoes(team_views, settings.rules_dir),
        SignIn(database, Tries(database, secret), settings.accounts),
        Accounts(database),
        _provider(settings),
        team_rules,
        Works(),
        Shelf(settings.rules_dir),
        Rounds(database),
        ModelAuthor(model),
        CustomerVoice(model, settings.model_voice and settings.model_url is not None),
        Contributors(database, secret, settings.erasures),
        team_views,
        limits,
        retention,
        Watch(database, access, team_rules, retention),
        Limit("drafts", settings.requests_a_minute, 60) if settings.requests_a_minute else None,
    )


def _provider(settings: Settings) -> Provider | None:
    """The team's identity provider, if it has one. Raises SettingsError when the file of its secret cannot be read."""
    if settings.oidc_issuer is None or settings.oidc_secret_file is None:
        return None
    try:
        secret = settings.oidc_secret_file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise SettingsError(f"oidc_secret_file: {settings.oidc_secret_file} cannot be read.") from None
    return Provider(settings.oidc_issuer, settings.oidc_client, secret, settings.oidc_title)
