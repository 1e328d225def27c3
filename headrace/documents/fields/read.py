"""From lines of text to the fields of an invoice: `read_fields`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from headrace.documents.fields.candidate import Field
from headrace.documents.fields.confidence import ENOUGH, field_confidence
from headrace.documents.fields.document import Document
from headrace.documents.fields.draft import Draft, draft_of
from headrace.documents.fields.invoice_fields import FieldsStatus, InvoiceFields
from headrace.documents.fields.kind import Kind
from headrace.documents.fields.required import required_fields
from headrace.documents.fields.rule import all_rules
from headrace.documents.line import Line

_CHINA = timedelta(hours=8)


def read_fields(lines: Sequence[Line], today: date | None = None) -> InvoiceFields:
    """The fields of a page.

    Args:
        lines: what was read on one page, in any order.
        today: the day by which dates are judged; today in China if not given.
    """
    document = Document(lines)
    if not document.page.cells:
        return InvoiceFields(FieldsStatus.NO_TEXT, Kind.NOT_AN_INVOICE)
    if document.kind is Kind.NOT_AN_INVOICE:
        return InvoiceFields(FieldsStatus.NOT_AN_INVOICE, Kind.NOT_AN_INVOICE)
    draft = draft_of(document, today or (datetime.now(UTC) + _CHINA).date())
    findings = _repair(draft)
    checks = _check(draft, findings)
    confidences = {name: field_confidence(choice, checks[name]) for name, choice in draft.choices.items()}
    required = required_fields(document)
    findings += [f"{name}: not found" for name in required if name not in confidences]
    least = min((confidences.get(name, 0.0) for name in required), default=0.0)
    values: dict[str, Any] = {name: choice.value for name, choice in draft.choices.items()}
    return InvoiceFields(
        status=FieldsStatus.OK if least >= ENOUGH else FieldsStatus.DOUBTFUL,
        kind=document.kind,
        **values,
        confidences=confidences,
        origins={name: choice.origin for name, choice in draft.choices.items()},
        confidence=least,
        findings=tuple(findings),
    )


def _repair(draft: Draft) -> list[str]:
    findings = []
    for rule in all_rules():
        for repair in list(rule.repair(draft)):
            draft.choices[repair.field] = repair.choice
            findings.append(f"{repair.field}: {repair.words}")
    return findings


def _check(draft: Draft, findings: list[str]) -> dict[Field, list[bool]]:
    checks: dict[Field, list[bool]] = defaultdict(list)
    for rule in all_rules():
        for judgement in rule.check(draft):
            if judgement.words:
                findings.append(f"{', '.join(judgement.fields)}: {judgement.words}")
            for name in judgement.fields:
                if judgement.agrees is not None:
                    checks[name].append(judgement.agrees)
    return checks
