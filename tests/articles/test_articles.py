"""Files in, articles out: what is a title, what is a heading, and what is content."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.articles import article_files, markdown, plain_text, read_article, read_folder
from qa.articles.characters import readable
from qa.errors import ArticleError
from qa.language.sentences import sentences
from qa.origin import Origin
from qa.types import Article
from tests.reading import articles_of, outcomes

Shape = list[tuple[tuple[str, ...], str]]
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of that name."""

    def write(name: str, content: str | bytes) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


def text_of(text: str) -> Article:
    return plain_text.read(_bytes_of(text), source="tram.txt")


def _bytes_of(text: str) -> bytes:
    return text.replace("\0", "").encode("utf-8", "replace")


def markdown_of(text: str) -> Article:
    return markdown.read(_bytes_of(text), source="tram.md")


def shape(article: Article) -> Shape:
    return [(section.path, section.span.of(article.text)) for section in article.sections]


# Laws

SIGNS = "aZ1.!?:…-\"'“”()[]<>*_`#|&\\~=ßе中ع😀\u0301\u200b"
SPACES = " \n\t\x0c\x1c\x85\xa0\u2028"
CHUNKS = ["Head\n\n", "\n\n", "# ", "\n## ", "\n- ", "\n1. ", "---\n", "```\n", "<b>", "&lt;"]
CHUNKS += ["[a](b)", "![a](b)", "|a|b|\n|-|-|\n", "> ", "It rains. "]
awkward = st.lists(st.sampled_from([*SIGNS, *SPACES, *CHUNKS]), max_size=50).map("".join)


@pytest.mark.parametrize("read", [text_of, markdown_of])
@given(text=awkward | st.text(max_size=80))
def test_a_section_is_a_stretch_of_the_text_without_space_around_it(
    read: Callable[[str], Article], text: str
) -> None:
    article = read(text)
    assert article.title
    for _, content in shape(article):
        assert content
        assert content == content.strip()


@given(awkward)
def test_plain_text_is_kept_as_it_is(text: str) -> None:
    kept = "".join(readable(text.replace("\0", "")).split())
    assert "".join(text_of(text).text.split()) == kept


@given(awkward)
def test_every_word_of_plain_text_is_content_or_a_heading_or_a_line_that_says_nothing(
    text: str,
) -> None:
    article, end = text_of(text), 0
    said = {article.title, *(h for s in article.sections for h in s.path)}
    for section in article.sections:
        between = article.text[end : section.span.start]
        for heading in sorted(said, key=len, reverse=True):
            between = between.replace(heading, "")
        left = between.strip("=-~*_#^+ \n\t\x0c\x1c\x85\xa0\u2028")
        assert not left or plain_text.SLUG.fullmatch(left)
        end = section.span.end


words = st.text("abcdefg", min_size=1, max_size=8)


@given(st.lists(words, min_size=1, max_size=12))
def test_every_word_of_markdown_is_shown(written: list[str]) -> None:
    marked = [f"{'*_`'[n % 3]}{word}{'*_`'[n % 3]}" for n, word in enumerate(written)]
    assert markdown_of(" ".join(marked)).text.split() == written


@given(content=awkward, suffix=st.sampled_from([".txt", ".md"]))
def test_the_same_bytes_are_the_same_article(
    tmp_path_factory: pytest.TempPathFactory, content: str, suffix: str
) -> None:
    file = tmp_path_factory.getbasetemp() / f"same{suffix}"
    file.write_bytes(content.encode())
    try:
        assert read_article(file) == read_article(file)
    except ArticleError as nothing:
        assert "has no text" in nothing.problem


@given(content=st.binary(max_size=60), suffix=st.sampled_from([".txt", ".md"]))
def test_any_bytes_are_an_article_or_an_article_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    file = tmp_path_factory.getbasetemp() / f"any{suffix}"
    file.write_bytes(content)
    try:
        article = read_article(file)
    except ArticleError as refused:
        assert file.name in refused.problem
    else:
        assert sentences(article.text, article.sections[0].span)


