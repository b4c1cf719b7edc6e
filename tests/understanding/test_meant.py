"""What whole sentences mean, with everything the trainer is shipped with."""

import pytest

from skill.content.schema import Content
from skill.messages.heard import Command, Meaning
from skill.understanding import Understanding
from skill.understanding.meant import NEGATED, NOT_ASKED, UNKNOWN_WORDS
from tests.ear.fakes import content_of, row

REPEAT, REST, MENU, COUNT = "exercise.repeat", "exercise.rest", "menu.ask", "menu.count"


@pytest.fixture(scope="session")
def meant(content: Content, understanding: Understanding):
    def meant(state: str, text: str) -> Meaning:
        return understanding.text(text, content.live_commands(state))

    return meant


@pytest.mark.parametrize(
    ("state", "text", "command"),
    [
        (REPEAT, "äh weiter", "next"),
        (REPEAT, "weiter bitte", "next"),
        (REPEAT, "äh also ja lauter bitte", "louder"),
        (REPEAT, "mach bitte mal ein bisschen lauter", "louder"),
        (REPEAT, "kannst du bitte also mal kurz warten", "pause"),
        (REPEAT, "Kannst du, bitte, mal kurz warten?", "pause"),
        ("safety.ask", "ja bitte", "yes"),
        ("safety.ask", "äh nein danke", "no"),
        # said twice
        (REST, "weiter weiter", "next"),
        (REPEAT, "pause pause", "pause"),
        (REPEAT, "lauter bitte lauter", "louder"),
        (COUNT, "acht acht", "number(8)"),
        # of two the last one counts
        (REST, "pause nein weiter", "next"),
        (REST, "weiter ach nein pause", "pause"),
        (REPEAT, "lauter nein leiser", "quieter"),
        (REPEAT, "langsamer nein schneller", "faster"),
        (COUNT, "acht doch lieber zehn", "number(10)"),
        (MENU, "nicht die brücke die kniebeuge", "exercise(kniebeuge)"),
        # numbers
        (COUNT, "acht bitte", "number(8)"),
        (COUNT, "vielleicht acht", "number(8)"),
        (COUNT, "acht mal", "number(8)"),
        (COUNT, "zwölf mal bitte", "number(12)"),
        (COUNT, "sagen wir zwölf", "number(12)"),
        # exercises and programmes within a sentence
        (MENU, "ich möchte die brücke machen", "exercise(bruecke)"),
        (MENU, "lieber die kniebeuge", "exercise(kniebeuge)"),
        (MENU, "können wir heute mal die katze kuh machen", "exercise(katze-kuh)"),
        (MENU, "ich möchte heute gerne das rückentraining machen", "programme(rueckentraining)"),
        # other ways to write what sounds the same
        ("paused", "weitermachen", "resume"),
        (REPEAT, "stop", "stop"),
        (REPEAT, "noch mal", "repeat"),
        # words that stand closer to what is before them
        (COUNT, "noch einmal bitte", "repeat"),
        (COUNT, "einmal bitte", "number(1)"),
        # negations that belong to the sentence
        (REPEAT, "ich kann nicht mehr", "done"),
        (REPEAT, "nicht so schnell", "slower"),
        (REPEAT, "nicht so laut", "quieter"),
        (REPEAT, "nicht weiter machen", "stop"),
    ],
)
def test_a_sentence_is_its_command_with_whatever_fillers(
    meant, state: str, text: str, command: str
) -> None:
    assert str(meant(state, text).command) == command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("stopp", "stop"),
        ("stopp stopp", "stop"),
        ("aua aua aua", "pain"),
        ("weiter stopp", "stop"),
        ("stopp weiter", "stop"),
        ("pause aua", "pain"),
        ("aua stopp", "pain"),
        ("stopp aua", "pain"),
        ("hund katze stopp haus", "stop"),
        ("der müller hat gesagt aua das geht", "pain"),
        ("das geht nicht stopp", "stop"),
        ("nein nein bitte stopp", "stop"),
        ("[other] stopp [other]", "stop"),
        ("halt", "stop"),
        ("äh halt", "stop"),
        ("halt der hund", "stop"),
    ],
)
def test_safety_counts_in_any_mixture_and_every_state(
    meant, content: Content, text: str, command: str
) -> None:
    for state in ("standby", MENU, COUNT, REPEAT, REST, "paused", "finished"):
        assert str(meant(state, text).command) == command, state


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("ich habe schmerzen in der brust", "chest"),
        ("ich bekomme keine luft", "breath"),
        ("mir ist schwindelig", "dizzy"),
        ("stopp mir ist schwindelig", "dizzy"),
        ("aua mir ist ganz schwindelig", "dizzy"),
        ("mein arm ist taub", "numb"),
        ("ich bin taub zwischen den beinen", "paralysis"),
        ("ich habe kein gefühl im schritt", "paralysis"),
        ("ich kann das wasser nicht mehr halten", "paralysis"),
        ("mir ist schlecht", "sick"),
        ("das tut weh", ""),
    ],
)
def test_warning_signs_are_pain_that_says_where(meant, text: str, sign: str) -> None:
    command = meant(REPEAT, text).command
    assert (command.name, command.sign) == ("pain", sign)


