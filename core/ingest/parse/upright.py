"""Pages whose print does not run from left to right as they are shown: laid out as it runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.ingest.parse.sheet import Floats, Rule, Sheet
from core.ingest.parse.spread import lowest_of


def upright(sheet: Sheet) -> Sheet:
    """Turn a page whose words mostly run up, down or backwards; others stay as they are."""
    turn = sheet.quarters
    if not turn:
        return sheet
    sideways = turn != 2
    width, height = (sheet.height, sheet.width) if sideways else (sheet.width, sheet.height)
    rules = np.array([[rule.left, rule.y, rule.right, rule.y] for rule in sheet.rules])
    turned = _turned(sheet, rules.reshape(-1, 4), turn).tolist()
    boxes = np.ascontiguousarray(_turned(sheet, sheet.boxes.T, turn).T)
    return replace(
        sheet,
        width=width,
        height=height,
        words=_turned(sheet, sheet.words, turn),
        boxes=boxes,
        sizes=boxes[3, sheet.starts] - boxes[1, sheet.starts],
        lowest=lowest_of(boxes, sheet.figures, sheet.starts),
        rules=[Rule(left, right, y) for left, y, right, _ in turned],
        as_shown=sheet,
    )


def _turned(sheet: Sheet, boxes: Floats, quarters: int) -> Floats:
    left, top, right, bottom = boxes.T
    wide, high = sheet.width, sheet.height
    sides = {
        1: (high - bottom, left, high - top, right),
        2: (wide - right, high - bottom, wide - left, high - top),
        3: (top, wide - right, bottom, wide - left),
    }[quarters]
    return np.stack(sides, axis=1).astype(np.float32)
