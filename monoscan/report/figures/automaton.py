"""The picture of an automaton: states, arrows, outputs, and a legend of what was abbreviated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, sin
from typing import final

import numpy as np

from monoscan.automata import Automaton
from monoscan.report.figures.arrows import Arrows, choose_arrows
from monoscan.report.figures.fonts import printable, shortened, text_width
from monoscan.report.figures.framing import NO_BREAK, framed
from monoscan.report.figures.letters import Labels
from monoscan.report.figures.placement import Places, place_states
from monoscan.report.figures.routing import (
    Route,
    free_direction,
    place_labels,
    route_arrows,
    route_loop,
)
from monoscan.report.figures.scene import (
    BLACK,
    DARK_GREY,
    LIGHT_GREY,
    SKY,
    WHITE,
    Box,
    Circle,
    Curve,
    Drawing,
    Rectangle,
    Shape,
    Text,
)

_NUMBER_SIZE, _OUTPUT_SIZE, _LABEL_SIZE = 9.0, 6.5, 8.0
_RADIUS, _LARGEST_RADIUS = 12.0, 25.0
_ROOM = 2 * _LARGEST_RADIUS - 5
_LABEL_WIDTH = 46.0
_WORDS_LISTED = 8


def draw_automaton(automaton: Automaton) -> Drawing:
    """The picture of an automaton.

    A short arrow without origin points at the initial state. Accepting states have a double edge;
    other outputs stand under the name of the state, or its number if it has no short name.

    Args:
        automaton: The automaton, of at most `MAX_STATES` states.

    Raises:
        PictureRefused: If it has too many states or arrows.
        MissingLibrary: If matplotlib is not installed.

    >>> from monoscan.automata import get_language
    >>> [text.text for text in draw_automaton(get_language("parity").build()).texts()]
    ['1', '0', '0', '0', '1']
    """
    arrows = choose_arrows(automaton)
    radius = _radius(automaton)
    pairs = [*arrows.single, *arrows.double]
    places = place_states(automaton, pairs, radius)
    labels = Labels(automaton.alphabet, _LABEL_SIZE, _LABEL_WIDTH)
    ways = _route(arrows, places, radius, labels)
    shapes = [
        *ways.curves,
        *_labels(ways, places, radius),
        *_states(automaton, places, radius, arrows.sink),
    ]
    return framed("automaton", shapes, _notes(automaton, arrows, labels))


@final
@dataclass(frozen=True)
class _Ways:
    """The curves of the arrows, their routes, and the text of each."""

    curves: tuple[Shape, ...]
    routes: tuple[Route, ...]
    texts: tuple[str, ...]
    start: Rectangle


def _radius(automaton: Automaton) -> float:
    widths = [text_width(output, _OUTPUT_SIZE) for output in _outputs(automaton)]
    widths += [text_width(name, _NUMBER_SIZE) for name in _names(automaton)]
    return min(max(_RADIUS, max(widths) / 2 + 3.5), _LARGEST_RADIUS)


def _names(automaton: Automaton) -> list[str]:
    """What stands in the states: names that have room, else numbers."""
    names = [printable(automaton.state_name(state)) for state in range(automaton.n_states)]
    shown = [
        name if text_width(name, _NUMBER_SIZE) <= _ROOM else str(state)
        for state, name in enumerate(names)
    ]
    # A number could be the name of another state.
    return shown if len(set(shown)) == len(shown) else [str(state) for state in range(len(shown))]


def _outputs(automaton: Automaton) -> list[str]:
    """The outputs as texts; none for an acceptor."""
    return [printable(output) for output in automaton.outputs if isinstance(output, str)]


def _route(arrows: Arrows, places: Places, radius: float, labels: Labels) -> _Ways:
    pairs = [*arrows.single, *arrows.double]
    both = [(x, y) for x, y in arrows.single if (y, x) in arrows.single]
    routes = route_arrows(pairs, both, places, radius)
    direction = free_direction(0, places, routes)
    for state in arrows.loops:
        taken = [direction] if state == 0 else []
        routes.append(route_loop(state, places, routes, taken, radius))
    sets = [*arrows.single.values(), *arrows.double.values(), *arrows.loops.values()]
    curves = [
        Curve(
            route.points,
            arrows=2 if route.ends in arrows.double else 1,
            colour=DARK_GREY,
            name=f"arrow-{route.ends[0]}-{route.ends[1]}",
        )
        for route in routes
    ]
    way = np.array([cos(direction), sin(direction)])
    tip, tail = places[0] + radius * way, places[0] + (radius + 16) * way
    points = ((float(tail[0]), float(tail[1])), (float(tip[0]), float(tip[1])))
    start = Rectangle(*np.minimum(*points), *np.abs(np.subtract(*points)) + 1)
    curves.append(Curve(points, arrows=1, colour=BLACK, width=1.4, name="initial"))
    texts = tuple(labels.label(letters) for letters in sets)
    return _Ways(tuple(curves), tuple(routes), texts, start)


def _labels(ways: _Ways, places: Places, radius: float) -> list[Shape]:
    """The labels over white ground, which keeps them legible where a curve passes below."""
    sizes = [(text_width(text, _LABEL_SIZE) + 2, _LABEL_SIZE + 1.5) for text in ways.texts]
    states = [Rectangle(x - radius, y - radius, 2 * radius, 2 * radius) for x, y in places.tolist()]
    found: list[Shape] = []
    texts: list[Shape] = []
    placed = place_labels(ways.routes, sizes, [*states, ways.start])
    for place, text, route in zip(placed, ways.texts, ways.routes, strict=True):
        middle = (place.left + place.width / 2, place.top + place.height / 2)
        found.append(Box(place, line_width=0))
        name = f"label-{route.ends[0]}-{route.ends[1]}"
        texts.append(Text(middle, text, _LABEL_SIZE, name=name))
    return [*found, *texts]


def _states(automaton: Automaton, places: Places, radius: float, sink: int | None) -> list[Shape]:
    found: list[Shape] = []
    names = _names(automaton)
    for state, (x, y) in enumerate(places.tolist()):
        output = automaton.outputs[state]
        fill = SKY if output is True else LIGHT_GREY if state == sink else WHITE
        found.append(Circle((x, y), radius, fill, line_width=1.1, name=f"state-{state}"))
        if output is True:
            found.append(Circle((x, y), radius - 2.4, fill, line_width=0.9))
        lift = 0.0
        if isinstance(output, str):
            lift = 0.36 * _NUMBER_SIZE
            text = shortened(printable(output), _OUTPUT_SIZE, 2 * radius - 5)
            found.append(
                Text((x, y + 0.62 * _NUMBER_SIZE), text, _OUTPUT_SIZE, name=f"output-{state}")
            )
        number = Text((x, y - lift), names[state], _NUMBER_SIZE, name=f"number-{state}")
        found.append(number)
    return found


def _notes(automaton: Automaton, arrows: Arrows, labels: Labels) -> list[str]:
    """What the picture leaves out or abbreviates, one paragraph each."""
    notes = []
    if arrows.sink is not None:
        sink = _names(automaton)[arrows.sink]
        notes.append(f"Letters that are not drawn at a state lead to state {sink}.")
    if arrows.words:
        notes.append(_generators_note(arrows.letters, arrows.words, automaton, labels))
    notes += [f"{name} = {letters}" for name, letters in labels.legend()]
    names = _names(automaton)
    for state, name in enumerate(names):
        if automaton.state_names and name != printable(automaton.state_name(state)):
            notes.append(f"state {name} = {printable(automaton.state_name(state))}")
    for state, output in enumerate(_outputs(automaton)):
        if text_width(output, _OUTPUT_SIZE) > _ROOM:
            notes.append(f"output of state {names[state]}: {output}")
    return notes


def _generators_note(
    letters: Sequence[int],
    words: dict[int, tuple[str, ...]],
    automaton: Automaton,
    labels: Labels,
) -> str:
    drawn = " ".join(printable(automaton.alphabet[letter]) for letter in letters)
    acts = [
        f"{printable(automaton.alphabet[letter])} = {labels.word(word)}"
        for letter, word in list(words.items())[:_WORDS_LISTED]
    ]
    if len(words) > _WORDS_LISTED:
        acts.append(f"and so on for {len(words) - _WORDS_LISTED} more")
    # An equation is not broken over two lines.
    said = "; ".join(act.replace(" ", NO_BREAK) for act in acts)
    return f"Drawn: {drawn}. Every other letter acts like a word over these: {said}."
