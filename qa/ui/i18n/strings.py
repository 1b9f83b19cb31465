"""The page's own words: in English here, in other languages beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from string import Formatter
from types import MappingProxyType

from qa.answers import Answer
from qa.errors import QAError
from qa.quoting.abstention import NEVER_MENTIONED, alternatives
from qa.types import Excerpt
from qa.ui.i18n.german import GERMAN, TRANSLATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Strings:
    """The page's own words in one language; quotations stay in theirs.

    The defaults are the English. No string has markup: each may stand in HTML as it is, as an
    attribute too; what is filled in must be escaped before. `translations` are sentences of the
    engine, which knows English only, in this language.
    """

    language: str = "en"
    thousands: str = ","
    date: str = "{day} {month} {year}"
    months: str = (
        "January February March April May June July August September October November December"
    )
    quotation_marks: str = "“{text}”"
    or_: str = " or "
    translations: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    # the header
    opening: str = "The library is being opened…"
    promise: str = "Every sentence is quoted from your articles"
    articles_one: str = "{count} article"
    articles_many: str = "{count} articles"

    # the conversation
    welcome: str = "What would you like to know?"
    welcome_hint: str = "Answers are quoted word for word."
    box: str = "Your question"
    ask: str = "Ask the articles…"
    stance: str = "How sure an answer must be"
    stance_name: str = "How sure:"
    strict: str = "Strict"
    balanced: str = "Balanced"
    eager: str = "Eager"
    strict_means: str = "Only the likeliest"
    balanced_means: str = "Likely answers"
    eager_means: str = "Doubtful answers too"

    # an answer
    searching: str = "Searching…"
    reading_passages: str = "Reading {count} passages…"
    interpretation: str = "Read as: {question}"
    correction: str = "Searched for “{used}”, not “{original}”."
    exact_search: str = "Search for “{original}”"
    doubt: str = "This may not be the answer:"
    unread_one: str = "{count} page of {name} is a picture and cannot be read."
    unread_many: str = "{count} pages of {name} are pictures and cannot be read."
    show_doubt: str = "Show a doubtful answer"
    disagreement: str = "The articles disagree:"
    nearest_sections: str = "Nearest sections:"
    answer_change: str = "The articles answer this otherwise than when it was asked:"
    own_articles_loss: str = "Your own articles, which answered this, are no longer here:"
    selection_note: str = "Only {asked} was asked."
    ask_all_articles: str = "Ask all articles"
    ask_again: str = "Ask again"

    # the stored conversations
    conversations: str = "Conversations"
    new_conversation: str = "New conversation"
    rename: str = "Rename {title}"
    delete: str = "Delete {title}"
    conversation_name: str = "Name of the conversation"
    no_conversations: str = "Earlier ones are listed here, in this browser alone."
    clear_message: str = "Cleared."
    undo: str = "Undo"

    # copying and saving
    copy_answer: str = "Copy answer"
    copy_answer_means: str = "With its sources"
    copy_link: str = "Copy link"
    copy_message: str = "Copied"
    copy_error: str = "The browser did not allow it"
    save: str = "Save this conversation"
    save_as: str = "Save as"
    save_message: str = "Saved"
    save_error: str = "Too long ago: ask again"
    page: str = "page {first}"
    pages: str = "pages {first}–{last}"
    characters: str = "characters {start}–{end}"
    original: str = "The original"
    article_loss: str = "An article that was quoted here is no longer in the library."

    # feedback
    good_answer: str = "Good answer"
    bad_answer: str = "Bad answer"
    good_abstention: str = "Right to say nothing"
    bad_abstention: str = "Wrong to say nothing"
    why: str = "What was wrong?"
    reason_answer: str = "The answer"
    reason_source: str = "The source"
    reason_abstain: str = "Should have stayed silent"
    reason_known: str = "Should have known"
    thanks: str = (
        "Thank you. Saved: the question, the places quoted and your verdict. Nothing about you."
    )
    withdrawal_message: str = "Taken back."
    feedback_error: str = "Thank you, but this could not be saved."
    own_feedback_error: str = (
        "Not saved: without your own articles and selection, the library answers differently."
    )

    # how it was found
    details: str = "How this was found"
    search_line: str = "Searched for: {question}"
    passage: str = "Passage"
    by_meaning: str = "Meaning"
    by_words: str = "Words"
    by_both: str = "Both"
    answers: str = "Answer"
    ranks: str = "Ranks are among these passages, by meaning, by words, and by both together."
    yes: str = "Yes"
    no: str = "No"
    sure: str = "sure"
    likely: str = "likely"
    unsure: str = "doubtful"
    unlikely: str = "unlikely"
    certainty_means: str = "How likely the reader finds it that this answers the question"
    unread: str = "not read"
    durations: str = (
        "Understood in {understand}, searched in {search}, read in {read}, "
        "answered in {answer}."
    )
    milliseconds: str = "{count} ms"
    no_time: str = "under 1 ms"

    # the source panel
    source_placeholder: str = "The source opens here"
    source_hint: str = (
        "Every mark {mark} in an answer leads to the very sentence, in its article."
    )
    source_loss: str = "This source is no longer here"
    source_loss_hint: str = "The library has changed since this was quoted. Ask again."
    near_note: str = "Near the question, but no answer to it was found here."
    sources: str = "Sources of this answer"
    quotation: str = "Quotation {number}: {name}"
    table: str = "Table"
    all_sources: str = "All sources"
    source_before: str = "Previous quotation"
    source_after: str = "Next quotation"
    open_original: str = "Open the original"
    close_source: str = "Close the source"

    # the library drawer
    library: str = "Library"
    library_own: str = "Library · {count} of yours"
    close_library: str = "Close the library"
    add_articles: str = "Add your own articles"
    drop_files: str = "Drop files here, or choose them"
    upload_limits: str = (
        "Up to {most} articles ({formats}), {largest} MB each, and {together} MB of text "
        "together. Only you can ask them, as long as this tab is open; within a day of your "
        "last visit they are deleted."
    )
    upload_progress: str = "Reading"
    passages: str = "passages"
    upload_message: str = "Added {title}."
    uploads_message: str = "Added {count} articles."
    refusal_rest: str = "And {count} more for the same reason."
    file_date: str = "file of {date}"
    find_article: str = "Find an article"
    find_hint: str = "Find an article by its title or a heading…"
    your_articles: str = "Your articles"
    the_library: str = "The library"
    no_article: str = "No article has that name."
    selection_line: str = "Asking only {asked}"
    selection_count: str = "{count} of {all}"
    ask_all: str = "Ask all"
    ask_these: str = "Ask only these"
    ask_one: str = "Ask {title}"
    ask_selection: str = "Ask only what is ticked"
    remove: str = "Remove {title}"
    article_rest: str = "And {count} more: find them by name."
    beginning: str = "The beginning"
    section_rest: str = "and {count} more"
    sections_one: str = "{count} section"
    sections_many: str = "{count} sections"
    words_one: str = "{count} word"
    words_many: str = "{count} words"
    pictures_one: str = "{count} page is a picture"
    pictures_many: str = "{count} pages are pictures"
    illegible_one: str = "{count} character is no language"
    illegible_many: str = "{count} characters are no language"

    def number(self, count: int) -> str:
        """Return a number as it is written."""
        return f"{count:,}".replace(",", self.thousands)

    def count(self, noun: str, count: int, **more: str) -> str:
        """Return how many there are of what has a string for one, and one for many."""
        form: str = getattr(self, f"{noun}_{'one' if count == 1 else 'many'}")
        return form.format(count=self.number(count), **more)

    def page_of(self, excerpt: Excerpt) -> str:
        """Return the pages that an excerpt stands on; nothing, if it has none."""
        if not excerpt.pages:
            return ""
        form = self.page if len(excerpt.pages) == 1 else self.pages
        first, last = map(self.number, (excerpt.pages[0], excerpt.pages[-1]))
        return form.format(first=first, last=last)

    def where(self, excerpt: Excerpt) -> str:
        """Return where an excerpt stands: title › heading › heading, page 12."""
        return ", ".join(filter(None, (excerpt.trail, self.page_of(excerpt))))

    def name_of(self, excerpt: Excerpt) -> str:
        """Return the section that an excerpt stands in: its heading, or else title and page."""
        if excerpt.headings:
            return excerpt.headings[-1]
        return ", ".join(filter(None, (excerpt.title, self.page_of(excerpt))))

    def day(self, moment: datetime) -> str:
        """Return the date of a moment."""
        month = self.months.split()[moment.month - 1]
        return self.date.format(day=moment.day, month=month, year=moment.year)

    def date_of(self, date: str) -> str:
        """Return the date of an article as it is written, if it is one of the calendar."""
        try:
            return self.day(datetime.fromisoformat(date))
        except ValueError:
            return date

    def either(self, things: Iterable[str]) -> str:
        """Return things as those of which one holds."""
        return alternatives(things, conjunction=self.or_)

    def format_list(self, names: Iterable[str]) -> str:
        """Return names of the program as a list, each in this language."""
        return ", ".join(self.translations.get(name, name) for name in names)

    def reason(self, answer: Answer) -> str:
        """Return why there is no answer."""
        if not answer.unknown:
            return self.translate(answer.reason)
        template = self.translations.get(NEVER_MENTIONED, NEVER_MENTIONED)
        words = self.either(self.quotation_marks.format(text=word) for word in answer.unknown)
        return template.format(words=words)

    def translate(self, sentence: str) -> str:
        """Return a sentence of the engine; what is filled in stays as it is."""
        for template, other in self.translations.items():
            if values := _filled_in(template, sentence):
                return other.format(**values.groupdict())
        return sentence

    def error(self, error: QAError) -> tuple[str, str]:
        """Return what went wrong, and what to do about it."""
        values = {name: self._value(value) for name, value in error.values.items()}
        problem = self.translations.get(error.template, error.template)
        hint = self.translate(error.hint)
        return (problem.format(**values) if values else problem), hint

    def _value(self, value: object) -> str:
        return self.number(value) if isinstance(value, int) else str(value)


@lru_cache(maxsize=512)
def _pattern(template: str) -> re.Pattern[str]:
    """Return what matches a template that was filled in, each value by its name."""
    parts = (
        re.escape(said) + (f"(?P<{name}>.*?)" if name else "")
        for said, name, _, _ in Formatter().parse(template)
    )
    return re.compile("".join(parts), re.DOTALL)


def _filled_in(template: str, sentence: str) -> re.Match[str] | None:
    return _pattern(template).fullmatch(sentence)


ENGLISH = Strings()
LANGUAGES: Mapping[str, Strings] = MappingProxyType(
    {"en": ENGLISH, "de": Strings(translations=MappingProxyType(TRANSLATED), **GERMAN)}
)


def strings_for(accepted: str | None) -> Strings:
    """Return the strings for a browser that accepts these languages: the first, or English.

    Not the second, if the first is unknown: the browser's half of the page looks at one only.
    """
    first = (accepted or "").split(",")[0].split(";")[0]
    return LANGUAGES.get(first.strip().split("-")[0].lower(), ENGLISH)
