"""Readers through transformers: the promise and an oracle, on tiny models made on the spot."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa import Article, Assistant, Hit, Passage, Section, Settings, Span, build
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.errors import MissingExtra, QuestionError, SettingsError
from qa.language.sentences import sentences
from qa.readers import Evidence, open_reader
from qa.readers.transformer import MAX_ANSWER_TOKENS, TransformerReader

ARTICLES = Path(__file__).parent.parent / "data" / "articles"
WINDOW = 64
SAID = [
    "Where does the goat sleep? The goat sleeps in the amber barn behind the mill.",
    "Who keeps the lamp? Ada keeps the lamp, and Ida rows. The mill was built of oak.",
    "Nobody knows which car is white. Fog came at noon; the boats stayed in the harbour.",
]
KINDS = ["bert", "roberta"]
WORDS = [
    "goat",
    "the",
    "mill.",
    "Ada",
    "[SEP]",
    "</s>",
    "é",
    "中文",
    "🐟",
    "\n\n",
    "Fog…",
    "amber",
]

pytestmark = pytest.mark.model


# Tiny models


def tokenizer(kind: str) -> Any:
    """Train a tokenizer of the kind on a few sentences."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    if kind == "bert":
        types, marks = ["token_type_ids"], ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
        pad, unknown, first, last = marks
        made = Tokenizer(models.WordPiece(unk_token=unknown))
        made.normalizer = normalizers.BertNormalizer()
        made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        trainer: Any = trainers.WordPieceTrainer(vocab_size=300, special_tokens=marks)
        made.train_from_iterator(SAID, trainer)
        processor: Any = processors.BertProcessing((last, 3), (first, 2))
    else:
        types, marks = [], ["<s>", "<pad>", "</s>", "<unk>"]
        first, pad, last, unknown = marks
        made = Tokenizer(models.BPE())
        made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        letters = pre_tokenizers.ByteLevel.alphabet()
        trainer = trainers.BpeTrainer(
            vocab_size=500, special_tokens=marks, initial_alphabet=letters
        )
        made.train_from_iterator(SAID, trainer)
        processor = processors.RobertaProcessing((last, 2), (first, 0))
    made.post_processor = processor
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        cls_token=first,
        sep_token=last,
        pad_token=pad,
        unk_token=unknown,
        model_input_names=["input_ids", "attention_mask", *types],
    )


def model(kind: str, size: int, *, layers: int) -> Any:
    """Make a model of random weights, large enough for its logits to differ."""
    import torch
    import transformers

    torch.manual_seed(7)
    family, extra = {
        "bert": ("Bert", {"max_position_embeddings": WINDOW}),
        "roberta": (
            "Roberta",
            {"max_position_embeddings": WINDOW + 2, "type_vocab_size": 1, "pad_token_id": 1},
        ),
    }[kind]
    config = getattr(transformers, f"{family}Config")(
        vocab_size=size,
        hidden_size=16,
        num_attention_heads=2,
        num_hidden_layers=layers,
        intermediate_size=32,
        initializer_range=0.6,
        **extra,
    )
    return getattr(transformers, f"{family}ForQuestionAnswering")(config).eval()


def pointing(kind: str, size: int, word: int, none: int) -> Any:
    """Make a model that points at one word, or at its first token where that is missing."""
    import torch

    made = model(kind, size, layers=0)
    embeddings = made.base_model.embeddings
    with torch.no_grad():
        for table in (embeddings.position_embeddings, embeddings.token_type_embeddings):
            table.weight.zero_()
        words = embeddings.word_embeddings.weight
        words.zero_()
        words[:, 1] = 1.0
        words[none, 0] = 0.5
        words[word, 0] = 3.0
        made.qa_outputs.weight.zero_()
        made.qa_outputs.weight[:, 0] = 5.0
    return made


@cache
def saved(kind: str, points: bool) -> str:
    """Return the folder of a tiny model and its tokenizer."""
    folder, made = mkdtemp(), tokenizer(kind)
    made.save_pretrained(folder)
    if points:
        (word,) = made(" amber", add_special_tokens=False)["input_ids"]
        pointing(kind, len(made), word, made.cls_token_id).save_pretrained(folder)
    else:
        model(kind, len(made), layers=2).save_pretrained(folder)
    return folder


@cache
def opened(kind: str, points: bool = False) -> TransformerReader:
    return TransformerReader(saved(kind, points))


def hits_of(*texts: str, title: str = "The mill", score: float = 0.5) -> list[Hit]:
    """Put each text behind a heading of an article of its own."""
    found = []
    for number, text in enumerate(texts):
        body = Span(4, 4 + len(text))
        article = Article.of(title, f"Top\n{text}", sections=(Section(("Top",), body),))
        found.append(Hit(Passage(number, article, body), score))
    return found


