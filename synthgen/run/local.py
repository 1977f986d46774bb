"""Warm worker processes on one machine. A crash costs its sample a retry, not the run."""

import contextlib
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType
from typing import Any

from pebble import ProcessExpired, ProcessPool

from synthgen.devices import DeviceName
from synthgen.errors import OutputError, SynthgenError
from synthgen.run.shards import shard_indices
from synthgen.run.worker import check_worker, render_index, start_worker
from synthgen.spec import SceneSpec
from synthgen.write import Dataset

TRIES = 3
RECYCLE = 500
"""Samples after which a worker is replaced: an insurance against leaks, none was measured."""


@dataclass(frozen=True)
class Event:
    """News of a run.

    Attributes:
        kind: start (workers are ready), done, failed, retry, or stopping (after Ctrl-C).
        index: Of the sample; None for start and stopping.
        finished: Samples finished so far, those of earlier runs included.
        total: Samples of this run's share.
        line: The manifest's line of a finished sample, or the device at the start.
        error: What went wrong.
    """

    kind: str
    index: int | None
    finished: int
    total: int
    line: dict[str, Any] = field(default_factory=dict)
    error: str = ""


@dataclass
class Summary:
    """What a run did.

    Attributes:
        finished: Indices rendered now.
        skipped: Indices that were there before.
        failed: Indices given up, and why.
        interrupted: Whether it was stopped before its end.
    """

    finished: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    interrupted: bool = False


def run_local(
    spec: SceneSpec,
    dataset: Dataset,
    total: int,
    workers: int,
    device: DeviceName,
    threads: int,
    shard: tuple[int, int],
    on_event: Callable[[Event], None],
) -> Summary:
    """Render the samples of a shard that are not there yet. See `pipeline.render_dataset`."""
    share = shard_indices(total, shard)
    there = dataset.finished()
    summary = Summary(skipped=[index for index in share if index in there])
    todo = deque(index for index in share if index not in there)
    dataset.forget_failures(set(share))
    if not todo:
        return summary
    workers = min(workers, len(todo))
    threads = threads or max(1, available_cpus() // workers)
    arguments = (spec.model_dump_json(), str(dataset.out.resolve()), device, threads)
    with _pools(workers, arguments) as pools:
        _Run(dataset, pools, todo, summary, len(share), on_event).work()
    return summary


def available_cpus() -> int:
    """Return how many CPUs this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Worker(SpawnProcess):
    """A new process that leaves Ctrl-C to its parent from its first moment, and does not run the user's script again.

    So a script needs no `if __name__ == "__main__":`.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802
        with _MAIN_LOCK:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")  # without a file: nothing to run in the child
            mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # which the child inherits
            try:
                return SpawnProcess._Popen(process_obj)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, mask)
                sys.modules["__main__"] = main


class _Spawn(SpawnContext):
    """How workers start: Blender and CUDA do not survive a fork."""

    Process = _Worker  # type: ignore[assignment]


_MAIN_LOCK = threading.Lock()


@contextlib.contextmanager
def _pools(workers: int, arguments: tuple[Any, ...]) -> Iterator[list[ProcessPool]]:
    """Yield one pool of one process for each worker, so that a dead process is known by its sample and its slot."""
    pools = [
        ProcessPool(
            max_workers=1, max_tasks=RECYCLE, context=_Spawn(), initializer=start_worker, initargs=(*arguments, slot)
        )
        for slot in range(workers)
    ]
    try:
        yield pools
        for pool in pools:
            pool.close()
    except BaseException:
        for pool in pools:
            pool.stop()
        raise
    finally:
        for pool in pools:
            pool.stop()
            pool.join()


class _Run:
    """One run's state while it goes on."""

    def __init__(self, dataset, pools, todo, summary, total, on_event):
        self.dataset, self.pools, self.todo = dataset, pools, todo
        self.summary, self.total, self.on_event = summary, total, on_event
        self.tries: dict[int, int] = {}
        self.running: dict[Future, tuple[ProcessPool, int]] = {}

    def work(self) -> None:
        """Hand out samples until none is left, or until Ctrl-C; a second Ctrl-C stops at once."""
        device = self._check()
        self._tell("start", None, line=device)
        idle = list(self.pools)
        try:
            self._loop(idle)
        except KeyboardInterrupt:
            self.summary.interrupted = True
            self.todo.clear()
            self._tell("stopping", None)
            with contextlib.suppress(KeyboardInterrupt):
                self._loop([])

    def _check(self) -> dict[str, str]:
        """Start the first worker's Blender, so that what is missing is said once and before any work."""
        future = self.pools[0].schedule(check_worker)
        return future.result()

    def _loop(self, idle: list[ProcessPool]) -> None:
        while self.todo or self.running:
            while idle and self.todo:
                pool, index = idle.pop(), self.todo.popleft()
                self.running[pool.schedule(render_index, args=[index])] = (pool, index)
            done, _ = wait(list(self.running), timeout=1.0, return_when=FIRST_COMPLETED)
            for future in done:
                pool, index = self.running.pop(future)
                idle.append(pool)
                self._finish(future, index)

    def _finish(self, future: Future, index: int) -> None:
        try:
            line = future.result()
        except OutputError:
            raise  # nothing can be written: no sample will fare better
        except ProcessExpired as error:
            self._lost(index, f"the worker died (exit code {error.exitcode})")
        except SynthgenError as error:
            self._give_up(index, str(error), 1)
        except Exception as error:
            self._lost(index, f"{type(error).__name__}: {error}")
        else:
            self.dataset.add(line)
            self.summary.finished.append(index)
            self._tell("done", index, line=line)

    def _lost(self, index: int, why: str) -> None:
        self.tries[index] = self.tries.get(index, 0) + 1
        if self.tries[index] >= TRIES:
            self._give_up(index, why, self.tries[index])
        elif not self.summary.interrupted:
            self.todo.append(index)
            self._tell("retry", index, error=why)

    def _give_up(self, index: int, why: str, tries: int) -> None:
        self.summary.failed[index] = why
        self.dataset.fail(index, tries, why)
        self._tell("failed", index, error=why)

    def _tell(self, kind: str, index: int | None, line: dict[str, Any] | None = None, error: str = "") -> None:
        finished = len(self.summary.finished) + len(self.summary.skipped)
        self.on_event(Event(kind, index, finished, self.total, line or {}, error))
