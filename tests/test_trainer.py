"""What a session is given of the household, the history and the clock: by settings and set-up.

With the built-in speech model; a coach and a voice that only take notes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rueckgrat.adaptation.acoustic_model import read_acoustic_model
from rueckgrat.replay.dialog import Setup
from rueckgrat.replay.sessions import session_maker
from skill import trainer
from skill.content.loader import load_content
from skill.content.schema import Content
from skill.errors import VoiceError
from skill.messages.blocks import EAR_BLOCK_SAMPLES, silence
from skill.messages.cues import Cue, Remember, Say, SetManner
from skill.messages.events import Event, Problem
from skill.messages.heard import Heard
from skill.messages.notes import HistoryEntry, Load, Outcome, SessionBegan, SetDone
from skill.models import BUILT_IN, choose_model
from skill.models.fitted import network_file
from skill.observers import Observers, Told
from skill.progress.profile import Profile
from skill.session import Session
from skill.settings import Settings
from skill.settings.household import Household
from skill.trainer import Trainer, open_session, voice_for
from skill.voice import voice_files
from tests.homes import move_into
from tests.replay.fakes import HummingVoice
from tests.voice.naturals import JOE

SIX = datetime(2026, 11, 25, 18)
ANNA_BEGAN = HistoryEntry("anna", SIX, SessionBegan())
ANNA_TRAINED = HistoryEntry("anna", SIX, SetDone("bruecke", (8,), Load(8), Outcome.COMPLETE))


@dataclass
class WaitingCoach:
    """In standby for ever; keeps what it was given."""

    content: Content
    speech_seconds: Callable[[str], float]
    seed: int = 0
    people: Sequence[str] = ()
    profiles: Callable[[str], Profile] = lambda name: Profile()
    clock: Callable[[], datetime] = datetime.now
    stays: bool = False
    first_time: bool = False
    new_code: Callable[[], str] | None = None
    gain_db: float = 0.0
    state: str = "standby"
    finished: bool = False
    live_commands: frozenset[str] = frozenset()
    invited: list[datetime] = field(default_factory=list)

    def start(self) -> list[Cue]:
        return [Remember(ANNA_BEGAN)]

    def pass_time(self, seconds: float) -> list[Cue]:
        return []

    def cue_done(self, cue_id: int) -> list[Cue]:
        return []

    def hear(self, heard: Heard) -> list[Cue]:
        return []

    def invite(self) -> list[Cue]:
        self.invited.append(self.clock())
        return [Say("Zeit zu üben!", 1, "invited")]

    def lost(self, audible: bool) -> list[Cue]:
        raise AssertionError("nothing is lost here")

    def mention_silent_microphone(self) -> list[Cue]:
        raise AssertionError("nobody watches the microphone here")

    def upcoming(self) -> list[str]:
        return []

    def back(self) -> list[Cue]:
        raise AssertionError("nothing was lost here")


class SilentVoice(HummingVoice):
    def speech_seconds(self, text: str) -> float:
        return 1.0

    def render_ahead(self, at_once: Sequence[str], later: Sequence[str]) -> None:
        pass


@dataclass
class Shelf:
    """A history that hands out what it has."""

    known: dict[str, list[HistoryEntry]] = field(default_factory=dict)
    added: list[HistoryEntry] = field(default_factory=list)

    def add(self, entry: HistoryEntry) -> None:
        self.added.append(entry)

    def entries(self, person: str) -> list[HistoryEntry]:
        return self.known.get(person, [])


class BrokenShelf(Shelf):
    def entries(self, person: str) -> list[HistoryEntry]:
        raise OSError("disk gone")


@pytest.fixture
def coaches(monkeypatch: pytest.MonkeyPatch) -> list[WaitingCoach]:
    """The coaches that were made."""
    made: list[WaitingCoach] = []

    def make(*given: Any, **named: Any) -> WaitingCoach:
        made.append(WaitingCoach(*given, **named))
        return made[-1]

    monkeypatch.setattr(trainer, "Coach", make)
    monkeypatch.setattr(trainer, "voice_for", lambda *_: SilentVoice())
    monkeypatch.setattr(trainer, "profile_of", lambda entries, _: tuple(entries))
    monkeypatch.setattr(trainer, "open_ear", lambda *_: _DeafEar())
    monkeypatch.setattr(trainer, "without_echo", lambda ear, _: ear)
    return made


class _DeafEar:
    def process(self, *_: object) -> list[Heard]:
        return []


def _problems(events: Sequence[Event]) -> list[str]:
    """Return the problems with what is personal; the commands' own words are tested elsewhere."""
    texts = [event.text for event in events if isinstance(event, Problem)]
    return [text for text in texts if not text.startswith("Diese Wörter kennt")]


