-- What is left to do when this encoder's vectors have no index?
SELECT drop_vector_index(%(encoder_id)s::integer)
