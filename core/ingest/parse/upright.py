"""Pages whose print does not run from left to right as they are shown: laid out as it runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.ingest.parse.sheet import Floats, Rule, Sheet

_ENOUGH = 0.6  # of the longer words


def upright(sheet: Sheet) -> Sheet:
    """Turn a page whose words mostly run up, down or backwards; others stay as they are."""
    turn = _turn(sheet)
    if not turn:
        return sheet
    sideways = turn != 2
    width, height = (sheet.height, sheet.width) if sideways else (sheet.width, sheet.height)
    rules = np.array([[rule.left, rule.y, rule.right, rule.y] for rule in sheet.rules])
    turned = _turned(sheet, rules.reshape(-1, 4), turn).tolist()
    return replace(
        sheet,
        width=width,
        height=height,
        words=_turned(sheet, sheet.words, turn),
        boxes=np.ascontiguousarray(_turned(sheet, sheet.boxes.T, turn).T),
        rules=[Rule(left, right, y) for left, y, right, _ in turned],
        as_shown=sheet,
    )


def _turn(sheet: Sheet) -> int:
    """Return by how many quarters the page is to be turned to the right."""
    long = np.flatnonzero(sheet.ends - sheet.starts > 2)
    if not len(long):
        return 0
    first, last = sheet.boxes[:, sheet.starts[long]], sheet.boxes[:, sheet.ends[long] - 1]
    x, y = (last[:2] + last[2:] - first[:2] - first[2:]) / 2
    if (x > np.abs(y)).mean() > 1 - _ENOUGH:
        return 0  # as on nearly all pages
    steep = np.abs(y) > np.abs(x)
    up, down, back = steep & (y < 0), steep & (y > 0), ~steep & (x < 0)
    for quarters, running in ((1, up), (2, back), (3, down)):
        if running.mean() > _ENOUGH:
            return quarters
    return 0


def _turned(sheet: Sheet, boxes: Floats, quarters: int) -> Floats:
    left, top, right, bottom = boxes.T
    wide, high = sheet.width, sheet.height
    sides = {
        1: (high - bottom, left, high - top, right),
        2: (wide - right, high - bottom, wide - left, high - top),
        3: (top, wide - right, bottom, wide - left),
    }[quarters]
    return np.stack(sides, axis=1).astype(np.float32)
