"""What can be asked: the facts are all there, short enough to listen to, and asked in many ways."""

import pytest

from skill.content.lines import spoken_lines
from skill.content.loader import load_content
from skill.content.schema import Topic
from skill.settings import Settings
from skill.trainer import voice_for
from skill.written.spoken import contains_phrase, words

CONTENT = load_content()

LONGEST_ANSWER_SECONDS = 20.0

BOASTS = (
    *("der hauptgrund", "der häufigste grund", "der wichtigste grund", "für alle da"),
    *("hilft immer", "immer gut", "garantiert", "ganz sicher"),
)
CONDITIONS = ("bandscheibenvorfall", "bechterew", "osteoporose", "schwangerschaft")
EMERGENCIES = ("lähmung", "blase", "zwischen den beinen", "enge im brustkorb", "eng in der brust")

FACTS = {
    "muskeln": ("aufrecht", "stützen", "richtest", "streckst", "seite", "drehst"),
    "muskelgruppen": ("drei", "tiefenmuskulatur", "mittleren", "brustkorb", "oberfläch", "nacken"),
    "tiefenmuskulatur": ("schädel", "kreuzbein", "kurz", "dornfortsätze", "querfort", "faszien"),
    "tiefe-muskeln": ("semispinalis", "kopf", "multifidi", "zur seite", "rotatoren", "strecken"),
    "faszien": ("bindegewebe", "kraft", "spüren", "schmerz", "abwehr"),
    "haeufigkeit": ("achtzig prozent", "einmal im leben", "arztpraxis"),
    "ursachen": ("verkrampfen", "schwächer", "zu wenig bewegung", "gewicht", "arbeit", "heben"),
    "gewicht": ("gewicht", "bewegung"),
    "stress": ("sorgen", "arbeit", "muskelentspannung", "yoga", "qi gong"),
    "heben": ("oft oder falsch hebt und trägt",),
    "arbeit": ("haltung bei der arbeit", "bewegung"),
    "arzt": (
        *("vor dem ersten training", "untersuchung", "unfall", "sturz", "fieber"),
        *("gewichtsverlust", "nacht", "taubheit", "kribbeln", "blase", "darm", "lähmungen"),
        "eins eins zwei",
    ),
    "krankheiten": ("rheuma", "osteoporose", "bechterew", "zuerst", "behandelt"),
    "bandscheibenvorfall": ("zuerst", "ärztin", "roll up", "knie pendeln", "eins eins zwei"),
    "bechterew": ("zuerst behandelt", "ärztin", "roll up"),
    "schwangerschaft": ("zuerst", "ärztin", "roll up", "rückenstrecker", "auf dem rücken"),
    "osteoporose": ("zuerst behandelt", "ärztin", "roll up", "katze und kuh", "knie pendeln"),
    "was-hilft": (
        "zuerst die untersuchung",
        "bewegung",
        "intervalltraining",
        "alter",
        "pilates",
        "widerstand",
        "entspannung",
    ),
    "intervalltraining": ("wechseln", "lebhafte", "ruhige", "alter", "aufwärmen"),
    "muskelentspannung": ("spannst", "lässt los", "spürst", "stress", "sorgen"),
    "yoga": ("bestimmte yoga", "qi gong", "stress", "sorgen"),
    "trainingsformen": ("pilates", "widerstandstraining", "studie"),
    "widerstandstraining": ("bänder", "gewichte", "manschetten", "körper", "schwerkraft", "studie"),
    "pilates": (
        *("ganzen körper", "langsamen", "fließenden", "kontrollierten", "tiefen rückenmuskeln"),
        *("kräftiger", "beweglicher", "zusammenspiel", "gleichgewicht", "gefühl für deinen körper"),
    ),
    "pilates-fuer-wen": ("alle", "keine vorkenntnisse", "verletzen", "gering", "kurs"),
    "pilates-kurs": ("krankenkasse", "kurse", "nähe", "zertifikat"),
    "wie-oft": ("gut anfühlt", "sauber", "wenigen", "mehr", "nie über deine beschwerden"),
    "richtig-ueben": ("langsam", "fließend", "kontrolliert", "ärztlich"),
    "atmung": ("atme aus", "anstrengend", "rückweg atmest du ein", "arme nach hinten"),
}
"""Each group of facts, and words without which it would not be told."""


def of_every_topic(test: object) -> object:
    return pytest.mark.parametrize("key", CONTENT.topics)(test)  # type: ignore[arg-type]


def lines(topic: Topic) -> tuple[str, ...]:
    return (*topic.answer, *topic.more)


def test_every_group_of_facts_has_its_topic_and_no_topic_is_without_facts() -> None:
    assert CONTENT.topics.keys() == FACTS.keys()


@of_every_topic
def test_the_facts_are_told(key: str) -> None:
    told = words(" ".join(lines(CONTENT.topics[key])))
    assert not [fact for fact in FACTS[key] if fact not in told]


@of_every_topic
def test_people_can_ask_in_at_least_three_ways(key: str) -> None:
    assert len(set(CONTENT.topics[key].questions)) >= 3


@of_every_topic
def test_a_question_is_a_sentence(key: str) -> None:
    """Of one or two words, too much of what is said in a room would be a question."""
    for question in CONTENT.topics[key].questions:
        assert len(question.split()) >= 3, question


_PAIN = "rückenschmerzen"


@of_every_topic
def test_neither_questions_nor_titles_hold_a_safety_phrase(key: str) -> None:
    """Nor words that end in one: "rückenschmerzen" sounds like "rücken, schmerzen".

    But in those words people ask what the whole trainer is about: only as a whole question.
    """
    rows = [CONTENT.commands[name] for name in CONTENT.safety_commands]
    topic = CONTENT.topics[key]
    for phrase in (phrase for row in rows for phrase in row.phrases):
        for text in (topic.title, *topic.questions):
            if text in topic.questions and text.endswith(_PAIN):
                continue
            assert not contains_phrase(text, phrase), text
            assert not [word for word in words(text).split() if word.endswith(phrase)], text


@pytest.mark.slow
def test_every_answer_is_over_within_twenty_seconds() -> None:
    voice = voice_for(Settings(), CONTENT)
    spoken = {
        line: voice.speech_seconds(line) for one in CONTENT.topics.values() for line in lines(one)
    }
    assert {line: taken for line, taken in spoken.items() if taken > LONGEST_ANSWER_SECONDS} == {}
    assert min(spoken.values()) > 3.0


@of_every_topic
def test_no_answer_claims_more_than_is_known(key: str) -> None:
    told = words(" ".join(lines(CONTENT.topics[key])))
    assert not [one for one in BOASTS if contains_phrase(told, one)]


@pytest.mark.parametrize("key", [one for one in CONTENT.topics if one in CONDITIONS])
def test_who_is_ill_is_sent_to_the_doctor_and_told_what_to_leave_out(key: str) -> None:
    answer = CONTENT.topics[key].answer
    named = [one.title.removeprefix("Die ") for one in CONTENT.exercises]
    assert all("zuerst" in one and "Ärztin" in one for one in answer)
    assert all(any(title in one for title in named) for one in answer)
    assert {"üben", "trainieren"} <= {one.split()[-1] for one in CONTENT.topics[key].questions}


def test_whatever_names_an_emergency_names_the_number_to_call() -> None:
    said = [
        line
        for (kind, _), _, line in spoken_lines(CONTENT)
        if kind in ("phrases", "knowledge") and any(one in line.lower() for one in EMERGENCIES)
    ]
    assert len(said) >= 4
    assert not [line for line in said if "eins eins zwei" not in line]
