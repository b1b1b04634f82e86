"""Adapters asked for: trained by a worker or here, brought from elsewhere, stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from core.access.permits import permitted
from core.access.trail import record
from core.errors import UsageError
from core.library import style, style_adapters
from core.model.training import AdapterId, AdapterState, DatasetId, StyleAdapter, VoiceId
from core.style.train.folder import copy_adapter, is_adapter
from core.style.train.train import Recipe
from core.style.train.workshop import train_once
from core.style.voices import WITHDRAWN, Voices, adapter_of
from core.values import model_name

LOOK = 1.0  # seconds between two looks at what another does
BEGUN = (AdapterState.WAITING, AdapterState.TRAINING)


class Trainings(Voices):
    """Adapters: asked for, trained, brought from elsewhere, stopped."""

    @permitted
    def train(
        self, dataset_id: DatasetId, base: Path, recipe: Recipe | None = None
    ) -> StyleAdapter:
        """Ask for an adapter of a model's folder to be trained; a worker does it.

        Raises UsageError where there is no such dataset or model, or something was withdrawn.
        """
        return self._ask(dataset_id, _folder(base), recipe or Recipe())

    def _ask(
        self,
        dataset_id: DatasetId,
        base: str,
        recipe: Recipe,
        *,
        brought: Path | None = None,
        served: str | None = None,
    ) -> StyleAdapter:
        with self._db.transaction(scope=self.who.scope) as tx:
            heads = style.datasets(tx, dataset_id=dataset_id)
            if not heads:
                raise UsageError("There is no such dataset.")
            style.lock(tx)
            settings = asdict(recipe) | {"dataset_seed": heads[0].seed}
            adapter_id = style_adapters.ask_for(tx, dataset_id, base, settings)
            if adapter_id is None:
                raise UsageError(WITHDRAWN)
            if brought is not None:
                copy_adapter(brought, self._workshop.of(adapter_id))
            if brought is not None or not base:
                elsewhere = "It was trained elsewhere."
                style_adapters.move(
                    tx, adapter_id, AdapterState.TRAINED, out_of=BEGUN, reason=elsewhere
                )
            record(tx, "style.train", subject=str(adapter_id), detail={"dataset": str(dataset_id)})
            if served is not None:
                style_adapters.serve(tx, adapter_id, served)
                record(tx, "style.serve", subject=str(adapter_id), detail={"served": served})
            return adapter_of(tx, adapter_id)

    @permitted
    def bring(self, dataset_id: DatasetId, base: Path, folder: Path) -> StyleAdapter:
        """Take an adapter in that was trained elsewhere on a dataset that was exported.

        Of the folder only weights and their configuration are taken. Raises UsageError.
        """
        if not is_adapter(folder):
            raise UsageError(
                f"There is no adapter in {folder}: it has to have adapter_config.json and "
                "adapter_model.safetensors."
            )
        return self._ask(dataset_id, _folder(base), Recipe(), brought=folder)

    @permitted
    def serve(self, adapter_id: AdapterId, served: str | None) -> StyleAdapter:
        """Have an adapter speak by its name on a server, `provider:model`; None: in this process.

        The server is at the style model's address, or the provider's own where none is set. It
        has to be measured anew. Raises UsageError where it speaks just now, or has no weights here.
        """
        name = None if served is None else _name(served)
        with self._db.transaction(scope=self.who.scope) as tx:
            if name is None and not adapter_of(tx, adapter_id).base:
                raise UsageError("Its weights are not here: it can speak only where it is served.")
            if not style_adapters.serve(tx, adapter_id, name):
                raise UsageError("It speaks, or is not trained: switch it off, or wait, first.")
            record(tx, "style.serve", subject=str(adapter_id), detail={"served": name})
            return adapter_of(tx, adapter_id)

    @permitted
    def take_served(self, dataset_id: DatasetId, served: str) -> StyleAdapter:
        """Take in a model that was trained elsewhere on a dataset, and is served by name there.

        A vendor's fine-tuned model, or an adapter on the firm's own server. Raises UsageError.
        """
        return self._ask(dataset_id, "", Recipe(), served=_name(served))

    @permitted
    def finish(
        self,
        adapter_id: AdapterId,
        on_progress: Callable[[StyleAdapter], None] = lambda _: None,
    ) -> StyleAdapter:
        """Work here on what waits to be trained until this adapter's training is over."""
        never = threading.Event()
        while (found := self._one(adapter_id)).state in BEGUN:
            on_progress(found)
            if not train_once(self._workshop, never):
                never.wait(LOOK)
        return found

    @permitted
    def adapters(self, voice_id: VoiceId | None = None) -> tuple[StyleAdapter, ...]:
        """Adapters, the latest first, and how far each is."""
        with self._db.transaction(scope=self.who.scope) as tx:
            return style_adapters.adapters(tx, voice_id)

    @permitted
    def cancel(self, adapter_id: AdapterId) -> None:
        """Stop a training that waits or goes on. Raises UsageError where none does."""
        with self._db.transaction(scope=self.who.scope) as tx:
            adapter_of(tx, adapter_id)
            if not style_adapters.move(tx, adapter_id, AdapterState.CANCELLED, out_of=BEGUN):
                raise UsageError("This training is over: there is nothing to stop.")
            record(tx, "style.cancel", subject=str(adapter_id))


def _folder(base: Path) -> str:
    folder = base.expanduser().resolve()
    if not (folder / "config.json").is_file():
        raise UsageError(f"There is no model in {folder}: it has to have a config.json.")
    return str(folder)


def _name(served: str) -> str:
    try:
        return model_name(served.strip())
    except ValueError as wrong:
        raise UsageError(f"The name of a served model: {wrong}.") from wrong
