"""Citations are found with what stands around them, and nothing leaks from one into the next."""
# ruff: noqa: E501  a row of a table of cases stays on one line

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from eyecite import tokenizers
from eyecite.models import CitationToken

from core.ingest.demo import demo_path
from core.law.captions import names_agree
from core.law.citations import citation_in_query, find_citations, reporter_citation
from core.law.tokens import citation_tokens
from core.model import CitationKind, FoundCitation, ReporterCitation

FULL = CitationKind.FULL


def _one(text: str) -> FoundCitation:
    found = find_citations(text)
    assert len(found) == 1
    return found[0]


def _name(found: FoundCitation) -> str:
    return " v. ".join(party for party in (found.plaintiff, found.defendant) if party)


# --- one citation, in all the ways print has of spoiling it ---------------------------------

FORMS = [
    # The Court's own spacing, the Bluebook's, and none.
    "Nken v. Holder, 556 U. S. 418 (2009)",
    "Nken v. Holder, 556 U.S. 418 (2009)",
    "Nken v. Holder, 556 U.S.  418 (2009)",
    # Broken over a line: after the volume, in the reporter, before the page, in the name.
    "Nken v. Holder, 556\nU. S. 418 (2009)",
    "Nken v. Holder, 556 U.\nS. 418 (2009)",
    "Nken v. Holder, 556 U. S.\r\n418 (2009)",
    "Nken\nv. Holder,\n556 U. S. 418\n(2009)",
    # A page break where the writer made none, as in opinions read from page images.
    "This has been the law of stays since Nken v.\n\nHolder, 556 U. S. 418 (2009)",
    # Soft hyphen, zero-width and no-break spaces.
    "Nken v. Hol\u00adder, 556\u00a0U.\u00a0S.\u00a0418 (2009)",
    "Nken v. Holder, 556 U.S.\u200b 418 (2009)",
    # Hyphenated at a line's end.
    "Nken v. Hol-\nder, 556 U. S. 418 (2009)",
    # An em dash that touches the name.
    "the traditional test—Nken v. Holder, 556 U. S. 418 (2009)—applies",
]


@pytest.mark.parametrize("text", FORMS)
def test_a_citation_is_found_however_it_is_printed(text: str) -> None:
    found = _one(text)
    assert ReporterCitation("556", "U.S.", "418") == found.citation
    assert (found.plaintiff, found.defendant, found.year) == ("Nken", "Holder", 2009)


@pytest.mark.parametrize("text", FORMS)
def test_spans_are_over_the_text_as_it_was_given(text: str) -> None:
    found = _one(text)
    assert found.text == found.span.of(text)
    assert found.text.startswith("556")
    assert found.text.endswith("418")
    assert found.full_span.of(text).startswith("Nken")
    assert found.full_span.of(text).endswith("(2009)")


PINCITES = [
    ("556 U. S. 418, 435 (2009)", "435"),
    ("556 U. S. 418, 434-35 (2009)", "434-35"),
    # En dash, and a range over a line's end.
    ("556 U. S. 418, 434–435 (2009)", "434-435"),
    ("556 U. S. 418, 434-\n435 (2009)", "434-435"),
    # Footnotes.
    ("556 U. S. 418, 435, n. 3 (2009)", "435, n. 3"),
    ("556 U. S. 418, 435 n.3 (2009)", "435 n.3"),
    # Several pages.
    ("556 U. S. 418, 425, 434 (2009)", "425, 434"),
    # No space after the comma, as scanners have it.
    ("556 U. S. 418,434 (2009)", "434"),
    # A short form's "at".
    ("556 U. S., at 435.", "435"),
    ("556 U.S. at 434-35.", "434-35"),
    # Star pages of a database.
    ("2019 WL 4639462, at *3 (Tex. App. Sept. 25, 2019)", "*3"),
    # No pincite.
    ("556 U. S. 418 (2009)", None),
    # Volume and reporter said again before the page (as some editions have it).
    ("556 U. S. 418, 556 U. S. 434-435 (2009)", "434-435"),
    # A slip opinion's page.
    ("553 U. S. ___, ___ (2008) (slip op., at 8)", "slip op., at 8"),
]


@pytest.mark.parametrize(("text", "pincite"), PINCITES)
def test_the_pincite_is_read(text: str, pincite: str | None) -> None:
    assert pincite == _one(f"See Nken v. Holder, {text}").pincite