def _run(session: Session, seconds: float) -> None:
    for _ in range(round(seconds * 10)):
        session.process(silence(EAR_BLOCK_SAMPLES))


def test_the_settings_are_the_household(coaches: list[WaitingCoach]) -> None:
    events: list[Event] = []
    settings = Settings(people=("Anna", "Bernd"), wake=("guten morgen",), stays=True)
    open_session(settings, Observers([Told(events.append)]))
    (coach,) = coaches
    assert coach.people == ("Anna", "Bernd")
    assert coach.stays
    assert {"ich bin bernd", "guten morgen"} <= coach.content.vocabulary.keys()
    assert _problems(events) == []


def test_another_household_goes_before_the_settings(coaches: list[WaitingCoach]) -> None:
    settings = Settings(people=("Anna",), wake=("guten morgen",), stays=True)
    open_session(settings, Observers(), household=Household(people=("Bernd",)))
    (coach,) = coaches
    assert (coach.people, coach.stays) == (("Bernd",), False)
    assert "anna" not in coach.content.vocabulary
    assert coach.content.commands["wake"].phrases == ("hallo trainer",)


def test_the_voices_are_those_of_the_household() -> None:
    settings = Settings(people=("Anna",), voices={"Anna": "gmw/de+f2"})
    bernd = Household(people=("Bernd",), voices={"bernd": "gmw/de+m3"})
    assert Trainer(settings).voiced == settings
    assert Trainer(settings, household=bernd).voiced.own_voices == {"Bernd": "gmw/de+m3"}


def test_a_name_that_cannot_be_understood_is_said_with_what_to_do(
    coaches: list[WaitingCoach],
) -> None:
    events: list[Event] = []
    open_session(Settings(people=("Anna", "Xanthippus")), Observers([Told(events.append)]))
    (problem,) = _problems(events)
    assert "„Xanthippus“" in problem
    assert "rueckgrat-small-de" in problem
    assert "Kosenamen" in problem
    assert coaches[0].people == ("Anna", "Xanthippus")


def test_a_wake_phrase_that_cannot_be_understood_leaves_the_others(
    coaches: list[WaitingCoach],
) -> None:
    events: list[Event] = []
    open_session(Settings(wake=("hey schnurzel", "guten morgen")), Observers([Told(events.append)]))
    assert coaches[0].content.commands["wake"].phrases == ("guten morgen",)
    assert _problems(events) == [
        "„hey schnurzel“ weckt mich nicht: Das Sprachmodell rueckgrat-small-de kennt „schnurzel“"
        " nicht. Ich höre auf „guten morgen“."
    ]


def test_without_any_wake_phrase_the_usual_one_wakes_it(coaches: list[WaitingCoach]) -> None:
    events: list[Event] = []
    open_session(Settings(wake=("hey schnurzel",)), Observers([Told(events.append)]))
    assert coaches[0].content.commands["wake"].phrases == ("hallo trainer",)
    assert _problems(events)[0].endswith("Ich höre auf „hallo trainer“.")


def test_profiles_come_from_the_history_and_notes_go_there(coaches: list[WaitingCoach]) -> None:
    shelf = Shelf({"anna": [ANNA_TRAINED]})
    session = open_session(Settings(people=("Anna",)), Observers(), history=shelf)
    assert coaches[0].profiles("anna") == (ANNA_TRAINED,)
    assert coaches[0].profiles("") == ()
    _run(session, 0.1)
    assert shelf.added == [ANNA_BEGAN]


def test_a_history_that_cannot_be_read_costs_no_session(coaches: list[WaitingCoach]) -> None:
    events: list[Event] = []
    settings = Settings(people=("Anna",), invitations=("18:00",))
    open_session(settings, Observers([Told(events.append)]), history=BrokenShelf())
    assert coaches[0].profiles("anna") == ()
    assert set(_problems(events)) == {
        "Was du bisher trainiert hast, konnte ich nicht lesen (disk gone)."
    }


@pytest.mark.parametrize(("known", "invitations"), [({}, 1), ({"anna": [ANNA_TRAINED]}, 0)])
def test_who_trained_today_before_the_start_is_not_invited(
    coaches: list[WaitingCoach], known: dict[str, list[HistoryEntry]], invitations: int
) -> None:
    settings = Settings(people=("Anna",), invitations=("18:00",), stays=True)
    session = open_session(
        settings, Observers(), history=Shelf(known), clock=lambda: SIX + timedelta(minutes=1)
    )
    _run(session, 3)
    assert len(coaches[0].invited) == invitations


