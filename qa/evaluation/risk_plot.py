"""The plot of risk–coverage curves, legible on a light and on a dark page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import DataError, MissingExtra
from qa.evaluation.benchmark import QuestionKind
from qa.evaluation.risk import RiskCurve
from qa.settings import STANCES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg")
COLOURS = ("#3d8bfd", "#e8833a", "#22a37a", "#c264c9", "#b59a1b", "#e25c6e")
MARKS = dict(zip(STANCES, "so^", strict=True))
INK = "#767f8d"  # a grey that stands out from white and from black
RULE = f"{INK}40"
STYLE = {
    "axes.edgecolor": RULE,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 9.5,
    "figure.constrained_layout.wspace": 0.06,
    "font.size": 9,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "lines.markersize": 5.5,
    "lines.solid_capstyle": "round",
    "savefig.transparent": True,
    "svg.hashsalt": "risk",  # the same curves make the same file
    "text.color": INK,
    "text.parse_math": False,  # a benchmark's name is text
    "xtick.color": INK,
    "xtick.major.size": 0,
    "ytick.color": INK,
    "ytick.major.size": 0,
}
SETTLED = 0.03  # of the questions: before, every single answer makes the risk jump


def draw(curves: Mapping[QuestionKind, Mapping[str, RiskCurve]], file: Path) -> None:
    """Draw a panel a kind of unanswerable question, a line a benchmark, a mark a stance.

    Raises:
        DataError: if there are no curves, or the file is neither PNG nor SVG.
        MissingExtra: if matplotlib is not installed.
    """
    kinds = [kind for kind in QuestionKind if kind in curves]
    if not kinds:
        raise DataError("There is no risk to draw.", hint="Name two benchmarks or more.")
    if file.suffix not in FORMATS:
        raise DataError(
            f"{file} is not a picture.", hint=f"Name a {' or '.join(FORMATS)} file."
        )
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as missing:
        raise MissingExtra("matplotlib", extra="evaluation") from missing
    names = dict.fromkeys(name for kind in kinds for name in curves[kind])
    colours = {name: COLOURS[n % len(COLOURS)] for n, name in enumerate(names)}
    with rc_context(STYLE):
        figure = Figure(figsize=(1 + 3 * len(kinds), 3.6), dpi=200, layout="constrained")
        panels = figure.subplots(1, len(kinds), sharey=True, squeeze=False)[0]
        for panel, kind in zip(panels, kinds, strict=True):
            panel.set_title(f"answerable + {kind}")
            for name, curve in curves[kind].items():
                _plot(panel, curve, colour=colours[name])
        _label(panels)
        _legend(figure, colours)
        figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)


def _plot(panel: Axes, curve: RiskCurve, *, colour: str) -> None:
    settled = curve.coverage >= SETTLED
    panel.plot(curve.coverage[settled], curve.risk[settled], color=colour, linewidth=1.6)
    for stance, mark in MARKS.items():
        panel.plot(*curve.at(STANCES[stance]), mark, color=colour, clip_on=False)


def _label(panels: Sequence[Axes]) -> None:
    """Label the axes once all is plotted: the panels share the height that all need."""
    from matplotlib.ticker import PercentFormatter

    for panel in panels:
        panel.set(xlabel="answered", xlim=(0, 1), xticks=(0, 0.25, 0.5, 0.75, 1))
        panel.xaxis.set_major_formatter(PercentFormatter(1))
    panels[0].set(ylabel="wrong, of those answered", ylim=(0, None))
    panels[0].yaxis.set_major_formatter(PercentFormatter(1, decimals=0))


def _legend(figure: Figure, colours: Mapping[str, str]) -> None:
    """Say which line is which benchmark, and which mark which stance."""
    from matplotlib.lines import Line2D

    lines = {name: Line2D([], [], color=colour) for name, colour in colours.items()}
    points = {
        stance: Line2D([], [], color=INK, marker=mark, linestyle="")
        for stance, mark in MARKS.items()
    }
    handles = [*lines.values(), *points.values()]
    figure.legend(
        handles,
        [*lines, *points],
        loc="outside lower center",
        ncols=len(handles),
        frameon=False,
    )
