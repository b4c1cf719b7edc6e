"""The coach: what was heard and how time passes, to cues. Clockless: time comes in as seconds.

The local time of day, which progress and pauses depend on, comes in as a function.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from skill.coach.answers import Answers
from skill.coach.course import Course
from skill.coach.delivery import Delivery
from skill.coach.dials import Dials
from skill.coach.doubt import ASKED_BACK_SECONDS, Doubt
from skill.coach.manner import MannerOfSpeech
from skill.coach.news import News
from skill.coach.prompts import Prompts
from skill.coach.reply import Reply
from skill.coach.scripts import Scripts
from skill.coach.trainee import LONG_AGO, Trainee
from skill.coach.training import Training
from skill.coach.upcoming import Upcoming
from skill.coach.waiting import Reaction, Waiting
from skill.content.schema import Content
from skill.messages.cues import Cue, Remember
from skill.messages.heard import MASKED, TALKED_OVER, Command, Decision, Heard
from skill.progress.profile import Profile

_ASIDES = ("yes", "no", "number")
"""What people say to themselves while they move: they count along."""

_PEOPLE = frozenset({"person", "guest"})
"""What exists only where the settings name people."""

_YES_OR_NO = frozenset({"yes", "no"})

_AFTER_A_SIGN = frozenset({"yes", "no", "next", "resume"})
"""What somebody may say to go on who must not: it counts, to be answered with what to do."""

_CALLS = frozenset({"need_help", "help"})
"""Who may be lying there and needs somebody: heard in standby too."""

_ONWARD = frozenset({"next", "yes"})
"""What somebody says who knows already what is being explained."""

_DIALS = ("louder", "quieter")


class Coach:
    """One training session; or, where it ``stays``, one after the other, with standby between.

    ``speech_seconds`` tells how long a line takes to be said; ``seed`` chooses the variants. Time
    is the sum of what `pass_time` was given: the session's clock, on which cues are placed.
    ``people`` are those who may train, by name; ``profiles`` returns what is known of a name in
    lower case ("" where nobody is named), ``clock`` the local time. The ``first_time`` of all it
    introduces itself, and finds out with the person whether they hear each other. ``new_code``
    makes the four digits that connect a device to the companion page, where there is one. It begins
    at ``gain_db`` (the nearest there is; 0 is as rendered).
    Raises ContentError where a phrase is missing or wrong.
    """

    def __init__(
        self,
        content: Content,
        speech_seconds: Callable[[str], float],
        *,
        seed: int = 0,
        people: Sequence[str] = (),
        profiles: Callable[[str], Profile] = lambda _: Profile(),
        clock: Callable[[], datetime] = lambda: LONG_AGO,
        stays: bool = False,
        first_time: bool = False,
        new_code: Callable[[], str] | None = None,
        gain_db: float = 0.0,
    ) -> None:
        self._content = content
        self._trainee = Trainee(content, people, profiles, clock)
        self._training = Training(content, self._trainee, stays, first_time)
        prompts = Prompts(content.phrases, seed)
        dials = Dials(prompts, self._training, gain_db)
        self._volume = dials.volume
        self._news = News(self._training, dials)
        self._manner = MannerOfSpeech(self._training)
        self._delivery = Delivery(self._training, prompts, dials, speech_seconds)
        scripts = Scripts(content, prompts, self._training)
        self._answers = Answers(content, prompts, self._training, scripts, dials, new_code)
        self._upcoming = Upcoming(self._training)
        self._waiting = Waiting(self._training.row)
        self._doubt = Doubt()
        self._course = Course(
            self._training, scripts, dials, self._delivery, self._waiting, self._doubt
        )

    @property
    def state(self) -> str:
        """The state the machine is in, children after a dot."""
        return self._training.state

    @property
    def finished(self) -> bool:
        """True once the goodbye has been played."""
        return self._training.row.is_over

    @property
    def live_commands(self) -> frozenset[str]:
        """Names of the commands that count now: those of the state, and of the moment."""
        if self.finished:
            return frozenset()
        live = self._content.live_commands(self.state)
        if not self._trainee.people:
            live -= _PEOPLE
        if self._doubt.is_open:
            live |= _YES_OR_NO
        if self._training.row.is_asleep and self._training.is_after_pain:
            live |= _CALLS
        return live | _AFTER_A_SIGN if self.state == "pain.sign" else live

    def upcoming(self) -> list[str]:
        """Return what may be said next, most urgent first; nothing changes by asking."""
        return self._upcoming.lines(self._delivery.to_be_said)

    def start(self) -> list[Cue]:
        """Begin the session; one that stays waits in standby, unless nobody has met it yet."""
        if self._volume.gain_db:
            self._delivery.cue(self._volume)
        if self._training.stays and not self._training.first_time:
            self._delivery.tone("ready")
        else:
            self._course.go("begin")
        return self._taken_cues()

    def invite(self) -> list[Cue]:
        """Invite to a training, out of standby; anywhere else nothing happens."""
        if self._course.may("invite"):
            self._course.obey("invite")
        return self._taken_cues()

    def lost(self, audible: bool) -> list[Cue]:
        """Pause a training, because the microphone (then ``audible``) or the speaker is gone."""
        return self._happen("deaf" if audible else "unheard")

    def mention_silent_microphone(self) -> list[Cue]:
        """Say that nothing comes from the microphone, between what is going on.

        Not while nobody is there to hear it, nor in an emergency or over a question back.
        """
        is_there = self._course.may("deaf")
        if is_there and not self._training.sign and not self._doubt.is_open:
            self._delivery.answer(self._answers.silent_microphone())
        return self._taken_cues()

    def back(self) -> list[Cue]:
        """Offer to go on after `lost`, because microphone and speaker are there again."""
        return self._happen("restored")

    def pass_time(self, seconds: float) -> list[Cue]:
        """Let time pass; return the cues that begin soon."""
        self._delivery.now += seconds
        self._doubt.pass_time(self._delivery.now)
        if self._delivery.is_playing:
            self._course.play_on()
        elif self._delivery.is_speaking or self._doubt.is_open:
            pass
        elif self._course.is_held_up:
            self._course.all_said()
        elif self._waiting.is_over(self._delivery.now):
            self._lose_patience()
        return self._taken_cues()

    def cue_done(self, cue_id: int) -> list[Cue]:
        """Go on after a spoken cue has been played to its end."""
        if self._delivery.is_saying(cue_id) and not self._delivery.say_next():
            self._course.all_said()
        return self._taken_cues()

    def hear(self, heard: Heard) -> list[Cue]:
        """React to a command, or to rejected speech: what fits first is done."""
        command, state = heard.command, self._training.row
        self._training.said = heard.text
        if state.is_over:
            pass
        elif command is None:
            self._hear_unclear(heard)
        elif self._doubt.is_answered_by(heard):
            self._settle(command)
        elif self._is_beside_the_point(heard, command):
            pass
        elif not self._counts(heard, command):
            self._take_note(command)
            if not state.is_asleep:
                self._delivery.answer(self._answers.not_now(again=self._waiting.refuse()))
        elif self._is_asked_first(command):
            self._take_note(command)
            self._ask_back(command)
        else:
            self._act_on(command)
        return self._taken_cues()

    # --- what is done with a command ---------------------------------------------------------

    def _is_beside_the_point(self, heard: Heard, command: Command) -> bool:
        """Tell whether this is said to oneself, or answers what has yet to be asked."""
        is_aside = self._training.row.is_training and command.name in _ASIDES
        return is_aside or self._delivery.question.is_outrun_by(heard)

    def _counts(self, heard: Heard, command: Command) -> bool:
        """Tell whether a command counts here; nobody presses the volume's buttons by chance."""
        is_dial = heard.decision is Decision.BUTTON and command.name in _DIALS
        return is_dial or command.name in self.live_commands

    def _is_asked_first(self, command: Command) -> bool:
        """Tell whether somebody may mean something else, and would lose a lot by it.

        "Fertig" in a pause is said by those who are ready as well.
        """
        state, trainee = self._training.row, self._trainee
        if command.name == "guest":
            is_somebody = state.parent == "safety" and trainee.is_known and not trainee.is_guest
            return state.has_person or is_somebody
        return command.name == "done" and state.is_pause and self._course.may("done")

    def _take_note(self, command: Command) -> None:
        self._doubt.close()
        self._waiting.understand()
        self._training.command = command

    def _act_on(self, command: Command) -> None:
        """Do what the person wants: go where it leads, or answer it in place."""
        self._take_note(command)
        if command.name in _ONWARD and self._course.skip_ahead():
            return
        if self._course.may(command.name):
            self._course.obey(command.name)
        else:
            self._reply(self._answers.answer(command))

    def _reply(self, reply: Reply) -> None:
        if reply.volume:
            self._delivery.cue(reply.volume)
        if reply.lingers:
            self._waiting.linger()
        if reply.lines:
            again = not reply.lingers
            self._delivery.answer(reply.lines, reply.tempo_ratio, again=again)
        else:
            self._delivery.tone("heard")

    def _happen(self, trigger: str) -> list[Cue]:
        if self._course.may(trigger):
            self._course.obey(trigger)
        return self._taken_cues()

    # --- asking back -------------------------------------------------------------------------

    def _may_ask_back(self, command: Command) -> bool:
        """Tell whether a guess is worth a question: only what counts here, and no alarm."""
        counts = command.name in self.live_commands - self._content.safety_commands
        return counts and not self._training.row.is_asleep and self._doubt.may_ask(command)

    def _ask_back(self, command: Command) -> bool:
        """Ask whether this was meant, in place of what was being said; tell whether it can be."""
        asked = self._answers.asked_back(command)
        if asked is None:
            return False
        begins = self._delivery.answer([asked], goes_on=False)
        ends = begins + self._delivery.measured(asked).seconds
        self._doubt.ask(command, begins, ends + ASKED_BACK_SECONDS)
        return True

    def _settle(self, answer: Command) -> None:
        """Take the answer to a question back."""
        meant = self._doubt.close()
        if meant and answer.name != "no":
            self._act_on(meant)
        else:
            self._delivery.tone("heard")

    # --- silence and noise -------------------------------------------------------------------

    def _lose_patience(self) -> None:
        if self._waiting.may_prompt:
            self._waiting.prompt()
            self._delivery.answer(self._answers.still_there())
        else:
            self._course.go("time_up")

    def _hear_unclear(self, heard: Heard) -> None:
        if heard.reason == TALKED_OVER:
            self._sign_masked(heard)
            return
        if self._delivery.is_speaking or heard.reason == MASKED:
            return
        guess = heard.maybe
        if guess and self._may_ask_back(guess) and self._ask_back(guess):
            return
        match self._waiting.reject(heard.start_seconds):
            case Reaction.SIGN:
                self._delivery.tone("rejected")
            case Reaction.SENTENCE:
                self._waiting.linger()
                self._delivery.answer(self._answers.not_understood())
            case Reaction.HINT:
                self._waiting.linger()
                self._delivery.answer([self._answers.hint()])
            case Reaction.NOTHING:
                pass

    def _sign_masked(self, heard: Heard) -> None:
        """Sign that a command was heard, which came too close to the coach's own word."""
        command = heard.meaning.command if heard.meaning else None
        if command is None or self._is_beside_the_point(heard, command):
            return
        if self._counts(heard, command):
            self._delivery.tone("rejected")

    def _taken_cues(self) -> list[Cue]:
        news = self._news.since_last(self._delivery.now)
        cues = [*self._manner.since_last(), *self._delivery.taken_cues()]
        return [*cues, *news, *map(Remember, self._trainee.taken_entries())]
