"""Every architecture of the catalogue has a layer here, or a sentence that says why not."""

from __future__ import annotations

from helpers.released_peers import PEERS

from monoscan.models.released import Settings
from monoscan.models.released.catalogue import RELEASED, WITHOUT_NAME
from monoscan.models.released.layouts import LAYOUTS
from monoscan.models.released.mixer import Mixer
from monoscan.theory.architectures import ARCHITECTURES


def test_every_architecture_of_the_catalogue_has_its_row() -> None:
    answered = [entry.name for entry in ARCHITECTURES if not entry.refused]
    assert sorted(each.architecture for each in RELEASED) == sorted(answered)


def test_every_row_has_a_layer_or_says_why_not() -> None:
    for each in (*RELEASED, *WITHOUT_NAME):
        assert each.note, each
        if each.layer is None:
            assert not each.read_as, each
        else:
            assert issubclass(each.layer, Mixer), each


def test_every_layout_that_is_read_has_its_row_and_every_other_layer_a_peer() -> None:
    layers = [each for each in (*RELEASED, *WITHOUT_NAME) if each.layer is not None]
    assert {each.read_as for each in layers} - {""} == {each.model_type for each in LAYOUTS}
    alone = {each.layer for each in layers if not each.read_as}
    assert {type(peer.layer(Settings(peer.settings))) for peer in PEERS.values()} == alone
