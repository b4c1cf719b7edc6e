from rueckgrat.voices.order import most_important_first
from skill.coach.scripts import fixed_sentences
from skill.content.lines import spoken_lines
from skill.content.loader import load_content
from skill.written.spoken import sentences


def test_safety_comes_first_then_every_session_then_the_programmes() -> None:
    content = load_content()
    everything = [*fixed_sentences(content), "Drei von acht."]
    ordered = most_important_first(content, reversed(everything))
    assert sorted(ordered) == sorted(set(everything)), "nothing is lost, nothing twice"
    place = {sentence: at for at, sentence in enumerate(ordered)}
    last_of: dict[str, int] = {}
    for (_, owner), _, line in spoken_lines(content):
        for sentence in sentences(line):
            last_of[owner] = max(last_of.get(owner, 0), place.get(sentence, 0))
    programme = [last_of[name] for name in content.programmes[0].exercises]
    assert last_of["pain.ask"] < last_of["welcome.stops"] < programme[0]
    assert programme == sorted(programme)
    assert place["Drei von acht."] > programme[-1]
