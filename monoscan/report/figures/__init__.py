"""Pictures of automata, egg-box diagrams, cascades and spectra, as SVG, PDF and PNG.

Importing this package does not load matplotlib, which is needed only when something is drawn.
"""

from monoscan.report.figures.automaton import draw_automaton
from monoscan.report.figures.canvas import FORMATS, Format, render, write_drawing
from monoscan.report.figures.cascade import draw_cascade
from monoscan.report.figures.curves import draw_curves
from monoscan.report.figures.dynamics import draw_dynamics
from monoscan.report.figures.egg_box import draw_egg_box
from monoscan.report.figures.errors import MissingLibrary, PictureRefused
from monoscan.report.figures.fonts import require_library
from monoscan.report.figures.gallery import draw_gallery
from monoscan.report.figures.horizons import draw_horizons
from monoscan.report.figures.lengths import MeasuredRun, draw_lengths
from monoscan.report.figures.matrix import draw_matrix
from monoscan.report.figures.pictures import Picture, parse_formats, write_pictures
from monoscan.report.figures.ranges import draw_ranges
from monoscan.report.figures.scene import Drawing
from monoscan.report.figures.spectra import draw_spectra
from monoscan.report.figures.two_factors import draw_two_factors

__all__ = [
    "FORMATS",
    "Drawing",
    "Format",
    "MeasuredRun",
    "MissingLibrary",
    "Picture",
    "PictureRefused",
    "draw_automaton",
    "draw_cascade",
    "draw_curves",
    "draw_dynamics",
    "draw_egg_box",
    "draw_gallery",
    "draw_horizons",
    "draw_lengths",
    "draw_matrix",
    "draw_ranges",
    "draw_spectra",
    "draw_two_factors",
    "parse_formats",
    "render",
    "require_library",
    "write_drawing",
    "write_pictures",
]
