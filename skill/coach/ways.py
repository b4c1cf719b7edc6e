"""Every way from one state of a session to another: a table of rules.

A trigger is either the name of a command ("pause") or something that happens by itself: ``begin``,
``spoken`` (all lines of the state were said), ``time_up`` (its silence is over), ``set_over`` (the
last repetition is made), ``deaf`` and ``unheard`` (microphone or speaker are gone), ``restored``
(both are back). The names of guards are those of functions in `guards`, the names of actions those
of functions in `actions` and `hurting`; of several rules for one trigger the first whose guards
hold is taken.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from skill.content.states import STATES, State, Waits


def _names(holds: Callable[[State], bool]) -> str:
    """Return the names of the states for which this holds, with spaces between."""
    return " ".join(state.name for state in STATES.values() if holds(state))


TALKING = _names(lambda state: state.may_pause).split()
"""States that a pause may be made in, and returns to."""

_MENUS = _names(lambda state: state.parent == "menu")
_TESTS = "hello.hear hello.volume hello.word"


@dataclass(frozen=True)
class Rule:
    """One arrow: on ``trigger`` from ``source`` to ``dest`` where all of ``when`` hold."""

    trigger: str
    source: str
    dest: str
    when: tuple[str, ...] = ()
    do: tuple[str, ...] = ()


def _rules(triggers: str, sources: str, dest: str, when: str = "", do: str = "") -> Iterator[Rule]:
    """Yield a rule for each of the triggers and sources, which are written with spaces between."""
    for trigger in triggers.split():
        for source in sources.split():
            yield Rule(trigger, source, dest, tuple(when.split()), tuple(do.split()))


def _meeting() -> Iterator[Rule]:
    yield from _rules("begin", "standby", "hello.intro", "is_first_time")
    yield from _rules("spoken next yes", "hello.intro", "hello.hear")
    yield from _rules("hear_you next yes", "hello.hear", "hello.volume")
    yield from _rules("next yes", "hello.volume", "hello.word")
    yield from _rules("wake next yes", "hello.word", "hello.done")
    yield from _rules("skip", f"hello.intro {_TESTS}", "hello.done")
    over = "spoken next yes skip"
    yield from _rules(over, "hello.done", "standby", "stays", do="start_anew")
    yield from _rules(over, "hello.done", "welcome", do="greet")


def _opening() -> Iterator[Rule]:
    yield from _rules("begin", "standby", "welcome", do="greet")
    yield from _rules("spoken next yes skip", "welcome", "who", "is_unknown")
    yield from _rules("spoken next yes skip", "welcome", "safety.ask")
    yield from _rules("yes", "safety.ask", "menu.resume", "was_broken_off", do="clear")
    yield from _rules("yes", "safety.ask", "menu.ask", do="clear")
    yield from _rules("no", "safety.ask", "safety.advice")
    yield from _rules("spoken next yes no back", "safety.red_flags", "safety.ask")
    yield from _rules("yes back", "safety.advice", "safety.ask")
    yield from _rules("time_up", "safety.advice", "goodbye", do="say_goodbye")
    yield from _rules("red_flags", "welcome safety menu", "safety.red_flags", do="withdraw")


def _knowing_people() -> Iterator[Rule]:
    told = "person guest"
    yield from _rules(told, "welcome who safety.ask", "safety.ask", do="choose_person")
    elsewhere = _names(lambda state: state.has_person)
    yield from _rules(told, elsewhere, "menu.ask", "named_is_cleared", do="choose_person")
    yield from _rules(told, elsewhere, "safety.ask", do="choose_person")


def _sleeping() -> Iterator[Rule]:
    yield from _rules("time_up", "paused", "standby", do="fall_asleep")
    yield from _rules("wake", "standby", "paused", "has_pause")
    yield from _rules("wake", "standby", "welcome", do="start_anew greet")
    yield from _rules("stop", "standby", "standby")
    yield from _rules("invite", "standby", "invited")
    yield from _rules("yes next wake", "invited", "welcome", do="start_anew greet")
    yield from _rules("no stop quit time_up", "invited", "standby")


def _choosing() -> Iterator[Rule]:
    for dest, asked in (
        ("menu.age", "named_needs_age"),
        ("menu.count", "named_is_countable"),
        ("exercise.introduce", ""),
    ):
        yield from _rules("exercise", "menu", dest, f"is_sparing {asked}", do="choose_exercise")
    yield from _choosing_programme("menu")
    yield from _choosing_programme("exercise paused pain.ask pain.offer summary", "is_cleared")
    yield from _rules("all", "menu.ask", "menu.count", do="choose_all")
    yield from _rules("yes next", "menu.ask", "menu.count", do="choose_all")
    yield from _rules("yes next resume", "menu.resume", "exercise.introduce", do="resume_plan")
    yield from _rules("no", "menu.resume", "menu.ask", do="complete_plan")
    yield from _rules("yes next", "menu.material", "exercise.introduce")
    yield from _rules("no", "menu.material", "exercise.introduce", do="do_without_material")
    for trigger, action in (("age", "tell_age"), ("next no skip", "keep_age_secret")):
        yield from _rules(trigger, "menu.age", "menu.count", "is_countable", do=action)
        yield from _rules(trigger, "menu.age", "exercise.introduce", do=action)
    yield from _rules("number", "menu.count", "exercise.introduce", do="choose_count")
    yield from _rules("next yes", "menu.count", "exercise.introduce")
    yield from _rules("back", "menu.ask menu.resume", "safety.ask", do="withdraw")
    yield from _rules("back", "menu.count menu.age menu.material", "menu.ask", do="drop_plan")
    yield from _rules("another", "menu exercise summary", "menu.ask", do="drop_plan")
    yield from _rules("back", "summary", "menu.ask", do="drop_plan")
    after = "paused pain.ask pain.offer"
    yield from _rules("another", after, "menu.ask", "is_cleared", do="drop_plan")
    yield from _rules("another", after, "safety.ask")
    named = f"exercise summary {after}"
    cleared = "is_cleared is_sparing"
    yield from _rules("exercise", named, "exercise.introduce", cleared, do="choose_exercise")


def _choosing_programme(sources: str, when: str = "") -> Iterator[Rule]:
    """Yield the ways on when a programme is named: what has to be asked comes first."""
    possible = f"{when} named_is_possible"
    for dest, asked in (
        ("menu.material", "named_needs_material"),
        ("menu.age", "named_needs_age"),
        ("exercise.introduce", ""),
    ):
        condition = f"{possible} {asked}"
        yield from _rules("programme", sources, dest, condition, do="choose_programme")


def _training() -> Iterator[Rule]:
    yield from _rules("spoken next yes done", "exercise.introduce", "exercise.position")
    yield from _rules("next yes done", "exercise.position", "exercise.repeat", do="begin_set")
    yield from _set_end("set_over", "exercise.repeat")
    yield from _set_end("done", "exercise.repeat", "has_begun_set")
    yield from _set_end("done", "paused", "was_repeating has_begun_set")
    yield from _rules("time_up next yes done", "exercise.change", "exercise.repeat", do="begin_set")
    yield from _rated("feeling", "rate")
    yield from _rated("time_up next yes done resume", "rate_good")
    onward = "time_up next yes done resume"
    yield from _rules(onward, "exercise.rest", "exercise.introduce", do="next_exercise")

    gentler = "exercise.repeat exercise.change"
    yield from _rules(
        "variant", gentler, "exercise.position", "wants_easier has_variant", do="choose_level"
    )
    unbegun = "exercise.introduce exercise.position"
    yield from _rules("variant", unbegun, "exercise.introduce", "has_variant", do="choose_level")

    yield from _rules(
        "back", "exercise.introduce", "exercise.introduce", "has_previous", do="previous_exercise"
    )
    yield from _rules("back", "exercise.introduce", "menu.ask", do="drop_plan")
    yield from _rules("back", "exercise.position", "exercise.introduce")
    yield from _rules("back", "exercise.repeat exercise.change", "exercise.position")
    yield from _rules("back", "exercise.feedback exercise.rest", "exercise.position", do="redo")

    yield from _leave_out_announced("exercise.rest")
    yield from _leave_out_announced("paused", "was_resting")
    yield from _leave_out("skip", "exercise")
    yield from _leave_out("skip", "paused", "was_in_exercise")
    yield from _leave_out("done", "exercise.repeat")
    yield from _leave_out("done", "paused", "was_repeating")


def _set_end(trigger: str, source: str, when: str = "") -> Iterator[Rule]:
    """Yield the ways on when a set has been made: the other side, or the question how it went."""
    yield from _rules(
        trigger, source, "exercise.change", f"{when} has_other_side", do="change_side"
    )
    yield from _rules(trigger, source, "exercise.feedback", when, do="finish")


def _rated(triggers: str, action: str) -> Iterator[Rule]:
    """Yield the ways on when it is known how a set felt."""
    yield from _rules(triggers, "exercise.feedback", "exercise.rest", "has_next", do=action)
    yield from _rules(triggers, "exercise.feedback", "summary", do=action)


def _leave_out(trigger: str, source: str, when: str = "") -> Iterator[Rule]:
    """Yield the ways on when an exercise is left out."""
    introduce = "exercise.introduce"
    yield from _rules(trigger, source, introduce, f"{when} has_next", do="next_exercise")
    yield from _rules(trigger, source, "summary", f"{when} has_trained", do="complete_plan")
    yield from _rules(trigger, source, "menu.ask", when, do="drop_plan")


def _leave_out_announced(source: str, when: str = "") -> Iterator[Rule]:
    """Yield the ways on when, in a rest, the exercise is left out that was announced."""
    introduce, two_next = "exercise.introduce", f"{when} has_two_next"
    yield from _rules("skip", source, introduce, two_next, do="skip_upcoming")
    yield from _rules("skip", source, "summary", when, do="complete_plan")


def _pausing() -> Iterator[Rule]:
    questions = _names(lambda state: state.waits is Waits.ANSWER)
    yield from _rules("time_up", questions, "paused", do="hold")
    yield from _rules("pause stop", " ".join(TALKING), "paused", do="hold")
    yield from _rules("no", "exercise.rest", "paused", do="hold")
    yield from _rules("stop", "paused", "paused")
    for state in TALKING:
        yield from _rules("resume next yes back", "paused", state, f"is_held_at:{state}")


def _losing_sound() -> Iterator[Rule]:
    for lost in ("deaf", "unheard"):
        yield from _rules(lost, " ".join(TALKING), "paused", do="hold")
        yield from _rules(lost, "paused", "paused")
        yield from _rules(lost, "invited", "standby")
    yield from _rules("restored", "paused", "paused")


def _hurting() -> Iterator[Rule]:
    anywhere = _names(lambda state: not state.is_over)
    yield from _rules("pain", anywhere, "pain.leave", do="hurt")
    yield from _rules("spoken next", "pain.leave", "pain.ask", "is_gone_open", "come_to_rest")
    yield from _asking_about_pain("spoken next", "pain.leave", "come_to_rest")
    yield from _asking_about_pain("yes next resume skip", "pain.ask", "tell_gone")
    yield from _asking_about_pain("no", "pain.ask", "tell_still")
    yield from _rules("body_part", "pain.where", "pain.sign", "names_chest", do="tell_place")
    for trigger, action in (("body_part", "tell_place"), ("yes no next resume skip", "keep_place")):
        yield from _rules(trigger, "pain.where", "pain.spread", "is_spread_open", do=action)
        yield from _rules(trigger, "pain.where", "pain.offer", do=action)
    yield from _rules("yes", "pain.spread", "pain.sign", do="tell_spreading")
    yield from _rules("no next resume skip", "pain.spread", "pain.offer", do="tell_not_spreading")
    onward = "next resume skip"
    yield from _rules(
        onward, "pain.offer", "exercise.introduce", "is_cleared has_gentle", do="go_on_gently"
    )
    yield from _rules(onward, "pain.offer", "menu.ask", "is_cleared", do="drop_plan")
    yield from _rules(onward, "pain.offer", "safety.ask")


def _asking_about_pain(triggers: str, source: str, action: str) -> Iterator[Rule]:
    """Yield the ways to what is not known yet of a pain, and then to what may be done."""
    for dest, when in (
        ("pain.where", "is_place_open"),
        ("pain.spread", "is_spread_open"),
        ("pain.offer", ""),
    ):
        yield from _rules(triggers, source, dest, when, do=action)


def _still_hurting() -> Iterator[Rule]:
    """Yield the way on where a pain is not gone: there is none but to ask again."""
    away = "another exercise programme"
    yield from _rules(away, "pain.ask", "pain.ask", "still_hurts")
    yield from _rules(f"next resume skip {away}", "pain.offer", "pain.ask", "still_hurts")


def _needing_help() -> Iterator[Rule]:
    """Yield the way of somebody who may be lying there, and calls."""
    exercises = _names(lambda state: state.parent == "exercise")
    yield from _rules("need_help", exercises, "paused", do="hold")


def _after_a_sign() -> Iterator[Rule]:
    """Yield the ways on when a warning sign was named: none of them leads into training."""
    yield from _rules("spoken next", "pain.leave", "pain.sign", "has_sign", do="come_to_rest")
    yield from _rules("another exercise programme", "paused", "pain.sign", "has_sign")
    yield from _rules("quit", "paused pain.leave pain.sign", "goodbye", "has_sign", "say_goodbye")
    yield from _rules("done", "pain.leave pain.sign", "goodbye", "has_sign", "say_goodbye")


def _closing() -> Iterator[Rule]:
    anywhere = " ".join((*TALKING, "paused")).replace(" summary", "")
    yield from _rules("quit", anywhere, "summary", "has_trained")
    yield from _rules("quit", anywhere, "goodbye", do="say_goodbye")
    hurting = _names(lambda state: state.parent == "pain")
    yield from _rules("done", hurting, "summary", "has_trained")
    yield from _rules("done", hurting, "goodbye", do="say_goodbye")
    yield from _rules("spoken next done quit", "summary", "goodbye", do="say_goodbye")
    yield from _rules("spoken stop quit", "goodbye", "standby", "stays", do="start_anew")
    yield from _rules("spoken stop quit", "goodbye", "finished")


def _repeating() -> Iterator[Rule]:
    for state in _names(lambda state: not (state.is_asleep or state.is_over)).split():
        yield from _rules("repeat", state, state)


RULES: tuple[Rule, ...] = (
    *_meeting(),
    *_opening(),
    *_knowing_people(),
    *_sleeping(),
    *_after_a_sign(),
    *_still_hurting(),
    *_needing_help(),
    *_choosing(),
    *_training(),
    *_pausing(),
    *_losing_sound(),
    *_hurting(),
    *_closing(),
    *_repeating(),
)


TRIGGERS = frozenset(rule.trigger for rule in RULES)
"""Commands that lead somewhere, and what happens by itself."""
