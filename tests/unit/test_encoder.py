"""The encoder: vectors of unit length, the same however texts are batched, and plain refusals."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from core.errors import EncoderUnavailable
from core.search import encoder as module
from core.search.encoder import Encoder, encoder_folder, fingerprint_of, load_encoder

TEXTS = [
    "A stay of removal is not a matter of right.",
    "",
    "The court of appeals granted the petition for review. " * 40,
    "stay",
    "Whether to grant a stay is left to the sound discretion of the court. " * 3,
]


def test_vectors_have_unit_length_and_the_order_of_their_texts(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimensions) == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = np.stack([encoder.encode([text])[0] for text in TEXTS])
    assert (np.sum(vectors * alone, axis=1) > 0.999).all()


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_a_question_lies_near_the_passage_that_answers_it(encoder: Encoder) -> None:
    passages = encoder.encode(["A stay halts removal of an alien.", "Trout are fish of rivers."])
    near, far = passages @ encoder.encode_query("Can deportation be put on hold?")
    assert near > far


def test_half_precision_agrees_with_the_plain_model(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(encoder_folder("packaged")), device="cpu")
    expected = plain.encode(TEXTS, normalize_embeddings=True)
    assert (np.sum(expected * encoder.encode(TEXTS), axis=1) > 0.999).all()


def test_threads_share_an_encoder(encoder: Encoder) -> None:
    texts = [f"{text} {n}" for n in range(8) for text in TEXTS]
    expected = [encoder.encode_query(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(encoder.encode_query, texts))
    np.testing.assert_array_equal(found, expected)


def test_the_fingerprint_is_of_the_weights_and_the_tokenizer_not_of_the_notes(
    tmp_path: Path,
) -> None:
    copy = tmp_path / "model"
    shutil.copytree(encoder_folder("packaged"), copy)
    before = fingerprint_of(copy)
    assert before == fingerprint_of(encoder_folder("packaged"))
    (copy / "README.md").write_text("other notes", encoding="utf-8")
    assert fingerprint_of(copy) == before
    with (copy / "tokenizer.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    assert fingerprint_of(copy) != before


def test_a_folder_of_ones_own_gives_the_same_vectors(encoder: Encoder, tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(encoder_folder("packaged"), copy)
    own = load_encoder(str(copy))
    assert own.fingerprint == encoder.fingerprint
    assert own.name == str(copy)
    np.testing.assert_array_equal(own.encode(TEXTS), encoder.encode(TEXTS))


@pytest.mark.parametrize("name", ["/nowhere/at/all", "./not-here", "a/b/c"])
def test_a_folder_that_is_not_there_is_said_in_words(name: str) -> None:
    with pytest.raises(EncoderUnavailable, match="no encoder folder"):
        load_encoder(name)


def test_a_folder_without_a_model_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="no sentence-transformers model"):
        load_encoder(str(tmp_path))


def test_a_broken_model_is_said_in_words(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(encoder_folder("packaged"), copy)
    (copy / "model.safetensors").write_bytes(b"cut short")
    with pytest.raises(EncoderUnavailable, match="could not be loaded"):
        load_encoder(str(copy))


def test_a_hub_name_without_a_network_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(EncoderUnavailable, match="could it be fetched"):
        load_encoder("nobody/no-such-model")


@pytest.mark.parametrize("bad", [np.nan, np.inf, 0.0])
def test_a_vector_without_direction_is_refused(bad: float) -> None:
    vectors = np.ones((3, 4), dtype=np.float32)
    vectors[1] = bad
    with pytest.raises(EncoderUnavailable, match="without a direction"):
        module._unit(vectors)


def test_lengths_come_in_steps_and_batches_in_fixed_sizes() -> None:
    lengths = [1, 32, 33, 256, 9999, *([40] * 100)]
    batches = module._batches(lengths, 256)
    assert {length for length, _ in batches} == {32, 64, 256}
    assert sorted(row for _, rows in batches for row in rows) == list(range(len(lengths)))
    assert all(len(rows) <= module._batch_size(length) for length, rows in batches)