def said(evidence: Evidence) -> tuple[str, str]:
    text = evidence.passage.article.text
    return evidence.span.of(text), evidence.short.of(text) if evidence.short else ""


# The promise


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


passages = st.lists(st.sampled_from(WORDS), min_size=1, max_size=100).map(" ".join)


@settings(max_examples=20)
@given(texts=st.lists(passages.filter(str.strip), max_size=3), trust=st.floats(-0.5, 1.5))
@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_comes_once_with_a_probability_and_a_span_of_it(
    kind: str, texts: list[str], trust: float
) -> None:
    hits = hits_of(*texts, score=trust)
    evidence = opened(kind).read("Where does the goat sleep?", hits)
    wanted = [
        (h.passage, s) for h in hits for s in sentences(h.passage.article.text, h.passage.span)
    ]
    order = {(p.id, s): number for number, (p, s) in enumerate(wanted)}
    assert sorted(order[e.passage.id, e.span] for e in evidence) == list(range(len(wanted)))
    ranks = [(-e.score, order[e.passage.id, e.span]) for e in evidence]
    assert ranks == sorted(ranks)
    assert all(0 <= e.score <= 1 for e in evidence)
    for e in evidence:
        assert e.short is None or e.short in e.span
        assert said(e)[1] == said(e)[1].strip()


def test_the_sentences_of_a_passage_share_the_trust_in_it(kind: str) -> None:
    evidence = opened(kind).read("Who keeps the lamp?", hits_of(SAID[0], score=0.3))
    assert 0 < sum(e.score for e in evidence) < 0.3


def test_reading_is_repeatable_and_no_passage_changes_another(kind: str) -> None:
    hits = hits_of(*SAID)
    together = opened(kind).read("Who keeps the lamp?", hits)
    assert together == opened(kind).read("Who keeps the lamp?", hits)
    alone = [e for hit in hits for e in opened(kind).read("Who keeps the lamp?", [hit])]
    assert sorted(map(repr, together)) == sorted(map(repr, alone))


# Against a slow oracle


def by_hand(kind: str, question: str, hit: Hit) -> Iterator[tuple[float, Span]]:
    """Yield each sentence's score and best span, by transformers' own windows and loops."""
    import torch
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    folder = saved(kind, False)
    made = AutoTokenizer.from_pretrained(folder)
    headings = f"{hit.passage.article.title}. {hit.passage.path[0]}. "
    text = headings + hit.passage.text
    room = WINDOW + 1 - len(made(question, ".")["input_ids"])
    windows = made(
        question,
        text,
        max_length=WINDOW,
        truncation="only_second",
        stride=room - room // 2,
        return_overflowing_tokens=True,
        padding=True,
        return_tensors="pt",
    )
    with torch.no_grad():
        inputs = {name: windows[name] for name in made.model_input_names}
        out = AutoModelForQuestionAnswering.from_pretrained(folder)(**inputs)
    spans = sentences(hit.passage.article.text, hit.passage.span)
    best = dict.fromkeys(spans, (-1.0, Span(0, 1)))
    for row, encoding in enumerate(windows.encodings):
        weights = (out.start_logits[row][:, None] + out.end_logits[row][None, :]).exp().tolist()
        shift = hit.passage.span.start - len(headings)
        places = [
            (n, right - len(text[left:right].lstrip()) + shift, right + shift)
            for n, (left, right) in enumerate(encoding.offsets)
            if encoding.sequence_ids[n] == 1 and text[left:right].strip()
        ]
        found: dict[Span, list[tuple[float, Span]]] = {span: [] for span in spans}
        for i, left, _ in places:
            for j, _, right in places:
                for span in spans:
                    if (
                        i <= j < i + MAX_ANSWER_TOKENS
                        and span.start <= left < right <= span.end
                    ):
                        found[span].append((weights[i][j], Span(left, right)))
        total = weights[0][0] + sum(weight for every in found.values() for weight, _ in every)
        for span, every in found.items():
            if every:
                chance = hit.score * sum(weight for weight, _ in every) / total
                best[span] = max(best[span], (chance, max(every)[1]))
    yield from best.values()


@pytest.mark.parametrize("text", [SAID[0], SAID[2], " ".join(SAID * 3)], ids=str.__len__)
@pytest.mark.parametrize("question", ["Who keeps the lamp?", "Where does the goat sleep " * 5])
def test_scores_and_spans_are_those_of_every_span_weighed_by_hand(
    kind: str, question: str, text: str
) -> None:
    (hit,) = hits_of(text)
    evidence = sorted(opened(kind).read(question, [hit]), key=lambda e: e.span)
    wanted = list(by_hand(kind, question, hit))
    assert [e.short for e in evidence] == [short for _, short in wanted]
    assert np.allclose([e.score for e in evidence], [score for score, _ in wanted], atol=1e-5)