def test_a_replay_knows_nothing_of_the_users_own_household(coaches: list[WaitingCoach]) -> None:
    settings = Settings(
        people=("Bernd",), wake=("guten morgen",), invitations=("18:00",), stays=True
    )
    session = session_maker(settings)(Setup(), Observers())
    (coach,) = coaches
    assert (coach.people, coach.stays, coach.profiles("")) == ((), False, ())
    assert not {"bernd", "guten morgen"} & coach.content.vocabulary.keys()
    _run(session, 3)
    assert coach.invited == []


def test_a_replay_has_the_past_the_people_and_the_time_of_its_set_up(
    coaches: list[WaitingCoach],
) -> None:
    setup = Setup.model_validate(
        {
            "people": ["Anna"],
            "now": "2026-11-25 17:59",
            "stays": True,
            "invitations": ["Mi 18:00"],
            "past": [{"day": -1, "person": "Anna", "exercise": "bruecke", "repetitions": 8}],
        }
    )
    session = session_maker(Settings())(setup, Observers())
    (coach,) = coaches
    assert coach.clock() == datetime(2026, 11, 25, 17, 59)
    yesterday = datetime(2026, 11, 24, 16, 59)
    assert [one.at for one in coach.profiles("anna")] == [yesterday] * 3  # type: ignore[attr-defined]
    _run(session, 61)
    assert coach.invited == [SIX]
    assert coach.profiles("anna")[-1] == ANNA_BEGAN, "kept for this replay"  # type: ignore[index]


def _opened(name: str) -> list[str]:
    """Return the problems told while a session with this voice is opened."""
    events: list[Event] = []
    session = open_session(Settings(voice=name), Observers([Told(events.append)]))
    assert session.process(silence(EAR_BLOCK_SAMPLES)).size
    return _problems(events)


@pytest.mark.parametrize("name", ["klingon", "/nowhere/thorsten.onnx", "kerstin#3"])
def test_a_voice_that_cannot_be_used_is_told_and_the_built_in_one_speaks(name: str) -> None:
    (problem,) = _opened(name)
    assert problem.endswith("Bis dahin spricht die eingebaute Stimme.")
    assert "rueckgrat voice list" in problem


def test_without_piper_the_built_in_voice_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    (problem,) = _opened(f"{JOE}!")
    assert "requirements-natural.lock" in problem


def test_where_nothing_speaks_no_session_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise VoiceError("Ich finde espeak-ng nicht.")

    monkeypatch.setattr(trainer, "voice_for", missing)
    for name in ("gmw/de", "klingon"):
        with pytest.raises(VoiceError, match="espeak-ng"):
            open_session(Settings(voice=name), Observers())


def test_models_of_single_people_are_read_before_the_session(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    voice_files._digest.cache_clear()
    settings = Settings(people=("Anna", "Bernd"), voices={"anna": f"{JOE}!", "Bernd": "klingon"})
    voice = voice_for(settings, load_content())

    def read(*_: object) -> None:
        raise AssertionError("a model of 60 MB is read within a block")

    monkeypatch.setattr("hashlib.file_digest", read)
    voice.perform(SetManner("Anna"))
    with pytest.raises(VoiceError, match="klingon"):
        voice.perform(SetManner("Bernd"))


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A network fitted to the built-in model: its own, but for one bias."""
    move_into(tmp_path / "home", monkeypatch)
    folder = choose_model(BUILT_IN)
    model = read_acoustic_model(folder)
    path = network_file(folder, "anna")
    path.parent.mkdir(parents=True)
    path.write_bytes(model.with_biases([model.layers[0].bias + 0.01]))
    return path


def test_who_trains_alone_is_heard_with_their_fitted_network(fitted: Path) -> None:
    settings = Settings(model=BUILT_IN)
    assert Trainer(settings).fitted == fitted
    assert Trainer(settings, household=Household(people=["Anna"])).fitted == fitted
    assert Trainer(settings, household=Household(people=["Anna", "Ben"])).fitted is None
    assert Trainer(settings, plain=True).fitted is None
    assert Trainer(settings).model.knows("weiter")


def test_a_damaged_fitted_network_costs_no_training(
    fitted: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fitted.write_bytes(fitted.read_bytes()[:1_000_000])
    assert Trainer(Settings(model=BUILT_IN)).model.knows("weiter")
    assert fitted.name in caplog.text
