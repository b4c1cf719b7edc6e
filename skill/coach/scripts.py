"""What the coach says on entering each state: its row says it, or it is chosen here."""

from collections.abc import Callable, Iterator

from skill.coach.choices import named, offered, waking
from skill.coach.entry import Entry
from skill.coach.exercise_scripts import ExerciseScripts
from skill.coach.german import amount, listed, number_word, ordinal
from skill.coach.guards import has_trained, was_repeating
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.signs import advice
from skill.coach.training import Training
from skill.content.exercise import Exercise
from skill.content.lines import spoken_lines
from skill.content.schema import Content
from skill.content.states import STATES
from skill.messages.notes import Outcome
from skill.written.spoken import sentences

NEVER_SAID_ALONE = frozenset({"title", "material", "unit"})
"""Fields that only fill in other lines, or are read but not heard."""

KNOWN_SESSIONS = 3
"""Who has been here so often knows how to talk to the coach, and what it asks first."""

_BEFORE_ADVICE = ("pain.leave", "pain.ask", "pain.where", "pain.spread")
"""Where somebody hurts and has yet to hear when to see a doctor."""

PRAISED_DAYS = range(2, 8)
"""A day of training is praised as the second of a week, and so on."""


def by_sentence(lines: list[Words]) -> list[Words]:
    """Return the same lines, one for each sentence."""
    return [Words(sentence, one.line) for one in lines for sentence in sentences(one.text)]


def fixed_sentences(content: Content) -> Iterator[str]:
    """Yield every sentence that is said as it is written, to be rendered before it is needed."""
    for _, location, line in spoken_lines(content):
        if not NEVER_SAID_ALONE.intersection(location):
            yield from (sentence for sentence in sentences(line) if "{" not in sentence)
    yield from (row.asked for row in content.commands.values() if row.asked)


