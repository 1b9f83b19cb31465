"""Text that is no language is told, and names, codes, formulas and other languages are not."""

from __future__ import annotations

import base64
import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.legibility import is_legible

KEEPER = (
    "The keeper of the light climbs one hundred and twelve steps each evening before the lamp "
    "is lit, and writes the hour and the weather into a book that nobody has read since the "
    "harbour was closed to ships that carry passengers from the islands."
)
GERMAN = (
    "Der Wärter überprüft täglich die äußeren Türen, schließt die Läden gegen Stürme, füllt Öl "
    "nach und führt über größere Schäden ein eigenes Büchlein, das später geprüft würde."
)
LANGUAGE = {
    "English": KEEPER,
    "German": GERMAN,
    "German in capitals": GERMAN.upper(),
    "Polish names": "Grzegorz Brzęczyszczykiewicz, Szczepan Wojciechowski, Zbigniew Szczęsny",
    "Czech": "Čtvrtek zmrzl vlk, prst vrhl hrst zrn skrz krk; zmrzlina tvrdne ve sklepě.",
    "Turkish": (
        "Köprü on dokuzuncu yüzyılda inşa edildi ve şehrin iki yakasını birbirine bağlar."
    ),
    "Finnish": (
        "Silta rakennettiin vuosisadan alussa, ja se yhdistää kaupungin molemmat puolet."
    ),
    "Vietnamese": (
        "Được đặt ở đường Điện Biên, đền thờ được dựng để tưởng nhớ những người đã mất."
    ),
    "French": "L’été créé à Orléans a été égayé par des élèves âgés, déçus, gênés et hébétés.",
    "Welsh places": (
        "Llanfairpwllgwyngyll, Ynysddu, Pwllheli, Bwlchgwyn, Rhyl, Mwnt, Aberystwyth"
    ),
    "Russian": "Мост был построен в девятнадцатом веке и соединяет оба берега реки.",
    "Greek": "Η γέφυρα χτίστηκε τον δέκατο ένατο αιώνα και ενώνει τις δύο όχθες.",
    "Chinese": "桥建于十九世纪，连接城市的两侧，每天傍晚守灯人登上台阶。",
    "Chinese, spaced": "桥 建 于 十 九 世 纪 连 接 城 市 的 两 侧 每 天 傍 晚",
    "Korean and names of files": "모든 파일 (*.c, *.cpp, *.vim, _vimrc, _gvimrc) 소스 파일을",
    "Arabic": "بني الجسر في القرن التاسع عشر ويربط بين ضفتي النهر في وسط المدينة القديمة",
    "a glossary": "\n\n".join(
        ("saudade: longing", "hygge: cosiness", "tsundoku: unread books", "gökotta: birdsong")
    ),
    "drugs": (
        "amoxicillin, hydroxychloroquine, levothyroxine, sertraline, trastuzumab, zolpidem"
    ),
    "chemicals": (
        "dichlorodiphenyltrichloroethane, tetrahydrofuran, methylphenylpropanol, C₆H₅OH"
    ),
    "formulas": "E = m c², F = G m M / r², x = a + b + c + d + e, y = k x + n, p q = r s",
    "LaTeX": (
        r"\frac{\partial u}{\partial t} = \alpha \nabla^2 u + \sum_{k=1}^{n} "
        r"\lambda_k \phi_k"
    ),
    "product codes": (
        "XK-4711-B, ZR-22, QF-9, BXT-100, HHJ-7, KLMPQ-88, WZR-3300, TTX-1, VBN-12"
    ),
    "acronyms": "NATO HTTP XML SQL BGP OSPF VLAN DHCP TCP UDP SNMP NTP SSH TLS IMAP SMTP",
    "Python": "def parse(self, fmt): return str(ctx.cfg[idx]) if ptr is None else strlen(buf)",
    "C": "static int xfs_buf_init(void) { struct kmem *bp = kmem_create(sizeof(*bp), NULL); }",
    "assembly": (
        "mov eax, ebx; jmp loop; xor ecx, ecx; push ebp; call printf; cmp edx; movzx imul"
    ),
    "a script": (
        '!function(e,t){var n=e.createElement("div"),r=n.style;t.getBBox=function(){}}(w,F)'
    ),
    "hashes": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  lamp.zip\n"
    * 5,
    "colours": "Sky #00aaff; grass #11cc22; clay #bb5533; sea #003366; sand #eeddaa",
    "numbers": "12 45 78 90 33 " * 40,
    "an alphabet": " ".join(string.ascii_uppercase),
    "a key of answers": "\n\n".join("BCADBCADDBCABBCA"),
    "a table": "Lamp | 12 | kg\n\nWick | 3 | g\n\nOil | 40 | l",
    "little": "zxqv",
}
SPOILED = {
    "letter-spaced": " ".join(KEEPER.replace(" ", "")),
    "in fragments": "\n\n".join(["Th", "e", *"keeperofthelightclimbsthestairs"]),
    "down the page": "\n\n".join(
        ["T | k | o | l", "h | e | f | i", "e | e | t | g", "x | p | h | h", "e | r | e | t"]
    ),
    "half-joined": (
        "t he k eeper o f t he l i ght c l i mbs o ne h undred s t eps e ach e ve n i ng b ef "
        "o re t he la m p i s l i t"
    ),
    "UTF-8 as Latin": GERMAN.encode().decode("cp1252", "replace"),
    "Cyrillic as Latin": LANGUAGE["Russian"].encode("cp1251").decode("latin-1"),
    "Cyrillic UTF-8 as Latin": LANGUAGE["Russian"].encode().decode("latin-1"),
    "Greek as Latin": LANGUAGE["Greek"].encode("cp1253").decode("cp1252"),
    "no characters": "\ue0a1\ue0b2\ue0c3 \ue0d4\ue0e5 \ue0f6\ue0a7\ue0b8\ue0c9 " * 5,
    "Base64": base64.b64encode(random.Random(4).randbytes(300)).decode(),
    "Base64 in lines": base64.encodebytes(random.Random(5).randbytes(300)).decode(),
    "a dump": "\n".join(
        f"{row * 16:08x}: {random.Random(row).randbytes(16).hex(' ', 2)}" for row in range(9)
    ),
    "glyphs of a font": "".join(chr(ord(c) - 29) if c != " " else c for c in KEEPER),
    "letters at random": "".join(random.Random(6).choices(string.ascii_lowercase + " ", k=400)),
}


@pytest.mark.parametrize("kind", LANGUAGE)
def test_language_and_what_is_written_in_it_is_legible(kind: str) -> None:
    assert is_legible(LANGUAGE[kind])


@pytest.mark.parametrize("kind", SPOILED)
def test_what_no_language_has_is_not(kind: str) -> None:
    assert not is_legible(SPOILED[kind])


@given(st.binary(min_size=240, max_size=2_000))
def test_packed_bytes_are_not_legible(raw: bytes) -> None:
    packed = base64.b64encode(random.Random(raw).randbytes(len(raw))).decode()
    assert not is_legible(packed)


@given(st.text())
def test_any_text_is_legible_or_not(text: str) -> None:
    assert is_legible(text) in (True, False)


@given(st.lists(st.sampled_from(KEEPER.split()), min_size=1))
def test_words_are_legible_in_any_order(words: list[str]) -> None:
    assert is_legible(" ".join(words))
