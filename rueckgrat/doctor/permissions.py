"""May this user open the sound card?"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from rueckgrat.doctor.finding import Figures, Finding, ok, unmeasured, warning


def sound_files() -> list[Path]:
    """Return the kernel's playback and capture devices; none where there is no sound card."""
    return sorted(Path("/dev/snd").glob("pcm*"))


def check_permissions(
    files: Sequence[Path], in_group_audio: bool, may: Callable[[Path, int], bool] = os.access
) -> Finding:
    """Look whether the sound devices may be opened, by whatever right: group, ACL, or root.

    A sound server may open them for this user, so it is a warning: that a device cannot be
    opened is found where it is opened.
    """
    closed = [one for one in files if not may(one, os.R_OK | os.W_OK)]
    figures: Figures = {
        "sound_files": len(files),
        "closed_sound_files": len(closed),
        "in_group_audio": in_group_audio,
    }
    if closed:
        return warning(
            "permissions",
            f"Dieser Benutzer darf {len(closed)} von {len(files)} Tongeräten nicht öffnen.",
            "Nimm ihn in die Gruppe audio auf („sudo usermod -aG audio $USER“) und melde dich neu"
            " an.",
            **figures,
        )
    if not files:
        return unmeasured(
            "permissions", "Hier gibt es keine Soundkarte, die gesperrt sein könnte.", **figures
        )
    return ok("permissions", "Dieser Benutzer darf alle Tongeräte öffnen.", **figures)


def is_in_group_audio() -> bool:
    """Tell whether this process is in the group ``audio``."""
    import grp

    try:
        return grp.getgrnam("audio").gr_gid in (*os.getgroups(), os.getegid())
    except (KeyError, OSError):  # there is no such group
        return False