# The seed


def test_the_seed_has_its_title_and_its_five_sections(root: Path) -> None:
    (seed,) = articles_of(root / "seeds")
    assert seed.title == "Insurgents Seize Hama: A Major Blow to Assad’s Regime"
    assert seed.source == "000_b2ae3266a5a12213.txt"
    assert [section.path for section in seed.sections] == [
        (),
        ("Strategic Importance of Hama",),
        ("Escalation of the Conflict",),
        ("Future Implications",),
        ("A Turning Point",),
    ]


def test_the_slug_of_the_seed_is_not_content(root: Path) -> None:
    (seed,) = articles_of(root / "seeds")
    assert "insurgents-seize-hama" in seed.text
    assert all("insurgents-seize-hama" not in content for _, content in shape(seed))
    assert shape(seed)[0][1].startswith("Syrian insurgents have seized control of Hama")


# Plain text


def test_an_article_of_ours_is_read_as_it_was_written(our_articles: Path) -> None:
    tram = read_article(our_articles / "harbour-tram.txt")
    assert tram.title == "The Harbour Tram of Ostrevik"
    assert [path for path, _ in shape(tram)] == [
        (),
        ("Why it was built",),
        ("The two cars",),
        ("The night of the great ice",),
        ("The tram today",),
    ]
    assert (
        len([s for section in tram.sections for s in sentences(tram.text, section.span)]) == 14
    )


LONG = "It runs along the quay, " * 5 + "and back."
PLAIN: dict[str, tuple[str, str, Shape]] = {
    "a title and a paragraph": (
        "The Tram\n\nIt runs along the quay.",
        "The Tram",
        [((), "It runs along the quay.")],
    ),
    "no title": (
        "It runs along the quay.\n\nIt is free.",
        "tram",
        [((), "It runs along the quay.\n\nIt is free.")],
    ),
    "a single line": ("It runs along the quay", "tram", [((), "It runs along the quay")]),
    "a title that asks": (
        "Who rings the bell?\n\nThe driver does.",
        "Who rings the bell?",
        [((), "The driver does.")],
    ),
    "a heading that asks": (
        "The Tram\n\nWho rings the bell?\n\nThe driver does.\n\nWho pays?\n\nNobody does.",
        "The Tram",
        [
            (("Who rings the bell?",), "The driver does."),
            (("Who pays?",), "Nobody does."),
        ],
    ),
    "paragraphs wrapped by hand": (
        "The Tram\n\nThe tram runs\nalong the quay.\n\nIt is\nfree.",
        "The Tram",
        [((), "The tram runs\nalong the quay.\n\nIt is\nfree.")],
    ),
    "several paragraphs under one heading": (
        "The Tram\n\nThe cars\n\nThere are two.\n\nBoth run.",
        "The Tram",
        [(("The cars",), "There are two.\n\nBoth run.")],
    ),
    "two headings in a row": (
        "The Tram\n\nIt runs.\n\nHistory\n\nThe first years\n\nIt opened in 1911.",
        "The Tram",
        [((), "It runs."), (("History", "The first years"), "It opened in 1911.")],
    ),
    "paragraphs of a statute": (
        "The Club\n\n§ 1 Name and seat\n\nThe club sits in Weilburg.\n\n"
        "§ 2 Fees\n\nThe fee is 48 euros a year.",
        "The Club",
        [
            (("§ 1 Name and seat",), "The club sits in Weilburg."),
            (("§ 2 Fees",), "The fee is 48 euros a year."),
        ],
    ),
    "verse": (
        "The Tram\n\nThey sing:\n\nSalt goes\n\nPepper comes\n\nNobody pays\n\nSo be it.",
        "The Tram",
        [
            ((), "They sing:\n\nSalt goes\n\nPepper comes"),
            (("Nobody pays",), "So be it."),
        ],
    ),
    "a list": (
        "The Tram\n\nBring:\n\n- a coin\n- a coat\n\nThen wait.",
        "The Tram",
        [((), "Bring:\n\n- a coin\n- a coat\n\nThen wait.")],
    ),
    "a short line at the end": (
        "The Tram\n\nIt runs along the quay.\n\nThe editors",
        "The Tram",
        [((), "It runs along the quay.\n\nThe editors")],
    ),
    "rules between the parts": (
        "The Tram\n\n* * *\n\nIt runs.\n\n----\n\nThe cars\n\nThere are two.",
        "The Tram",
        [((), "It runs."), (("The cars",), "There are two.")],
    ),
    "a heading glued to its paragraph": (
        f"The Tram\n\nToday\n{LONG}\n\nIt is free.",
        "The Tram",
        [(("Today",), f"{LONG}\n\nIt is free.")],
    ),
    "small letters and stops make no heading": (
        "The Tram\n\nIt runs.\n\nand runs\n\nIt stops.\n\nNote:\n\nIt is free.",
        "The Tram",
        [((), "It runs.\n\nand runs\n\nIt stops.\n\nNote:\n\nIt is free.")],
    ),
    "a slug under the title": (
        "The Tram\n\nthe-tram-of-ostrevik\n\nIt runs.",
        "The Tram",
        [((), "It runs.")],
    ),
    "two words with a hyphen are no slug": (
        "The Tram\n\nwell-known\n\nIt runs.",
        "The Tram",
        [((), "well-known\n\nIt runs.")],
    ),
    "a first line that is too long for a title": (
        "The tram" + " of the quay" * 14 + "\n\nIt runs.",
        "tram",
        [((), "The tram" + " of the quay" * 14 + "\n\nIt runs.")],
    ),
}


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_plain_text_is_read_as_a_person_would_read_it(name: str) -> None:
    text, title, sections = PLAIN[name]
    article = text_of(text)
    assert (article.title, shape(article)) == (title, sections)


