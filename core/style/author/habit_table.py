"""The habits that a style card counts: what each is called, and how one says it of a writer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """One habit: how it is called, in what it is measured, and how one says it of a writer."""

    key: str
    group: str
    unit: str
    name: str
    # What the writer does: "begins sentences with But".
    does: str

    @property
    def scale(self) -> int:
        """By how much a rate is multiplied to be in its unit."""
        if "1,000" in self.unit:
            return 1_000
        return 100 if self.unit.startswith(("%", "in 100 ")) else 1

    @property
    def is_length(self) -> bool:
        """Lengths are longer or shorter than others'; everything else is more or less often."""
        return self.key in {"sentence", "paragraph"}


# key | group | unit | name | what the writer does
_TABLE = """
sentence|Length|words|Words in a sentence|writes sentences
spread|Length|words|How much sentences differ in length|varies the length of sentences
short|Length|% of sentences|Sentences of 8 words or fewer|writes very short sentences
long|Length|% of sentences|Sentences of 40 words or more|writes very long sentences
paragraph|Length|words|Words in a paragraph|writes paragraphs
see|Citing|% of citations|Signal See|uses the signal See
see_also|Citing|% of citations|Signal See also|uses the signal See also
see_eg|Citing|% of citations|Signal See, e.g.|uses the signal See, e.g.
cf|Citing|% of citations|Signal Cf.|uses the signal Cf.
but_see|Citing|% of citations|Signals But see and But cf.|uses the signals But see and But cf.
accord|Citing|% of citations|Signal Accord|uses the signal Accord
compare|Citing|% of citations|Signal Compare … with|uses the signal Compare … with
no_signal|Citing|% of citations|Citations without a signal|cites without a signal
parenthetical|Citing|% of full citations|Parentheticals|explains a case in a parenthetical
short_form|Citing|% of citations|Short forms (id., supra)|cites in short form
string|Citing|citations in a row|Citations strung together|strings citations together
cleaned_up|Citing|% of quotations|Quotations (cleaned up)|marks quotations (cleaned up)
quotation|Citing|in 1,000 words|Quotations in a sentence|quotes within sentences
block|Citing|in 1,000 words|Block quotations|sets quotations apart as blocks
note|Citing|in 1,000 words|Footnotes|puts things in footnotes
hedge|Tone|in 1,000 words|Hedges (may, perhaps, generally)|hedges
booster|Tone|in 1,000 words|Boosters (clearly, never, of course)|presses the point
passive|Tone|in 100 sentences|Passives|writes in the passive
contraction|Tone|in 1,000 words|Contractions (don't, it's)|uses contractions
i|Tone|in 1,000 words|I, me, my|speaks as I
we|Tone|in 1,000 words|We, us, our|speaks as we
latin|Tone|in 1,000 words|Latin terms|uses Latin
which|Tone|in 1,000 words|Which|joins clauses with which
not|Tone|in 1,000 words|Not, nor, neither|says what is not so
upon|Tone|in 1,000 words|Upon|writes the word upon
but|Openings|% of sentences|Sentences that begin with But|begins sentences with But
and|Openings|% of sentences|Sentences that begin with And|begins sentences with And
yet|Openings|% of sentences|Sentences that begin with Yet|begins sentences with Yet
nor|Openings|% of sentences|Sentences that begin with Nor|begins sentences with Nor
however|Openings|% of sentences|Sentences that begin with However|begins sentences with However
thus|Openings|% of sentences|Sentences that begin with Thus, Therefore or Accordingly|\
begins sentences with Thus, Therefore or Accordingly
moreover|Openings|% of sentences|Sentences that begin with Moreover or Furthermore|\
begins sentences with Moreover or Furthermore
indeed|Openings|% of sentences|Sentences that begin with Indeed|begins sentences with Indeed
because|Openings|% of sentences|Sentences that begin with Because|begins sentences with Because
semicolon|Marks|in 1,000 words|Semicolons|uses semicolons
colon|Marks|in 1,000 words|Colons|uses colons
dash|Marks|in 1,000 words|Dashes|breaks a sentence with dashes
parenthesis|Marks|in 1,000 words|Parentheses|puts asides in parentheses
question|Marks|% of sentences|Questions|asks questions
oxford|Marks|% of series|Comma before the last of a series|puts a comma before the last of a series
defined|Form|in 1,000 words|Defined terms (the “Act”)|defines terms in parentheses
titled|Form|% of headings|Headings in Title Case or capitals|sets headings in capitals
"""
HABITS = tuple(
    Habit(key=key, group=group, unit=unit, name=name, does=does)
    for key, group, unit, name, does in (line.split("|") for line in _TABLE.strip().split("\n"))
)
