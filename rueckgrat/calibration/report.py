"""What was found, for the person: a short text, and a page with the two pictures."""

import re
from collections.abc import Iterator
from html import escape

from rueckgrat.calibration.evaluation import Evaluation
from rueckgrat.calibration.measuring import Figures, RecordingOutcome
from rueckgrat.calibration.plots import confidences, levels
from rueckgrat.calibration.prompts import Split
from rueckgrat.calibration.script import InterviewScript

TEXT = "bericht.txt"
PAGE = "bericht.html"
CONFIDENCES = "sicherheit.svg"
LEVELS = "pegel.svg"


def report_files(
    found: Evaluation, script: InterviewScript, name: str, when: str
) -> dict[str, str]:
    """Return the report as files, name to content. ``when`` is a date as it shall stand there."""
    text = report_text(found, script, name, when)
    sure, loud = confidences(found), levels(found)
    return {TEXT: text, CONFIDENCES: sure, LEVELS: loud, PAGE: _page(text, sure, loud)}


def spoken_result(found: Evaluation, script: InterviewScript) -> list[str]:
    """Return what is said in the end: how many of the kept-back takes were heard, and advice."""
    learned = found.thresholds or (found.voice and found.voice.kept)
    line = script.lines.learned if learned else script.lines.result
    right, said = found.after.right, len(found.after.commands)
    return [line.format(right=right, all=said), getattr(script.advice, found.advice[0])]


def report_text(found: Evaluation, script: InterviewScript, name: str, when: str) -> str:
    """Return the report as text; every figure with what it was measured on."""
    return "\n".join(
        (
            f"Bericht über die Stimme von {name}, {when}",
            "",
            "Mikrofon und Raum",
            *_indented(_level_lines(found, script)),
            "",
            "Verstanden",
            *_indented(_recall_lines(found)),
            "",
            "Ausgelöst, obwohl nichts gesagt war",
            *_indented(_alarm_lines(found)),
            "",
            "Deine Schwellen",
            *_indented(_threshold_lines(found)),
            "",
            "Deine Stimme",
            *_indented(_voice_lines(found)),
            "",
            "Wort für Wort (verstanden von Aufnahmen)",
            *_indented(_word_lines(found)),
            "",
            "Eingestellt wurde nur an den ersten Aufnahmen jedes Wortes und jedem zweiten Satz;"
            " geprüft wurde mit",
            "den übrigen. Alle Befehle zählten dabei zugleich, das ist strenger als beim Üben.",
            "",
        )
    )


def _level_lines(found: Evaluation, script: InterviewScript) -> Iterator[str]:
    seen = found.levels
    yield (
        f"Stimme {seen.speech_dbfs:.0f} dB, Raum {seen.noise_dbfs:.0f} dB, Abstand"
        f" {seen.snr_db:.0f} dB (Median von {seen.takes} Aufnahmen), übersteuert:"
        f" {seen.clipped} von {seen.takes}.".replace("-", "−")
    )
    for name in found.advice:
        yield getattr(script.advice, name)


def _recall_lines(found: Evaluation) -> Iterator[str]:
    tune = found.lenient.of_part(Split.TUNE)
    yield f"Zum Einstellen, ohne Schwellen: {_share(tune)}."
    yield f"Zum Prüfen, mit den üblichen Schwellen: {_share(found.before)}."
    if found.thresholds:
        yield f"Zum Prüfen, mit deinen Schwellen: {_share(found.after)}."
    median, p95 = found.after.latency_ms(50), found.after.latency_ms(95)
    if median is not None and p95 is not None:
        count = len(found.after.latencies_seconds)
        yield (
            f"Entschieden nach dem Ende des Wortes: die Hälfte innerhalb von {median:.0f} ms,"
            f" 95 % innerhalb von {p95:.0f} ms ({count} Wörter)."
        )
    for (said, heard), count in found.after.confusions().most_common():
        yield f"„{said}“ als „{heard}“ verstanden: {count}-mal."


def _share(figures: Figures) -> str:
    return f"{figures.right} von {len(figures.commands)}"


def _alarm_lines(found: Evaluation) -> Iterator[str]:
    after = found.after
    yield (
        f"Zum Prüfen: {len(after.fired)}-mal in {len(after.others)} Aufnahmen"
        f" ({after.other_seconds:.0f} s); das ist zu wenig für eine Rate."
    )
    for one in after.others:
        for heard in one.heard:
            yield f"„{heard.command}“ in: {one.recording.transcript or 'Stille'}"


def _threshold_lines(found: Evaluation) -> Iterator[str]:
    if not found.thresholds:
        yield "Die üblichen passen zu dir; nichts wurde geändert."
    for name, value in found.thresholds.items():
        yield f"{name}: {_number(value)} (üblich {_number(found.usual[name])})"


def _voice_lines(found: Evaluation) -> Iterator[str]:
    yield found.voice.sentence if found.voice else "Auf sie bin ich nicht eingestellt."


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _word_lines(found: Evaluation) -> Iterator[str]:
    tune = _by_word(found.lenient.of_part(Split.TUNE))
    before, after = _by_word(found.before), _by_word(found.after)
    yield f"{'':<16}{'Einstellen':>12}{'Prüfen, üblich':>16}{'mit deinen':>12}"
    for word in dict.fromkeys((*tune, *before)):
        cells = (_cell(tune.get(word, ())), _cell(before.get(word, ())), _cell(after.get(word, ())))
        yield f"{word:<16}{cells[0]:>12}{cells[1]:>16}{cells[2]:>12}"


def _by_word(figures: Figures) -> dict[str, list[RecordingOutcome]]:
    words: dict[str, list[RecordingOutcome]] = {}
    for one in figures.commands:
        words.setdefault(one.recording.transcript, []).append(one)
    return words


def _cell(outcomes: "list[RecordingOutcome] | tuple[()]") -> str:
    return f"{sum(one.right for one in outcomes)}/{len(outcomes)}" if outcomes else "–"


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _page(text: str, *pictures: str) -> str:
    title, _, rest = text.partition("\n")
    inline = "\n".join(re.sub(r"<\?xml[^>]*\?>", "", picture) for picture in pictures)
    return f"""<!doctype html>
<html lang="de">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
  body {{ font-family: Helvetica, Arial, sans-serif; color: #22303c; margin: 2rem auto;
         max-width: 780px; padding: 0 1rem; }}
  pre {{ font-size: .85rem; line-height: 1.45; overflow-x: auto; }}
  svg {{ max-width: 100%; height: auto; margin-bottom: 1.5rem; }}
</style>
<h1>{escape(title)}</h1>
{inline}
<pre>{escape(rest.strip())}</pre>
</html>
"""
