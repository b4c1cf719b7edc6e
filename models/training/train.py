"""The training loop: restartable, deterministic, with averaged weights as its result."""

from __future__ import annotations

import copy
import logging
import math
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from skill.files import appearing_whole

from .batches import Batch, Batches
from .config import Recipe, TrainingRun
from .corpus import GERMAN
from .network import PhoneNet
from .sequence import PhoneLoop, labels_of_phones

_LOG = logging.getLogger(__name__)
_CHECKPOINT_EVERY = 250
_REPORT_EVERY = 50
_MAX_GRADIENT_NORM = 5.0


class Trainer:
    """One training run; its folder holds ``checkpoint.pt`` and at last ``network.pt``."""

    def __init__(
        self,
        run: TrainingRun,
        recipe: Recipe,
        batches: Batches,
        loop: PhoneLoop,
        start: PhoneNet | None = None,
    ) -> None:
        torch.manual_seed(recipe.seed)
        self._run, self._recipe, self._batches, self._loop = run, recipe, batches, loop
        self._network = _new(recipe, batches) if start is None else _copy(recipe, start)
        self._average = copy.deepcopy(self._network).eval()
        self._optimiser = torch.optim.AdamW(
            self._network.parameters(),
            lr=run.peak_learning_rate,
            weight_decay=recipe.weight_decay,
            betas=(0.9, 0.98),
        )
        self._step = 0
        self._maker = ThreadPoolExecutor(1)
        self._next: Future[Batch] | None = None

    def train(self, folder: Path) -> PhoneNet:
        """Train to the last step, from the last checkpoint if there is one."""
        folder.mkdir(parents=True, exist_ok=True)
        checkpoint = folder / "checkpoint.pt"
        if checkpoint.exists():
            self._restore(torch.load(checkpoint, weights_only=True))
            _LOG.info("%s: going on at step %d", self._run.name, self._step)
        started, losses = time.monotonic(), []
        while self._step < self._run.steps:
            losses.append(self._one_step())
            if self._step % _REPORT_EVERY == 0:
                seconds = (time.monotonic() - started) / len(losses)
                _report(self._run, self._step, losses[-_REPORT_EVERY:], seconds)
            if self._step % _CHECKPOINT_EVERY == 0:
                _save(self._state(), checkpoint)
        _save(self._average.state_dict(), folder / "network.pt")
        return self._average

    def _one_step(self) -> float:
        batch = self._batch()
        for group in self._optimiser.param_groups:
            group["lr"] = learning_rate(self._run, self._step)
        self._network.train()
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self._network.hidden(batch.features)
        loss = self._loss(hidden.float(), batch)
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), _MAX_GRADIENT_NORM)
        self._optimiser.step()
        self._step += 1
        self._update_average()
        return loss.item()

    def _loss(self, hidden: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Return the weighted mean over all rows, each by the last layer of its language."""
        total = torch.zeros(())
        for language in sorted(set(batch.languages)):
            rows = [row for row, spoken in enumerate(batch.languages) if spoken == language]
            loss = self._row_losses(hidden[rows], batch.labels[rows], language)
            total = total + (loss * batch.weights[rows]).sum()
        return total / batch.weights.sum()

    def _row_losses(
        self, hidden: torch.Tensor, labels: torch.Tensor, language: str
    ) -> torch.Tensor:
        """Return cross-entropy per output of every row; of German, with the sequence loss."""
        if language != GERMAN:
            logits = self._network.foreign[language](hidden)
            return self._entropy(logits, labels_of_phones(labels))
        logits = self._network.last(hidden)
        entropy = self._entropy(logits, labels)
        weight = self._run.sequence_weight
        if not weight:
            return entropy
        return (1.0 - weight) * entropy + weight * self._loop.loss(logits, labels)

    def _entropy(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        smoothing = self._run.label_smoothing
        by_output = functional.cross_entropy(
            logits.transpose(1, 2), labels, label_smoothing=smoothing, reduction="none"
        )
        return by_output.mean(1)

    def _batch(self) -> Batch:
        """Return this step's batch, and have the next one made meanwhile."""
        number = self._run.first_batch + self._step
        ready = self._next or self._maker.submit(self._batches.batch, number)
        self._next = self._maker.submit(self._batches.batch, number + 1)
        return ready.result()

    @torch.no_grad()
    def _update_average(self) -> None:
        """Move the averaged network towards the current one (faster in the beginning)."""
        decay = min(self._run.ema_decay, self._step / (self._step + 10))
        current = self._network.state_dict()
        for name, value in self._average.state_dict().items():
            if value.is_floating_point():
                value.lerp_(current[name], 1.0 - decay)
            else:
                value.copy_(current[name])

    def _state(self) -> dict[str, Any]:
        return {
            "step": self._step,
            "network": self._network.state_dict(),
            "average": self._average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
        }

    def _restore(self, state: dict[str, Any]) -> None:
        self._step = state["step"]
        self._network.load_state_dict(state["network"])
        self._average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        torch.manual_seed(self._recipe.seed + self._step)  # dropout


def learning_rate(run: TrainingRun, step: int) -> float:
    """Return the rate of a step: a linear warm-up, then half a cosine down to zero."""
    if step < run.warmup_steps:
        return run.peak_learning_rate * (step + 1) / run.warmup_steps
    done = (step - run.warmup_steps) / max(run.steps - run.warmup_steps, 1)
    return run.peak_learning_rate * 0.5 * (1.0 + math.cos(math.pi * done))


def load_network(folder: Path, recipe: Recipe) -> PhoneNet:
    """Return a finished run's averaged network, ready to use."""
    network = PhoneNet(recipe.width)
    network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
    return network.eval()


def _copy(recipe: Recipe, start: PhoneNet) -> PhoneNet:
    """Return a network with the weights of another, to be trained further."""
    network = PhoneNet(recipe.width, recipe.dropout)
    network.load_state_dict(start.state_dict())
    return network


def _new(recipe: Recipe, batches: Batches) -> PhoneNet:
    """Return a new network that knows the mean and spread of its input."""
    network = PhoneNet(recipe.width, recipe.dropout)
    features = torch.cat([batches.batch(number).features for number in range(8)]).flatten(0, 1)
    network.mean.copy_(features.mean(0))
    network.scale.copy_(1.0 / features.std(0))
    return network


def _save(state: dict[str, Any], path: Path) -> None:
    with appearing_whole(path) as part:
        torch.save(state, part)


def _report(run: TrainingRun, step: int, losses: list[float], seconds: float) -> None:
    _LOG.info(
        "%s: step %d of %d, loss %.3f, %.0f ms a step, %.0f min left",
        *(run.name, step, run.steps, sum(losses) / len(losses)),
        *(1e3 * seconds, (run.steps - step) * seconds / 60),
    )
