-- Are these two uploads readings of one file?
SELECT exists(
    SELECT FROM uploads
    INNER JOIN uploads AS other
        ON uploads.matter_id = other.matter_id AND uploads.sha256 = other.sha256
    WHERE uploads.filing_id = %(one)s AND other.filing_id = %(other)s
)
