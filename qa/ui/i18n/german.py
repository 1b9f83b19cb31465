"""The page's own words in German."""

from __future__ import annotations

GERMAN: dict[str, str] = {
    "language": "de",
    "thousands": ".",
    "date": "{day}. {month} {year}",
    "months": (
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    ),
    "quotation_marks": "„{text}“",
    "or_": " oder ",
    # the header
    "opening": "Die Bibliothek wird gerade geöffnet …",
    "promise": "Jeder Satz ist ein Zitat aus Ihren Artikeln",
    "articles_one": "{count} Artikel",
    "articles_many": "{count} Artikel",
    # the conversation
    "welcome": "Was möchten Sie wissen?",
    "welcome_hint": "Geantwortet wird in wörtlichen Zitaten.",
    "box": "Ihre Frage",
    "ask": "Die Artikel fragen …",
    "stance": "Wie sicher eine Antwort sein muss",
    "stance_name": "Wie sicher:",
    "strict": "Streng",
    "balanced": "Ausgewogen",
    "eager": "Großzügig",
    "strict_means": "Nur das Wahrscheinlichste",
    "balanced_means": "Wahrscheinliches",
    "eager_means": "Auch Zweifelhaftes",
    # an answer
    "searching": "Sucht …",
    "reading_passages": "Liest {count} Passagen …",
    "interpretation": "Verstanden als: {question}",
    "correction": "Gesucht wurde „{used}“, nicht „{original}“.",
    "exact_search": "Nach „{original}“ suchen",
    "doubt": "Das ist vielleicht nicht die Antwort:",
    "unread_one": "{count} Seite von {name} ist ein Bild und kann nicht gelesen werden.",
    "unread_many": "{count} Seiten von {name} sind Bilder und können nicht gelesen werden.",
    "show_doubt": "Eine zweifelhafte Antwort zeigen",
    "disagreement": "Die Artikel sind sich uneins:",
    "nearest_sections": "Am nächsten kommen diese Abschnitte:",
    "answer_change": "Die Artikel antworten heute anders als damals:",
    "own_articles_loss": "Ihre eigenen Artikel, die das beantwortet haben, sind nicht mehr da:",
    "selection_note": "Gefragt wurde nur {asked}.",
    "ask_all_articles": "Alle Artikel fragen",
    "ask_again": "Noch einmal fragen",
    # the stored conversations
    "conversations": "Gespräche",
    "new_conversation": "Neues Gespräch",
    "rename": "{title} umbenennen",
    "delete": "{title} löschen",
    "conversation_name": "Name des Gesprächs",
    "no_conversations": "Frühere stehen hier, nur in diesem Browser.",
    "clear_message": "Gelöscht.",
    "undo": "Rückgängig",
    # copying and saving
    "copy_answer": "Antwort kopieren",
    "copy_answer_means": "Mit ihren Quellen",
    "copy_link": "Link kopieren",
    "copy_message": "Kopiert",
    "copy_error": "Der Browser hat es nicht erlaubt",
    "save": "Dieses Gespräch speichern",
    "save_as": "Speichern als",
    "save_message": "Gespeichert",
    "save_error": "Zu lange her: bitte noch einmal fragen",
    "page": "Seite {first}",
    "pages": "Seiten {first}–{last}",
    "characters": "Zeichen {start}–{end}",
    "original": "Das Original",
    "article_loss": "Ein Artikel, der hier zitiert war, ist nicht mehr in der Bibliothek.",
    # feedback
    "good_answer": "Gute Antwort",
    "bad_answer": "Schlechte Antwort",
    "good_abstention": "Zu Recht geschwiegen",
    "bad_abstention": "Zu Unrecht geschwiegen",
    "why": "Was war falsch?",
    "reason_answer": "Die Antwort",
    "reason_source": "Die Quelle",
    "reason_abstain": "Hätte schweigen sollen",
    "reason_known": "Hätte es wissen sollen",
    "thanks": (
        "Danke. Gespeichert: die Frage, die zitierten Stellen und Ihr Urteil. Nichts über Sie."
    ),
    "withdrawal_message": "Zurückgenommen.",
    "feedback_error": "Danke, aber das ließ sich nicht speichern.",
    "own_feedback_error": (
        "Nicht gespeichert: Ohne Ihre eigenen Artikel und Ihre Auswahl antwortet die "
        "Bibliothek anders."
    ),
    # how it was found
    "details": "Wie das gefunden wurde",
    "search_line": "Gesucht wurde: {question}",
    "passage": "Passage",
    "by_meaning": "Sinn",
    "by_words": "Wörter",
    "by_both": "Beides",
    "answers": "Antwort",
    "ranks": "Ränge unter diesen Passagen: nach Sinn, nach Wörtern, nach beidem zusammen.",
    "yes": "Ja",
    "no": "Nein",
    "sure": "sicher",
    "likely": "wahrscheinlich",
    "unsure": "zweifelhaft",
    "unlikely": "unwahrscheinlich",
    "certainty_means": "Für wie wahrscheinlich der Leser hält, dass das die Frage beantwortet",
    "unread": "nicht gelesen",
    "durations": (
        "Verstanden in {understand}, gesucht in {search}, gelesen in {read}, "
        "beantwortet in {answer}."
    ),
    "milliseconds": "{count} ms",
    "no_time": "unter 1 ms",
    # the source panel
    "source_placeholder": "Hier schlägt sich die Quelle auf",
    "source_hint": (
        "Jede Marke {mark} in einer Antwort führt zu genau diesem Satz, in seinem Artikel."
    ),
    "source_loss": "Diese Quelle ist nicht mehr da",
    "source_loss_hint": (
        "Die Bibliothek hat sich geändert, seit daraus zitiert wurde. Bitte noch einmal fragen."
    ),
    "near_note": "Nahe an der Frage, doch eine Antwort wurde hier nicht gefunden.",
    "sources": "Quellen dieser Antwort",
    "quotation": "Zitat {number}: {name}",
    "table": "Tabelle",
    "all_sources": "Alle Quellen",
    "source_before": "Voriges Zitat",
    "source_after": "Nächstes Zitat",
    "open_original": "Das Original öffnen",
    "close_source": "Quelle schließen",
    # the library drawer
    "library": "Bibliothek",
    "library_own": "Bibliothek · {count} von Ihnen",
    "close_library": "Bibliothek schließen",
    "add_articles": "Eigene Artikel hinzufügen",
    "drop_files": "Dateien hier ablegen oder auswählen",
    "upload_limits": (
        "Bis zu {most} Artikel ({formats}), je {largest} MB und zusammen {together} MB Text. "
        "Nur Sie können sie befragen, solange dieser Tab offen ist; einen Tag nach Ihrem "
        "letzten Besuch sind sie gelöscht."
    ),
    "upload_progress": "Gelesen",
    "passages": "Passagen",
    "upload_message": "{title} hinzugefügt.",
    "uploads_message": "{count} Artikel hinzugefügt.",
    "refusal_rest": "Und {count} weitere aus demselben Grund.",
    "file_date": "Datei vom {date}",
    "find_article": "Einen Artikel finden",
    "find_hint": "Nach Titel oder Überschrift suchen …",
    "your_articles": "Ihre Artikel",
    "the_library": "Die Bibliothek",
    "no_article": "So heißt kein Artikel.",
    "selection_line": "Gefragt wird nur {asked}",
    "selection_count": "{count} von {all}",
    "ask_all": "Alle fragen",
    "ask_these": "Nur diese fragen",
    "ask_one": "{title} fragen",
    "ask_selection": "Nur fragen, was angekreuzt ist",
    "remove": "{title} entfernen",
    "article_rest": "Und {count} weitere: nach Namen zu finden.",
    "beginning": "Der Anfang",
    "section_rest": "und {count} weitere",
    "sections_one": "{count} Abschnitt",
    "sections_many": "{count} Abschnitte",
    "words_one": "{count} Wort",
    "words_many": "{count} Wörter",
    "pictures_one": "{count} Seite ist ein Bild",
    "pictures_many": "{count} Seiten sind Bilder",
    "illegible_one": "{count} Zeichen ist keine Sprache",
    "illegible_many": "{count} Zeichen sind keine Sprache",
}

