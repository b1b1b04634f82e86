-- Is this file some upload's?
SELECT file_is_kept(%(matter_id)s, %(sha256)s)
