"""Language models of our own making, small enough to be trained while a test waits.

Their tokenizer is trained on the same texts; nothing is fetched from anywhere.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

END = "<end>"
_WINDOW = 64  # tokens
_RATE = 5e-3  # of learning: a small model bears, and needs, much


def tiny_base(  # noqa: PLR0913  a model's shape, and how it is trained
    folder: Path,
    texts: Sequence[str],
    *,
    vocabulary: int = 400,
    width: int = 32,
    layers: int = 1,
    steps: int = 0,
    rate: float = _RATE,
    batch: int = 4,
    answers_apart: bool = False,
    seed: int = 1,
) -> Path:
    """Make a model of these texts, trained on them for so many steps, and return its folder."""
    import torch

    tokenizer = _tokenizer(texts, vocabulary)
    # On shared processors two threads wait for each other longer than one works.
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    model = (
        _t5(width, layers, len(tokenizer))
        if answers_apart
        else _llama(width, layers, len(tokenizer))
    )
    if steps:
        _pretrain(model, tokenizer, texts, steps=steps, seed=seed, batch=batch, rate=rate)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _tokenizer(texts: Sequence[str], vocabulary: int) -> Any:  # noqa: ANN401  transformers' own
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.train_from_iterator(
        texts[:800],
        trainers.BpeTrainer(
            vocab_size=vocabulary,
            special_tokens=[END],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    return PreTrainedTokenizerFast(tokenizer_object=made, eos_token=END, pad_token=END)


def _llama(width: int, layers: int, vocabulary: int) -> Any:  # noqa: ANN401  transformers' own
    from transformers import LlamaConfig, LlamaForCausalLM

    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=vocabulary,
            hidden_size=width,
            intermediate_size=2 * width,
            num_hidden_layers=layers,
            num_attention_heads=4,
            num_key_value_heads=4,
            max_position_embeddings=1024,
            tie_word_embeddings=False,
            bos_token_id=0,
            eos_token_id=0,
            pad_token_id=0,
            initializer_range=0.05,
        )
    )


def _t5(width: int, layers: int, vocabulary: int) -> Any:  # noqa: ANN401  transformers' own
    from transformers import T5Config, T5ForConditionalGeneration

    return T5ForConditionalGeneration(
        T5Config(
            vocab_size=vocabulary,
            d_model=width,
            d_ff=2 * width,
            d_kv=width // 4,
            num_layers=layers,
            num_heads=4,
            decoder_start_token_id=0,
            eos_token_id=0,
            pad_token_id=0,
        )
    )


def _pretrain(
    model: Any,  # noqa: ANN401  transformers' own
    tokenizer: Any,  # noqa: ANN401  the same
    texts: Sequence[str],
    *,
    steps: int,
    seed: int,
    batch: int,
    rate: float,
) -> None:
    """Train on windows of the texts, on a GPU where there is one."""
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    order = list(texts)
    random.Random(seed).shuffle(order)  # noqa: S311  an order, no secret
    wanted = steps * batch * _WINDOW
    ids: list[int] = []
    for text in order:
        ids += [*tokenizer(text)["input_ids"], 0]
        if len(ids) >= wanted:
            break
    windows = torch.tensor(ids[: len(ids) // _WINDOW * _WINDOW]).view(-1, _WINDOW)
    model.to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.1)
    for step in range(steps):
        rows = windows[[(step * batch + n) % len(windows) for n in range(batch)]].to(device)
        model(input_ids=rows, labels=rows).loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        rates.step()
        optimizer.zero_grad()
    model.to("cpu")
