"""What each sign weighs, as `python benchmarks/answers.py fit` last printed it."""

from __future__ import annotations

# In the order of the fields of `core.ask.fit.Signs`: near, passage, covered, missing, unnamed,
# elsewhere, other_case.
WEIGHTS = (13.0, 10.0, 4.0, -4.0, -8.0, -3.0, -4.0)
INTERCEPT = -14.0