# With a model that points at a word


def test_the_word_that_the_model_points_at_is_the_short_answer(kind: str) -> None:
    evidence = opened(kind, True).read("Where?", hits_of(*SAID, score=0.9))
    assert said(evidence[0]) == (
        "The goat sleeps in the amber barn behind the mill.",
        "amber",
    )
    assert evidence[0].score > 0.89
    assert evidence[1].score < 0.01


@pytest.mark.parametrize("before", [0, 20, 40, 41, 1000])
def test_a_long_passage_is_read_to_its_end(kind: str, before: int) -> None:
    hits = hits_of("goat " * before + "sleeps. Ada saw amber.")
    best = opened(kind, True).read("What did Ada see?", hits)[0]
    assert said(best) == ("Ada saw amber.", "amber")
    assert best.score > 0.49


def test_a_long_heading_leaves_the_passage_to_be_read(kind: str) -> None:
    hits = hits_of("Ada saw amber.", title="The mill " * 200)
    assert opened(kind, True).read("What did Ada see?", hits)[0].score > 0.49


def test_a_heading_is_no_answer(kind: str) -> None:
    (evidence,) = opened(kind, True).read("What?", hits_of("Ada rows.", title="An amber"))
    assert evidence.score < 0.01


@pytest.mark.parametrize("mark", ["[CLS]", "[SEP]", "[PAD]", "<s>", "</s>", "<pad>"])
def test_what_an_article_calls_a_mark_is_text(kind: str, mark: str) -> None:
    hits = hits_of(f"Fog came {mark} and Ada saw {mark} amber.")
    (evidence,) = opened(kind, True).read(f"What {mark} did {mark} Ada see?", hits)
    assert said(evidence)[1] == "amber"
    assert evidence.score > 0.49


def test_weights_in_half_precision_are_read_too(kind: str, tmp_path: Path) -> None:
    made = tokenizer(kind)
    made.save_pretrained(tmp_path)
    model(kind, len(made), layers=2).bfloat16().save_pretrained(tmp_path)
    assert TransformerReader(str(tmp_path)).read("Who keeps the lamp?", hits_of(*SAID))


def test_the_assistant_answers_by_a_reader_that_the_settings_name(
    kind: str, tmp_path: Path
) -> None:
    (tmp_path / "goats.md").write_text("# Goats\n\nGoats sleep in amber straw.\n", "utf-8")
    (tmp_path / "lamps.md").write_text("# Lamps\n\nAda keeps the lamp.\n", "utf-8")
    index = build(tmp_path, into=tmp_path / "index", encoder=BagOfWordsEncoder())
    chosen = Settings(encoder="bag", reader=saved(kind, True))
    answer = Assistant(index, settings=chosen).ask("Where do goats sleep?")
    assert [c.quote for c in answer.citations] == ["Goats sleep in amber straw."]


# What can go wrong


def test_a_question_that_leaves_no_room_for_the_passage_is_refused(kind: str) -> None:
    with pytest.raises(QuestionError, match=r"tokens; 48 can be read\.") as error:
        opened(kind).read("goat " * 60, hits_of(SAID[0]))
    assert error.value.hint == "Ask it in fewer words."


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtra, match="sentence-transformers is not installed"):
        open_reader("some/model", BagOfWordsEncoder())


def refused(name: str) -> str:
    """Return what is said instead of opening a reader."""
    with pytest.raises(SettingsError) as error:
        open_reader(name, BagOfWordsEncoder())
    return str(error.value)


@pytest.mark.parametrize("name", ["no-such/model-at-all", "oracle", "/no/such/folder"])
def test_a_model_that_does_not_exist_is_named(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    assert refused(name) == (
        f"The reader {name} could not be loaded. "
        "Name deep, fast, similarity, a model on the hub, or a folder that holds one."
    )


def test_a_model_that_never_learnt_to_read_is_refused(kind: str, tmp_path: Path) -> None:
    made = tokenizer(kind)
    made.save_pretrained(tmp_path)
    model(kind, len(made), layers=1).base_model.save_pretrained(tmp_path)
    assert "was not trained for question answering" in refused(str(tmp_path))


def test_a_tokenizer_that_knows_no_places_is_refused(tmp_path: Path) -> None:
    from transformers import ByT5Tokenizer

    made = ByT5Tokenizer()
    made.save_pretrained(tmp_path)
    model("bert", len(made), layers=1).save_pretrained(tmp_path)
    assert "does not give the offsets of tokens" in refused(str(tmp_path))
