"""What an installation needs to work, checked one by one: `qa doctor`."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from qa.articles import article_files
from qa.encoders import open_encoder
from qa.errors import DISTRIBUTION, REBUILD, QAError
from qa.index import load
from qa.index.manifest import Recipe
from qa.index_folder import index_folder
from qa.models import MODEL_NAMES, model_folder
from qa.models.onnx import OnnxModel
from qa.plugins import version_of
from qa.readers import open_reader
from qa.settings import FILE, Settings
from qa.ui.server.login import accounts

MIN_PYTHON = (3, 11)
MIN_DISK = 500  # megabytes: for an index that is built beside the old one
MIN_CORES = 2
VECTOR_UNITS = ("avx512_vnni", "avx_vnni", "avx2", "asimddp")
"""What makes numbers of 8 bits fast, best first; as Linux calls it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check; with a `problem` something must be mended, as the hint says."""

    name: str
    said: str
    problem: bool = False
    hint: str = ""

    def __str__(self) -> str:
        mark = "✗" if self.problem else "✓"
        return f"{mark} {self.name}: {self.said}" + (f"\n  {self.hint}" if self.hint else "")


def examine(chosen: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """Yield what is found of packages, models, settings, articles, index and machine.

    Some settings may be chosen here, in place of those in force.
    """
    yield _python()
    yield _packages()
    for name in MODEL_NAMES:
        yield _run_check(f"model {name}", partial(_model, name))
    settings = Settings()
    try:
        settings = Settings.load().with_(chosen or {})
        yield Finding("settings", str(FILE) if FILE.exists() else "the defaults")
    except QAError as error:
        yield Finding("settings", error.problem, problem=True, hint=error.hint)
    yield _run_check("login", _login)
    yield _run_check("reader", lambda: _reader(settings))
    yield _run_check("articles", lambda: _articles(settings))
    yield _run_check("index", lambda: _index(settings))
    yield _disk(index_folder(settings))
    yield _processor()


def _run_check(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, check())
    except QAError as error:
        return Finding(name, error.problem, problem=True, hint=error.hint)


def _python() -> Finding:
    said = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    old = sys.version_info < MIN_PYTHON
    hint = f"Install Python {MIN_PYTHON[0]}.{MIN_PYTHON[1]} or newer." if old else ""
    return Finding("Python", said, problem=old, hint=hint)


def _packages() -> Finding:
    """Tell which packages are missing, or of a version that does not fit."""
    from packaging.requirements import Requirement

    try:
        needed = [Requirement(each) for each in requires(DISTRIBUTION) or []]
    except PackageNotFoundError:
        return Finding("packages", "run from a checkout that is not installed")
    wrong = []
    for each in needed:
        if each.marker and not each.marker.evaluate({"extra": ""}):
            continue
        there = version_of(each.name)
        if not each.specifier.contains(there or "0", prereleases=True):
            wrong.append(f"{each.name} is {there or 'missing'}, and must be {each.specifier}")
    if wrong:
        hint = f"Run: pip install --upgrade {DISTRIBUTION}"
        return Finding("packages", "; ".join(wrong), problem=True, hint=hint)
    return Finding("packages", f"{DISTRIBUTION} {version_of(DISTRIBUTION)}, and all it needs")


def _model(name: str) -> str:
    folder = model_folder(name)
    model = OnnxModel(folder)
    _ = model.tokenizer, model.run
    return str(folder)


def _login() -> str:
    held = accounts()
    return f"{len(held)} may see the page" if held else "everyone may see the page"


def _reader(settings: Settings) -> str:
    open_reader(settings.reader, open_encoder(settings.encoder))
    return settings.reader


def _articles(settings: Settings) -> str:
    count = len(article_files(Path(settings.articles)))
    return f"{count:,} {'file' if count == 1 else 'files'} in {settings.articles}"


def _index(settings: Settings) -> str:
    """Open the index, which compares its files with their hashes."""
    folder = index_folder(settings)
    manifest = load(folder).manifest
    wanted = asdict(Recipe.of(open_encoder(settings.encoder), settings))
    for name, built in asdict(manifest.recipe).items():
        if built != wanted[name]:
            problem = f"{folder} was built with {name} {built}, and is to be {wanted[name]}."
            raise QAError(problem, hint=REBUILD)
    held = f"{manifest.articles:,} articles in {manifest.passages:,} passages"
    return f"{held}, whole, in {folder}"


def _disk(folder: Path) -> Finding:
    there = next(f for f in (folder, *folder.absolute().parents) if os.access(f, os.F_OK))
    free = shutil.disk_usage(there).free // 2**20
    if not os.access(there, os.W_OK):
        hint = "Name another folder: --index, or QA_INDEX."
        return Finding("disk", f"{there} cannot be written", problem=True, hint=hint)
    short = free < MIN_DISK
    hint = f"Make room: {MIN_DISK} MB are wise." if short else ""
    return Finding("disk", f"{free:,} MB are free at {there}", problem=short, hint=hint)


def _processor() -> Finding:
    cores = os.cpu_count() or 1
    unit = next((unit for unit in VECTOR_UNITS if unit in _flags()), "")
    said = f"{cores} cores" + (f", {unit}" if unit else "")
    slow = cores < MIN_CORES
    return Finding("processor", said, hint="One core answers half as fast." if slow else "")


def _flags() -> set[str]:
    """Return what the processor can do, where a file tells."""
    try:
        return set(Path("/proc/cpuinfo").read_text("utf-8").split())
    except OSError:
        return set()