@pytest.mark.parametrize(
    ("state", "text", "never"),
    [
        (REPEAT, "keine pause", "pause"),
        (REPEAT, "ich will keine pause", "pause"),
        (REST, "bitte keine pause machen", "pause"),
        (REPEAT, "nicht pause", "pause"),
        (REPEAT, "noch nicht weiter", "next"),
        (REPEAT, "bitte nicht weiter", "next"),
        (REPEAT, "weiter nicht", "next"),
        (REPEAT, "noch nicht fertig", "done"),
        (REPEAT, "nicht aufhören", "quit"),
        (REPEAT, "nicht lauter", "louder"),
        (REPEAT, "ich will nicht lauter", "louder"),
        (REPEAT, "nicht schneller", "faster"),
        (COUNT, "nicht acht", "number"),
        (MENU, "nicht die brücke", "exercise"),
        (REPEAT, "nicht stopp", "stop"),
        (REPEAT, "kein stopp", "stop"),
        (REPEAT, "nicht stopp ich kann noch", "stop"),
        (REPEAT, "ich habe keine schmerzen mehr", "pain"),
        (REPEAT, "keine schmerzen", "pain"),
        (REPEAT, "ohne schmerzen", "pain"),
        (REPEAT, "das tut nicht weh", "pain"),
        (REPEAT, "es tut nicht mehr so weh", "pain"),
    ],
)
def test_what_is_negated_is_not_obeyed(meant, state: str, text: str, never: str) -> None:
    meaning = meant(state, text)
    assert (meaning.command, meaning.maybe) == (None, None)
    assert meaning.reason in (NEGATED, UNKNOWN_WORDS)


def test_a_negation_is_told_apart_from_unknown_words(meant) -> None:
    assert meant(REPEAT, "keine pause").reason == NEGATED
    assert meant(REPEAT, "der hund bellt").reason == UNKNOWN_WORDS


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (REPEAT, "äh"),
        (REPEAT, "das ist halt so"),
        (REPEAT, "halt dich fest"),
        (REPEAT, "stoppp"),
        (REPEAT, "die musik war laut und der hund hat gebellt"),
        (REST, "der hund muss noch weiter"),
        (REST, "weiter der hund"),
        (REST, "haus weiter"),
        (REST, "haus pause garten"),
        (REST, "wir gehen morgen ins kino"),
        (REST, "morgen kommt der arzt"),
        (REST, "ich habe gestern im garten eine pause gemacht und dann"),
        (REST, "der film hat weiter angefangen"),
    ],
)
def test_talk_means_nothing(meant, state: str, text: str) -> None:
    assert (meant(state, text).command, meant(state, text).maybe) == (None, None)


@pytest.mark.parametrize(
    ("text", "maybe"),
    [
        ("haus pause", Command("pause")),
        ("lauter leute", Command("louder")),
        ("haus weiter", None),  # nobody asks "Weiter?"
        ("pause in unserem kleinen garten hinten", None),  # too long
    ],
)
def test_one_word_too_many_may_be_worth_a_question(meant, text: str, maybe: Command | None) -> None:
    meaning = meant(REST, text)
    assert (meaning.command, meaning.maybe) == (None, maybe)


