"""What each sign weighs, as `python benchmarks/answers.py fit` last printed it."""

from __future__ import annotations

# In the order of the fields of `core.ask.fit.Signs`: near, passage, covered, missing, unnamed,
# elsewhere, other_case.
WEIGHTS = (13.135, 9.913, 2.745, -4.603, -5.324, -3.766, -3.960)
INTERCEPT = -15.557
