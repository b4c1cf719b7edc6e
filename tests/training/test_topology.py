from __future__ import annotations

from models.training import topology
from models.training.phones import BACKGROUNDS, OUTPUTS, PHONES
from models.training.topology import Topology


def test_places_in_a_word() -> None:
    ids = topology.phone_ids()
    assert topology.placed(("j", "A:")) == [ids["j_B"], ids["A:_E"]]
    assert topology.placed(("o:",)) == [ids["o:_S"]]


def test_every_lexicon_phone_has_one_pdf_and_garbage_has_all() -> None:
    ids = topology.phone_ids()
    assert len(Topology().transition_states[ids["j_B"]]) == 1
    assert len(Topology().transition_states[ids["GBG_I"]]) == len(PHONES) - 1


def test_silence_may_be_quiet_or_any_background() -> None:
    silent = {pdf for phone, _, pdf in Topology().triples if phone == topology.SILENCE_ID}
    assert {OUTPUTS[pdf] for pdf in silent} == {"SIL", *BACKGROUNDS}


def test_an_older_network_has_one_silence() -> None:
    older = Topology(len(PHONES))
    assert len(older.transition_states[topology.SILENCE_ID]) == 1
    assert Topology().transition_id_count == older.transition_id_count + 2 * len(BACKGROUNDS)


def test_transition_ids_count_loop_first() -> None:
    assert (topology.self_loop_id(1), topology.forward_id(1)) == (1, 2)
    assert topology.forward_id(len(Topology().triples)) == Topology().transition_id_count


def test_word_boundaries_name_every_phone() -> None:
    lines = topology.word_boundary_lines()
    assert lines[0] == "1 nonword"
    assert len(lines) == len(topology.phone_ids())
