from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_benchmark_runs_and_prints_its_table() -> None:
    script = Path(__file__).with_name("measure.py")
    told = subprocess.run([sys.executable, str(script), "5"], capture_output=True, text=True, check=True).stdout
    assert "one sentence edited: judged" in told
    assert "cost per character" in told
