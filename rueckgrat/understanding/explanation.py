"""How an utterance was understood, told to a person: what it means, why, and where else."""

from collections.abc import Iterator, Mapping, Sequence

from rueckgrat.understanding.everywhere import in_all_states, passed_within
from skill.content.schema import Content
from skill.messages.heard import ECHO, MASKED, TALKED_OVER, Command, Meaning, SpokenWord
from skill.understanding import Understanding
from skill.understanding.meant import NEGATED, NOT_ASKED, UNKNOWN_WORDS

NOTHING = "nichts"

_WHY_PASSED: Mapping[str, str] = {
    "filler": "Füllwort",
    "beside safety": "neben Stopp und Schmerz zählt nichts anderes",
    "soft": "viel leiser als der Befehl",
    "faint": "kurz und unsicher gehört",
    "apart": "durch eine Pause getrennt",
    "unsure": "unsicher gehört",
    "no voice": "keine Stimme, nur ein Geräusch",
    "content": "gehört nicht dazu",
}

_WHY_NOT: Mapping[str, str] = {
    NOT_ASKED: "Das ist eine Antwort, und hier ist danach nicht gefragt.",
    NEGATED: "Eine Verneinung kehrt es um.",
}

_WHY_NOT_HEARD: Mapping[str, str] = {
    "low confidence": "Ich habe es nicht sicher genug gehört.",
    "no voice": "Das war keine Stimme, nur ein Geräusch.",
    "doubted by free decoding": "Es klang auch nach etwas ganz anderem.",
    ECHO: "Das hielt ich für ein Echo meiner eigenen Stimme.",
    MASKED: "Das hatte ich gerade selbst gesagt.",
    TALKED_OVER: "Das Wort hatte ich gerade selbst noch auf den Lippen.",
}

_REFUSALS: Mapping[str, str] = {
    UNKNOWN_WORDS: "in keinem meiner Sätze",
    NOT_ASKED: "danach war nicht gefragt",
    NEGATED: "verneint",
    "low confidence": "unsicher gehört",
    "no voice": "keine Stimme",
    "doubted by free decoding": "klang auch nach anderem",
    ECHO: "für meine Stimme gehalten",
    MASKED: "meine eigene Stimme",
    TALKED_OVER: "hatte ich selbst auf den Lippen",
}


def refusal(reason: str) -> str:
    """Return in a few German words why the ear has refused an utterance; as it is, if unknown."""
    return _REFUSALS.get(reason, reason)


def why_not(content: Content, meaning: Meaning, words: Sequence[str], reason: str = "") -> str:
    """Return in one German sentence why nothing is obeyed; ``reason`` is the ear's, if any."""
    if reason in _WHY_NOT_HEARD:
        return _WHY_NOT_HEARD[reason]
    if meaning.command:
        return f"Das heißt {meaning.command}, und das geht hier nicht."
    reason = meaning.reason or reason
    if reason != UNKNOWN_WORDS:
        return _WHY_NOT.get(reason, f"{reason}.")
    if hurting := [one.word for one in meaning.passed if one.why == "content"]:
        return f"Daneben steht, was zu keinem Befehl gehört: {_quoted(hurting)}."
    known = {word for said in content.sentences.words().values() for word in said}
    known |= {word for one in (*content.fillers, *content.carriers) for word in one.split()}
    if strange := [word for word in words if word not in known]:
        return f"In keinem meiner Sätze steht: {_quoted(strange)}."
    return "Die Wörter kenne ich, aber keinen Satz daraus."


def lines_of(
    content: Content, meaning: Meaning, words: Sequence[str], live: frozenset[str], reason: str = ""
) -> Iterator[str]:
    """Yield what is to be told of a meaning where the commands ``live`` count, line by line."""
    obeyed = meaning.command and meaning.command.name in live and not reason
    if not obeyed:
        yield why_not(content, meaning, words, reason)
    if meaning.command and meaning.command.sign:
        yield f"Warnzeichen: {meaning.command.sign}"
    if meaning.template:
        yield f"Vorlage: {meaning.template}"
        yield f"Davon gesagt: {meaning.sentence}"
    passed = [f"„{word}“ (Füllwort)" for word in passed_within(content, meaning)]
    passed += [f"„{one.word}“ ({_WHY_PASSED.get(one.why, one.why)})" for one in meaning.passed]
    if passed:
        yield f"{'Übergangen' if obeyed else 'Außerdem gesagt'}: {', '.join(passed)}"
    if meaning.maybe:
        asked = content.commands[meaning.maybe.name].asked
        yield f"Ich würde zurückfragen, ob {meaning.maybe} gemeint ist" + (
            f": „{asked}“" if asked else "."
        )


def elsewhere_lines(
    understanding: Understanding,
    content: Content,
    words: Sequence[SpokenWord],
    here: Command | None,
) -> Iterator[str]:
    """Yield what the words mean in all states, most of them first; one line if all the same."""
    found = in_all_states(understanding, content, words)
    if set(found) == {here}:
        yield "Das ist überall so."
        return
    for command, states in found.items():
        yield f"{name_of(command)}: {', '.join(states)}"


def name_of(command: Command | None) -> str:
    """Return a command as it is written in the dialogs; a word for none."""
    return str(command) if command else NOTHING


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"„{word}“" for word in words)
