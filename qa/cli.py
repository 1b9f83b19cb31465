"""The command line: build, add, remove, sync, ask, chat, info, feedback, eval."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa import bench
from qa.articles import KINDS
from qa.errors import ArticleError, QAError
from qa.settings import Settings

if TYPE_CHECKING:
    from qa.encoders import Progress
    from qa.evaluation.benchmark import Question
    from qa.index import Index
    from qa.index.reading import Refused

app = typer.Typer(
    help="Ask a folder of articles; every sentence of the answer is a quotation you can open.",
    epilog="Every setting can also be given as QA_NAME=… or in qa.toml; `qa info` lists them.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(bench.app, name="bench")

ArticlesOption = Annotated[
    str | None, typer.Option("--articles", help=f"The folder of articles ({KINDS}).")
]
IndexOption = Annotated[str | None, typer.Option("--index", help="The folder of the index.")]
StanceOption = Annotated[
    str | None,
    typer.Option(
        "--stance",
        help="How sure an answer must be: strict, balanced, eager, or a probability.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def build(
    articles: ArticlesOption = None,
    index: IndexOption = None,
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Build even if nothing changed.")
    ] = False,
) -> None:
    """Build the index of a folder of articles.

    What the index has already is not encoded again, and what was added to it by hand stays;
    --force makes it from nothing. The old index stays until the new one is whole. Each file
    that cannot be read is named, the rest is indexed, and the exit status is 1.
    """
    from qa import index as library

    settings = _settings(articles, index)

    def change(progress: Progress, refused: Refused) -> Index:
        return library.build(
            settings.articles,
            into=settings.index,
            settings=settings,
            force=force,
            progress=progress,
            refused=refused,
        )

    _change(settings.index, change)


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of articles.")],
    index: IndexOption = None,
) -> None:
    """Add articles to the index; they stay in it until they are removed.

    A file replaces what was read from one of the same name. Each file that cannot be read is
    named, the others are added, and the exit status is 1.
    """
    from qa import index as library

    settings = _settings(None, index)

    def change(progress: Progress, refused: Refused) -> Index:
        return library.add(
            paths,
            index=settings.index,
            root=settings.articles,
            progress=progress,
            refused=refused,
        )

    _change(settings.index, change)


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(help="Files' names, ids or titles.")],
    index: IndexOption = None,
) -> None:
    """Remove articles from the index, by what `qa info` calls them.

    Their files are left alone: one in the folder of articles is back with the next build.
    """
    from qa import index as library

    home = _settings(None, index).index
    _change(home, lambda *_: library.remove(names, index=home))


@app.command()
def sync(
    folder: Annotated[Path, typer.Argument(help="The folder of articles.")],
    index: IndexOption = None,
) -> None:
    """Make the index hold what a folder holds now, in the way the index was made.

    Only what changed is encoded, and a file that was renamed is not; what was added by hand
    stays.
    """
    from qa import index as library

    home = _settings(None, index).index

    def change(progress: Progress, refused: Refused) -> Index:
        return library.sync(folder, index=home, progress=progress, refused=refused)

    _change(home, change)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in plain words.")],
    index: IndexOption = None,
    *,
    stance: StanceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer one question, with its citations.

    Each sentence of the answer is a quotation; the list below it says of which article and
    section, and at which characters. If the articles don't say, so does the answer.
    """
    from qa.assistant import ask as ask_index

    answer = ask_index(question, index=index, stance=stance)
    print(_json(answer.as_dict()) if as_json else answer)


@app.command()
def suggest(
    index: IndexOption = None,
    *,
    limit: Annotated[int, typer.Option(help="How many questions at the most.")] = 4,
) -> None:
    """Print questions that the articles answer, made of their own words.

    Each has been asked: it is surely answered, by the section that it was made of.
    """
    from qa.assistant import Assistant
    from qa.index import load

    settings = _settings(None, index)
    assistant = Assistant(load(settings.index), settings=settings)
    for made in assistant.suggest(limit=limit):
        print(made.question)


@app.command()
def chat(
    articles: ArticlesOption = None, index: IndexOption = None, *, stance: StanceOption = None
) -> None:
    """Open the chat in a browser; the index is built first if it is stale.

    The address is Gradio's affair: GRADIO_SERVER_NAME and GRADIO_SERVER_PORT choose it.
    """
    from qa.ui import serve

    serve(_settings(articles, index, stance))


