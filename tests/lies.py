"""What a lying model writes: answers in which true sentences stand among lies of thirty kinds.

Made from the sources as a model sees them, so that the lies are near the truth; the same seed tells
the same lies.
"""
# ruff: noqa: E501  a row of a table of lies stays on one line

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from core.law.sentences import sentences
from tests.meanings import CHANGES, holding_made_dissent, swapped

SHORTEST, LONGEST = 40, 300
NAMES = """
    Varghese Zicherman Smithson Blackwood Petrov Abernathy Quillfeather Okonkwo Delacroix Thornbury
    Vandermeer Ashgrove Hollowell Marchetti Greenlaw Stokowski Farquhar Lindqvist Brannigan Oyelaran
""".split()
COMPANIES = ("Airlines Co.", "Steel Corp.", "Bank, N.A.", "Holdings, LLC", "Insurance Co.", "Board")
REPORTERS = ("F.3d", "F.2d", "U.S.", "F. Supp. 2d", "S. Ct.", "Cal. 4th", "N.E.2d", "Merr. 2d")
COURTS = ("9th Cir.", "2d Cir.", "S.D.N.Y.", "D. Mass.", "Merr. Ct. App.", "Cal.")
REAL_ELSEWHERE = (
    "Roe v. Wade, 410 U.S. 113 (1973)",
    "Marbury v. Madison, 5 U.S. (1 Cranch) 137 (1803)",
    "Palsgraf v. Long Island R.R. Co., 248 N.Y. 339, 162 N.E. 99 (1928)",
    "Chevron U.S.A. Inc. v. NRDC, 467 U.S. 837, 842-43 (1984)",
)
LOOK_ALIKE = str.maketrans("aeopcxFSUK", "аеорсхҒЅՍК")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Told:
    """A source as a model sees it."""

    n: int
    citation: str
    text: str
    # Whether it is a dissent: that the dissent said so is no lie there.
    dissent: bool = False

    @property
    def name(self) -> str:
        return re.split(r",\s+(?=\d|No)", self.citation)[0]

    def sentences(self) -> list[str]:
        """Return its whole sentences of a middling length, without marks of quoting."""
        found = [" ".join(span.of(self.text).split()) for span in sentences(self.text)]
        return [
            each
            for each in found
            if SHORTEST <= len(each) <= LONGEST
            and each[0].isupper()
            and each.endswith(".")
            and not re.search(r"[\"“”\[\]‘’']", each)
        ]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer, markers included, and whether it is true to its sources."""

    text: str
    true: bool


class Liar:
    """Tells lies of every kind about some sources."""

    def __init__(self, sources: Sequence[Told], seed: int, elsewhere: Sequence[str] = ()) -> None:
        # Cases that the library holds and that are no sources: cited all the same.
        self.elsewhere = (*REAL_ELSEWHERE, *elsewhere)
        self.random = Random(seed)  # noqa: S311  drawn to be drawn again
        self.sources = [source for source in sources if source.sentences()] or list(sources)

    def answer(self, most: int = 7) -> list[Sentence]:
        """Tell four to seven sentences, of which one or two are true."""
        pick = self.random
        told = [self.truth() for _ in range(pick.randint(0, 2))]
        while len(told) < pick.randint(4, most):
            told.append(self.lie(pick.choice(LIES)))
        pick.shuffle(told)
        return told

    def truth(self) -> Sentence:
        source, said = self.drawn()
        shown = self.random.choice((said, f"“{said}”", f"The court said: “{said}”"))
        return Sentence(f"{shown} [{source.n}]", true=True)

    def lie(self, kind: Callable[[Liar], str]) -> Sentence:
        return Sentence(kind(self), true=False)

    # --- what lies are made of ---

    def drawn(self) -> tuple[Told, str]:
        source = self.random.choice(self.sources)
        return source, self.random.choice(source.sentences() or ["It is so ordered by the court."])

    def said(self) -> tuple[int, str]:
        source, said = self.drawn()
        return source.n, said.rstrip(".")

    def name(self) -> str:
        one, other = self.random.sample(NAMES, 2)
        return f"{one} v. {other} {self.random.choice(COMPANIES)}"

    def number(self, most: int = 999) -> int:
        return self.random.randint(1, most)

    def place(self) -> str:
        return f"{self.number()} {self.random.choice(REPORTERS)} {self.number(1999)}"

    def case(self) -> str:
        dated = f"({self.random.choice(COURTS)} {self.random.randint(1950, 2024)})"
        return f"{self.name()}, {self.place()} {dated}"

    def one_letter_off(self, said: str) -> str:
        at = self.random.choice([i for i, c in enumerate(said) if c.isalpha()])
        letter = self.random.choice("abcdefghijklmnopqrstuvwxyz")
        new = letter if said[at].lower() != letter else "q"
        return self.random.choice(
            (
                said[:at] + new + said[at + 1 :],
                said[:at] + said[at + 1 :],
                said[:at] + new + said[at:],
                said[:at] + said[at].swapcase() + said[at + 1 :],
            )
        )


# --- the kinds of lies ---


def cites_an_invented_case(liar: Liar) -> str:
    n, said = liar.said()
    return liar.random.choice(
        (
            f"{said}, {liar.case()} [{n}].",
            f"{said}. See {liar.case()}. [{n}]",
            f"Under {liar.case()}, {said[0].lower()}{said[1:]} [{n}].",
            f"{said} (quoting {liar.case()}) [{n}].",
            f"{liar.case()} [{n}].",
            f"{said}; see also {liar.case()}; accord {liar.case()} [{n}].",
            f"{said}, {liar.case()}, and nothing else [{n}].",
        )
    )


def names_an_invented_case(liar: Liar) -> str:
    n, said = liar.said()
    low = f"{said[0].lower()}{said[1:]}"
    return liar.random.choice(
        (
            f"In {liar.name()}, the court held that {low} [{n}].",
            f"As {liar.name()} holds, {low} [{n}].",
            f"{liar.random.choice(NAMES)} says that {low} [{n}].",
            f"In re {liar.random.choice(NAMES)} decided that {low} [{n}].",
            f"under {liar.name().lower()} {low} [{n}].",
            f"The {liar.random.choice(NAMES)} court agreed that {low} [{n}].",
            f"{said}, as {liar.random.choice(NAMES)} versus {liar.random.choice(NAMES)} shows [{n}].",
        )
    )


def names_an_invented_judge(liar: Liar) -> str:
    n, said = liar.said()
    low = f"{said[0].lower()}{said[1:]}"
    return liar.random.choice(
        (
            f"Justice {liar.random.choice(NAMES)} wrote that {low} [{n}].",
            f"Judge {liar.random.choice(NAMES)}, dissenting, said that {low} [{n}].",
            f"{said} ({liar.random.choice(NAMES)}, J., concurring) [{n}].",
        )
    )


def gives_a_page_of_its_own(liar: Liar) -> str:
    source, said = liar.drawn()
    page = liar.number(9000) + 900
    low = said.rstrip(".")
    cited = source.citation.replace("12", str(page))
    if cited == source.citation:  # a citation without a page, which it would be true to give
        cited = re.sub(r" \((?=[^()]*\)$)", f", {page} (", cited)
    return liar.random.choice(
        (
            f"{low}, at {page} [{source.n}].",
            f"{low}, {cited} [{source.n}].",
            f"{low}, {source.name}, at {page} [{source.n}].",
            f"{low} (slip op. at {page}) [{source.n}].",
            f"{low}. Id. at {page}. [{source.n}]",
            f"{low}, supra, at {page} [{source.n}].",
            f"At page {page} the court says that {low[0].lower()}{low[1:]} [{source.n}].",
        )
    )


def gives_a_true_case_a_false_place(liar: Liar) -> str:
    source, said = liar.drawn()
    low = said.rstrip(".")
    return liar.random.choice(
        (
            f"{low}, {source.name}, {liar.place()} (1999) [{source.n}].",
            f"{liar.name()}, {source.citation.partition(', ')[2]} says so: {low} [{source.n}].",
            f"In {source.name}, {liar.place()}, the court said that {low} [{source.n}].",
        )
    )


def alters_a_quotation_by_one_letter(liar: Liar) -> str:
    n, said = liar.said()
    words = said.split()
    cut = liar.random.randint(4, max(4, len(words)))
    quote = liar.one_letter_off(" ".join(words[:cut]))
    opening, closing = liar.random.choice(
        (("“", "”"), ('"', '"'), ("‘", "’"), ("``", "''"), ("«", "»"), ("„", "“"), ("＂", "＂"))
    )
    return f"The court wrote: {opening}{quote}{closing} [{n}]."


def alters_a_quotation_by_a_word(liar: Liar) -> str:
    n, said = liar.said()
    words = said.split()
    at = liar.random.randrange(1, len(words))
    new = liar.random.choice(("not", "never", "always", "only", "unless", "very", "all"))
    quote = liar.random.choice(
        (
            " ".join([*words[:at], new, *words[at:]]),
            " ".join([*words[:at], *words[at + 1 :]]),
            " ".join([*words[:at], f"[{new}]", *words[at:]]),
            " ".join([*words[at:], *words[:at]]),
        )
    )
    return f"The court said: “{quote}” [{n}]."


def hides_words_behind_an_ellipsis(liar: Liar) -> str:
    n, said = liar.said()
    words = said.split()
    at = liar.random.randrange(1, len(words) - 1)
    put = liar.random.choice((". . .", "…", "[…]", "* * *"))
    return f"“{' '.join([*words[at:], put, *words[:at]])}” [{n}]."


def quotes_the_wrong_source(liar: Liar) -> str:
    _, said = liar.drawn()
    others = [each for each in liar.sources if said not in " ".join(each.text.split())]
    return f"“{said}” [{liar.random.choice(others).n if others else 99}]"


def numbers_a_source_that_is_not(liar: Liar) -> str:
    _, said = liar.said()
    return f"{said} [{liar.random.choice(('42', '0', '99', '1.5', 'one', '^77', '1000'))}]."


def disguises_a_citation(liar: Liar) -> str:
    n, said = liar.said()
    place, name = liar.place(), liar.name()
    volume, reporter, page = (
        place.split(" ")[0],
        " ".join(place.split(" ")[1:-1]),
        place.split(" ")[-1],
    )
    shape = liar.random.choice(
        (
            f"{name}, {place.translate(LOOK_ALIKE)}",
            f"{name.translate(LOOK_ALIKE)}, {place}",
            f"{name}, {place.translate(FULL_WIDTH)}",
            f"{name}, {volume} **{reporter}** {page}",
            f"{name}, {volume} <b>{reporter[0]}</b>{reporter[1:]} {page}",
            f"{name}, {volume}\n{reporter}\n{page}",
            f"{name}, {volume} {reporter} [{n}] {page}",
            f"{name}, {volume}\u200b {reporter}\u00a0{page}",
            f"[{name}](https://law.example/{volume}), {volume} {reporter} {page}",
            f"{name}, {volume} {'. '.join(reporter.replace('.', ''))}. {page}",
            f"{name}, {volume}_{reporter}_{page}",
            f"{name.replace(' v. ', ' v.&nbsp;')}, {volume}&#32;{reporter}&#32;{page}",
            f"{volume} {reporter}\n\n{page} ({name})",
            f"{name}, {volume.replace('1', 'l').replace('0', 'O')} {reporter} {page}",
        )
    )
    return f"{said}, {shape} [{n}]."


def spells_a_citation_out(liar: Liar) -> str:
    n, said = liar.said()
    return liar.random.choice(
        (
            f"{said}, volume {liar.number()} of the Federal Reporter, Third Series, page {liar.number()} [{n}].",
            f"{said}, {liar.number()} Federal Third {liar.number()} [{n}].",
            f"{said}, {liar.number(600)} United States Reports {liar.number()} [{n}].",
            f"{said}, at five hundred fifty-five U.S. ninety-nine [{n}].",
            f"{said}, reported in volume nine of the Merrow Reports [{n}].",
            f"{said}, {liar.number()} Fed. Rptr. 3rd {liar.number()} [{n}].",
        )
    )


def cites_an_invented_law(liar: Liar) -> str:
    n, said = liar.said()
    low = f"{said[0].lower()}{said[1:]}"
    return liar.random.choice(
        (
            f"Under {liar.number(50)} U.S.C. § {liar.number(9999)}, {low} [{n}].",
            f"{said}, Fed. R. Civ. P. {liar.number(99)}(z) [{n}].",
            f"Section {liar.number(9000)}({liar.number(9)}) of the Fair Lies Act says that {low} [{n}].",
            f"{said}, {liar.number(50)} C.F.R. § {liar.number(900)}.{liar.number(90)} [{n}].",
            f"Under Article {liar.random.choice(('XIV', 'IX', '17'))}, {low} [{n}].",
            f"The Seventeenth Amendment says that {low} [{n}].",
            f"{said}, Restatement (Second) of Torts § {liar.number(900)}A [{n}].",
            f"{said}, 11A Wright & Miller § {liar.number(9000)} [{n}].",
            f"{said}, 93 Harv. L. Rev. {liar.number(900)} [{n}].",
        )
    )


def cites_by_docket(liar: Liar) -> str:
    n, said = liar.said()
    return liar.random.choice(
        (
            f"{said}, No. {liar.number(24)}-{liar.number(9999)} [{n}].",
            f"{said}, {liar.name()}, 2021 WL {liar.number(9)}234567 (S.D.N.Y. 2021) [{n}].",
            f"{said}, 2019 U.S. Dist. LEXIS {liar.number(99999)} [{n}].",
            f"{said}, Civ. A. No. 1:{liar.number(24)}-cv-{liar.number(9999):05d} [{n}].",
        )
    )


def cites_a_real_case_of_elsewhere(liar: Liar) -> str:
    n, said = liar.said()
    case = liar.random.choice(liar.elsewhere)
    return liar.random.choice(
        (f"{said}, {case} [{n}].", f"In {case}, the Court said that {said} [{n}].")
    )


def lets_another_court_say_it(liar: Liar) -> str:
    n, said = liar.said()
    court = liar.random.choice(("Fifth Circuit", "Supreme Court of Oregon", "Second Circuit"))
    return f"The {court} has held that {said[0].lower()}{said[1:]} [{n}]."


def changes_what_it_means(liar: Liar) -> str:
    source, said = liar.drawn()
    n, said = source.n, said.rstrip(".")
    for change in liar.random.sample(list(CHANGES.values()), len(CHANGES)):
        changed = change(said, liar.random)
        if source.dissent and change is holding_made_dissent:
            continue
        if changed is not None and changed != said:
            return f"{changed} [{n}]."
    return f"It is not true that {said[0].lower()}{said[1:]} [{n}]."


def turns_the_parties_round(liar: Liar) -> str:
    n, said = liar.said()
    return f"{swapped(said, liar.random) or 'The court held otherwise'} [{n}]."


def brings_in_a_number(liar: Liar) -> str:
    n, said = liar.said()
    return liar.random.choice(
        (
            f"{said}, with a bond of ${liar.number(99)},{liar.number(899) + 100} [{n}].",
            f"On 31 February 1874, {said[0].lower()}{said[1:]} [{n}].",
            f"{said} in {liar.number(60) + 40} percent of cases [{n}].",
        )
    )


def cites_with_the_sources_own_numbers(liar: Liar) -> str:
    """Put a citation together from numbers and words that do stand in the source, apart."""
    source, said = liar.drawn()
    numbers = re.findall(r"\b\d{1,4}\b", f"{source.text} {source.citation}") or ["12"]
    words = re.findall(r"\b[A-Z][a-z]{3,}\b", source.text) or ["Court"]
    one, other = liar.random.choice(numbers), liar.random.choice(numbers)
    a, b = liar.random.choice(words), liar.random.choice(words)
    low = said.rstrip(".")
    return liar.random.choice(
        (
            f"{low}, {a} v. {b}, {one} {liar.random.choice(REPORTERS)} {other} [{source.n}].",
            f"{low}, {one} {liar.random.choice(REPORTERS)} {other} [{source.n}].",
            f"As {a} v. {b} holds, {low[0].lower()}{low[1:]} [{source.n}].",
            f"{low}, § {one}.{other} [{source.n}].",
            f"{low}, No. {one}-{other} [{source.n}].",
            f"{low}, {one} {a} {other} [{source.n}].",
            f"Justice {a} wrote that {low[0].lower()}{low[1:]} [{source.n}].",
        )
    )


def says_what_nobody_said(liar: Liar) -> str:
    n, _ = liar.said()
    return liar.random.choice(
        (
            f"The plaintiff may always recover punitive damages from the carrier [{n}].",
            f"This is settled law and needs no authority [{n}].",
            "Everybody knows this.",
            f"The rule has no exceptions whatsoever [{n}].",
        )
    )


LIES: tuple[Callable[[Liar], str], ...] = (
    cites_an_invented_case,
    names_an_invented_case,
    names_an_invented_judge,
    gives_a_page_of_its_own,
    gives_a_true_case_a_false_place,
    alters_a_quotation_by_one_letter,
    alters_a_quotation_by_a_word,
    hides_words_behind_an_ellipsis,
    quotes_the_wrong_source,
    numbers_a_source_that_is_not,
    disguises_a_citation,
    spells_a_citation_out,
    cites_an_invented_law,
    cites_by_docket,
    cites_a_real_case_of_elsewhere,
    lets_another_court_say_it,
    changes_what_it_means,
    turns_the_parties_round,
    brings_in_a_number,
    cites_with_the_sources_own_numbers,
    says_what_nobody_said,
)
