"""What is drawn on a page, and where: drawings within drawings unfolded to a depth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.ingest.parse import pdfium
from core.ingest.parse.sheet import Floats

MOST_OBJECTS = 20_000  # of a page; a drawing may have a million
DEEPEST = 3  # drawings within drawings


@dataclass(slots=True, kw_only=True, eq=False)
class Drawn:
    """What is drawn on a page, in the order in which it is."""

    handles: list[int]
    objects: list[pdfium.Passed]
    kinds: list[int]
    # How a text is drawn; -1 for other objects.
    modes: list[int]
    # Where each is; zeros for texts, whose characters are asked instead.
    bounds: Floats

    def texts(self) -> list[int]:
        """Return which of the objects are texts."""
        return [at for at, kind in enumerate(self.kinds) if kind == pdfium.TEXT]


def all_drawn(handles: list[int], placed: NDArray[np.float64], deeper: int) -> Drawn:
    """Return objects as they are drawn, and in the place of a form those within it."""
    objects = pdfium.passed(handles)
    modes = pdfium.render_modes_of(objects)
    others = [at for at, mode in enumerate(modes) if mode < 0]
    kinds = [pdfium.TEXT] * len(objects)
    for at, kind in zip(others, pdfium.kinds_of([objects[at] for at in others]), strict=True):
        kinds[at] = kind
    bounds = np.zeros((len(objects), 4), np.float32)
    if others:
        corners = pdfium.bounds_of([objects[at] for at in others])
        bounds[others] = corners if placed is IDENTITY else _placed(corners, placed)
    drawn = Drawn(handles=handles, objects=objects, kinds=kinds, modes=modes, bounds=bounds)
    return _unfolded(drawn, placed, deeper) if deeper and pdfium.FORM in kinds else drawn


def _unfolded(drawn: Drawn, placed: NDArray[np.float64], deeper: int) -> Drawn:
    """Put what is within forms in their place, as long as it is not too much."""
    parts: list[Drawn] = []
    low = count = 0
    for at, kind in enumerate(drawn.kinds):
        if kind == pdfium.FORM and count + at - low < MOST_OBJECTS:
            a, b, c, d, e, f = pdfium.matrix_of(drawn.handles[at])
            within = np.array([[a, b, 0], [c, d, 0], [e, f, 1]]) @ placed
            inner = pdfium.objects_within(drawn.handles[at], most=MOST_OBJECTS)
            parts += [_part(drawn, low, at), all_drawn(inner, within, deeper - 1)]
            count += len(parts[-2].kinds) + len(parts[-1].kinds)
            low = at + 1
    parts.append(_part(drawn, low, len(drawn.kinds)))
    return Drawn(
        handles=[each for part in parts for each in part.handles],
        objects=[each for part in parts for each in part.objects],
        kinds=[each for part in parts for each in part.kinds],
        modes=[each for part in parts for each in part.modes],
        bounds=np.concatenate([part.bounds for part in parts]),
    )


def _part(drawn: Drawn, low: int, high: int) -> Drawn:
    return Drawn(
        handles=drawn.handles[low:high],
        objects=drawn.objects[low:high],
        kinds=drawn.kinds[low:high],
        modes=drawn.modes[low:high],
        bounds=drawn.bounds[low:high],
    )


IDENTITY = np.eye(3)


def _placed(bounds: Floats, placed: NDArray[np.float64]) -> Floats:
    """Return where rectangles come to stand; upright, around what they become."""
    x, y = bounds[:, [0, 2, 0, 2]], bounds[:, [1, 1, 3, 3]]
    there_x = x * placed[0, 0] + y * placed[1, 0] + placed[2, 0]
    there_y = x * placed[0, 1] + y * placed[1, 1] + placed[2, 1]
    sides = [there_x.min(1), there_y.max(1), there_x.max(1), there_y.min(1)]
    return np.stack(sides, axis=1).astype(np.float32)
