"""The jointed figure: lengths, thicknesses, and how far a joint goes.

Lengths are in body lengths, so a person of 1.70 m has 170 cm in each; those of segments are
Drillis and Contini's (1966), as printed in Winter, "Biomechanics and Motor Control of Human
Movement". Thicknesses are of the drawing.
"""

from collections.abc import Mapping

SIDES = ("right", "left")
CM = 170
"""So many centimetres has a body length, where a mistake is told in centimetres."""

PELVIS, LUMBAR, THORAX = 0.09, 0.09, 0.108
NECK, HEAD = 0.052, 0.065
UPPER_ARM, FOREARM, HAND = 0.186, 0.146, 0.09
THIGH, SHANK, ANKLE = 0.245, 0.246, 0.039
HEEL_BACK, TOE_AHEAD = 0.028, 0.105
HIP_WIDTH, WAIST_WIDTH, BACK_WIDTH, SHOULDER_WIDTH = 0.055, 0.05, 0.07, 0.1
"""From the middle to each side."""

SEAT, SEAT_DEPTH, CHAIR_BACK = 0.27, 0.26, 0.28
"""A chair of 46 cm: height and depth of the seat, height of the back above it."""

RADIUS: Mapping[str, float] = {
    "pelvis": 0.055,
    "waist": 0.052,
    "back": 0.055,
    "neck": 0.052,
    "head": HEAD,
    **dict.fromkeys(("nose", "forehead", "mouth"), 0.004),
    "hip": 0.052,
    "shoulder": 0.035,
    "elbow": 0.024,
    "wrist": 0.019,
    "hand": 0.014,
    "knee": 0.036,
    "ankle": 0.025,
    "heel": 0.012,
    "toe": 0.012,
}
"""Half the thickness of the figure at its points."""

TRUNK = ("pelvis", "waist", "back", "neck", "head")
LIMB_POINTS = ("shoulder", "elbow", "wrist", "hand", "hip", "knee", "ankle", "heel", "toe")
POINTS = (
    *TRUNK,
    *("nose", "forehead", "mouth"),
    *(f"{one}_{side}" for side in SIDES for one in (*LIMB_POINTS, "waist", "back")),
)
"""All points of the figure, in the order in which they are told to the page."""

RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "seat": ("pelvis",),
    "pelvis": ("pelvis",),
    "belly": ("waist",),
    "back": ("neck",),
    "head": ("head",),
    "foot": ("heel", "toe"),
    "heel": ("heel",),
    "toe": ("toe",),
    "knee": ("knee",),
    "hand": ("hand",),
    "forearm": ("elbow", "wrist"),
    "elbow": ("elbow",),
    "hip": ("hip",),
    "shoulder": ("shoulder",),
}
"""The points on which a part of the body rests, without their sides."""

BODY_JOINTS: Mapping[str, tuple[float, float]] = {
    "lean": (-180, 180),
    "roll": (-180, 180),
    "turn": (-180, 180),
    "lumbar": (-35, 60),
    "lumbar_bend": (-20, 20),
    "lumbar_twist": (-10, 10),
    "thorax": (-25, 45),
    "thorax_bend": (-20, 20),
    "thorax_twist": (-35, 35),
    "neck": (-60, 50),
    "neck_bend": (-45, 45),
    "neck_twist": (-80, 80),
}
LIMB_JOINTS: Mapping[str, tuple[float, float]] = {
    "hip": (-20, 130),
    "hip_out": (-30, 50),
    "hip_turn": (-50, 45),
    "knee": (-5, 150),
    "ankle": (-60, 40),
    "shoulder": (-50, 180),
    "shoulder_out": (-45, 180),
    "shoulder_turn": (-90, 95),
    "shoulder_up": (-10, 40),
    "elbow": (-10, 150),
    "wrist": (-90, 90),
}
"""How far joints go, in degrees.

Limbs: the ranges of the neutral-zero method (American Academy of Orthopaedic Surgeons, "Joint
Motion", 1965; Debrunner, "Orthopädische Diagnostik"), rounded; the wrist as under load with either
side of the hand, the ankle with the forefoot, the shoulder with its girdle. Spine: Kapandji, "The
Physiology of the Joints", volume 3; the neck with the head.
"""

LATERAL = ("roll", "turn", *(n for n in BODY_JOINTS if n.endswith(("_bend", "_twist"))))
"""Angles that change their sign in a mirror."""
