"""Make the rows that the reader is trained on.

`python -m training.reader.data DATA_FOLDER rows.jsonl --without BENCHMARKS` reads the five
gzipped training sets; what the benchmarks in the other folder ask or say is left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from qa.encoders import open_encoder
from qa.evaluation.written import read_written
from training.reader.assembly import from_claims, from_pairs, from_sentences, from_stories
from training.reader.augmentation import augment
from training.reader.negatives import (
    from_other_section,
    from_retrieval,
    from_same_article,
    without_answer,
)
from training.reader.records import Record, benchmark_texts, read
from training.reader.rows import Row, answerable_row, unanswerable_row
from training.reader.swaps import swap, swap_within
from training.reader.written import from_libraries, from_written, is_held_out

SEED = 7
MAX_GROUPS = 1_000_000  # of a round

Records = Sequence[Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How many rows, or questions to make rows of, a round takes of each kind."""

    seed: int
    answered: int
    answered_before: int = 0
    """Answered questions to leave out, since other runs took them."""

    hard_again: int
    """Adversarial questions that come in twice."""

    retrieved: int
    same_article: int
    removed: int
    swapped: int
    swapped_within: int
    sentences: int
    pairs: int
    stories: int
    other_section: int
    claims: int


FIRST = Mix(
    seed=SEED,
    answered=15_000,
    hard_again=2400,
    retrieved=5500,
    same_article=3000,
    removed=4200,
    swapped=6000,
    swapped_within=0,
    sentences=3500,
    pairs=3000,
    stories=2000,
    other_section=500,
    claims=0,
)
SECOND = Mix(
    seed=100 + SEED,
    answered=25_000,
    hard_again=3600,
    retrieved=9000,
    same_article=3000,
    removed=6000,
    swapped=7000,
    swapped_within=9000,
    sentences=5000,
    pairs=5000,
    stories=3000,
    other_section=800,
    claims=2500,
)
THIRD = Mix(
    seed=200 + SEED,
    answered=5000,
    hard_again=0,
    retrieved=1500,
    same_article=600,
    removed=900,
    swapped=1600,
    swapped_within=2600,
    sentences=1500,
    pairs=1500,
    stories=2200,
    other_section=300,
    claims=2600,
)
FOURTH = replace(
    THIRD,
    seed=300 + SEED,
    answered=2200,
    retrieved=600,
    same_article=300,
    removed=300,
    swapped=800,
    swapped_within=1200,
    sentences=700,
    pairs=700,
    stories=900,
    other_section=100,
    claims=1500,
)
FIFTH = replace(
    FOURTH,
    seed=400 + SEED,
    answered=1200,
    retrieved=400,
    same_article=100,
    removed=100,
    swapped=400,
    swapped_within=600,
    sentences=300,
    pairs=300,
    stories=600,
    claims=900,
)
SIXTH = Mix(
    seed=500 + SEED,
    answered=14_000,
    answered_before=5000,
    hard_again=600,
    retrieved=2200,
    same_article=600,
    removed=600,
    swapped=1600,
    swapped_within=2400,
    sentences=1200,
    pairs=1500,
    stories=2200,
    other_section=200,
    claims=2600,
)
ROUNDS = {
    "first": (FIRST, FIRST),
    "second": (SECOND,),
    "third": (THIRD,),
    "fourth": (FOURTH,),
    "fifth": (FIFTH,),
    "sixth": (SIXTH,),
}
"""The small reader's first run learned from two rounds of one mix, its second from more and
harder; the deep one learned from the third, then from the fourth and the fifth, beside what was
written."""


@dataclass(frozen=True, slots=True)
class Sets:
    """The five training sets."""

    reader: Records
    pairs: Records
    stories: Records
    sentences: Records
    claims: Records

    @classmethod
    def read(cls, folder: Path, without: frozenset[str]) -> Sets:
        """Read the sets of a folder, less what a benchmark holds."""
        names = ("reader", "pairs", "fairytaleqa", "qamr", "fever_claims")
        return cls(*(read(folder / f"{name}.jsonl.gz", without) for name in names))


