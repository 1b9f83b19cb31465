"""Make the rows that the reader is trained on.

`python -m training.reader.data DATA_FOLDER rows.jsonl --without BENCHMARKS` reads the four
gzipped training sets; what the benchmarks in the other folder ask or say is left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from training.reader.asked import finish
from training.reader.assembled import from_pairs, from_sentences, from_stories
from training.reader.negatives import other_section, removed, retrieved, same_article
from training.reader.records import Record, benchmarked, read
from training.reader.rows import Row, answered, unanswered
from training.reader.swaps import swapped

SEED = 7
ROUNDS = 2

Records = Sequence[Record]


@dataclass(frozen=True, slots=True)
class Sets:
    """The four training sets."""

    reader: Records
    pairs: Records
    stories: Records
    sentences: Records

    @classmethod
    def read(cls, folder: Path, without: frozenset[str]) -> Sets:
        """Read the sets of a folder, less what a benchmark holds."""
        names = ("reader", "pairs", "fairytaleqa", "qamr")
        return cls(*(read(folder / f"{name}.jsonl.gz", without) for name in names))


def rows(sets: Sets) -> Iterator[Row]:
    """Yield two rounds, each with other draws and other answered questions first."""
    good = [record for record in sets.reader if record.answerable]
    Random(SEED).shuffle(good)
    for number in range(ROUNDS):
        cut, random_ = number * len(good) // ROUNDS, Random(SEED + number)
        drawn = list(_mix([*good[cut:], *good[:cut]], sets, random_))
        finished = [finish(row, random_) for row in drawn]
        random_.shuffle(finished)
        yield from finished


def _mix(good: Records, sets: Sets, random_: Random) -> Iterator[Row]:
    """Yield the rows of a round: about 43,000, half of them answerable."""
    hard = [record for record in sets.reader if not record.answerable]
    yield from (answered(record, "positive") for record in good[:15_000])
    for record in hard + random_.sample(hard, 2400):
        yield unanswered(
            record.question, record.context, title=record.title, kind="adversarial"
        )
    yield from retrieved(random_.sample(good, 5500), sets.reader, random_)
    yield from same_article(random_.sample(good, 3000), sets.reader, random_)
    yield from removed(random_.sample(good, 4200))
    yield from list(swapped(random_.sample(good, 6000), sets.reader, random_))[:3000]
    yield from from_sentences(sets.sentences, 3500, random_)
    yield from from_pairs(sets.pairs, 3000, random_)
    yield from from_stories(sets.stories, 2000, random_)
    yield from other_section(sets.stories, 500, random_)


def main() -> None:
    """Write the rows, and print how many there are of each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of the training sets")
    parser.add_argument("into", type=Path, help="the file of rows to write")
    parser.add_argument("--without", type=Path, help="folder of benchmarks to keep clear of")
    options = parser.parse_args()
    without = benchmarked(options.without) if options.without else frozenset[str]()
    kinds: Counter[str] = Counter()
    with options.into.open("w", encoding="utf-8") as file:
        for row in rows(Sets.read(options.folder, without)):
            file.write(row.as_json() + "\n")
            kinds[row.kind] += 1
    print(kinds.total(), dict(sorted(kinds.items())))


if __name__ == "__main__":
    main()
