-- What is left to do when this encoder's vectors have their index?
SELECT build_vector_index(%(encoder_id)s::integer, %(dimensions)s::integer)