@pytest.mark.parametrize(
    ("state", "text", "command"),
    [
        (MENU, "warum tut mein rücken weh", "question(ursachen)"),
        (MENU, "äh warum tut mein rücken weh", "question(ursachen)"),
        (MENU, "sag mir warum tut mein rücken weh", "question(ursachen)"),
        (MENU, "mein rücken tut weh", "pain"),
        (REPEAT, "warum tut mein rücken weh", "pain"),  # where nobody can ask
        (MENU, "aua warum tut mein rücken weh", "pain"),
    ],
)
def test_a_question_about_pain_is_no_pain_where_one_can_ask(
    meant, state: str, text: str, command: str
) -> None:
    assert str(meant(state, text).command) == command


def test_a_number_is_an_answer_only_to_a_question(meant) -> None:
    assert meant(REPEAT, "acht").reason == NOT_ASKED
    assert meant(REPEAT, "acht").command is None


def test_a_command_that_does_not_count_is_told_all_the_same(meant, content: Content) -> None:
    assert "next" not in content.live_commands("standby")
    assert meant("standby", "weiter").command == Command("next")
    assert meant("standby", "weiter bitte").command == Command("next")
    assert meant("standby", "weiter haus").command is None


def test_it_says_what_was_passed_over_and_where_the_sentence_stood(meant) -> None:
    meaning = meant(REST, "äh pause nein weiter bitte")
    assert (meaning.sentence, meaning.template) == ("weiter", "weiter")
    assert (meaning.first, meaning.last) == (3, 4)
    assert {(one.word, one.why) for one in meaning.passed} == {
        ("äh", "filler"),
        ("bitte", "filler"),
    }
    safety = meant(REST, "haus stopp bitte")
    assert [(one.word, one.why) for one in safety.passed] == [
        ("haus", "beside safety"),
        ("bitte", "filler"),
    ]


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_nothing_said_is_nothing(meant, text: str) -> None:
    assert meant(REST, text) == Meaning(None, UNKNOWN_WORDS)


# --- of a few commands -----------------------------------------------------------------------

SMALL = Understanding(
    content_of(
        {
            "next": row("weiter"),
            "resume": row("weiter machen"),
            "stop": row("stopp", safety=True),
            "pain": row("das tut weh", "tut weh", safety=True),
            "number": row(acht="8", dreißig="30"),
        },
        fillers=["bitte"],
    )
)
ALL = frozenset({"next", "resume", "stop", "pain", "number"})


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("weiter", Command("next")),
        ("Weiter  machen", Command("resume")),
        ("acht", Command("number", "8")),
        ("weiter bitte", Command("next")),
        ("weiter haus", None),
        ("dreissig", None),
        ("weite", None),
        ("", None),
    ],
)
def test_never_the_nearest_command(text: str, command: Command | None) -> None:
    assert SMALL.text(text, ALL).command == command


def test_a_sentence_goes_on_only_where_the_longer_command_is_live() -> None:
    assert SMALL.goes_on("weiter", frozenset({"next", "resume"}))
    assert SMALL.goes_on("bitte weiter", frozenset({"next", "resume"}))
    assert not SMALL.goes_on("weiter", frozenset({"next"}))
    assert not SMALL.goes_on("weiter machen", frozenset({"next", "resume"}))


def test_the_first_words_of_a_live_sentence_are_unfinished() -> None:
    assert SMALL.unfinished("das tut", frozenset({"pain"}))
    assert not SMALL.unfinished("das tut", frozenset({"next"}))
    assert not SMALL.unfinished("weiter", frozenset({"next", "resume"}))  # one of its own


def test_finds_the_gravest_safety_sentence_among_the_words_of_others() -> None:
    assert SMALL.safety_span(["heb", "das", "becken", "stopp", "haus"]) == (3, 4)
    assert SMALL.safety_span(["stopp", "ja", "das", "tut", "weh"]) == (2, 5)
    assert SMALL.safety_span(["weiter"]) is None
    assert SMALL.safety_span([]) is None


def test_only_safety_commands_pass_all_gates() -> None:
    assert SMALL.is_safety(Command("stop"))
    assert SMALL.is_safety(Command("pain", sign="chest"))
    assert not SMALL.is_safety(Command("next"))
