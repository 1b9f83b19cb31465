"""Questions that the articles answer, made of their own words by rules of English grammar."""

from __future__ import annotations

from qa.suggestions.suggest import Suggestion, follow_ups, starters

__all__ = ["Suggestion", "follow_ups", "starters"]
