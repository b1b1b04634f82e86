-- Which files are to be there, and how large?
SELECT
    matter_id,
    filing_id,
    sha256,
    bytes
FROM uploads
ORDER BY matter_id, filing_id
