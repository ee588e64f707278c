"""The benchmark runs and prints its table; its figures are for people to read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_benchmark_prints_its_table() -> None:
    script = Path(__file__).with_name("measure.py")
    done = subprocess.run([sys.executable, str(script), "5"], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    kinds = [line.split("  ")[0] for line in done.stdout.splitlines()[2:]]
    assert kinds == ["empty", "health", "me", "coach", "coach() alone"]
