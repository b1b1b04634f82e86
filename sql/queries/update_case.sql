-- What does the source now say of a case that was imported before?
UPDATE cases SET
    court = %(court)s,
    case_name = %(case_name)s,
    docket_number = %(docket_number)s,
    date_filed = %(date_filed)s,
    filed_first = %(filed_first)s,
    filed_last = %(filed_last)s,
    date_argued = %(date_argued)s,
    source = %(source)s,
    license = %(license)s,
    invented = %(invented)s,
    extra = %(extra)s::jsonb,
    content_sha256 = %(content_sha256)s,
    imported_at = now(),
    linked = false
WHERE case_id = %(case_id)s
