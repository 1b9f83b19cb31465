"""Ask the articles of this repository, and open what is quoted.

python examples/ask.py "How far is Homs from Hama?"
"""

from __future__ import annotations

import sys

from qa import ask


def main(question: str) -> None:
    """Print the answer, and where each sentence of it stands."""
    answer = ask(question)
    if not answer.citations:
        print(answer.reason)
        return
    print(answer.short_answer or "In their own words:")
    for citation in answer.citations:
        start, end = citation.span.start, citation.span.end
        assert citation.quote == citation.article.text[start:end]  # it cannot misquote
        print(f"  “{citation.quote}”\n  {citation.trail}, characters {start} to {end}")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "How far is Homs from Hama?")
