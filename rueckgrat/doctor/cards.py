"""Is there a microphone, is there a speaker, which one is taken, and can it be opened?"""

import re
from collections.abc import Sequence

from rueckgrat.doctor.finding import Figures, Finding, Verdict, decimal, failure, ok
from skill.audio.devices import Device, MicrophoneStream, Role, SoundCard, SpeakerStream, choose
from skill.errors import AudioError
from skill.messages.blocks import EAR_RATE_HZ, VOICE_RATE_HZ

_OUR_RATES_HZ = {Role.MICROPHONE: EAR_RATE_HZ, Role.SPEAKER: VOICE_RATE_HZ}

_HARDWARE = re.compile(r"\(hw:(\d+),\d+\)")
"""How PortAudio names the devices of ALSA's cards; the others (``default``, ``dmix``) are ways to
them."""

_NO_LIST = "Installiere, was fehlt: „sudo apt install libportaudio2 libasound2-plugins“."
_BUSY = (
    "Sieh nach, ob es eingesteckt ist und ob ein anderes Programm es benutzt. Läuft der Trainer"
    " schon als Dienst, dann halt ihn so lange an: „sudo systemctl stop rueckgrat“."
)


def check_device(card: SoundCard, role: Role, wanted: str | None) -> Finding:
    """Choose the device as training does, open it and close it again.

    ``wanted`` is the part of its name that the settings give, None the system's choice.
    """
    try:
        devices = card.devices()
    except AudioError as error:
        return failure(role.value, error.problem, _NO_LIST)
    usable = [device for device in devices if device.channels(role)]
    if not usable:
        return _missing(devices, role)
    try:
        chosen = choose(devices, role, wanted)
    except AudioError:
        return failure(
            role.value,
            f"Kein {role.noun} heißt „{wanted}“. Es gibt: {_quoted(usable)}.",
            f"Schreib bei {role.value} in die Einstellungen einen Teil von einem dieser Namen,"
            " oder steck das Gerät ein.",
            devices=len(usable),
        )
    try:
        stream = _open(card, role, chosen)
    except AudioError as error:
        count = len(usable)
        return failure(role.value, error.problem, _BUSY, device=chosen.name, devices=count)
    rate_hz, channels = stream.rate_hz, stream.channels
    stream.close()
    return _opened(role, chosen, usable, wanted, rate_hz, channels)


def _open(card: SoundCard, role: Role, device: Device) -> MicrophoneStream | SpeakerStream:
    if role is Role.MICROPHONE:
        return card.open_microphone(device)
    return card.open_speaker(device)


def _missing(devices: Sequence[Device], role: Role) -> Finding:
    if not devices:
        return failure(
            role.value,
            f"Ich finde keine Soundkarte, also auch kein {role.noun}."
            if role is Role.MICROPHONE
            else "Ich finde keine Soundkarte, also auch keinen Lautsprecher.",
            "Steck ein USB-Freisprechgerät ein, am besten eins, das Echos selbst unterdrückt.",
            devices=0,
        )
    there = _quoted(devices)
    if role is Role.MICROPHONE:
        measured = f"Ich finde kein Mikrofon. Was da ist, kann nur abspielen: {there}."
        mend = "Steck ein USB-Mikrofon ein, oder besser gleich ein Freisprechgerät."
    else:
        measured = f"Ich finde keinen Lautsprecher. Was da ist, kann nur aufnehmen: {there}."
        mend = "Steck einen Lautsprecher ein, oder besser gleich ein Freisprechgerät."
    return failure(role.value, measured, mend, devices=0)


def _opened(
    role: Role,
    chosen: Device,
    usable: Sequence[Device],
    wanted: str | None,
    rate_hz: int,
    channels: int,
) -> Finding:
    cards = _cards(usable)
    sentences = [f"„{chosen.name}“, {decimal(rate_hz)} Hz."]
    if rate_hz != _OUR_RATES_HZ[role]:
        way = "auf" if role is Role.MICROPHONE else "von"
        sentences.append(f"Ich rechne um {way} {decimal(_OUR_RATES_HZ[role])} Hz.")
    figures: Figures = {
        "device": chosen.name,
        "rate_hz": rate_hz,
        "resampled": rate_hz != _OUR_RATES_HZ[role],
        "channels": channels,
        "devices": len(usable),
        "cards": len(cards),
    }
    if len(cards) < 2 or wanted:
        return ok(role.value, " ".join(sentences), **figures)
    sentences.append(f"Es gibt {len(cards)} Karten ({', '.join(cards)}); ich nehme diese hier.")
    return Finding(
        role.value,
        Verdict.WARNING,
        " ".join(sentences),
        f"Ist es die falsche, dann schreib in die Einstellungen einen Teil vom Namen der"
        f' richtigen, zum Beispiel: {role.value} = "{cards[-1].split(":")[0]}"',
        figures,
    )


def _cards(devices: Sequence[Device]) -> list[str]:
    """Return the names of ALSA's cards among the devices, each once."""
    names: dict[str, str] = {}
    for device in devices:
        if found := _HARDWARE.search(device.name):
            names.setdefault(found[1], device.name[: found.start()].strip())
    return list(names.values())


def _quoted(devices: Sequence[Device]) -> str:
    return ", ".join(f"„{device.name}“" for device in devices)
