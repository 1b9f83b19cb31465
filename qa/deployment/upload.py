"""Create a Space, or bring it up to date."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qa.deployment.contents import Card, write_space
from qa.errors import DeploymentError
from qa.settings import Settings

if TYPE_CHECKING:
    from huggingface_hub import HfApi

Result = TypeVar("Result")

HINTS = {
    401: "Log in: hf auth login, or set HF_TOKEN.",
    402: "A Space of this kind needs a paid plan: see the Hub's prices.",
    403: "The token must be allowed to write to that name.",
}
"""What to do about the Hub's refusals, by their status."""


def deploy(
    settings: Settings,
    card: Card,
    name: str,
    *,
    private: bool = False,
    api: HfApi | None = None,
) -> str:
    """Create or update the Space of a name, USER/NAME, and return its address.

    What the Space has beside the new files is deleted from it.

    Raises:
        DeploymentError: if the Hub refuses, or cannot be reached.
        QAError: if the index cannot be built.
    """
    from huggingface_hub import HfApi

    hub = api or HfApi()
    with tempfile.TemporaryDirectory(prefix="qa-space-") as folder:
        write_space(settings, card, Path(folder))
        space = _call_hub(
            lambda: hub.create_repo(
                name, repo_type="space", space_sdk="gradio", private=private, exist_ok=True
            )
        )
        _call_hub(
            lambda: hub.upload_folder(
                repo_id=name,
                repo_type="space",
                folder_path=folder,
                delete_patterns="*",
                commit_message="Update the articles and the program",
            )
        )
    return str(space)


def _call_hub(call: Callable[[], Result]) -> Result:
    """Return what a call of the Hub returns.

    Raises:
        DeploymentError: if it fails.
    """
    from huggingface_hub.errors import (
        HfHubHTTPError,
        HFValidationError,
        LocalTokenNotFoundError,
    )

    try:
        return call()
    except HFValidationError as wrong:
        raise DeploymentError(f"{wrong}", hint="Name a Space as USER/NAME.") from wrong
    except LocalTokenNotFoundError as missing:
        raise DeploymentError("Nobody is logged in to the Hub.", hint=HINTS[401]) from missing
    except HfHubHTTPError as refused:
        problem = f"The Hub refuses: {refused.server_message or refused}."
        hint = HINTS.get(refused.response.status_code, "")
        raise DeploymentError(problem, hint=hint) from refused
    except OSError as unreachable:
        raise DeploymentError(f"The Hub cannot be reached: {unreachable}.") from unreachable
