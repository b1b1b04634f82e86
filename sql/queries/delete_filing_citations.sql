-- Forget the citations of a filing, before they are made anew.
DELETE FROM filing_citations
WHERE filing_id = %(filing_id)s
