"""What one household says: the names of its people, and its own words to wake the trainer.

Pure: content in, content out. Names and phrases come from the settings, see
``skill.settings.household``.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from skill.content.lint import lint
from skill.content.schema import Content, Programme
from skill.content.sentence_lint import spoken_safety
from skill.errors import SettingsError
from skill.written.mistakes import suggest
from skill.written.names import spoken_name
from skill.written.spoken import contains_phrase

_NAMED = ("{name}", "ich bin {name}", "hier ist {name}")
"""How people say who they are."""

_ANOTHER_NAME = "Nimm eine andere Form des Namens."


def personal(content: Content, people: Sequence[str] = (), wake: Sequence[str] = ()) -> Content:
    """Return ``content`` with names that choose a person, and other words to wake the trainer.

    A name's slot is the name in lower case. Without ``wake`` the phrases stay as they are. Decoys
    that are now wanted are taken out. Raises ``SettingsError`` for a name or phrase that cannot be
    told apart from something else that can be said, and for a name that means "stop".
    """
    for name in people:
        said = spoken_name(name)
        slots = {form.format(name=said): name.lower() for form in _NAMED}
        row = content.commands["person"]
        content = _with_row(content, "person", {"slots": {**row.slots, **slots}}, slots)
        _check(content, _name(name), _ANOTHER_NAME)
        _check_safe(content, name, said)
    for count, phrase in enumerate(wake, start=1):
        content = _with_row(content, "wake", {"phrases": tuple(wake[:count])}, [phrase])
        what = f"Mit dem Satz „{phrase}“ aus der Einstellung wake"
        _check(content, what, "Nimm andere Wörter.")
    return content


def without(content: Content, left_out: Sequence[str]) -> Content:
    """Return ``content`` without some exercises, named by id, title or as they are spoken.

    A programme goes without them, too, and is gone where nothing else is in it. SettingsError for
    a name that there is not, and where nothing is left to be trained.
    """
    if not left_out:
        return content
    names = {
        name.casefold(): one.id
        for one in content.exercises
        for name in (one.id, one.title, *one.spoken_names)
    }
    for name in left_out:
        if name.casefold() not in names:
            raise SettingsError(
                f"Die Übung „{name}“ aus der Einstellung leave_out gibt es nicht.",
                suggest(name, names),
                code="no-such-exercise",
                name=name,
            )
    gone = {names[name.casefold()] for name in left_out}
    exercises = tuple(one for one in content.exercises if one.id not in gone)
    if not exercises:
        raise SettingsError(
            "Die Einstellung leave_out lässt keine einzige Übung übrig.",
            "Nimm dort etwas heraus.",
            code="nothing-left",
        )
    programmes = tuple(filter(None, (_programme_without(one, gone) for one in content.programmes)))
    left = {one.id for one in exercises} | {one.id for one in programmes}
    commands = dict(content.commands)
    for name in ("exercise", "programme"):
        row = commands[name]
        slots = {phrase: slot for phrase, slot in row.slots.items() if slot in left}
        also = {slot: templates for slot, templates in row.also.items() if slot in left}
        commands[name] = row.model_copy(update={"slots": slots, "also": also})
    fields = {name: getattr(content, name) for name in Content.model_fields} | {
        "exercises": exercises,
        "programmes": programmes,
        "commands": commands,
    }
    return Content(**fields)


def _programme_without(programme: Programme, gone: Collection[str]) -> Programme | None:
    left = tuple(one for one in programme.exercises if one not in gone)
    pairs = programme.instead.items()
    instead = {one: other for one, other in pairs if one in left and other not in gone}
    if not left:
        return None
    return programme.model_copy(update={"exercises": left, "instead": instead})


def unknown_words(phrase: str, knows: Callable[[str], bool]) -> list[str]:
    """Return the words of a phrase or name that a speech model does not know."""
    return [word for word in spoken_name(phrase).split() if not knows(word)]


def _with_row(
    content: Content, command: str, changes: Mapping[str, object], said: Collection[str]
) -> Content:
    row = content.commands[command].model_copy(update=changes)
    guards = {
        name: tuple(word for word in words if word not in said)
        for name, words in content.guards.items()
    }
    # Built anew, not copied: a copy would keep the vocabulary it has worked out before.
    fields = {name: getattr(content, name) for name in Content.model_fields} | {
        "commands": {**content.commands, command: row},
        "decoys": tuple(word for word in content.decoys if word not in said),
        "guards": guards,
    }
    return Content(**fields)


def _name(name: str) -> str:
    return f"Mit dem Namen „{name}“ aus der Einstellung people"


def _check(content: Content, what: str, mend: str) -> None:
    """Raise for the first clash; there was none before this name or phrase came in."""
    for finding in lint(content):
        raise SettingsError(
            f"{what} geht es nicht: {finding.at} {finding.problem}.", mend, code="said-already"
        )


def _check_safe(content: Content, name: str, said: str) -> None:
    phrases = [
        phrase
        for command in content.safety_commands
        for phrase in content.commands[command].phrases
        if contains_phrase(said, phrase)
    ]
    for phrase in (*phrases, *spoken_safety(content, said)):
        raise SettingsError(
            f"{_name(name)} geht es nicht: Wenn ich ihn sage, würde ich „{phrase}“ hören und"
            " anhalten.",
            _ANOTHER_NAME,
            code="name-halts",
            name=name,
        )