# --- eyecite's known faults ----------------------------------------------------------------

YEARS = [
    # The next citation's year, over the end of a sentence.
    ("Marbury, 5 U.S. 137. In Smith v. Jones, 55 U.S. 66 (1850), we", [None, 1850]),
    # The next citation's year and court, out of a parenthetical.
    ("Foo v. Bar, 5 U.S. 137 (quoting Baz v. Qux, 123 F.3d 4 (9th Cir. 1999)).", [None, 1999]),
    # A court without a year; the year belongs to the citation after "cert. denied".
    ("Frace v. Russell, 341 F.2d 901 (CA3), cert. denied, 382 U.S. 863 (1965)", [None, 1965]),
    # A year in words of its own.
    ("United States v. Valdes, 876 F.2d 1554 (1989), and others (1994)", [1989]),
    # California puts the year first.
    ("Smith v. Jones (2009) 45 Cal.4th 1", [2009]),
    # A range of years counts from its first.
    ("Smith v. Jones, 12 Va. 34 (1807-08)", [1807]),
]


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_a_year_never_leaks_from_another_citation(text: str, years: list[int | None]) -> None:
    assert years == [found.year for found in find_citations(text) if found.kind is FULL]


COURTS = [
    ("Smith v. Jones, 698 F.3d 937 (7th Cir. 2012)", "ca7"),
    # The Supreme Court's own way.
    ("Smith v. Jones, 698 F. 3d 937 (CA7 2012)", "ca7"),
    ("Smith v. Jones, 698 F. 3d 937 (CADC 2012)", "cadc"),
    ("Smith v. Jones, 698 F. 3d 937 (CA Fed. 2012)", "cafc"),
    # A full date.
    ("Smith v. Jones, 2013 WL 1 (1st Cir. Aug. 1, 2013)", "ca1"),
    # The reporter says it.
    ("Nken v. Holder, 556 U. S. 418 (2009)", "scotus"),
    # A court nobody knows is none.
    ("Smith v. Jones, 698 F.3d 937 (Zanz. 2012)", None),
]


@pytest.mark.parametrize(("text", "court"), COURTS)
def test_the_court_is_that_of_its_own_parenthetical(text: str, court: str | None) -> None:
    assert court == _one(text).court


