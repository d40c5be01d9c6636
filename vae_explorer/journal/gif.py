"""A run's journal as a film: map, reconstructions, samples and KL bars, one sheet a frame. NumPy; light background."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from vae_explorer import images
from vae_explorer.images import Text
from vae_explorer.journal.snapshots import Fixed, Snapshot
from vae_explorer.texts import figure

WIDTH, HEIGHT, MAP, EDGE = 860, 520, 424, 16
"""Pixels: the sheet, the map's side, and the room around everything."""
RIGHT = MAP + 3 * EDGE
MOST_FRAMES, FRAME_MILLISECONDS, PAUSE_MILLISECONDS = 60, 90, 2500
SIDE = 56
"""The longer side of a picture, as nearly as whole pixels allow."""
POINT, FINE = 5, 2
"""Diameter of a point in pixels, and how many finer pixels each is drawn with: soft edges without blending."""
MARGIN = 1.06
INK, MUTED, PALE = (40, 40, 40), (110, 110, 110), 226
BAR = (47, 111, 179)
HELD = 8
"""Snapshots that are kept in memory while frames between them are made."""


def film(
    fixed: Fixed,
    steps: Sequence[int],
    read: Callable[[int], Snapshot],
    classes: Mapping[str, str],
    epochs: int,
) -> bytes:
    """The snapshots of these steps as GIF bytes: at most 60 frames; between few snapshots, points move along lines.

    classes: the colour of each class, "#rrggbb", by its name.

    Raises:
        StorageError: when a snapshot is damaged.
    """
    held = lru_cache(HELD)(read)
    view = _View(fixed, classes, epochs, _square([held(step).xy for step in steps]), _greatest(map(held, steps)))
    places = np.linspace(0, len(steps) - 1, _frames(len(steps)))
    sheets = [view.sheet(held(steps[int(at)]), held(steps[min(int(at) + 1, len(steps) - 1)]), at % 1) for at in places]
    sheets = [_timed(sheet, (i + 1) / len(sheets)) for i, sheet in enumerate(sheets)]
    return images.film(sheets, [FRAME_MILLISECONDS] * (len(sheets) - 1) + [PAUSE_MILLISECONDS])


