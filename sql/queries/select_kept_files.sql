-- Which files are to be there, and how large? Each once, however often it was read.
SELECT
    matter_id,
    filing_id,
    sha256,
    bytes
FROM uploads
WHERE reading = 1
ORDER BY matter_id, filing_id