# Markdown

MARKDOWN: dict[str, tuple[str, str, Shape]] = {
    "headings within headings": (
        "# Tram\n\nIt runs.\n\n## Cars\n\nTwo.\n\n### Salt\n\nWhite.\n\n## Today\n\nFree.",
        "Tram",
        [
            ((), "It runs."),
            (("Cars",), "Two."),
            (("Cars", "Salt"), "White."),
            (("Today",), "Free."),
        ],
    ),
    "a level left out": (
        "# Tram\n\n## Cars\n\n#### Salt\n\nWhite.\n\n### Pepper\n\nGrey.",
        "Tram",
        [(("Cars", "Salt"), "White."), (("Cars", "Pepper"), "Grey.")],
    ),
    "no heading at all": ("It runs.\n\nIt is free.", "tram", [((), "It runs.\n\nIt is free.")]),
    "no heading of level one": ("## Cars\n\nTwo.", "tram", [(("Cars",), "Two.")]),
    "a second heading of level one": (
        "# Tram\n\nIt runs.\n\n# Ferry\n\nIt sails.",
        "Tram",
        [((), "It runs."), (("Ferry",), "It sails.")],
    ),
    "words before the first heading": (
        "It runs.\n\n# Tram\n\nIt is free.",
        "tram",
        [((), "It runs."), (("Tram",), "It is free.")],
    ),
    "underlined headings": (
        "Tram\n====\n\nIt runs.\n\nCars\n----\n\nTwo.",
        "Tram",
        [((), "It runs."), (("Cars",), "Two.")],
    ),
    "emphasis, code and links": (
        '# The *Tram*\n\nIt **runs** on [rails](https://a.invalid/ "t"), says `tram.py`.',
        "The Tram",
        [((), "It runs on rails, says tram.py.")],
    ),
    "images show their words": (
        "![The tram](tram.png) runs.",
        "tram",
        [((), "The tram runs.")],
    ),
    "lists": (
        "- Salt\n- Pepper\n  - grey\n\n3. three\n4. four",
        "tram",
        [((), "• Salt\n\n• Pepper\n\n• grey\n\n3. three\n\n4. four")],
    ),
    "a table": (
        "| Car | Colour |\n| --- | --- |\n| Salt | *white* |\n| Pepper | grey |",
        "tram",
        [((), "Car | Colour\n\nSalt — Colour: white\n\nPepper — Colour: grey")],
    ),
    "code": (
        "Run:\n\n```sh\ntram --go\n```\n\n    tram --stop",
        "tram",
        [((), "Run:\n\ntram --go\n\ntram --stop")],
    ),
    "html": (
        "<div class='x'>\n<p>It <b>runs</b>\nfast &amp; free.</p>\n</div>\n\nIt <b>stops</b>.",
        "tram",
        [((), "It runs fast & free.\n\nIt stops.")],
    ),
    "front matter": (
        "---\ntitle: The Tram\n---\n# Cars\n\nTwo.",
        "The Tram",
        [(("Cars",), "Two.")],
    ),
    "front matter that gives the title of the first heading": (
        "---\ntitle: Tram\n---\n# Tram\n\nIt runs.",
        "Tram",
        [((), "It runs.")],
    ),
    "front matter without a title": (
        "---\nlang: en\n---\n# Tram\n\nIt runs.",
        "Tram",
        [((), "It runs.")],
    ),
    "words between two rules": (
        "---\nIt runs.\n---\n\nIt stops.",
        "tram",
        [((), "It runs.\n\nIt stops.")],
    ),
    "a quotation": ("> It runs.\n> It stops.", "tram", [((), "It runs. It stops.")]),
    "entities and escapes": (
        "Salt &amp; pepper \\*ring\\*.",
        "tram",
        [((), "Salt & pepper *ring*.")],
    ),
    "line breaks": ("It runs\nfast.  \nIt stops.", "tram", [((), "It runs fast.\nIt stops.")]),
    "a heading over nothing": (
        "# Tram\n\n## Cars\n\n## Today\n\nFree.",
        "Tram",
        [(("Today",), "Free.")],
    ),
    "a rule": ("It runs.\n\n---\n\nIt stops.", "tram", [((), "It runs.\n\nIt stops.")]),
}


