"""Fit how a reader's features add up to a probability, and print how far it can be trusted.

`python -m training.calibrate --reader deep FOLDER…` writes the weights into the card of the
reader; the folders are benchmarks or written articles. The fast reader comes first: what it
says is a feature of the deep one. Every figure printed is cross-validated over articles: no
question is predicted by weights that saw its article.

Of any other reader that the settings can name, `--reader NAME` prints how far its own scores
can be trusted, and the threshold on them that each stance stands for.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from qa.evaluation import read_benchmark
from training.calibration.asking import FeatureReader, cases, reader_named
from training.calibration.fitting import cross_validate, fit, predictions_by_score
from training.calibration.trust import calibration_error, report, stance_thresholds
from training.calibration.weights import Weights


def main() -> None:
    """Gather the cases, print what they show, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="benchmarks, written articles")
    parser.add_argument("--reader", default="deep", help="fast, deep, or any of the settings'")
    options = parser.parse_args()
    benchmarks = [read_benchmark(folder) for folder in options.folders]
    reader = reader_named(options.reader)
    gathered = [
        case
        for benchmark in benchmarks
        for case in cases(benchmark, [b for b in benchmarks if b is not benchmark], reader)
    ]
    predictions = (
        cross_validate(gathered)
        if isinstance(reader, FeatureReader)
        else predictions_by_score(gathered)
    )
    thresholds = stance_thresholds(predictions)
    print(report(predictions, thresholds))
    print("Thresholds:", ", ".join(f"{name} {bar:.2f}" for name, bar in thresholds.items()))
    print(f"Expected calibration error: {calibration_error(predictions):.3f}")
    if isinstance(reader, FeatureReader):
        write_weights(reader, fit(gathered))


def write_weights(reader: FeatureReader, weights: Weights) -> None:
    """Write the weights into the card of a reader."""
    card = json.loads((reader.folder / "card.json").read_text("utf-8"))
    card |= {
        "weights": dict(zip(reader.names, map(float, weights.features), strict=True)),
        "bias": weights.bias,
    }
    (reader.folder / "card.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