def rows(sets: Sets, mixes: Sequence[Mix]) -> Iterator[Row]:
    """Yield rounds, each with other draws and other answered questions first."""
    good = [record for record in sets.reader if record.answerable]
    Random(SEED).shuffle(good)
    for number, mix in enumerate(mixes):
        cut, random_ = number * len(good) // len(mixes), Random(mix.seed + number)
        drawn = list(_mixed([*good[cut:], *good[:cut]], sets, mix, random_))
        augmented = [augment(row, random_) for row in drawn]
        random_.shuffle(augmented)
        yield from augmented


def _mixed(good: Records, sets: Sets, mix: Mix, random_: Random) -> Iterator[Row]:
    """Yield the rows of a round, about half of them answerable."""
    hard = [record for record in sets.reader if not record.answerable]
    yield from (
        answerable_row(record, "positive")
        for record in good[mix.answered_before :][: mix.answered]
    )
    for record in hard + random_.sample(hard, min(mix.hard_again, len(hard))):
        yield unanswerable_row(
            record.question, record.context, title=record.title, kind="adversarial"
        )
    yield from from_retrieval(random_.sample(good, mix.retrieved), sets.reader, random_)
    yield from from_same_article(random_.sample(good, mix.same_article), sets.reader, random_)
    yield from without_answer(random_.sample(good, mix.removed))
    swaps = list(swap(random_.sample(good, mix.swapped), sets.reader, random_))
    yield from swaps[: mix.swapped // 2]
    swaps = list(swap_within(random_.sample(good, mix.swapped_within), random_))
    yield from swaps[: mix.swapped_within // 2]
    yield from from_sentences(sets.sentences, mix.sentences, random_)
    yield from from_pairs(sets.pairs, mix.pairs, random_)
    yield from from_stories(sets.stories, mix.stories, random_)
    yield from from_other_section(sets.stories, mix.other_section, random_)
    yield from from_claims(sets.claims, mix.claims, random_)


def written_rows(folder: Path, *, rounds: int, seed: int, searched: bool) -> Iterator[Row]:
    """Yield the rows of the written articles but the held-out ones, some times over.

    Each round cuts the articles, draws passages and makes slips in another way. The articles
    are taken each alone, or `searched` together.
    """
    encoder, random_ = open_encoder("minilm"), Random(SEED + seed)
    written = [each for each in read_written(folder) if not is_held_out(each)]
    make = from_libraries if searched else from_written
    for number in range(rounds):
        for row in make(written, encoder, random_):
            if row.group < 0:
                yield augment(row, random_)
            else:  # one question is typed in one way, whatever passage it is beside
                group = number * MAX_GROUPS + row.group
                yield augment(replace(row, group=group), Random(SEED + seed + group))


def main() -> None:
    """Write the rows, and print how many there are of each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of the training sets")
    parser.add_argument("into", type=Path, help="the file of rows to write")
    parser.add_argument("--mix", choices=ROUNDS, default="first")
    parser.add_argument("--written", type=Path, help="folder of written articles to add")
    parser.add_argument("--rounds", type=int, default=1, help="of the written articles")
    parser.add_argument("--searched", action="store_true", help="search them, a few together")
    parser.add_argument("--seed", type=int, default=0, help="for other draws of the same mix")
    parser.add_argument("--without", type=Path, help="folder of benchmarks to keep clear of")
    options = parser.parse_args()
    without = benchmark_texts(options.without) if options.without else frozenset[str]()
    kinds: Counter[str] = Counter()
    mixes = [replace(mix, seed=mix.seed + options.seed) for mix in ROUNDS[options.mix]]
    made = list(rows(Sets.read(options.folder, without), mixes))
    if options.written:
        made += written_rows(
            options.written,
            rounds=options.rounds,
            seed=options.seed,
            searched=options.searched,
        )
        Random(SEED + options.seed).shuffle(made)
    with options.into.open("w", encoding="utf-8") as file:
        for row in made:
            file.write(row.as_json() + "\n")
            kinds[row.kind] += 1
    print(kinds.total(), dict(sorted(kinds.items())))


if __name__ == "__main__":
    main()
