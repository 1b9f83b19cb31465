"""The languages that words are stemmed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language as the search knows it: its stemmer, and its lists of words."""

    stemmer: str
    """What tantivy calls it."""

    stop_words: bool = True
    """Whether tantivy has a list of its common words."""

    asking: tuple[str, ...] = ()
    """Words that only ask: of what is asked they say nothing."""

    months: tuple[str, ...] = ()
    """January to December."""

    numbers: tuple[str, ...] = ()
    """Two to twelve."""

    grouped_by_point: bool = True
    """Whether 1.000 is a thousand, as it is in most of Europe."""

    alike: Mapping[str, str] = field(default_factory=dict)
    """Forms that the stemmer does not know for one: “wrote”, of “write”."""


def _words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _forms(verbs: str) -> dict[str, str]:
    """Return the base of each form, of lines of base and forms."""
    return {
        form: base
        for line in verbs.split(",")
        for base, *forms in [line.split()]
        for form in forms
    }


IRREGULAR = """
arise arose arisen, awake awoke awoken, bear bore borne, beat beaten, become became,
begin began begun, bend bent, bind bound, bite bit bitten, bleed bled, blow blew blown,
break broke broken, breed bred, bring brought, build built, burn burnt, buy bought,
catch caught, choose chose chosen, cling clung, come came, creep crept, deal dealt, dig dug,
draw drew drawn, dream dreamt, drink drank drunk, drive drove driven, eat ate eaten,
fall fell fallen, feed fed, feel felt, fight fought, find found, flee fled, fly flew flown,
forbid forbade forbidden, forget forgot forgotten, forgive forgave forgiven,
freeze froze frozen, grow grew grown, hear heard, hide hid hidden, hold held, keep kept,
kneel knelt, know knew known, lead led, leave left, lend lent, lose lost, mean meant,
meet met, pay paid, ride rode ridden, ring rang rung, rise rose risen, run ran, seek sought,
sell sold, send sent, shake shook shaken, shine shone, shoot shot, shrink shrank shrunk,
sing sang sung, sink sank sunk, sit sat, sleep slept, slide slid, speak spoke spoken,
spend spent, spin spun, stand stood, steal stole stolen, stick stuck, strike struck,
swear swore sworn, sweep swept, swim swam swum, swing swung, teach taught, tear tore torn,
think thought, throw threw thrown, understand understood, wake woke woken, wear wore worn,
weave wove woven, win won, withdraw withdrew withdrawn, write wrote written,
child children, man men, woman women, foot feet, tooth teeth, mouse mice, goose geese
"""

LANGUAGES: Mapping[str, Language] = {
    ENGLISH: Language(
        "english",
        asking=_words("who whom whose what when where which why how whether"),
        months=_words(
            "january february march april mai june july august september october november "
            "december"
        ),
        numbers=_words("two three four five six seven eight nine ten eleven twelve"),
        grouped_by_point=False,
        alike=_forms(IRREGULAR),
    ),
    "de": Language(
        "german",
        asking=_words(
            "wann warum was welche welchem welchen welcher welches wem wen wer weshalb wessen "
            "weswegen wie wieso wieviel wieviele wo wobei wodurch wofür wogegen woher wohin "
            "womit woran worauf woraus worin worüber worum wovon wovor wozu hat hatte hatten "
            "gibt gab wird wurde wurden worden heißt hieß viel viele lang lange oft alt hoch "
            "weit groß teuer"
        ),
        months=_words(
            "januar februar märz april mai juni juli august september oktober november dezember"
        ),
        numbers=_words("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
    ),
    "fr": Language(
        "french",
        asking=_words(
            "qui que quoi quel quelle quels quelles quand comment combien pourquoi où lequel "
            "laquelle lesquels lesquelles est qu a ont fut était été sont y il elle"
        ),
        months=_words(
            "janvier février mars avril mai juin juillet août septembre octobre novembre "
            "décembre"
        ),
        numbers=_words("deux trois quatre cinq six sept huit neuf dix onze douze"),
    ),
    "es": Language(
        "spanish",
        asking=_words(
            "quién quiénes qué cuál cuáles cuándo cómo cuánto cuánta cuántos cuántas dónde "
            "adónde por fue era es son está han ha hay tiene tienen"
        ),
        months=_words(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
            "diciembre"
        ),
        numbers=_words("dos tres cuatro cinco seis siete ocho nueve diez once doce"),
    ),
    "it": Language(
        "italian",
        asking=_words(
            "chi che cosa quale quali quando come quanto quanta quanti quante dove perché è "
            "sono fu era ha hanno"
        ),
        months=_words(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
            "novembre dicembre"
        ),
        numbers=_words("due tre quattro cinque sei sette otto nove dieci undici dodici"),
    ),
    "nl": Language(
        "dutch",
        asking=_words("wie wat wanneer waar waarom welke welk hoe hoeveel wiens waarin heeft"),
        months=_words(
            "januari februari maart april mei juni juli augustus september oktober november "
            "december"
        ),
        numbers=_words("twee drie vier vijf zes zeven acht negen tien elf twaalf"),
    ),
    "pt": Language(
        "portuguese",
        asking=_words(
            "quem que qual quais quando como quanto quanta quantos quantas onde porque porquê "
            "é foi são tem"
        ),
        months=_words(
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
            "dezembro"
        ),
        numbers=_words("dois três quatro cinco seis sete oito nove dez onze doze"),
    ),
    "da": Language("danish", asking=_words("hvem hvad hvornår hvor hvorfor hvilken hvordan")),
    "sv": Language("swedish", asking=_words("vem vad när var varför vilken vilket vilka hur")),
    "no": Language("norwegian", asking=_words("hvem hva når hvor hvorfor hvilken hvordan")),
    "fi": Language("finnish", asking=_words("kuka mikä mitä milloin missä miksi miten")),
    "hu": Language("hungarian", asking=_words("ki mi mit mikor hol miért melyik hogyan hány")),
    "ru": Language(
        "russian",
        asking=_words("кто что когда где почему зачем какой какая какие как сколько чей куда"),
    ),
    "ro": Language("romanian", stop_words=False, asking=_words("cine ce când unde cum cât")),
    "tr": Language("turkish", stop_words=False, asking=_words("kim ne nerede nasıl kaç")),
    "el": Language("greek", stop_words=False, asking=_words("ποιος τι πότε πού πώς γιατί")),
    "ar": Language("arabic", stop_words=False, asking=_words("من ما ماذا متى أين لماذا كيف")),
}
"""All that tantivy stems, but Tamil, by their codes; others are read as English is."""
