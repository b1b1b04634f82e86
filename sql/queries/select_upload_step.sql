-- What did this step make of an upload, in this version of the pipeline?
SELECT output FROM upload_steps
WHERE filing_id = %(filing_id)s AND step = %(step)s AND version = %(version)s