NAMES = [
    # A name stops at the beginning of its sentence and after a signal.
    ("So it held. See Nken v. Holder, 556 U.S. 418", "Nken v. Holder"),
    ("In Nken v. Holder, 556 U.S. 418, we", "Nken v. Holder"),
    # Small words inside a name stay.
    (
        "See Permanent Mission of India to the United Nations v. City of New York, 551 U.S. 193",
        "Permanent Mission of India to the United Nations v. City of New York",
    ),
    # Abbreviations do not end it.
    ("held. Smith v. U. S. Dep’t of Labor, 556 U.S. 418", "Smith v. U. S. Dep't of Labor"),
    ("Acme Mfg. Co. v. Jones Bros., Inc., 556 U.S. 418", "Acme Mfg. Co. v. Jones Bros., Inc."),
    (
        "The Wharf (Holdings) Ltd. v. United Int’l, 556 U.S. 418",
        "Wharf (Holdings) Ltd. v. United Int'l",
    ),
    # Relators.
    ("See U. S. ex rel. Stevens v. Vermont, 529 U.S. 765", "U. S. ex rel. Stevens v. Vermont"),
    # Matters.
    ("the standard of In re Winship, 397 U. S. 358", "In re Winship"),
    ("We said in Ex parte Young, 209 U. S. 123", "Ex parte Young"),
    # One party only.
    ("as we held in Nken, 556 U. S. 418", "Nken"),
    # A case named before is not this one's name.
    ("Walton v. Arizona was overruled by Ring, 536 U. S. 584", "Ring"),
    # No name at all.
    ("The Ninth Circuit reversed. 282 F. 3d 1184 (2002)", ""),
    ("[Footnote 1] 484 U.S. 894 (1987). We now affirm.", ""),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_the_name_is_the_one_before_the_citation(text: str, name: str) -> None:
    assert name == _name(_one(text)).removeprefix("The ")


def test_a_party_never_leaks_from_the_citation_before() -> None:
    text = "Nken v. Holder, 556 U.S. 418 (2009), and 698 F.3d 937 (7th Cir. 2012)"
    assert [_name(found) for found in find_citations(text)] == ["Nken v. Holder", ""]


def test_parallel_citations_share_name_court_and_year() -> None:
    text = "In re Winship, 397 U.S. 358, 364, 90 S.Ct. 1068, 25 L.Ed.2d 368 (1970)"
    found = find_citations(text)
    assert [str(f.citation) for f in found] == [
        "397 U.S. 358",
        "90 S. Ct. 1068",
        "25 L. Ed. 2d 368",
    ]
    assert {("In re Winship", 1970, "scotus")} == {(f.defendant, f.year, f.court) for f in found}
    assert [f.pincite for f in found] == ["364", None, None]


BLANKS = [
    "Carcieri v. Kempthorne, 553 U. S. ___, ___ (2008) (slip op., at 8)",
    "Carcieri v. Kempthorne, 553 U. S. ____ (2008)",
    # Blanks set as dashes.
    "Carcieri v. Kempthorne, 553 U. S. ——, —— (2008)",
    "Carcieri v. Kempthorne, 553 U. S. –––, ––– (2008)",
]


@pytest.mark.parametrize("text", BLANKS)
def test_the_blanks_of_a_slip_opinion_are_no_page(text: str) -> None:
    found = _one(text)
    assert (found.kind, found.citation, found.year) == (FULL, None, 2008)
    assert _name(found) == "Carcieri v. Kempthorne"


REPEATED = [
    # Each second "116 U. S." would be a case of its own that begins in the middle of Boyd.
    "Boyd v. United States, 116 U. S. 616, 116 U. S. 624-625 (1886)",
    "Boyd v. United States, 116 U. S. 616, 116 U. S. 624, 116 U. S. 630 (1886)",
    "Boyd v. United States, 116 U. S. 616, 116 U. S. 624, n. 3 (1886)",
]


@pytest.mark.parametrize("text", REPEATED)
def test_a_volume_said_again_is_a_pincite_and_no_case(text: str) -> None:
    found = _one(text)
    assert (str(found.citation), found.year) == ("116 U.S. 616", 1886)
    assert text == found.full_span.of(text)


def test_pages_after_id_and_supra_that_repeat_the_volume_are_no_case() -> None:
    text = "Boyd v. United States, 116 U. S. 616 (1886). Id. at 116 U. S. 627; Boyd, supra, at 116 U. S. 630."
    found = find_citations(text)
    assert [f.kind for f in found] == [FULL, CitationKind.ID, CitationKind.SUPRA]
    assert [f.pincite for f in found] == [None, "627", "630"]


# --- reporters nobody knows ----------------------------------------------------------------


def test_an_unknown_reporter_after_a_name_is_kept() -> None:
    found = _one("See Smith v. Jones, 45 Zanz. Rep. 678 (1999).")
    assert (found.kind, str(found.citation)) == (CitationKind.UNKNOWN, "45 Zanz. Rep. 678")
    assert _name(found) == "Smith v. Jones"


NOTHING = [
    "12 Persons 3",
    "on May 12, 2009, at 10 Downing Street 14",
    "He lives at 123 Main St. 45.",
    "Rule 12 Form 3",
    "3 January 2009 and 4 Feb. 2010",
    "Table 2 Column B. 14",
    "5 Mr. Smith 6 (born 1999)",
    "There were 10 F. and 12 M. applicants.",
    "Tr. 12 Ex. 4 (2009)",
    "",
    "\x00\x00",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_citation_is_not_found(text: str) -> None:
    assert find_citations(text) == ()


OTHERS = [
    ("42 U.S.C. § 1983", CitationKind.STATUTE),
    ("42 U. S. C. §1983", CitationKind.STATUTE),
    ("29 C.F.R. § 1604.11", CitationKind.STATUTE),
    ("100 Harv. L. Rev. 45 (1986)", CitationKind.JOURNAL),
]


@pytest.mark.parametrize(("text", "kind"), OTHERS)
def test_statutes_and_journals_are_no_cases(text: str, kind: CitationKind) -> None:
    assert kind == _one(text).kind


# --- signals, parentheticals ---------------------------------------------------------------

SIGNALS = [
    ("It so held. Nken v. Holder, 556 U.S. 418", None),
    ("See Nken v. Holder, 556 U.S. 418", "see"),
    ("See, e.g., Nken v. Holder, 556 U.S. 418", "see e.g."),
    ("See also Nken v. Holder, 556 U.S. 418", "see also"),
    ("See generally Nken v. Holder, 556 U.S. 418", "see generally"),
    ("Cf. Nken v. Holder, 556 U.S. 418", "cf."),
    ("But see Nken v. Holder, 556 U.S. 418", "but see"),
    ("But cf. Nken v. Holder, 556 U.S. 418", "but cf."),
    ("Accord, Nken v. Holder, 556 U.S. 418", "accord"),
    ("Contra Nken v. Holder, 556 U.S. 418", "contra"),
    ("Compare Nken v. Holder, 556 U.S. 418", "compare"),
    ("E.g., Nken v. Holder, 556 U.S. 418", "e.g."),
    ("(quoting Nken v. Holder, 556 U.S. 418)", "quoting"),
    ("(citing Nken v. Holder, 556 U.S. 418)", "citing"),
]


@pytest.mark.parametrize(("text", "signal"), SIGNALS)
def test_the_signal_is_read(text: str, signal: str | None) -> None:
    assert signal == _one(text).signal


def test_a_signal_holds_for_the_whole_string_of_citations() -> None:
    text = "See Nken v. Holder, 556 U.S. 418 (2009); Smith v. Jones, 698 F.3d 937 (7th Cir. 2012)."
    assert [found.signal for found in find_citations(text)] == ["see", "see"]


PARENTHETICALS = [
    ("556 U.S. 418 (2009) (holding that a stay is no right)", "holding that a stay is no right"),
    # Parentheses inside.
    ("556 U.S. 418 (2009) (so held (in part) here)", "so held (in part) here"),
    # Procedure is no explanation where there is one.
    ("556 U.S. 418 (2009) (per curiam) (stay denied)", "stay denied"),
    ("556 U.S. 418 (2009) (per curiam)", "per curiam"),
    # A parenthesis that never closes is none.
    ("556 U.S. 418 (2009) (holding that", None),
    ("556 U.S. 418 (2009)", None),
]


@pytest.mark.parametrize(("text", "parenthetical"), PARENTHETICALS)
def test_the_parenthetical_is_read(text: str, parenthetical: str | None) -> None:
    assert parenthetical == _one(f"Nken v. Holder, {text}").parenthetical


# --- antecedents ---------------------------------------------------------------------------

NKEN = "Nken v. Holder, 556 U. S. 418 (2009)."
ANTECEDENTS = [
    # Id. is the citation just before, if its page can be.
    (f"{NKEN} Id., at 435.", [None, 0]),
    (f"{NKEN} Ibid.", [None, 0]),
    (f"{NKEN} Id., at 12.", [None, None]),
    # A chain of id.
    (f"{NKEN} Id., at 435. Id., at 436.", [None, 0, 0]),
    # A citation inside a parenthetical is not what id. means.
    (
        "A v. B, 1 U.S. 1 (1790) (quoting C v. D, 2 U.S. 2 (1791)). Id. at 3.",
        [None, None, 0],
    ),
    # After a statute it is the statute.
    (f"{NKEN} 42 U.S.C. § 1983. Id.", [None, None, 1]),
    # A short form by its volume, and by its name where two share a volume.
    (f"{NKEN} The test is old. 556 U. S., at 435.", [None, 0]),
    (
        f"{NKEN} Ice v. Fire, 556 U. S. 500 (2009). Nken, 556 U. S., at 427.",
        [None, None, 0],
    ),
    # Two cases in the volume, no name: the page decides only if one of them can hold it.
    (f"{NKEN} Ice v. Fire, 556 U. S. 500 (2009). 556 U. S., at 427.", [None, None, 0]),
    (f"{NKEN} Ice v. Fire, 556 U. S. 500 (2009). 556 U. S., at 505.", [None, None, None]),
    # Supra by name; a name two cases share is nobody's.
    (f"{NKEN} We turn. Nken, supra, at 435.", [None, 0]),
    (
        "Smith v. Jones, 1 U.S. 1. Smith v. Brown, 2 U.S. 2. Smith, supra, at 3.",
        [None, None, None],
    ),
    # A name with a page.
    (f"{NKEN} We turn. Nken at 435.", [None, 0]),
    # A full citation that was never given.
    ("Nken, supra, at 435.", [None]),
    ("Id. at 4.", [None]),
]


@pytest.mark.parametrize(("text", "antecedents"), ANTECEDENTS)
def test_what_points_back_names_its_full_citation_or_none(
    text: str, antecedents: list[int | None]
) -> None:
    assert antecedents == [found.antecedent for found in find_citations(text)]


def test_an_antecedent_is_carried_over_any_length_of_text() -> None:
    filler = "The motion was denied and the parties went home to think about it.\n\n" * 2_000
    found = find_citations(f"{NKEN}\n\n{filler}Nken, 556 U. S., at 435.")
    assert found[-1].antecedent == 0


@pytest.mark.parametrize(
    "text",
    [
        "See Part II, supra.",
        "See supra, at 4, n. 2 and Part III.",
        "the Supra Corp. lost",
        "idle. id",
    ],
)
def test_supra_of_the_writing_itself_points_to_no_case(text: str) -> None:
    assert all(found.antecedent is None for found in find_citations(text))


# --- a citation alone ----------------------------------------------------------------------

ALONE = [
    ("556 U.S. 418", "556 U.S. 418"),
    ("556 U. S. 418", "556 U.S. 418"),
    ("556 US 418", "556 U.S. 418"),
    ("556 us 418", "556 U.S. 418"),
    ("  556  U.S.\n418. ", "556 U.S. 418"),
    ("129 S.Ct. 1749", "129 S. Ct. 1749"),
    ("129 sct 1749", "129 S. Ct. 1749"),
    ("698 F. 3d 937", "698 F.3d 937"),
    ("698 f3d 937", "698 F.3d 937"),
    ("393 Ill. App. 3d 45", "393 Ill. App. 3d 45"),
    ("5 Conn.App. 6", "5 Conn. App. 6"),
    ("1 Alaska 23", "1 Alaska 23"),
    ("12 Fed. Appx. 34", "12 F. App'x 34"),
    ("12 F. App’x 34", "12 F. App'x 34"),
    # Neutral citations.
    ("2012 IL App (1st) 111234", "2012 IL App (1st) 111234"),
    ("2012 IL App (1st) 111279-U", "2012 IL App (1st) 111279-U"),
    ("2012 ND 45", "2012 ND 45"),
    ("2015-Ohio-1234", "2015 Ohio 1234"),
    ("T.C. Memo. 1999-12", "1999 T.C. Memo. 12"),
    ("2019 WL 4639462", "2019 WL 4639462"),
    # Not a citation, or not only one.
    ("", None),
    ("418", None),
    ("12 persons 3", None),
    ("556 U.S.", None),
    ("556 U. S. ___", None),
    ("42 U.S.C. § 1983", None),
    ("556 U.S. at 435", None),
    ("Nken v. Holder, 556 U.S. 418", None),
    ("12-1573", None),
    ("100 Harv. L. Rev. 45", None),
    ("9" * 10_000, None),
]


@pytest.mark.parametrize(("text", "expected"), ALONE)
def test_a_string_that_is_one_citation_has_one_spelling(text: str, expected: str | None) -> None:
    read = reporter_citation(text)
    assert expected == (str(read) if read else None)


QUERIES = [
    ("556 U.S. 418", ("556 U.S. 418", None)),
    # Page range, "at", pincite, year.
    ("556 U.S. 418-20", ("556 U.S. 418", None)),
    ("556 U.S. at 435", ("556 U.S. 435", None)),
    ("556 U. S., at 435", ("556 U.S. 435", None)),
    ("556 U.S. 418, 435", ("556 U.S. 418", None)),
    ("556 U.S. 418, 434–35 (2009)", ("556 U.S. 418", None)),
    # With a name.
    ("Nken v. Holder, 556 U.S. 418, 435 (2009)", ("556 U.S. 418", "Nken v. Holder")),
    ("nken 556 us 418", ("556 U.S. 418", "nken")),
    ("see Miranda v. Arizona 384 U. S. 436 (1966).", ("384 U.S. 436", "Miranda v. Arizona")),
    ("Foo, 2012 IL App (1st) 111234 (Ill. App. Ct. 2012)", ("2012 IL App (1st) 111234", "Foo")),
    # Words, questions, statutes.
    ("what is the standard for a stay", None),
    ("12 persons were in the room in 2009", None),
    ("42 U.S.C. 1983", None),
    ("(" * 10_000, None),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_a_query_that_is_a_citation_is_known(
    query: str, expected: tuple[str, str | None] | None
) -> None:
    read = citation_in_query(query)
    assert expected == (None if read is None else (str(read[0]), read[1]))


# --- bounds --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece", ["(", "1", "1 ", ")", "A ", '"', " ", "\n ", "_ ", "§ ", "In re ", "—"]
)
def test_a_hundred_thousand_of_anything_is_read_in_about_a_second(piece: str) -> None:
    find_citations("556 U.S. 418")  # the tables are built once
    began = time.process_time()
    find_citations(piece * (100_000 // len(piece)))
    assert time.process_time() - began < 2


@pytest.mark.parametrize("piece", ["1 U.S. 1 (quoting ", "A v. B, 1 U.S. 1 (", "556 U. S. 1, 2, "])
def test_nested_and_endless_citations_take_time_in_proportion(piece: str) -> None:
    began = time.process_time()
    find_citations(piece * 500)
    assert time.process_time() - began < 4


# --- the corpus ----------------------------------------------------------------------------


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@pytest.fixture(scope="module")
def printed(corpus: Path) -> list[tuple[str, str | None]]:
    """Every citation that the corpus's opinions carry, with the name of its case."""
    return [
        (citation, row["case_name"])
        for path in sorted((corpus / "opinions").glob("*.jsonl.gz"))
        for row in _rows(path)
        for citation in row["citations"]
    ]


def test_every_citation_printed_in_the_corpus_is_read(
    printed: list[tuple[str, str | None]],
) -> None:
    assert len(printed) > 2_000
    assert [citation for citation, _ in printed if reporter_citation(citation) is None] == []


@pytest.mark.parametrize(
    "engine",
    [
        tokenizers.AhocorasickTokenizer(),
        # Every pattern along the whole text: two seconds a page.
        pytest.param(tokenizers.Tokenizer(), marks=pytest.mark.slow),
    ],
)
def test_d15_the_search_for_citations_finds_what_eyecites_own_engines_find(
    engine: tokenizers.Tokenizer,
) -> None:
    lines = demo_path().read_text(encoding="utf-8").splitlines()
    texts = [writing["text"] for line in lines for writing in json.loads(line)["opinions"]]
    assert sum(map(len, map(places, texts))) > 50
    for text in texts:
        assert places(text) == places(text, engine)


def places(text: str, engine: tokenizers.Tokenizer | None = None) -> list[tuple[int, int]]:
    """Return where an engine, or ours, finds citations."""
    if engine is None:
        return [(token.start, token.end) for token in citation_tokens(text)]
    _, found = engine.tokenize(text)
    return [(token.start, token.end) for _, token in found if isinstance(token, CitationToken)]


def test_e01_the_citations_to_be_checked_are_found_with_their_names(corpus: Path) -> None:
    rows = list(_rows(corpus / "citations" / "citation_checks.jsonl.gz"))
    missed = [row["text"] for row in rows if not _found_with_name(row)]
    assert len(missed) <= len(rows) * 0.005, missed


def _found_with_name(row: dict[str, str]) -> bool:
    wanted = reporter_citation(row["citation"])
    return wanted is not None and any(
        names_agree(_name(found), row["case_name"])
        for found in find_citations(row["text"])
        if found.kind is FULL and found.citation == wanted
    )


def test_e01_a_real_name_agrees_with_the_case_held_and_a_wrong_one_does_not(
    corpus: Path, printed: list[tuple[str, str | None]]
) -> None:
    held: dict[ReporterCitation | None, list[str]] = {}
    for citation, name in printed:
        if name:
            held.setdefault(reporter_citation(citation), []).append(name)
    verdicts = {
        (row["label"], any(names_agree(row["case_name"], name) for name in held[citation]))
        for row in _rows(corpus / "citations" / "citation_checks.jsonl.gz")
        if (citation := reporter_citation(row["citation"])) in held
    }
    assert verdicts == {("real", True), ("wrong_year", True), ("wrong_name", False)}
