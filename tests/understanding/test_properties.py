"""What holds for every phrase that the trainer is shipped with, in every state where it counts."""

from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from skill.content.loader import load_content
from skill.content.schema import Content
from skill.content.states import STATES
from skill.messages.heard import Command
from skill.understanding import Understanding

AROUND = ["äh", "ja", "oh", "also", "bitte", "jetzt", "mal", "okay", "so", "nein", "na"]
"""Fillers that are said most. Beside an answer, or how it felt, some of them are another one."""

TALK = """
oder welt land stadt geld schule auto musik buch film fenster straße garten hund katze baum blume
sonne regen wetter winter sommer frühling herbst abend nacht monat montag dienstag mittwoch freitag
samstag sonntag januar februar märz april mai juni juli august september oktober november dezember
familie mutter vater bruder schwester tochter sohn freund freundin nachbar kollege chef firma büro
arbeit urlaub reise zug bahn bus flugzeug schiff meer strand berg wald see fluss insel himmel stern
mond licht farbe rot blau grün gelb schwarz weiß braun essen brot butter käse milch kaffee tee bier
wein apfel kuchen suppe fleisch fisch gemüse kartoffel reis nudeln salz zucker küche tisch stuhl
bett tür schrank lampe teppich wand dach keller zimmer wohnung miete vertrag rechnung bank konto
preis markt laden kunde verkäufer polizei gericht richter gesetz regierung minister präsident partei
wahl politik zeitung nachricht radio fernseher computer internet telefon handy brief post paket
adresse nummer lesen schreiben kaufen verkaufen fahren fliegen laufen schwimmen tanzen singen lachen
weinen schlafen träumen kochen backen waschen putzen bauen malen denken glauben wissen kennen finden
suchen bringen holen schicken bezahlen kosten gehören besuchen treffen warten gestern manchmal
selten draußen drinnen groß klein alt neu jung schön hässlich reich arm billig teuer warm kalt heiß
nass trocken hell dunkel deutschland österreich schweiz europa amerika berlin hamburg münchen köln
frankfurt fußball spiel mannschaft tor trainer verein liga meister sieg niederlage punkt ergebnis
"""
"""Nouns, verbs and adjectives of everyday German; those that belong to a sentence are taken out."""

FEW = settings(max_examples=100)


@cache
def shipped() -> tuple[Content, Understanding]:
    content = load_content()
    return content, Understanding(content)


def obeyed(text: str, state: str) -> Command | None:
    content, understanding = shipped()
    return understanding.text(text, content.live_commands(state)).command


def is_safety(command: Command | None) -> bool:
    return command is not None and shipped()[1].is_safety(command)


def is_sentence(text: str) -> bool:
    """Whether these very words are written down as a sentence, whatever it means."""
    return bool(shipped()[0].sentences.whole(text.split()))


@st.composite
def phrases(draw: st.DrawFn) -> tuple[str, Command, str]:
    """A listed phrase, its command and a state where it is that command."""
    content, _ = shipped()
    phrase, command = draw(st.sampled_from([*content.vocabulary.items()]))
    assume(command.name not in ("yes", "no", "feeling"))
    state = draw(
        st.sampled_from([one for one in STATES if command.name in content.live_commands(one)])
    )
    assume(obeyed(phrase, state) == command)  # some states have a nearer meaning for it
    return phrase, command, state


@cache
def free_words() -> list[str]:
    """The words of ``TALK`` that belong to no sentence and stand around none."""
    content, _ = shipped()
    around = (*content.fillers, *content.carriers, *content.negations, *content.absences)
    known = set(around).union(*content.sentences.words().values())
    return [word for word in TALK.split() if word not in known]


talk = st.lists(st.deferred(lambda: st.sampled_from(free_words())), min_size=1, max_size=8)


def test_there_is_something_to_talk_about() -> None:
    assert len(free_words()) > 180


@FEW
@given(phrases(), st.sampled_from(AROUND), st.booleans())
def test_a_filler_before_or_behind_never_changes_a_command(
    said: tuple[str, Command, str], filler: str, before: bool
) -> None:
    phrase, command, state = said
    text = f"{filler} {phrase}" if before else f"{phrase} {filler}"
    assume(not is_sentence(text))  # "nein etwas anderes" is one of its own
    assume("noch mal" not in text)  # written for "nochmal"
    assert obeyed(text, state) == command


@FEW
@given(phrases(), st.data())
def test_a_negation_before_it_never_yields_the_command(
    said: tuple[str, Command, str], data: st.DataObject
) -> None:
    phrase, command, state = said
    content, _ = shipped()
    turning = [*content.negations, *content.absences]
    assume(not is_safety(command) and not set(turning) & set(phrase.split()))
    assert obeyed(f"{data.draw(st.sampled_from(turning))} {phrase}", state) != command


@FEW
@given(phrases())
def test_said_twice_it_is_the_same_command(said: tuple[str, Command, str]) -> None:
    phrase, command, state = said
    twice = obeyed(f"{phrase} {phrase}", state)
    # "hilfe hilfe" is more than help, and pain that is asked about twice may be pain.
    assert twice == command or is_safety(twice)


@FEW
@given(talk, st.sampled_from(sorted(STATES)))
def test_talk_of_everyday_words_means_nothing(words: list[str], state: str) -> None:
    content, understanding = shipped()
    meaning = understanding.text(" ".join(words), content.live_commands(state))
    assert (meaning.command, meaning.maybe) == (None, None)


@FEW
@given(talk, st.sampled_from(sorted(STATES)), st.data())
def test_a_safety_phrase_anywhere_in_talk_is_heard(
    words: list[str], state: str, data: st.DataObject
) -> None:
    content, _ = shipped()
    rows = content.commands
    listed = [one for name in content.safety_commands for one in rows[name].phrases]
    place = data.draw(st.integers(0, len(words)))
    phrase = data.draw(st.sampled_from(sorted(listed)))
    opening = {one for name in content.safety_commands for one in rows[name].opening}
    assume(phrase not in opening or place == 0)  # "das ist halt so"
    assert is_safety(obeyed(" ".join([*words[:place], phrase, *words[place:]]), state))


def test_every_exercise_is_chosen_by_a_sentence_with_its_name() -> None:
    content, _ = shipped()
    assert {*content.commands["exercise"].slots.values()} == {one.id for one in content.exercises}
    for name, exercise_id in content.commands["exercise"].slots.items():
        for text in (f"ich möchte die {name} machen", f"ich möchte {name} machen", f"{name} bitte"):
            assert obeyed(text, "menu.ask") == Command("exercise", exercise_id), text