@app.command()
def info(
    index: IndexOption = None,
    *,
    alike: Annotated[
        bool, typer.Option("--alike", help="Name the articles that are nearly the same.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show what an index holds, the model that made it, and the settings in force."""
    from qa.alike import alike as groups
    from qa.index import load
    from qa.milvus_words import MilvusWords

    settings = _settings(None, index)
    held = load(settings.index)
    manifest = held.manifest
    facts = {
        "index": f"{settings.index}/{manifest.folder}",
        "articles": manifest.articles,
        "passages": manifest.passages,
        "store": manifest.recipe.store,
        "words": "at Milvus" if isinstance(held.words, MilvusWords) else "in the folder",
        "encoder": f"{manifest.recipe.encoder} {manifest.recipe.encoder_sha256[:12]}",
        "vectors": f"{manifest.kind}, recall@10 {manifest.recall:.3f}",
        "settings": {name: getattr(settings, name) for name in Settings.__slots__},
        "sources": {entry.source: entry.title for entry in held.entries.values()},
    }
    if alike:
        sources = [entry.source for entry in held.entries.values()]
        found = groups(held.articles.values())
        facts["nearly the same"] = [[sources[number] for number in group] for group in found]
    print(_json(facts) if as_json else "\n".join(_lines(facts)))


@app.command()
def feedback(
    index: IndexOption = None,
    *,
    into: Annotated[
        Path | None, typer.Option(help="Write the questions to a new folder, for `qa eval`.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what people think of the answers, and make questions for `qa eval` of it.

    A thumb up on an answer says where its question is answered; one on a silence, and "should
    have stayed silent", that it is not. The other questions are listed for a person, who can
    fill in what is known in the folder's questions.jsonl.
    """
    from qa import evaluation
    from qa.feedback import Ledger
    from qa.index import load

    settings = _settings(None, index)
    given, unread = Ledger(Path(settings.data)).read()
    library = load(settings.index)
    opinions = evaluation.Opinions.of(given, library, unread=unread)
    if into:
        evaluation.write_benchmark(opinions.questions, library, into)
    print(_json(opinions.as_dict()) if as_json else opinions)


@app.command("eval")
def evaluate(
    data: Annotated[list[Path], typer.Argument(help="Benchmark folders or SQuAD JSON files.")],
    *,
    limit: Annotated[
        int | None, typer.Option(help="Ask only so many questions of each.")
    ] = None,
    work: Annotated[Path, typer.Option(help="Where the indexes are kept.")] = Path(
        ".cache/eval"
    ),
    against: Annotated[
        str | None, typer.Option(help="An encoder to time a question on, for comparison.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option(help="Draw risk against coverage: an .svg or a .png file.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure search, reading, answers, silence and speed on questions with known answers.

    One table: a column a benchmark; shares in percent, times in milliseconds. Off-topic
    questions are those of the other benchmarks, so name two or more.
    """
    from qa import evaluation
    from qa.encoders import open_encoder

    done = evaluation.evaluate(
        [evaluation.read_benchmark(path) for path in data],
        Settings.load(),
        work=work,
        limit=limit,
        against=open_encoder(against) if against else None,
        watch=_watched,
    )
    print(done.table.as_json() if as_json else done.table)
    if picture:
        evaluation.draw(done.curves, picture)


def main() -> None:
    """Run the command line; a QAError is a line that says what to do, and exit status 1."""
    try:
        app()
    except QAError as error:
        print(f"qa: {error.problem}", file=sys.stderr)
        if error.hint:
            print(error.hint, file=sys.stderr)
        sys.exit(1)


def _change(home: str, change: Callable[[Progress, Refused], Index]) -> None:
    """Change the index, say what it holds now, and name each file that could not be read."""
    from qa.manifest import Manifest

    before, refused = Manifest.standing(Path(home)), list[ArticleError]()
    with _bar("Encoding", "passages") as progress, _telling(refused):
        index = change(progress, refused.append)
    if index.manifest.folder == before:
        print(f"{home} is up to date.")
    else:
        held = _count(len(index.articles), "article"), _count(len(index.passages), "passage")
        print(f"{', '.join(held)} in {home}.")
    if refused:
        raise typer.Exit(1)


def _settings(articles: str | None, index: str | None, stance: str | None = None) -> Settings:
    given = {"articles": articles, "index": index, "stance": stance}
    return Settings.load().with_({name: value for name, value in given.items() if value})


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _lines(facts: dict[str, object]) -> Iterable[str]:
    for name, value in facts.items():
        if isinstance(value, dict):
            yield f"{name}:"
            yield from (f"  {key}: {inner}" for key, inner in value.items())
        elif isinstance(value, list):
            yield f"{name}:"
            yield from (f"  {', '.join(some)}" for some in value)
        else:
            yield f"{name}: {value}"


@contextmanager
def _telling(refused: Sequence[ArticleError]) -> Iterator[None]:
    """Print, at the end, a line for each file that could not be read."""
    try:
        yield
    finally:
        for error in refused:
            print(f"qa: {error}", file=sys.stderr)


@contextmanager
def _bar(title: str, unit: str) -> Iterator[Progress]:
    """Show a progress bar while something long goes on."""
    from tqdm import tqdm

    with tqdm(desc=title, unit=f" {unit}", disable=None) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress


def _watched(questions: Iterable[Question], name: str) -> Iterator[Question]:
    from tqdm import tqdm

    yield from tqdm(questions, desc=name, unit=" questions")
