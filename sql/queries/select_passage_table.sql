-- What is known of every passage after this one, as columns of big-endian numbers?
WITH numbered AS (
    SELECT
        passages.passage_id,
        passages.case_id,
        opinions.ordinal,
        passages.start_offset,
        passages.terms,
        coalesce(known_courts.place - 1, -1)::smallint AS court,
        coalesce(known_kinds.place - 1, -1)::smallint AS kind,
        coalesce(passages.filed_first - date '1970-01-01', %(undated)s::integer) AS filed_first,
        coalesce(passages.filed_last - date '1970-01-01', %(undated)s::integer) AS filed_last
    FROM passages
    INNER JOIN opinions ON passages.opinion_id = opinions.opinion_id
    LEFT JOIN unnest(%(courts)s::text[]) WITH ORDINALITY AS known_courts (court, place)
        ON passages.court = known_courts.court
    LEFT JOIN unnest(%(kinds)s::text[]) WITH ORDINALITY AS known_kinds (kind, place)
        ON passages.kind = known_kinds.kind
    WHERE passages.passage_id > %(after)s
    ORDER BY passages.passage_id
)

SELECT
    string_agg(int4send(passage_id), ''::bytea) AS passage_id,
    string_agg(int4send(case_id), ''::bytea) AS case_id,
    string_agg(int2send(ordinal), ''::bytea) AS opinion,
    string_agg(int4send(start_offset), ''::bytea) AS start,
    string_agg(int4send(terms), ''::bytea) AS terms,
    string_agg(int2send(court), ''::bytea) AS court,
    string_agg(int2send(kind), ''::bytea) AS kind,
    string_agg(int4send(filed_first), ''::bytea) AS filed_first,
    string_agg(int4send(filed_last), ''::bytea) AS filed_last
FROM numbered