TRANSLATED: dict[str, str] = {
    "text": "Text",
    "web pages": "Webseiten",
    "e-books": "E-Books",
    "subtitles": "Untertitel",
    "JSON lines": "JSON-Zeilen",
    "The articles don't say: they never mention {words}.": (
        "Dazu sagen die Artikel nichts: {words} kommt in ihnen nicht vor."
    ),
    "The articles don't say: nothing in them is about this.": (
        "Dazu sagen die Artikel nichts: nichts in ihnen handelt davon."
    ),
    "The articles don't say: they come near this, but no sentence answers it.": (
        "Dazu sagen die Artikel nichts: sie kommen der Frage nahe, "
        "aber kein Satz beantwortet sie."
    ),
    "Hello! Ask me something about the articles.": "Guten Tag! Fragen Sie die Artikel etwas.",
    "You're welcome.": "Gern geschehen.",
    "Goodbye!": "Auf Wiedersehen!",
    "I answer questions with sentences quoted from the articles; "
    "I am a search, and no person.": (
        "Ich antworte mit Sätzen aus den Artikeln, wörtlich zitiert; "
        "ich bin eine Suche und kein Mensch."
    ),
    "Ask a question in your own words: I quote the sentences of the articles that "
    "answer it. You can also ask what an article is about, for its key points, a section, its "
    "dates or people, or which articles mention something.": (
        "Fragen Sie in Ihren eigenen Worten: zitiert werden die Sätze der Artikel, die das "
        "beantworten. Auf Englisch können Sie auch fragen, wovon ein Artikel handelt, nach "
        "seinen wichtigsten Punkten, einem Abschnitt, seinen Daten oder Personen, oder welche "
        "Artikel etwas erwähnen."
    ),
    "I'm sorry if the answer was no help. Other words may find a better one.": (
        "Schade, wenn die Antwort nicht geholfen hat. "
        "Mit anderen Worten findet sich vielleicht eine bessere."
    ),
    "I only know what the articles say.": "Hier ist nur bekannt, was in den Artikeln steht.",
    "I did not understand that. Ask a question in plain words.": (
        "Das war nicht zu verstehen. Fragen Sie in einfachen Worten."
    ),
    "That is a text, and no question. What would you like to know about it? "
    "To have it searched, add it to the library.": (
        "Das ist ein Text und keine Frage. Was möchten Sie darüber wissen? "
        "Soll er durchsucht werden, fügen Sie ihn der Bibliothek hinzu."
    ),
    "The article names nobody.": "Der Artikel nennt niemanden.",
    "The article names no places.": "Der Artikel nennt keine Orte.",
    "The article gives no dates.": "Der Artikel nennt keine Daten.",
    "The article gives no numbers.": "Der Artikel nennt keine Zahlen.",
    "The article tells of nothing after that.": "Danach erzählt der Artikel nichts mehr.",
    "There is no more to quote on that.": "Mehr ist dazu nicht zu zitieren.",
    "Which article do you mean?": "Welchen Artikel meinen Sie?",
    "“{title}” has no section on “{name}”.": "„{title}“ hat keinen Abschnitt über „{name}“.",
    "There is 1 article: {named}.": "Es gibt einen Artikel: {named}.",
    "There are {count} articles: {named}, and {more} more.": (
        "Es gibt {count} Artikel: {named} und {more} weitere."
    ),
    "There are {count} articles: {named}.": "Es gibt {count} Artikel: {named}.",
    "1 article mentions “{words}”": "1 Artikel erwähnt „{words}“",
    "{count} articles mention “{words}”": "{count} Artikel erwähnen „{words}“",
    "No article mentions “{words}”.": "Kein Artikel erwähnt „{words}“.",
    "No article says when it was published.": (
        "Kein Artikel sagt, wann er veröffentlicht wurde."
    ),
    "I don't know the date “{when}”.": "„{when}“ ist kein Datum, das hier zu verstehen ist.",
    "Nothing was published since {when}.": "Seit {when} wurde nichts veröffentlicht.",
    "The question is empty.": "Die Frage ist leer.",
    "The question has half a character in it.": "In der Frage steht ein halbes Zeichen.",
    "Type it again.": "Schreiben Sie sie neu.",
    "Type a question.": "Schreiben Sie eine Frage.",
    "The question has {length} characters; the limit is {limit}.": (
        "Die Frage hat {length} Zeichen; {limit} sind die Grenze."
    ),
    "The question has {length} tokens; {limit} can be read.": (
        "Die Frage hat {length} Wortteile; {limit} können gelesen werden."
    ),
    "Ask it in fewer words.": "Fragen Sie mit weniger Worten.",
    "The library could not be opened.": "Die Bibliothek konnte nicht geöffnet werden.",
    "The program's log says why.": "Das Protokoll des Programms sagt, warum.",
    "{name} is over the {most} articles.": "{name} ist einer mehr als {most} Artikel.",
    "Remove one first.": "Entfernen Sie erst einen.",
    "{name} has {size} bytes; the limit is {limit}.": (
        "{name} hat {size} Bytes; {limit} sind die Grenze."
    ),
    "Split it into parts.": "Teilen Sie die Datei auf.",
    "{name} is here already.": "{name} ist schon da.",
    "{name} would make more than {limit} bytes of text together.": (
        "Mit {name} wären es zusammen mehr als {limit} Bytes Text."
    ),
    "Remove an article first.": "Entfernen Sie erst einen Artikel.",
    "{name} has no text under its title.": "{name} hat keinen Text unter dem Titel.",
    "Write some, or move it.": "Schreiben Sie welchen.",
    "{name} is a binary file, not text.": "{name} ist keine Textdatei.",
    "The encoding of {name} cannot be recognised.": (
        "{name} hat eine Zeichenkodierung, die nicht zu erkennen ist."
    ),
    "Save it as UTF-8 text.": "Speichern Sie die Datei als Text in UTF-8.",
    "{name} is damaged or cut short.": "{name} ist beschädigt oder unvollständig.",
    "{name} is damaged: {reason}.": "{name} ist beschädigt: {reason}.",
    "Save or download it again.": "Speichern oder laden Sie die Datei noch einmal.",
    "{name} is locked by a password.": "{name} ist durch ein Passwort geschützt.",
    "Save it without one.": "Speichern Sie die Datei ohne.",
    "{name} is locked by a password, or in an old format.": (
        "{name} ist durch ein Passwort geschützt oder hat ein altes Format."
    ),
    "Save it as .docx without one.": "Speichern Sie sie als .docx ohne Passwort.",
    "{name} has no text in it: its pages may be pictures.": (
        "{name} enthält keinen Text: vielleicht sind die Seiten Bilder."
    ),
    "Recognise its text first, say with ocrmypdf.": (
        "Lassen Sie den Text erst erkennen, etwa von ocrmypdf."
    ),
    "{name} has pages that are pictures, and rapidocr, which reads them, is missing.": (
        "{name} hat Seiten, die Bilder sind, und rapidocr, das sie liest, fehlt."
    ),
    "Run: pip install 'chapter-verse[ocr]'": (
        "Führen Sie aus: pip install 'chapter-verse[ocr]'"
    ),
    "{name} would unpack to more than can be read.": (
        "{name} ist entpackt größer, als gelesen werden kann."
    ),
    "{name} is not in a format that can be read.": "{name} hat kein Format, das gelesen wird.",
    "{name} has {pages} pages, of which {count} cannot be read: they are pictures.": (
        "{name} hat {pages} Seiten, von denen {count} Bilder sind und nicht gelesen werden."
    ),
    "Highest “{head}” of {count} rows with {condition}: {values}": (
        "Höchster Wert in „{head}“ ({count} Zeilen mit {condition}): {values}"
    ),
    "Lowest “{head}” of {count} rows with {condition}: {values}": (
        "Niedrigster Wert in „{head}“ ({count} Zeilen mit {condition}): {values}"
    ),
    "Highest “{head}” of {count} rows: {values}": (
        "Höchster Wert in „{head}“ ({count} Zeilen): {values}"
    ),
    "Lowest “{head}” of {count} rows: {values}": (
        "Niedrigster Wert in „{head}“ ({count} Zeilen): {values}"
    ),
    "None of {every} rows with {condition}; nearest: {named}": (
        "Keine von {every} Zeilen mit {condition}; am nächsten: {named}"
    ),
    "{count} of {every} rows with {condition}: {named}": (
        "{count} von {every} Zeilen mit {condition}: {named}"
    ),
    "{count} of {every} rows: {named}": "{count} von {every} Zeilen: {named}",
    "{count} rows: {named}": "{count} Zeilen: {named}",
    "… {count} more": "… {count} weitere",
    "{name} has {count} characters that are no words and are not quoted: “{start}”.": (
        "{name} enthält {count} Zeichen unlesbaren Text, der nie zitiert wird: „{start}“."
    ),
    "{name} has no text that is language: “{start}”.": (
        "{name} enthält keinen lesbaren Text: „{start}“."
    ),
    "Save it anew as text; a PDF, after ocrmypdf --force-ocr.": (
        "Speichern Sie die Datei neu als Text; bei einem PDF zuerst "
        "ocrmypdf --force-ocr ausführen."
    ),
    "Save its text in another format, or in parts.": (
        "Speichern Sie den Text in einem anderen Format oder in Teilen."
    ),
    "{name} has more than {limit} rows.": "{name} hat mehr als {limit} Zeilen.",
    "{name} has more than {limit} characters.": "{name} hat mehr als {limit} Zeichen.",
    "{name} has {pages} pages; the limit is {limit}.": (
        "{name} hat {pages} Seiten; {limit} sind die Grenze."
    ),
    "{name} is not a Word document.": "{name} ist kein Word-Dokument.",
    "Save it as .docx.": "Speichern Sie die Datei als .docx.",
    "{name} is not text: it cannot be read as {encoding}.": (
        "{name} ist kein Text: als {encoding} ist die Datei nicht zu lesen."
    ),
    "{name} is locked: only its shop's programs open it.": (
        "{name} ist gesperrt: nur die Programme des Händlers öffnen die Datei."
    ),
    "Use another copy.": "Nehmen Sie ein anderes Exemplar.",
    "{name} is not an e-book.": "{name} ist kein E-Book.",
    "Save it as .epub.": "Speichern Sie die Datei als .epub.",
    "{name} has no articles.": "{name} enthält keine Artikel.",
    "{name} could not be opened: {reason}.": "{name} konnte nicht geöffnet werden: {reason}.",
    "Use {endings}.": "Möglich sind {endings}.",
    "{name} is not an OpenDocument file.": "{name} ist keine OpenDocument-Datei.",
    "Save it again.": "Speichern Sie die Datei noch einmal.",
    "{name} is not a presentation.": "{name} ist keine Präsentation.",
    "Save it as .pptx.": "Speichern Sie die Datei als .pptx.",
    "{name} is not rich text.": "{name} ist kein Rich Text.",
    "Save it as .rtf.": "Speichern Sie die Datei als .rtf.",
    "{name} is not a spreadsheet.": "{name} ist keine Tabelle.",
    "Save it as .xlsx.": "Speichern Sie die Datei als .xlsx.",
    "{name}, line {line} has {limit} bytes or more.": (
        "{name}, Zeile {line} hat {limit} Bytes oder mehr."
    ),
    "{name}, line {line} is malformed.": "{name}, Zeile {line} ist fehlerhaft.",
    "{name}, line {line} has no text.": "{name}, Zeile {line} hat keinen Text.",
    "{name}, line {line} is not JSON: {reason} at character {at}.": (
        "{name}, Zeile {line} ist kein JSON: {reason} bei Zeichen {at}."
    ),
    "{name}, line {line} is not JSON in UTF-8.": "{name}, Zeile {line} ist kein JSON in UTF-8.",
    "{name}, line {line} is not an object.": "{name}, Zeile {line} ist kein Objekt.",
    "{name} has {count} characters that cannot be read, each shown as �.": (
        "{name} hat Zeichen, die nicht zu lesen sind: {count}, jedes als � gezeigt."
    ),
}
"""Sentences of the engine, by their English."""