class Scripts:
    """Chooses the lines of a state from what is being trained, and from how it was entered."""

    def __init__(self, content: Content, prompts: Prompts, training: Training) -> None:
        self._content = content
        self._prompts = prompts
        self._training = training
        self.exercise = ExerciseScripts(prompts, training)
        self._has_offered = False
        self._scripts: dict[str, Callable[[Entry], list[Words]]] = {
            "hello.volume": self._volume,
            "hello.done": self._met,
            "welcome": lambda _: self._welcome(),
            "safety.ask": self._safety,
            "menu.ask": self._menu,
            "menu.count": lambda _: self._count(),
            "menu.material": lambda _: self._material(),
            "menu.resume": lambda _: self._resume(),
            "exercise.introduce": self.exercise.introduce,
            "exercise.position": self.exercise.position,
            "exercise.repeat": self.exercise.repeat,
            "exercise.change": self.exercise.change,
            "exercise.feedback": self.exercise.feedback,
            "exercise.rest": self.exercise.rest,
            "paused": self._paused,
            "pain.leave": self._pain,
            "pain.offer": self._offer,
            "pain.sign": self._sign,
            "summary": self._summary,
            "goodbye": self._goodbye,
            "standby": self._standby,
        }

    def enter(self, entry: Entry) -> list[Words]:
        """Return what is said on entering a state, sentence by sentence; nothing in silence."""
        script = self._scripts.get(entry.state)
        if script:
            return by_sentence(script(entry))
        names = named(self._training)
        says = STATES[entry.state].says
        return by_sentence([self._prompts.say(line, **names) for line in says])

    def go_on(self) -> Words:
        """Return what is said when a pause is over."""
        if was_repeating(self._training):
            return self.exercise.go_on()
        return self._prompts.say(Line.PAUSED_RESUME)

    def advice(self) -> list[Words]:
        """Return what to do about the warning sign that was named."""
        return self._plain(*advice(self._training.sign).lines)

    def _plain(self, *lines: Line) -> list[Words]:
        return [self._prompts.say(line) for line in lines]

    @property
    def _is_known(self) -> bool:
        return self._training.trainee.profile.sessions > KNOWN_SESSIONS

    def _volume(self, entry: Entry) -> list[Words]:
        heard = (Line.HELLO_HEARD,) if entry.trigger == "hear_you" else ()
        return self._plain(*heard, Line.HELLO_VOLUME)

    def _met(self, entry: Entry) -> list[Words]:
        met = self._plain(Line.HELLO_DONE if entry.trigger == "wake" else Line.HELLO_SKIPPED)
        if not self._training.stays:
            return met
        return [*met, self._prompts.say(Line.HELLO_SLEEP, wake=waking(self._content))]

    def _welcome(self) -> list[Words]:
        self._has_offered = False
        return self._plain(Line.WELCOME, *(() if self._is_known else (Line.WELCOME_STOPS,)))

    def _safety(self, entry: Entry) -> list[Words]:
        greeting = self._greeting(entry)
        if entry.source in ("welcome", "who") or greeting:
            if self._is_known:
                return [*greeting, *self._plain(Line.SAFETY_ASK_KNOWN)]
            return [*greeting, *self._plain(Line.SAFETY_INTRO, Line.SAFETY_ASK)]
        return self._plain(Line.SAFETY_ASK_AGAIN)

    def _greeting(self, entry: Entry) -> list[Words]:
        if entry.trigger == "person":
            return [self._prompts.say(Line.WHO_HELLO, name=self._training.trainee.name)]
        return self._plain(Line.WHO_GUEST) if entry.trigger == "guest" else []

    def _menu(self, entry: Entry) -> list[Words]:
        opening = self._greeting(entry)
        if entry.source == "safety.ask" and not opening:
            opening = self._plain(Line.MENU_CLEARED)
        if self._has_offered and entry.trigger != "repeat":
            return [*opening, *self._plain(Line.MENU_ASK_AGAIN)]
        self._has_offered = True
        choices = ", ".join(offered(self._content))
        return [*opening, self._prompts.say(Line.MENU_ASK, choices=choices)]

    def _count(self) -> list[Words]:
        training = self._training
        if len(training.plan) > 1:
            return self._plain(Line.MENU_COUNT_ALL)
        exercise = training.current
        suggested = amount(training.plan.suggested(exercise), exercise)
        return [self._prompts.say(Line.MENU_COUNT, exercise=exercise.title, repetitions=suggested)]

    def _material(self) -> list[Words]:
        programme = self._training.plan.programme
        material = programme.material if programme else ""
        return [self._prompts.say(Line.MENU_MATERIAL, material=material)]

    def _resume(self) -> list[Words]:
        exercises, _ = self._training.plan.resumable()
        title = exercises[0].title if exercises else ""
        return [self._prompts.say(Line.MENU_RESUME, exercise=title)]

    def _paused(self, entry: Entry) -> list[Words]:
        if entry.trigger == "unheard":
            return []
        if self._training.sign and entry.trigger not in ("wake", "deaf", "restored"):
            return self._plain(Line.SIGN_HELP, Line.SIGN_PAUSED)
        if entry.trigger == "need_help":
            return self._plain(Line.HELP_CALLED)
        if entry.trigger == "time_up" and self._training.is_after_pain:
            return self._plain(Line.SIGN_HELP, Line.PAIN_PAUSED)
        line = {
            "pause": Line.PAUSED,
            "no": Line.PAUSED,
            "stop": Line.PAUSED_STOPPED,
            "time_up": Line.PAUSED_SILENCE,
            "repeat": Line.PAUSED_STILL,
            "wake": Line.PAUSED_AWAKE,
            "deaf": Line.PAUSED_DEAF,
            "restored": Line.PAUSED_RESTORED,
        }[entry.trigger]
        return self._plain(line)

    def _pain(self, entry: Entry) -> list[Words]:
        training = self._training
        if training.sign:
            first, *others = [*self._safe_position(), *self.advice()]
            return [first, *self._plain(Line.SIGN_CALM), *others]
        leave = [self.exercise.leave()] if training.is_in_posture else []
        calm = Line.PAIN_AGAIN if "pain." in entry.source else Line.PAIN_AT_ONCE
        return [*leave, *self._plain(calm)]

    def _safe_position(self) -> list[Words]:
        to_do = advice(self._training.sign)
        if self._training.is_in_posture and to_do.leaves:
            return [self.exercise.leave()]
        return self._plain(Line.SIGN_REST) if to_do.rests else []

    def _offer(self, entry: Entry) -> list[Words]:
        """Say when to see a doctor, once all is known of a pain, and ask how to go on."""
        known = entry.trigger == "repeat" or entry.source == "paused"
        return [*([] if known else self._doctor()), *self._plain(Line.PAIN_OFFER)]

    def _doctor(self) -> list[Words]:
        """Return when to see a doctor about a pain."""
        if self._training.pain_recurs:
            return self._plain(Line.PAIN_RECURS)
        stays = self._training.complaint.gone is False
        return self._plain(Line.PAIN_STAYS if stays else Line.PAIN_DOCTOR)

    def _parting_advice(self, entry: Entry) -> list[Words]:
        """Return what somebody would have been told who ends it right after a pain."""
        return self._doctor() if entry.source in _BEFORE_ADVICE else []

    def _sign(self, entry: Entry) -> list[Words]:
        """Stay with the person; who comes here otherwise than from the advice hears it again."""
        again = [] if entry.trigger == "spoken" else self.advice()
        return [*again, *self._plain(Line.SIGN_STAY)]

    def _summary(self, entry: Entry) -> list[Words]:
        training = self._training
        items = [self._item(*one) for one in training.sets.totals()]
        opening = self.exercise.rated(entry)
        if entry.trigger == "quit":
            opening = self._plain(Line.QUIT)
        done = self._prompts.say(Line.SUMMARY, exercises=" ".join(items))
        praise = [*self._plain(self._praise()), *self._praise_days(entry)]
        return [*opening, *self._parting_advice(entry), done, *praise]

    def _item(self, exercise: Exercise, completed: list[int]) -> str:
        title = exercise.title
        if len(completed) == 1:
            made = amount(completed[0], exercise)
            return self._prompts.say(Line.SUMMARY_ITEM, exercise=title, repetitions=made).text
        if len(set(completed)) == 1:
            made = amount(completed[0], exercise)
            return self._prompts.say(Line.SUMMARY_ITEM_SIDES, exercise=title, repetitions=made).text
        counts = zip(exercise.sides, completed, strict=True)
        sides = listed([f"{side.name} {number_word(number)}" for side, number in counts])
        return self._prompts.say(Line.SUMMARY_ITEM_UNEQUAL, exercise=title, sides=sides).text

    def _praise(self) -> Line:
        training = self._training
        if training.felt_pain:
            return Line.PRAISE_PAIN
        if all(one.outcome is Outcome.COMPLETE for one in training.sets.all if one.total):
            return Line.PRAISE_COMPLETE
        return Line.PRAISE_ENOUGH

    def _praise_days(self, entry: Entry) -> list[Words]:
        trainee = self._training.trainee
        days = trainee.profile.week(trainee.now).days
        if trainee.is_guest or days not in PRAISED_DAYS or entry.trigger == "repeat":
            return []
        return [self._prompts.say(Line.PRAISE_DAYS, days=ordinal(days))]

    def _goodbye(self, entry: Entry) -> list[Words]:
        if self._training.sign:
            return [self.advice()[-1], *self._plain(Line.GOODBYE_UNTRAINED)]
        trained = has_trained(self._training)
        goodbye = Line.GOODBYE if trained else Line.GOODBYE_UNTRAINED
        return [*self._parting_advice(entry), *self._plain(goodbye)]

    def _standby(self, entry: Entry) -> list[Words]:
        """Say good night where somebody was there a moment ago; nobody is told twice."""
        if entry.source == "invited":
            unanswered = entry.trigger in ("time_up", "deaf", "unheard")
            return [] if unanswered else self._plain(Line.STANDBY_LATER)
        if entry.source not in ("paused", "standby"):
            return []
        help_ = (Line.SIGN_HELP,) if self._training.is_after_pain else ()
        return self._plain(*help_, Line.STANDBY)
