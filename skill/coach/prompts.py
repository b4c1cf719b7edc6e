"""Chooses what is said: the ids of all phrases, and which of their variants comes next."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from skill.content.states import STATES
from skill.errors import ContentError
from skill.written.spoken import placeholders


class Line(StrEnum):
    """Ids of ``dialogs/phrases.yaml``. Each knows the placeholders its variants must hold.

    Lines without any that are named in the table of states are not listed here once more.
    """

    placeholders: frozenset[str]

    def __new__(cls, line_id: str, *placeholders: str) -> "Line":
        """Make a member from its id and the names of its placeholders."""
        member = str.__new__(cls, line_id)
        member._value_ = line_id
        member.placeholders = frozenset(placeholders)
        return member

    HELLO_HEARD = "hello.heard"
    HELLO_VOLUME = "hello.volume"
    HELLO_WORD = "hello.word", "wake"
    HELLO_DONE = "hello.done"
    HELLO_SKIPPED = "hello.skipped"
    HELLO_SLEEP = "hello.sleep", "wake"

    WELCOME = "welcome.hello"
    WELCOME_STOPS = "welcome.stops"

    WHO_ASK = "who.ask", "people"
    WHO_HELLO = "who.hello", "name"
    WHO_GUEST = "who.guest"
    WHO_GUEST_SURE = "who.guest_sure"
    PAUSED_DONE_SURE = "paused.done_sure"

    SAFETY_INTRO = "safety.intro"
    SAFETY_ASK_KNOWN = "safety.ask_known"
    SAFETY_ASK = "safety.ask"
    SAFETY_ASK_AGAIN = "safety.ask_again"
    SAFETY_RED_FLAGS = "safety.red_flags"

    MENU_CLEARED = "menu.cleared"
    MENU_ASK = "menu.ask", "choices"
    MENU_ASK_AGAIN = "menu.ask_again"
    MENU_MATERIAL = "menu.material", "material"
    MENU_RESUME = "menu.resume", "exercise"
    MENU_COUNT = "menu.count", "exercise", "repetitions"
    MENU_COUNT_ALL = "menu.count_all"

    PROGRAMME_SPARED = "programme.spared", "exercises"
    PROGRAMME_NOTHING_LEFT = "programme.nothing_left"

    VARIANT_NONE = "variant.none"
    VARIANT_NEXT_TIME = "variant.next_time", "exercise"
    VARIANT_NORMAL = "variant.normal"

    COUNT_SET = "count.set", "repetitions"
    COUNT_MOST = "count.most", "repetitions"
    COUNT_LEAST = "count.least", "repetitions"

    POSITION_KNOWN = "position.known"

    POSITION_READY = "position.ready", "repetitions"
    POSITION_READY_SIDES = "position.ready_sides", "repetitions"

    REPEAT_BEGIN = "repeat.begin"
    REPEAT_DOSE = "repeat.dose"
    REPEAT_BREATHE_IN = "repeat.breathe_in"
    REPEAT_BREATHE = "repeat.breathe"
    REPEAT_LAST = "repeat.last"
    REPEAT_COUNT = "repeat.count", "number"
    REPEAT_UNIT = "repeat.unit", "unit", "number"
    REPEAT_STATION = "repeat.station", "station"
    REPEAT_HALFWAY = "repeat.halfway"
    REPEAT_TEN_SECONDS = "repeat.ten_seconds"
    REPEAT_AGAIN = "repeat.again"
    REPEAT_GO_ON = "repeat.go_on", "unit", "number"

    CHANGE_OVER = "change.over"

    DONE_ALL = "done.all", "repetitions"
    DONE_ENOUGH = "done.enough", "repetitions"
    DONE_SIDES = "done.sides", "repetitions"

    DONE_MORE = "done.more", "repetitions", "more"
    DONE_ALL_THROUGH = "done.all_through", "exercise"

    FEEDBACK_ASK = "feedback.ask"
    RATED_EASY = "feedback.easy"
    RATED_GOOD = "feedback.good"
    RATED_HARD = "feedback.hard"
    RATED_MORE = "feedback.more"

    REST_NEXT = "rest.next", "exercise"

    SILENT_MICROPHONE = "microphone.silent"

    PAUSED = "paused.asked"
    PAUSED_STOPPED = "paused.stopped"
    PAUSED_SILENCE = "paused.silence"
    PAUSED_STILL = "paused.still"
    PAUSED_AWAKE = "paused.awake"
    PAUSED_DEAF = "paused.deaf"
    PAUSED_RESTORED = "paused.restored"
    PAUSED_RESUME = "paused.resume"
    TAKE_YOUR_TIME = "paused.take_your_time"

    PAIN_OFFER = "pain.offer"
    PAIN_AT_ONCE = "pain.at_once"
    PAIN_AGAIN = "pain.again"
    PAIN_DOCTOR = "pain.doctor"
    PAIN_RECURS = "pain.recurs"
    PAIN_STAYS = "pain.stays"
    PAIN_PAUSED = "pain.paused"
    PAIN_OTHER = "pain.other"
    PAIN_SPARED = "pain.spared"
    PAIN_LOADS = "pain.loads"

    HELP_WORSE = "help.worse"
    HELP_CALLED = "help.called"

    SIGN_CALM = "sign.calm"
    SIGN_REST = "sign.rest"
    SIGN_EMERGENCY = "sign.emergency"
    SIGN_FALL = "sign.fall"
    SIGN_DIZZY = "sign.dizzy"
    SIGN_SICK = "sign.sick"
    SIGN_WATCH = "sign.watch"
    SIGN_NUMB = "sign.numb"
    SIGN_NUMB_MORE = "sign.numb_more"
    SIGN_STAY = "sign.stay"
    SIGN_BETTER = "sign.better"
    SIGN_HELP = "sign.help"
    SIGN_PAUSED = "sign.paused"

    SUMMARY = "summary.done", "exercises"
    SUMMARY_ITEM = "summary.item", "exercise", "repetitions"
    SUMMARY_ITEM_SIDES = "summary.item_sides", "exercise", "repetitions"
    SUMMARY_ITEM_UNEQUAL = "summary.item_unequal", "exercise", "sides"
    PRAISE_DAYS = "praise.days", "days"
    PRAISE_COMPLETE = "praise.complete"
    PRAISE_ENOUGH = "praise.enough"
    PRAISE_PAIN = "praise.pain"

    QUIT = "goodbye.quit"
    GOODBYE = "goodbye.trained"
    GOODBYE_UNTRAINED = "goodbye.untrained"
    STANDBY = "goodbye.silence"
    STANDBY_LATER = "goodbye.later"

    SLOWER = "tempo.slower"
    FASTER = "tempo.faster"
    SLOWEST = "tempo.slowest"
    FASTEST = "tempo.fastest"
    LOUDEST = "volume.loudest"
    QUIETEST = "volume.quietest"

    REMAINING = "remaining.repetitions", "remaining"
    REMAINING_LAST = "remaining.last"
    REMAINING_SIDE = "remaining.side", "remaining", "side"
    REMAINING_EXERCISES = "remaining.exercises", "exercises"
    REMAINING_PLANNED = "remaining.planned", "exercise", "repetitions"
    WHICH = "which.exercise", "exercise"
    WHICH_SIDE = "which.side", "exercise", "side"
    WHICH_NONE = "which.none"

    DURATION = "duration.is", "programme", "minutes"
    WHICH_TODAY = "which.today", "programme"
    LIST = "list.exercises", "titles"
    LIST_MORE = "list.more", "titles"

    STATUS = "status.ready"
    VERSION = "version.is", "version"
    PAGE_CODE = "page.code"
    PAGE_DIGIT = "page.digit", "number"
    PAGE_AGAIN = "page.again"
    PAGE_OFF = "page.off"

    EXPLAIN_NOTHING = "explain.nothing"
    MORE_HINT = "more.hint"
    MORE_NOTHING = "more.nothing"
    MORE_OF_WHAT = "more.of_what"
    WEEK = "week.days", "days", "repetitions"
    WEEK_MORE = "week.more"
    WEEK_NOTHING = "week.nothing"
    WEEK_GUEST = "week.guest"

    NOT_NOW = "not_now"
    NOT_UNDERSTOOD = "not_understood"
    STILL_THERE = "still_there"

    OPTIONS_HELLO_WORD = "options.hello.word", "wake"
    OPTIONS_WHO = "options.who", "people"
    OPTIONS_MENU = "options.menu.ask", "choices"


@dataclass(frozen=True)
class Words:
    """What is to be said, and the content id it came from."""

    text: str
    line: str


class Prompts:
    """Fills in phrases, and never says the same variant twice running.

    The choice is random but seeded: the same session sounds the same in every replay. Raises
    ContentError where a phrase is missing or its placeholders are not those the coach fills in.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]], seed: int = 0) -> None:
        for line, names in lines_with_placeholders().items():
            _check(line, names, phrases.get(line, ()))
        self._phrases = phrases
        self._random = random.Random(seed)
        self._last: dict[str, int] = {}

    def say(self, line: str, **values: str) -> Words:
        """Return a variant of the line with its placeholders filled in."""
        template = self.pick(line, self._phrases[line])
        return Words(template.text.format(**values), str(line))

    def pick(self, line: str, variants: Sequence[str]) -> Words:
        """Return one of the variants as it is written, another than last time."""
        choices = [index for index in range(len(variants)) if index != self._last.get(line)]
        index = self._random.choice(choices or [0])
        self._last[line] = index
        return Words(variants[index], line)


def lines_with_placeholders() -> dict[str, frozenset[str]]:
    """Return the ids of all lines that the coach says, and the placeholders that each must hold."""
    of_states = (line for state in STATES.values() for line in state.lines)
    return {
        **{line: frozenset() for line in of_states},
        **{line.value: line.placeholders for line in Line},
    }


def _check(line: str, names: frozenset[str], variants: Sequence[str]) -> None:
    if not variants:
        raise ContentError(
            f"In phrases.yaml fehlt der Satz „{line}“, den ich sage.",
            "Ergänze ihn, mit einer oder mehreren Fassungen.",
            code="line-missing",
        )
    wanted = ", ".join(f"{{{name}}}" for name in sorted(names)) or "keiner"
    for variant in variants:
        if placeholders(variant) != names:
            raise ContentError(
                f"In phrases.yaml hat „{line}“ nicht die richtigen Platzhalter: „{variant}“.",
                f"Hierher gehört {wanted}.",
                code="wrong-placeholders",
            )
