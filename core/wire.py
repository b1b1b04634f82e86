"""The nouns as JSON: the contract that the command line keeps with other programs.

Every function turns one value of the model into plain dicts and lists; nothing is decided here.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.evaluate.answers import AnswersMeasured
    from core.evaluate.retrieval import Evaluation
    from core.ingest.pipeline import ImportReport
    from core.library.doctor import Finding
    from core.model import (
        Answer,
        Case,
        Coverage,
        FilingHit,
        FilingQuotation,
        Hit,
        Passage,
        Premise,
        ResolvedCitation,
        Restated,
        SearchResult,
        Source,
        Understood,
    )

Json = dict[str, object]


def search_json(result: SearchResult) -> Json:
    return {
        "query": result.query,
        "understood": _understood(result.understood),
        "hits": [_hit(hit) for hit in result.hits],
        "found": result.found,
        "filings": [_filing_hit(hit) for hit in result.filings],
        "notices": list(result.notices),
        "coverage": coverage_json(result.coverage),
        "seconds": round(result.seconds, 4),
    }


def cite_json(citations: tuple[ResolvedCitation, ...]) -> Json:
    return {"citations": [_resolved(citation) for citation in citations]}


def answer_json(answer: Answer, filings: Sequence[FilingQuotation] = ()) -> Json:
    return {
        "standing": answer.standing,
        "text": answer.text,
        "claims": [
            {
                "text": claim.text,
                "support": claim.support,
                "sources": list(claim.sources),
                "reason": claim.reason,
                "checked_by": claim.checked_by,
                "marked": claim.marked,
            }
            for claim in answer.claims
        ],
        "sources": [_source(source) for source in answer.sources],
        "filings": [_quotation(said) for said in filings],
        "footer": {
            "answer_model": answer.footer.answer_model,
            "encoder": answer.footer.encoder,
            "library_revision": answer.footer.library_revision,
            "voice": answer.footer.voice,
            "voice_reason": answer.footer.voice_reason,
            "lock": answer.footer.lock,
            "card": answer.footer.card,
            "speaks": answer.footer.speaks,
        },
        "nearest": [
            {**_case(hit.case), "does_not_speak_of": list(missed)}
            for hit, missed in zip(answer.nearest, answer.misses, strict=True)
        ],
        "restated": _restated(answer.restated) if answer.restated else None,
        "notices": list(answer.notices),
        "premises": [_premise(premise) for premise in answer.premises],
        "coverage": coverage_json(answer.coverage),
        "trace_id": answer.trace_id,
        "wordings": [
            {"plain": one.plain, "spoken": one.spoken, "refused": one.refused}
            for one in answer.wordings
        ],
    }


def import_json(report: ImportReport) -> Json:
    return {
        "cases": report.cases,
        "opinions": report.opinions,
        "passages": report.passages,
        "citations": report.citations,
        "skipped": report.skipped,
        "failed": [{"item": bad.item, "reason": bad.reason} for bad in report.failed],
        "notices": [{"item": of.item, "reason": of.reason} for of in report.notices],
        "seconds": round(report.seconds, 2),
    }


def case_json(case: Case) -> Json:
    return _case(case)


def coverage_json(coverage: Coverage) -> Json:
    return {
        "cases": coverage.cases,
        "opinions": coverage.opinions,
        "passages": coverage.passages,
        "courts": coverage.courts,
        "earliest": _text(coverage.earliest),
        "latest": _text(coverage.latest),
        "undated": coverage.undated,
        "library_revision": coverage.revision,
    }


def doctor_json(findings: tuple[Finding, ...]) -> Json:
    return {
        "ok": not findings,
        "findings": [
            {
                "subject": finding.subject,
                "severity": finding.severity,
                "words": finding.words,
                "fix": finding.fix,
            }
            for finding in findings
        ],
    }


def evaluation_json(evaluation: Evaluation) -> Json:
    return {
        "queries": evaluation.queries,
        "measures": dict(evaluation.measures),
        "arms": {arm: dict(measures) for arm, measures in evaluation.arms.items()},
        "tasks": {
            task: {arm: dict(measures) for arm, measures in arms.items()}
            for task, arms in evaluation.tasks.items()
        },
        "seconds": round(evaluation.seconds, 2),
    }


def _restated(read: Restated) -> Json:
    return {
        "whole": read.whole,
        "search": read.search,
        "narrowed": list(read.narrowed),
        "length": read.length,
        "issue": read.issue,
        "rule": read.rule,
    }


def answers_measured_json(measured: AnswersMeasured) -> Json:
    return {
        "answer_model": measured.answer_model,
        **asdict(measured.all),
        "groups": {group: asdict(counts) for group, counts in measured.groups.items()},
        "failures": [{"id": each, "why": why} for each, why in measured.failures],
    }


def _understood(understood: Understood) -> Json:
    return {
        "kind": understood.kind,
        "words": understood.words,
        "citation": _text(understood.citation),
        "docket_number": understood.docket_number,
        "caption": understood.caption,
        "phrases": list(understood.phrases),
        "text": understood.text,
    }


def _hit(hit: Hit) -> Json:
    return {
        "rank": hit.rank,
        **_case(hit.case),
        "cited_by": hit.cited_by,
        "passages": [_passage(passage) for passage in hit.passages],
        "why": [{"arm": reason.arm, "rank": reason.rank} for reason in hit.why],
    }


def _filing_hit(hit: FilingHit) -> Json:
    return {
        "rank": hit.rank,
        "matter_id": str(hit.matter.matter_id),
        "matter": hit.matter.number,
        "filing_id": str(hit.filing.filing_id),
        "name": hit.filing.name,
        "passages": [
            {"start": passage.span.start, "end": passage.span.end, "text": passage.text}
            for passage in hit.passages
        ],
        "why": [{"arm": reason.arm, "rank": reason.rank} for reason in hit.why],
    }


def _quotation(said: FilingQuotation) -> Json:
    return {
        "matter_id": str(said.matter.matter_id),
        "matter": said.matter.number,
        "filing_id": str(said.filing.filing_id),
        "name": said.filing.name,
        "page": said.page,
        "start": said.place.span.start,
        "end": said.place.span.end,
        "text": said.words,
    }


def _case(case: Case) -> Json:
    return {
        "case_id": case.case_id,
        "source_id": case.source_id,
        "case_name": case.case_name,
        "citations": [str(citation) for citation in case.citations],
        "court": case.court.court,
        "docket_number": case.docket_number,
        "date_filed": _text(case.date_filed),
        "invented": case.invented,
    }


def _passage(passage: Passage) -> Json:
    return {
        "opinion_type": passage.kind,
        "author": passage.author,
        "page": passage.page,
        "opinion_id": passage.opinion_id,
        "start": passage.span.start,
        "end": passage.span.end,
        "text": passage.text,
    }


def _resolved(citation: ResolvedCitation) -> Json:
    found, case = citation.found, citation.case
    return {
        "text": found.text,
        "start": found.span.start,
        "end": found.span.end,
        "kind": found.kind,
        "status": citation.status,
        "case_id": case.case_id if case else None,
        "source_id": case.source_id if case else None,
        "case_name": case.case_name if case else None,
    }


def _premise(premise: Premise) -> Json:
    return {
        "text": premise.text,
        "start": premise.span.start,
        "end": premise.span.end,
        "verdict": premise.verdict,
        "correction": premise.correction,
        "case_id": premise.case_id,
        "opinion_id": premise.opinion_id,
    }


def _source(source: Source) -> Json:
    return {
        "n": source.n,
        "case_id": source.case.case_id,
        "source_id": source.case.source_id,
        "case_name": source.case.case_name,
        "citation": source.citation,
        "pincite": source.pincite,
        "opinion_type": source.passage.kind,
        "treatment": source.treatment,
        "opinion_id": source.passage.opinion_id,
        "start": source.passage.span.start,
        "end": source.passage.span.end,
        "text": source.passage.text,
    }


def _text(value: object | None) -> str | None:
    return None if value is None else str(value)
