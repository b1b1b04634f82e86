"""What each sign weighs, as `python benchmarks/answers.py fit` last printed it."""

from __future__ import annotations

# In the order of the fields of `core.ask.fit.Signs`: near, passage, covered, missing, unnamed,
# elsewhere, other_case.
WEIGHTS = (11.215, 11.340, 3.418, -4.340, -4.651, -3.952, -4.180)
INTERCEPT = -15.893