@pytest.mark.parametrize("name", sorted(MARKDOWN))
def test_markdown_is_read_as_a_browser_would_show_it(name: str) -> None:
    text, title, sections = MARKDOWN[name]
    article = markdown_of(text)
    assert (article.title, shape(article)) == (title, sections)


HTML: dict[str, tuple[str, str]] = {
    "scripts and styles are not content": (
        "<style>p { top: 0 }</style>\n\n<script>go()</script>\n\nIt runs.",
        "It runs.",
    ),
    "items of a list": ("<ul><li>Salt</li><li>Pepper</li></ul>", "• Salt\n\n• Pepper"),
    "paragraphs": ("<p>It runs.</p><p>It stops.</p>", "It runs.\n\nIt stops."),
    "a line break": ("It runs.<br>It stops.", "It runs.\nIt stops."),
    "what is written last is shown": ("<div>\nSalt &amp", "Salt &"),
}


@pytest.mark.parametrize("name", sorted(HTML))
def test_html_within_markdown_is_read_as_a_browser_would_show_it(name: str) -> None:
    text, shown = HTML[name]
    assert shape(markdown_of(text)) == [((), shown)]


@pytest.mark.parametrize("space", ["\x1f", "\x85"])
def test_a_heading_of_white_space_alone_is_no_heading(space: str) -> None:
    article = markdown_of(f"# {space}\n\nIt runs.\n\n## {space}\n\nIt stops.")
    assert article.title == "tram"
    assert shape(article) == [((), "It runs."), ((), "It stops.")]


def test_a_comment_is_not_content() -> None:
    assert shape(markdown_of("<!-- not yet -->\n\nIt runs.")) == [((), "It runs.")]


