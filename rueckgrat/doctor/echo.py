"""What the loop test says: does the trainer hear itself, how late, and how loudly?"""

from rueckgrat.doctor.finding import Figures, Finding, decimal, failure, ok, unmeasured, warning
from rueckgrat.doctor.loop import Loop

_LONG_WAY_SECONDS = 0.5
"""Wired devices need 0.14 to 0.43 s (docs/echo.md); Bluetooth is beyond."""

_LOUD_ECHO_DB = 6.0
_LOUD_ECHO_WITHOUT_CANCELLER_DB = -20.0
"""Echo over what is played, in dB of full scale. At -20 dB cancellation does not matter, and up to
0 dB it does its work (docs/echo.md)."""

_MOST_CLIPPED = 8


def check_loop(loop: Loop) -> Finding:
    """Tell whether the trainer hears itself, and how late."""
    figures: Figures = {
        "heard_itself": loop.delay_seconds is not None,
        "round_trip_seconds": None if loop.delay_seconds is None else round(loop.delay_seconds, 3),
        "played_dbfs": round(loop.played_dbfs, 1),
        "noise_dbfs": round(loop.noise_dbfs, 1),
        "silent": loop.silent,
    }
    if loop.silent:
        return failure(
            "loop",
            "Während ich gesprochen habe, kam vom Mikrofon gar nichts.",
            "Schalt das Mikrofon ein, und sieh nach, ob Stecker und Kabel fest sitzen.",
            **figures,
        )
    if loop.delay_seconds is None:
        return warning(
            "loop",
            "Ich habe mich selbst nicht gehört.",
            "Hast du mich gehört? Dann unterdrückt dein Gerät das Echo schon selbst, und alles ist"
            " gut. Wenn nicht, dann dreh den Lautsprecher auf („alsamixer“), und sieh nach, ob es"
            " der richtige ist.",
            **figures,
        )
    measured = f"Ich höre mich selbst nach {decimal(1_000 * loop.delay_seconds)} ms."
    if loop.delay_seconds > _LONG_WAY_SECONDS:
        mend = "Nimm ein Gerät mit Kabel: Bluetooth braucht so lange."
        return warning("loop", f"{measured} Das ist lang.", mend, **figures)
    return ok("loop", measured, **figures)


def check_echo(loop: Loop | None, canceller: bool) -> Finding:
    """Judge the echo's level, and whether the trainer can take it out (``canceller``).

    Without a loop test (None) only the latter is known.
    """
    here = "" if canceller else " Eine Echounterdrückung ist nicht eingebaut."
    install = "Installiere sie mit „pip install 'rueckgrat[echo]'“, oder nimm ein Freisprechgerät."
    if loop is None or loop.delay_seconds is None:
        measured = "Ein Echo war nicht zu messen." if loop else "Das Echo habe ich nicht gemessen."
        if canceller:
            return unmeasured("echo", f"{measured} Die Unterdrückung ist da.", canceller=True)
        if loop:
            return unmeasured("echo", measured + here, canceller=False)
        return warning("echo", measured + here, install, canceller=False)
    over_db = loop.echo_over_played_db
    figures: Figures = {
        "canceller": canceller,
        "echo_dbfs": round(loop.echo_dbfs, 1),
        "echo_over_played_db": round(over_db, 1),
        "echo_over_noise_db": round(loop.echo_dbfs - loop.noise_dbfs, 1),
        "clipped_samples": loop.clipped_samples,
    }
    measured = f"Das Echo liegt bei {decimal(over_db)} dB gegenüber dem, was ich spiele.{here}"
    if loop.clipped_samples > _MOST_CLIPPED or over_db > _LOUD_ECHO_DB:
        return warning(
            "echo",
            f"{measured} So laut überdeckt es dich.",
            "Stell den Lautsprecher leiser, oder rück das Mikrofon von ihm weg.",
            **figures,
        )
    if not canceller and over_db > _LOUD_ECHO_WITHOUT_CANCELLER_DB:
        return warning("echo", measured, install, **figures)
    if canceller:
        measured += " Ich rechne es heraus."
    return ok("echo", measured, **figures)


def has_canceller() -> bool:
    """Tell whether the echo can be taken out here."""
    from skill.ear.echo_speex import SpeexFilter

    try:
        SpeexFilter()
    except ImportError:
        return False
    return True
