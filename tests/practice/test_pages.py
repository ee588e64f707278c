"""The practice pages, over the real application: who gets in, what they show, what they keep (nothing)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from kept import traces

from empathy_coach.practice.library import Library, Shelf
from empathy_coach.services.house import Services
from empathy_coach.settings import Settings
from empathy_coach.web.app import create_app

from .conftest import BASE, Visitor

PAGES = ["", "tour", "rapport", "listen", "listen/charged-twice", "play", "play/changing-table", "drill", "round"]
GUESTS = {"round"}


@pytest.mark.parametrize("page", sorted({*PAGES, "nothing", "schedule"} - GUESTS))
def test_a_code_is_needed(page: str, stranger: Visitor) -> None:
    answer = stranger.get(page)
    assert answer.status_code == 401 and "opens with a code" in answer.text


def test_a_code_opens_once(stranger: Visitor, services: Services) -> None:
    code = services.pairing.new_code()
    assert code in stranger.get(f"enter?code={code}").text
    first = stranger.post("enter", {"code": code})
    assert first.status_code == 302
    assert "HttpOnly" in first.headers["Set-Cookie"] and "SameSite=Lax" in first.headers["Set-Cookie"]
    assert stranger.post("enter", {"code": code}).status_code == 403


def test_a_revoked_token_closes_the_pages(visitor: Visitor, services: Services) -> None:
    newest = services.access.holders()[-1]
    assert newest.label == "practice pages"
    services.access.revoke(newest.id)
    assert visitor.get("").status_code == 401


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "https://evil.example", "null", None])
def test_other_pages_cannot_post(origin: str | None, visitor: Visitor) -> None:
    assert visitor.post("play/changing-table", {"reply": "Hello."}, origin).status_code == 403


def test_a_form_needs_its_token(visitor: Visitor) -> None:
    visitor.csrf = "0" * 64
    assert visitor.post("play/changing-table", {"reply": "Hello."}).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_pages_keep_to_their_policy(page: str, visitor: Visitor) -> None:
    answer = visitor.get(page)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.findall(r"'nonce-([\w-]+)'", policy)[0]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert all(
        f'nonce="{nonce}"' in tag for tag in re.findall(r"<(?:script|link rel=\"stylesheet\")[^>]*>", answer.text)
    )
    assert not re.search(r" style=| on\w+=\"", answer.text)
    assert answer.text.count("<h1>") == 1 and '<html lang="en">' in answer.text
    assert nonce not in visitor.get(page).text


def test_a_whole_role_play(visitor: Visitor, library: Library) -> None:
    scenario = library.scenarios["changing-table"]
    replies: list[str] = []
    for reply in (scenario.agents["curt"][0], *scenario.agents["good"]):
        replies.append(reply.replace("\n", "\r\n"))  # as browsers send a text field
        page = visitor.post("play/changing-table", {"seed": "1", "reply": replies}).text
        assert page.count("What this did") == len(replies)
    assert "fourth floor" in page and "Ingrid went with thanks." in page
    assert page.count('<th scope="row">') == len(replies) + 1
    assert "One thing to try next" in page and 'id="text"' not in page


def test_what_is_typed_is_shown_as_text_and_kept_nowhere(visitor: Visitor, services: Services) -> None:
    page = visitor.post(
        "play/changing-table", {"seed": "1", "reply": "<script>alert('Zyx7canary')</script> Where is it?"}
    ).text
    assert "<script>alert" not in page and "&lt;script&gt;alert(" in page
    again = visitor.get("play/changing-table").text
    assert "Zyx7canary" not in again
    folder = services.access._database.where.parent
    assert traces(b"Zyx7canary", folder) == []


def test_a_listening_game(visitor: Visitor) -> None:
    page = visitor.post(
        "listen/charged-twice", {"mark": ["0:told", "1:feels", "1:nonsense", "x:feels", "999:asks", ":"]}
    ).text
    assert "You heard 2 of the 7 things" in page
    assert "He writes who was watching." in page


def test_sorting_explains_each_verdict(visitor: Visitor, library: Library) -> None:
    right = {f"c0-{n}": choice.label for n, choice in enumerate(library.tour.situations[0].choices)}
    page = visitor.post("tour", right).text
    assert "You and we agree on 6 of 6" in page
    assert page.count("We agree:") == 6
    assert "You and we agree on 0 of 15" in visitor.post("rapport", {}).text


def test_the_drill_follows_the_misses_and_shows_before_and_after(visitor: Visitor, library: Library) -> None:
    assert "Four times sorry" in visitor.get("drill?misses=over_apology,order").text
    draft = next(d for d in library.drill if d.name == "Only a small thing")
    unchanged = draft.draft.replace("\n", "\r\n")
    assert "Unchanged." in visitor.post("drill", {"misses": "minimising", "text0": unchanged}).text
    heard = "Your grandad's 90th, and the wrong name on the cover: I'm so sorry."
    better = f"Hi Ruby,\n\n{heard} We print it again tomorrow and it arrives on Saturday.\n\nSam"
    page = visitor.post("drill", {"misses": "minimising", "text0": better}).text
    assert 'class="better"' in page and "You name what they are going through." in page
    kept = json.loads(re.findall(r'id="result"[^>]*>(.*?)</script>', page)[0])
    assert (
        kept["exercise"] == "drill"
        and kept["elements"]["feeling"] == [1, 1]
        and better not in page.partition('id="result"')[2]
    )


def test_a_round_without_names(visitor: Visitor, services: Services) -> None:
    app = visitor.client.application
    answer = visitor.post("round", {"scenario": "charged-twice"})
    code = answer.headers["Location"].rsplit("/", 1)[1]
    lead, guest, other = visitor, Visitor(app.test_client()), Visitor(app.test_client())
    assert guest.post("round", {"code": code.lower()}).headers["Location"].endswith(code)
    for player, mark in ((guest, "1:feels"), (other, "1:feels"), (guest, "1:feels")):
        player.get(f"round/{code}")
        assert "Your marks are in" in player.post(f"round/{code}", {"mark": mark}).text
    assert lead.get(f"round/{code}/state").json == {"count": 2, "shown": False}
    guest.post(f"round/{code}", {"show": "1"})
    assert guest.get(f"round/{code}/state").json["shown"] is False  # only who began it shows the answers
    lead.post(f"round/{code}", {"show": "1"})
    assert "Feels 2" in guest.get(f"round/{code}").text
    assert guest.get("round/AAAAAA").status_code == 404
    assert guest.post("round", {"scenario": "charged-twice"}).status_code == 403


def test_exercises_come_round_again(visitor: Visitor) -> None:
    first = visitor.post("schedule", {"rating": "good", "card": ""}).json
    assert first and '"due"' in first["card"]
    for card in ("{}", "[]", "null", '{"due": 1}', "x" * 700, first["card"]):
        assert visitor.post("schedule", {"rating": "again", "card": card}).status_code == 200
    assert visitor.post("schedule", {"rating": "perfect"}).status_code == 422


def test_broken_scenarios_do_not_take_the_coach_down(services: Services, tmp_path: Path) -> None:
    app = create_app(Settings(access_log=False), replace(services, practice=Shelf(tmp_path)))
    visitor = Visitor(app.test_client())
    visitor.post("enter", {"code": services.pairing.new_code()})
    assert visitor.get("").status_code == 503
    assert visitor.client.get("/v1/health", base_url=BASE).status_code == 200


def test_the_host_is_checked_here_too(stranger: Visitor) -> None:
    assert stranger.client.get("/practice/enter", base_url="http://evil.example").status_code == 400
