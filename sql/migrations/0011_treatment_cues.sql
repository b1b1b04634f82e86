-- Where an opinion may say what it does to a case it cites: a word such as "overruled", beside the
-- citation or in a sentence that names the case. Found once, when the opinion is put on the shelf,
-- so that asking how a case was treated reads a few sentences and not every opinion that cites it.

CREATE TABLE treatment_cues (
    opinion_id integer NOT NULL,
    -- The citation of the case that may be treated.
    ordinal integer NOT NULL,
    -- Where the word stands, or for the weaker ones the sentence it is in.
    start_offset integer NOT NULL,
    -- 1 may end a case as law, 2 takes something from it, 3 explains or follows it.
    strength smallint NOT NULL CHECK (strength BETWEEN 1 AND 3),
    PRIMARY KEY (opinion_id, ordinal, start_offset),
    FOREIGN KEY (opinion_id, ordinal) REFERENCES citations ON DELETE CASCADE
);

-- The words that are looked for. Which of them treat whom, and how, the rules in core/law decide
-- when somebody asks: these only have to let through what the rules may take.
CREATE FUNCTION treatment_words(strength integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE strength
    WHEN 1
        THEN
            '\m(overrul|abrogat|supersed|disapprov|repudiat|renounc'
            || '|no longer (good law|law|be |control|bind|the law)'
            || '|cannot (survive|stand)|can no longer)'
    WHEN 2
        THEN
            '\m(revers|rev[''’]|vacat|withdrawn|questioned|doubt|undermin|erod|criticiz'
            || '|reject|limit|confin|narrow|qualif|distinguish|disagree|declin|refus'
            || '|inapposite|misplaced|unlike'
            || '|reconsider|not control|not apply|abandon|discard|wrongly decided|depart)'
    ELSE '\m(clarif|explain|reaffirm|follow|appl(y|ied|ying)|adher|controlled|governed|bound by)'
END;

-- The words of a case's name that may stand for it: Grovey and Townsend, not United nor States.
CREATE FUNCTION telling_words(name text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(array_agg(DISTINCT split.word), '{}')
    FROM regexp_split_to_table($1, '[^[:alpha:]]+') AS split (word)
    WHERE
        length(split.word) > 2
        AND split.word ~ '^[[:upper:]]'
        AND lower(split.word) NOT IN (
            'united', 'states', 'state', 'the', 'city', 'county', 'board', 'inc', 'corp', 'company',
            'people', 'commonwealth', 'commissioner', 'department', 'district', 'school', 'court',
            'national', 'american', 'federal', 'new', 'york', 'insurance', 'railroad', 'railway',
            'association', 'commission', 'secretary', 'director', 'attorney', 'general', 'school'
        )
);

-- For the opinions of these ids. In blocks, because cutting a sentence out of a text costs as much
-- as all that stands before it.
CREATE FUNCTION find_treatment_cues(ids integer[]) RETURNS SETOF treatment_cues
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    opinion record;
    cited record;
    block integer;
    words text;
    at integer;
    around text;
    weight smallint;
BEGIN
    FOR opinion IN
        SELECT opinions.opinion_id, opinions.text
        FROM opinions
        WHERE opinions.opinion_id = ANY(ids)
    LOOP
        FOR nth IN 1..regexp_count(opinion.text, treatment_words(1), 1, 'i') LOOP
            at := regexp_instr(opinion.text, treatment_words(1), 1, nth, 0, 'i') - 1;
            around := substring(opinion.text FROM greatest(at - 400, 0) + 1 FOR 700);
            RETURN QUERY
            SELECT citations.opinion_id, citations.ordinal, at, 1::smallint
            FROM citations
            WHERE
                citations.opinion_id = opinion.opinion_id
                AND citations.kind NOT IN ('statute', 'journal', 'unknown')
                AND (
                    at BETWEEN citations.sentence_start - 300 AND citations.sentence_end + 300
                    OR EXISTS (
                        SELECT FROM unnest(
                            telling_words(concat_ws(' ', citations.plaintiff, citations.defendant))
                        ) AS telling (word)
                        WHERE strpos(around, telling.word) > 0
                    )
                );
        END LOOP;
        block := 0;
        weight := null;
        FOR cited IN
            SELECT citations.ordinal, citations.sentence_start, citations.sentence_end
            FROM citations
            WHERE
                citations.opinion_id = opinion.opinion_id
                AND citations.kind NOT IN ('statute', 'journal', 'unknown')
            ORDER BY citations.sentence_start, citations.ordinal
        LOOP
            IF weight IS null OR cited.sentence_end > block + 8000 THEN
                block := cited.sentence_start;
                words := substring(opinion.text FROM block + 1 FOR 8000);
                at := null;
            END IF;
            IF at IS DISTINCT FROM cited.sentence_start THEN
                at := cited.sentence_start;
                around := substring(words FROM at - block + 1 FOR cited.sentence_end - at);
                weight := CASE
                    WHEN around ~* treatment_words(2) THEN 2
                    WHEN around ~* treatment_words(3) THEN 3
                    ELSE 0
                END;
            END IF;
            IF weight > 0 THEN
                RETURN QUERY SELECT opinion.opinion_id, cited.ordinal, at, weight;
            END IF;
        END LOOP;
    END LOOP;
END
$$;

INSERT INTO treatment_cues
SELECT
    cues.opinion_id,
    cues.ordinal,
    cues.start_offset,
    cues.strength
FROM (SELECT array_agg(opinions.opinion_id) AS ids FROM opinions) AS every
CROSS JOIN LATERAL find_treatment_cues(every.ids) AS cues
ON CONFLICT DO NOTHING;
