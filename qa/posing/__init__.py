"""Questions made of headings and sentences by rules of English grammar, without any model."""

from __future__ import annotations

from qa.posing.facts import pose
from qa.posing.headings import pose_heading
from qa.posing.posed import Posed
from qa.posing.wording import Wording

__all__ = ["Posed", "Wording", "pose", "pose_heading"]
