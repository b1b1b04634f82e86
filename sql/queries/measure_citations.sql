-- How large are the tables that citations are resolved over? Just loaded, Postgres would guess
-- a few rows where there are a million, and look each of them up a million times.
ANALYZE cases, case_citations, opinions, citations