def test_a_markdown_article_of_ours_is_read_as_it_was_written(our_articles: Path) -> None:
    light = read_article(our_articles / "lighthouse.md")
    assert light.title == "The Lighthouse at Kelm Point"
    assert [path for path, _ in shape(light)] == [
        (),
        ("The light",),
        ("The light", "The lens"),
        ("The light", "The horn"),
        ("The keepers",),
    ]
    assert "Tomas Bell — Years: 1899–1923" in light.text
    assert not {"*", "#", "---", "https", "author"} & set(light.text.split())


# Bytes


def test_a_byte_order_mark_and_the_newlines_of_windows_change_nothing(write: Write) -> None:
    text = "The Tram\n\nIt runs.\n\nThe cars\n\nThere are two."
    unix = read_article(write("unix.txt", text))
    windows = read_article(
        write("windows.txt", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    )
    old_mac = read_article(write("mac.txt", text.replace("\n", "\r")))
    assert windows.text == old_mac.text == unix.text == text
    assert windows.sections == old_mac.sections == unix.sections


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_accents_are_composed(write: Write, suffix: str) -> None:
    decomposed = unicodedata.normalize("NFD", "Café Zoë\n\nThe café stays open all night.")
    article = read_article(write(f"cafe{suffix}", decomposed))
    assert "café" in article.text
    assert unicodedata.is_normalized("NFC", article.text)


# Folders and errors


def test_a_folder_is_read_in_the_order_of_names_folders_within_it_too(
    write: Write, tmp_path: Path
) -> None:
    for name in ("b.txt", "a.md", "more/c.TXT", "d.text", "e.markdown"):
        write(name, f"Title\n\nIt is {name}.")
    read = [article.source for article in articles_of(tmp_path)]
    assert read == ["a.md", "b.txt", "d.text", "e.markdown", "more/c.TXT"]


def test_hidden_files_and_other_files_are_left_alone(write: Write, tmp_path: Path) -> None:
    write("tram.txt", "Tram\n\nIt runs.")
    for name in (".hidden.txt", ".git/x.txt", "notes.doc", "README", "photo.png"):
        write(name, b"\0\xff")
    assert [file.name for file in article_files(tmp_path)] == ["tram.txt"]


def test_the_same_file_twice_is_one_article(write: Write, tmp_path: Path) -> None:
    write("one.txt", "Tram\n\nIt runs.")
    write("two.txt", "Tram\n\nIt runs.")
    assert [article.source for article in articles_of(tmp_path)] == ["one.txt"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as caught:
        articles_of(tmp_path / "absent")
    assert caught.value.problem == f"There is no folder {tmp_path / 'absent'}."
    assert caught.value.hint


def test_a_file_is_no_folder(write: Write) -> None:
    with pytest.raises(ArticleError, match="There is no folder"):
        articles_of(write("tram.txt", "Tram\n\nIt runs."))


def test_a_folder_without_articles_says_what_may_be_put_there(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"There are no articles .*\.txt, .*\.md"):
        articles_of(tmp_path)


BAD: dict[str, tuple[bytes, str]] = {
    "binary.txt": (b"Tram\0\0\0", "binary.txt is a binary file, not text."),
    "empty.txt": (b"", "empty.txt has no text under its title."),
    "empty.md": (b"", "empty.md has no text under its title."),
    "spaces.txt": (b" \n\n\t\n", "spaces.txt has no text under its title."),
    "title.md": (b"# The Tram\n", "title.md has no text under its title."),
    "tram.doc": (b"x", "tram.doc is not in a format that can be read."),
    "utf16.txt": (
        b"\xff\xfeT\x00" + b"\x00\xd8" * 3,
        "utf16.txt is not text: it cannot be read as UTF-16-LE.",
    ),
    "noise.txt": (
        bytes(range(128, 256)),
        "The encoding of noise.txt cannot be recognised.",
    ),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_file_that_is_no_article_is_named_and_what_to_do_is_said(
    write: Write, name: str
) -> None:
    content, problem = BAD[name]
    with pytest.raises(ArticleError) as caught:
        read_article(write(name, content))
    assert caught.value.problem == problem
    assert caught.value.hint


def test_a_line_alone_is_content_and_the_file_names_the_article(write: Write) -> None:
    article = read_article(write("night-tram.txt", "It runs all night\n"))
    assert (article.title, shape(article)) == ("night-tram", [((), "It runs all night")])


def test_a_folder_with_the_name_of_an_article_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "tram.txt").mkdir()
    with pytest.raises(ArticleError, match=r"tram\.txt could not be opened: Is a directory\."):
        read_article(tmp_path / "tram.txt")


def test_a_file_that_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"tram\.txt could not be opened: No such file"):
        read_article(tmp_path / "tram.txt")


def test_a_bad_file_is_one_line_and_the_rest_of_the_folder_is_read(
    write: Write, tmp_path: Path
) -> None:
    write("good.txt", "Tram\n\nIt runs.")
    write("a/binary.txt", b"\0")
    write("empty.md", "")
    write("title.md", "# Tram")
    articles, refused = outcomes(tmp_path)
    assert [article.source for article in articles] == ["good.txt"]
    assert refused == (
        "a/binary.txt is a binary file, not text. Save it as UTF-8 text.",
        "empty.md has no text under its title. Write some, or move it.",
        "title.md has no text under its title. Write some, or move it.",
    )


def test_a_folder_is_read_file_by_file(write: Write, tmp_path: Path) -> None:
    first = write("a.txt", "Tram\n\nIt runs.")
    second = write("b.txt", "Ferry\n\nIt sails.")
    found = read_folder(tmp_path)
    assert next(found) == read_article(first)
    second.unlink()
    assert str(next(found)).startswith("b.txt could not be opened")


# Front matter


def origin_of(front: str) -> Origin:
    return markdown_of(f"---\n{front}\n---\n\nIt runs.").origin


FRONT: dict[str, tuple[str, Origin]] = {
    "all of it": (
        "date: 1911-04-05\nauthor: Agnes Rourke\nurl: https://a.invalid/tram",
        Origin("1911-04-05", "Agnes Rourke", "https://a.invalid/tram"),
    ),
    "nothing that is known": ("lang: en\ndraft: true", Origin()),
    "what is no date is kept as it is written": ("date: no", Origin(date="no")),
    "several authors": (
        "authors:\n  - Agnes Rourke\n  - name: Tomas Bell\n    email: t@a.invalid",
        Origin(author="Agnes Rourke, Tomas Bell"),
    ),
    "names in capitals and wrapped lines": (
        "Author: >\n  Agnes\n  Rourke",
        Origin("", "Agnes Rourke"),
    ),
    "what is too long to be a name": (f"author: {'Agnes ' * 60}", Origin()),
    "what is nothing": ("author:\ndate: ''\nurl: {}", Origin()),
    "what is nearly YAML": (
        "title: Trams: a history\nauthor: Agnes: Rourke\nnote",
        Origin(author="Agnes: Rourke"),
    ),
    "half of a sign": ('author: "Agnes \\ud83d"', Origin(author="Agnes ?")),
}


@pytest.mark.parametrize("name", sorted(FRONT))
def test_front_matter_says_where_an_article_comes_from(name: str) -> None:
    front, origin = FRONT[name]
    assert origin_of(front) == origin


@pytest.mark.parametrize(
    "front",
    [
        "[" * 9000,
        "a: " + "x" * 30_000,
        "!!python/object/apply:os.system [echo]",
        "- b",
        "&a [*a]",
    ],
    ids=["deep", "long", "python", "list", "endless"],
)
def test_what_cannot_be_front_matter_is_text(front: str) -> None:
    article = markdown_of(f"---\n{front}\n---\n\nIt runs.")
    assert article.origin == Origin()
    assert article.text == f"{front}\n\nIt runs."


def test_many_names_for_the_same_lists_cost_nothing() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    assert origin_of("\n".join([*lines, "author: [*a59, Agnes]"])) == Origin(author="Agnes")
