"""Two writers of our own making: the same subjects, and habits that are plainly not the same."""

from __future__ import annotations

import random

NOUNS = "ferry harbor pilot anchor cargo vessel wharf lessor tenant stair".split()
VERBS = "carries leaves warns keeps moves finds".split()
# Short, with But, of course and a question; and long, with which and semicolons.
BLUNT = (
    "But the {a} {v} the {b}.",
    "The {a}, of course, {v} no {b}.",
    "Who {v} the {a}?",
    "But that is not so.",
    "We think the {a} {v} the {b}, and it is enough.",
    "No {a} {v} a {b} of course.",
)
WORDY = tuple(
    """
The {a}, which {v} the {b} upon request, is the one that the {c} had in mind when it was decided; the {b} is not.
Moreover, the {a} that {v} the {b} was considered by the {c}, which is said to have been persuaded; it is therefore unnecessary to determine whether the {a} is to be moved.
It is apparent that the {a} {v} neither the {b} nor the {c}.
Accordingly, although the {c} {v} the {a}, the {b} must be held to be within the rule which was stated.
""".strip().split("\n")  # noqa: E501
)


def written(manner: tuple[str, ...], documents: int, *, seed: int = 1) -> list[str]:
    """Return documents of thirty paragraphs in one manner; the same each time."""
    rng = random.Random(f"{manner[0]}{seed}")  # noqa: S311  the same each time
    return ["\n\n".join(_paragraph(manner, rng) for _ in range(30)) for _ in range(documents)]


def _paragraph(manner: tuple[str, ...], rng: random.Random) -> str:
    sentences: list[str] = []
    for _ in range(rng.randint(4, 8)):
        a, b, c = rng.sample(NOUNS, 3)
        sentences.append(rng.choice(manner).format(a=a, b=b, c=c, v=rng.choice(VERBS)))
    return " ".join(sentences)
