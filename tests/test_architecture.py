"""The layers of the program: a module imports only from layers below its own."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = """
errors files origin
callbacks plugins timing
types
settings answers.* fusion
index_folder
language.* models.*
passages
articles.* encoders.* stores.* feedback.*
lexical.* readers.*
index.* quoting.*
query testing.*
search
trace
pipeline
suggestions.*
conversation.*
assistant
qa
ui.* evaluation.*
deployment.* diagnosis
cli.*
"""
"""Bottom up. The modules of a starred package may import each other, but not in a circle."""
HEAVY = {
    *("faiss", "gradio", "milvus_lite", "onnxruntime", "pymilvus"),
    *("sentence_transformers", "torch", "transformers"),
}
PARSERS = {
    *("charset_normalizer", "docutils", "lxml", "mammoth", "openpyxl", "pptx", "pypdfium2"),
    "striprtf",
}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in sorted((ROOT / "qa").rglob("*.py"))}


def layers() -> list[set[str]]:
    lines = LAYERS.strip().splitlines()
    return [{"qa" if name == "qa" else f"qa.{name}" for name in line.split()} for line in lines]


def package(module: str) -> str:
    """Return the name under which a module stands in the list."""
    name = ".".join(module.split(".")[:2])
    return f"{name}.*" if any(f"{name}.*" in names for names in layers()) else module


def layer(module: str) -> int:
    return next(number for number, names in enumerate(layers()) if package(module) in names)


@cache
def imports(module: str) -> set[str]:
    """Return which of our modules one imports, wherever in it."""
    return set(_imports(ast.parse(MODULES[module].read_text("utf-8"))))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for alias in node.names:
                deeper = f"{node.module}.{alias.name}"
                yield deeper if deeper in MODULES else node.module


def run(code: str) -> set[str]:
    """Run some Python on its own and return the packages that were loaded at its end."""
    code += "\nimport sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_every_module_has_a_layer_and_every_layer_its_modules() -> None:
    assert {package(module) for module in MODULES} == set().union(*layers())


def test_no_module_has_two_layers() -> None:
    assert sum(map(len, layers())) == len(set().union(*layers()))


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module: str) -> None:
    above = [
        other
        for other in imports(module)
        if layer(other) >= layer(module) and package(other) != package(module)
    ]
    assert above == []


@pytest.mark.parametrize("module", MODULES)
def test_no_module_imports_itself_by_a_detour(module: str) -> None:
    reached, left = set[str](), [module]
    while left:
        for other in imports(left.pop()) - reached:
            reached.add(other)
            left.append(other)
    assert module not in reached


def test_importing_qa_is_light() -> None:
    assert (HEAVY | PARSERS).isdisjoint(run("import qa"))


@pytest.mark.parametrize("reader", ["fast", "deep", "similarity"])
def test_building_an_index_and_answering_load_no_torch(reader: str, tmp_path: Path) -> None:
    loaded = run(f"""
from qa import Assistant, Settings, build, load
chosen = Settings(reader={reader!r}, stance="0")
build("tests/data/articles", into={str(tmp_path)!r}, settings=chosen)
answer = Assistant(load({str(tmp_path)!r}), settings=chosen).ask("Which car is white?")
assert "[1]" in str(answer), answer
""")
    assert {"faiss", "onnxruntime", "tantivy"} <= loaded
    assert loaded.isdisjoint((HEAVY | PARSERS) - {"faiss", "lxml", "onnxruntime"})
