from __future__ import annotations

import pytest

from empathy_coach.agreement.measures import auc, f1, macro_f1, ranks, spearman


def test_ranks_share_ties() -> None:
    assert ranks([10, 20, 10, 5]).tolist() == [2.5, 4, 2.5, 1]


def test_auc() -> None:
    assert auc([True, False], [2, 1]) == 1
    assert auc([True, False], [1, 1]) == 0.5
    assert auc([True, False, True, False], [1, 2, 3, 4]) == 0.25


def test_spearman() -> None:
    assert spearman([1, 2, 3], [10, 20, 30]) == pytest.approx(1)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)


def test_f1() -> None:
    truth, told = ["a", "a", "b"], ["a", "b", "b"]
    assert f1(truth, told, "a") == pytest.approx(2 / 3)
    assert macro_f1(truth, told, least=1) == pytest.approx(2 / 3)
    assert macro_f1(truth, told, least=2) == pytest.approx(2 / 3)
