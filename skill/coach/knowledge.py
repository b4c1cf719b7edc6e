"""Answers to questions about the back, and to what somebody has done for it."""

from collections.abc import Sequence

from skill.coach.german import listed, repetitions, times
from skill.coach.prompts import Line, Prompts, Words
from skill.coach.trainee import Trainee
from skill.content.schema import Content

PORTION = 4
"""So many titles can be kept in mind."""


class Knowledge:
    """Remembers what was asked last, so that "mehr" goes on from there."""

    def __init__(self, content: Content, prompts: Prompts) -> None:
        self._topics = content.topics
        self._prompts = prompts
        self._more: list[Words] = []
        self._has_asked = self._has_hinted = False

    def answer(self, topic_id: str) -> list[Words]:
        """Return the answer to a question; the first time with a word on how to hear more."""
        topic = self._topics[topic_id]
        line = f"knowledge.{topic_id}"
        self._has_asked = True
        self._more = [Words(text, f"{line}.more") for text in topic.more]
        answer = [self._prompts.pick(line, topic.answer)]
        if self._more and not self._has_hinted:
            self._has_hinted = True
            answer.append(self._prompts.say(Line.MORE_HINT))
        return answer

    @property
    def has_more(self) -> bool:
        """Tell whether there is more to be said to the last question."""
        return bool(self._more)

    def enumerate(self, titles: Sequence[str]) -> list[Words]:
        """Return the first few of what there is; "mehr" goes on from there."""
        portions = [listed(titles[at : at + PORTION]) for at in range(0, len(titles), PORTION)]
        self._has_asked = True
        self._more = [self._prompts.say(Line.LIST_MORE, titles=one) for one in portions[1:]]
        hint = [self._prompts.say(Line.MORE_HINT)] if self._more else []
        return [self._prompts.say(Line.LIST, titles=portions[0]), *hint]

    def more(self) -> list[Words]:
        """Return what has yet to be said to the last question."""
        if self._more:
            return [self._more.pop(0)]
        return [self._prompts.say(Line.MORE_NOTHING if self._has_asked else Line.MORE_OF_WHAT)]

    def week(self, trainee: Trainee) -> list[Words]:
        """Return what this person has trained in the last seven days."""
        if trainee.is_guest:
            return [self._prompts.say(Line.WEEK_GUEST)]
        week = trainee.profile.week(trainee.now)
        if not week.sets:
            return [self._prompts.say(Line.WEEK_NOTHING)]
        days, made = times(week.days), repetitions(week.repetitions)
        lines = [self._prompts.say(Line.WEEK, days=days, repetitions=made)]
        if week.repetitions > week.before.repetitions > 0:
            lines.append(self._prompts.say(Line.WEEK_MORE))
        return lines
