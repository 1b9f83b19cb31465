"""What the documentation's site is given when it is built: tables and a picture of the code."""

from __future__ import annotations

import ast
import html
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).parent.parent.parent
OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./([^)\s]+)\)")
WIDTH, BOX, HEIGHT, STEP = 960, 104, 30, 62  # of the picture, in pixels
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2a44; text-anchor: middle }
rect { fill: #eef1fb; stroke: #3f51b5; rx: 6px }
path { fill: none; stroke: #8c97c9; stroke-width: 1.2 }
.sheet { fill: #ffffff; stroke: none }
"""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the picture of the architecture."""
    from mkdocs.structure.files import File

    files.append(File.generated(config, "architecture.svg", content=architecture()))
    return files


def on_page_markdown(markdown: str, config: MkDocsConfig, **_: object) -> str:
    """Put tables where they belong, and lead links to code where the code is published."""
    for name, table in (("settings", settings_table), ("commands", command_list)):
        mark = f"<!-- {name} -->"
        if mark in markdown:
            markdown = markdown.replace(mark, table())
    address = (config.repo_url or "").rstrip("/")
    linked = rf"[\1]({address}/blob/main/\2)" if address else r"\1"
    return OUTSIDE.sub(linked, markdown)


def settings_table() -> str:
    """Return the settings, their defaults, and what their docstrings say."""
    tree = ast.parse((ROOT / "qa" / "settings.py").read_text("utf-8"))
    (body,) = (
        node.body
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == "Settings"
    )
    parts = []
    for field, doc in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(doc, ast.Expr) and field.value:
            name, default = ast.unparse(field.target), ast.unparse(field.value)
            words = " ".join(str(ast.literal_eval(doc.value)).split())
            parts.append(
                f"### `{name}`\n\nDefault `{default}`, or `QA_{name.upper()}`. {words}"
            )
    return "\n\n".join(parts)


def command_list() -> str:
    """Return the commands, with what their help says."""
    from typer.main import get_command

    from qa.cli import app

    commands: Mapping[str, object] = getattr(get_command(app), "commands", {})
    parts = []
    for name, command in commands.items():
        options = "\n".join(
            f"- `{' '.join(getattr(each, 'opts', [])) or name}` {each.help or ''}".rstrip()
            for each in getattr(command, "params", ())
            if getattr(each, "help", "") and each.name != "help"
        )
        said = re.sub(r"[\b\f]", "", getattr(command, "help", "") or "")
        parts.append(f"### qa {name}\n\n{said}\n\n{options}".rstrip())
    return "\n\n".join(parts)


def architecture() -> str:
    """Draw the packages, each above those it imports, as an SVG."""
    needs = direct(imports())
    rows: dict[int, list[str]] = defaultdict(list)
    for package in needs:
        rows[depth(package, needs)].append(package)
    top = max(rows)
    at = {
        package: (WIDTH * (n + 1) / (len(row) + 1), (top - layer) * STEP + STEP / 2)
        for layer, row in rows.items()
        for n, package in enumerate(sorted(row))
    }
    lines = [
        f'<path d="M{x:.0f} {y + HEIGHT / 2:.0f} C{x:.0f} {(y + v) / 2:.0f} '
        f'{u:.0f} {(y + v) / 2:.0f} {u:.0f} {v - HEIGHT / 2:.0f}"/>'
        for package, below in needs.items()
        for (x, y), (u, v) in ((at[package], at[each]) for each in sorted(below))
    ]
    boxes = [
        f'<rect x="{x - BOX / 2:.0f}" y="{y - HEIGHT / 2:.0f}" width="{BOX}" '
        f'height="{HEIGHT}"/><text x="{x:.0f}" y="{y + 5:.0f}">{html.escape(package)}</text>'
        for package, (x, y) in at.items()
    ]
    height = (top + 1) * STEP
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">',
            f"<style>{STYLE}</style>",
            f'<rect class="sheet" width="{WIDTH}" height="{height}"/>',
            *lines,
            *boxes,
            "</svg>",
        ]
    )


def imports() -> dict[str, set[str]]:
    """Return which packages, and modules beside them, each of them imports."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "qa").rglob("*.py")):
        parts = file.relative_to(ROOT / "qa").with_suffix("").parts
        if parts[0] == "__init__":
            continue
        package = found.setdefault(parts[0], set())
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                package |= set(_packages(node.module, (alias.name for alias in node.names)))
        package.discard(parts[0])
    return found


def _packages(module: str, names: Iterable[str]) -> Iterable[str]:
    first, _, rest = module.partition(".")
    if first == "qa":
        every = [rest.partition(".")[0]] if rest else [*names]
        yield from (name for name in every if _exists(name))


def _exists(name: str) -> bool:
    return (ROOT / "qa" / f"{name}.py").exists() or (ROOT / "qa" / name).is_dir()


def direct(needs: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Leave out what a package reaches through another that it needs."""
    return {
        package: {each for each in below if not any(each in reached(o, needs) for o in below)}
        for package, below in needs.items()
    }


def reached(package: str, needs: Mapping[str, set[str]]) -> set[str]:
    """Return what a package needs, and what that needs in turn."""
    return needs[package].union(*(reached(each, needs) for each in needs[package]))


def depth(package: str, needs: Mapping[str, set[str]]) -> int:
    """Return how many layers are below a package."""
    return max((depth(each, needs) + 1 for each in needs[package]), default=0)
