"""The command that looks for what is wrong."""

from __future__ import annotations

import typer

from qa.cli.options import FolderArgument, IndexOption, JsonOption, as_json_text
from qa.cli.terminal import show


def doctor(
    folder: FolderArgument = None, *, index: IndexOption = None, as_json: JsonOption = False
) -> None:
    """Check the installation, the models, the index and the machine, and say what to mend.

    The exit status is 1 if anything must be mended.
    """
    from dataclasses import asdict

    from qa.diagnosis import examine

    chosen = {"articles": folder, "index": index}
    findings = []
    for finding in examine({name: value for name, value in chosen.items() if value}):
        findings.append(finding)
        if not as_json:
            show(finding)
    if as_json:
        show(as_json_text([asdict(finding) for finding in findings]))
    if any(finding.problem for finding in findings):
        raise typer.Exit(1)