def _frames(snapshots: int) -> int:
    """Whole steps between snapshots where they are few."""
    gaps = snapshots - 1
    return MOST_FRAMES if gaps >= MOST_FRAMES else 1 + gaps * ((MOST_FRAMES - 1) // max(1, gaps))


def _square(maps: Sequence[np.ndarray]) -> tuple[float, float, float]:
    """Centre x, centre y and half the side of the square that holds all points."""
    every = np.concatenate(maps)
    every = every[np.isfinite(every).all(axis=1)]
    if not len(every):
        return 0.0, 0.0, 3.0
    low, high = every.min(axis=0), every.max(axis=0)
    (x, y), half = (low + high) / 2, max(float((high - low).max()) / 2 * MARGIN, 1e-6)
    return float(x), float(y), half


def _greatest(found: "map[Snapshot]") -> float:
    return max((float(np.nanmax(one.kl, initial=0.1)) for one in found if one.kl is not None), default=0.1)


class _View:
    """What every frame shows alike: colours, the square of the plane that is seen, and the scale of the bars."""

    def __init__(
        self,
        fixed: Fixed,
        classes: Mapping[str, str],
        epochs: int,
        square: tuple[float, float, float],
        greatest: float,
    ) -> None:
        table = np.array([_rgb(colour) for colour in classes.values()] or [MUTED], np.uint8)
        self._legend = _legend(classes)
        order = np.random.default_rng(0).permutation(len(fixed.label))
        self._order, self._colours = order, table[fixed.label[order] % len(table)]
        self._originals, self._epochs, self._square, self._greatest = fixed.originals, epochs, square, greatest

    def sheet(self, before: Snapshot, after: Snapshot, share: float) -> np.ndarray:
        """One frame, uint8 [HEIGHT, WIDTH, 3]: so far on the way from one snapshot to the next."""
        sheet = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
        eased = share * share * (3 - 2 * share)
        nearest = after if share >= 0.5 else before
        _put(sheet, self._map(before.xy + eased * (after.xy - before.xy)), EDGE, EDGE)
        texts = [
            *_caption(nearest, self._epochs),
            *self._legend,
            Text("Originals and reconstructions", RIGHT, EDGE, 13, MUTED),
        ]
        top = _put(sheet, self._pairs(nearest), EDGE + 20, RIGHT) + 12
        texts.append(Text("Samples", RIGHT, top, 13, MUTED))
        top = _put(sheet, _row(nearest.samples), top + 20, RIGHT) + 12
        if before.kl is not None and after.kl is not None:
            texts.append(Text("KL of each unit (nats)", RIGHT, top, 13, MUTED))
            bars = self._bars(before.kl + eased * (after.kl - before.kl), EDGE + MAP - top - 20)
            _put(sheet, bars, top + 20, RIGHT)
        return images.lettered(sheet, texts)

    def _map(self, xy: np.ndarray) -> np.ndarray:
        """The points, uint8 [MAP, MAP, 3]: drawn finer, then averaged."""
        x, y, half = self._square
        side = MAP * FINE
        fine = np.full((side, side, 3), 255, np.uint8)
        points = xy[self._order]
        seen = np.isfinite(points).all(axis=1)
        points = points[seen]
        columns = ((points[:, 0] - x) / half + 1) / 2 * (side - 1)
        rows = (1 - (points[:, 1] - y) / half) / 2 * (side - 1)
        reach = POINT * FINE // 2
        for down, across in _disc(reach):
            row = np.clip(rows.astype(int) + down, 0, side - 1)
            fine[row, np.clip(columns.astype(int) + across, 0, side - 1)] = self._colours[seen]
        four = [fine[down::FINE, across::FINE].astype(np.uint16) for down in range(FINE) for across in range(FINE)]
        sheet = (np.stack(four).sum(axis=0, dtype=np.uint16) // FINE**2).astype(np.uint8)
        sheet[[0, -1]], sheet[:, [0, -1]] = PALE, PALE
        return sheet

    def _pairs(self, shown: Snapshot) -> np.ndarray:
        """A row of originals above their reconstructions."""
        return np.concatenate([_row(self._originals), _row(shown.reconstructions)])

    def _bars(self, kl: np.ndarray, height: int) -> np.ndarray:
        """A bar a unit on the scale of the whole run."""
        width = WIDTH - RIGHT - EDGE
        sheet = np.full((max(1, height), width, 3), 255, np.uint8)
        pitch = min(36.0, width / len(kl))
        for unit, value in enumerate(np.nan_to_num(kl)):
            left, right = int(unit * pitch), max(int(unit * pitch) + 1, int((unit + 0.8) * pitch))
            tall = round(min(1.0, max(0.0, float(value) / self._greatest)) * (height - 1))
            sheet[height - 1 - tall :, left:right] = BAR
        return sheet


@lru_cache(maxsize=4)
def _disc(reach: int) -> list[tuple[int, int]]:
    around = range(-reach, reach + 1)
    return [(y, x) for y in around for x in around if x * x + y * y <= (reach + 0.3) ** 2]


def _row(pictures: np.ndarray) -> np.ndarray:
    """As many of the pictures [M, C, H, W] as there is room for, about SIDE large, as a sheet of three channels."""
    height, width = pictures.shape[2:]
    thin = -(-max(height, width) // (2 * SIDE))
    factor = max(1, round(SIDE * thin / max(height, width)))
    count = max(1, (WIDTH - RIGHT - EDGE) // (factor * (-(-width // thin) + 1)))
    shown = pictures[:count, :, ::thin, ::thin]
    sheet = images.enlarge(images.mosaic(shown, len(shown), gap=1), factor)
    sheet = np.concatenate([sheet, np.full((2, *sheet.shape[1:]), 255, np.uint8)])
    return np.repeat(sheet, 3, axis=2) if sheet.shape[2] == 1 else sheet


def _put(sheet: np.ndarray, part: np.ndarray, top: int, left: int) -> int:
    """Lay a part onto the sheet, cut at its border; gives the row below it."""
    height, width = min(len(part), len(sheet) - top), min(part.shape[1], sheet.shape[1] - left)
    sheet[top : top + height, left : left + width] = part[:height, :width]
    return top + height


def _caption(shown: Snapshot, epochs: int) -> list[Text]:
    rate = "" if shown.rate is None else f" + rate {figure(shown.rate, 1)}"
    where = f"step {shown.step:,}   epoch {shown.epoch:.1f} of {epochs:,}   beta {shown.beta:g}"
    top = EDGE + MAP + 14
    return [
        Text(where, EDGE, top, 17, INK),
        Text(f"nll {figure(shown.nll, 1)}{rate} nats per image", EDGE, top + 26, 17, INK),
    ]


def _legend(classes: Mapping[str, str]) -> list[Text]:
    """The names of the classes in their colours, as many as there is room for."""
    texts, left = list[Text](), RIGHT
    for name, colour in classes.items():
        if left + 9 * len(name) > WIDTH - EDGE:
            break
        texts.append(Text(name, left, EDGE + MAP + 14, 17, _rgb(colour)))
        left += 9 * len(name) + 16
    return texts


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _timed(sheet: np.ndarray, share: float) -> np.ndarray:
    """The sheet with a thin bar at its foot that tells how far the film has come."""
    timed = sheet.copy()
    timed[-5:], timed[-5:, : max(1, round(share * WIDTH))] = PALE, BAR
    return timed
