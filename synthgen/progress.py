"""A run on the terminal: a bar with the time left, and where the time goes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from synthgen.run.local import Event

COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TimeElapsedColumn(),
    TextColumn("left"),
    TimeRemainingColumn(),
)


@contextmanager
def progress(verbose: bool = False, console: Console | None = None) -> Iterator[Callable[[Event], None]]:
    """Yield a function that shows a run's events; at the end, with `verbose`, a table of CPU seconds by stage."""
    terminal = _Terminal(console or Console(stderr=True), verbose)
    try:
        yield terminal.show
    finally:
        terminal.close()


class _Terminal:
    """What is on the screen: nothing that stays before the workers are ready, then the bar."""

    def __init__(self, console: Console, verbose: bool):
        self.console, self.verbose = console, verbose
        self.waiting = console.status("starting Blender")
        self.waiting.start()
        self.bar = Progress(*COLUMNS, console=console)
        self.task = None
        self.spent: dict[str, list[float]] = {}

    def show(self, event: Event) -> None:
        if event.kind == "start":
            self.waiting.stop()
            device = event.line
            self._say(f"rendering on {device['kind']}: {device['name']} ({device['reason']})", "dim")
            self.bar.start()
            self.task = self.bar.add_task("samples", total=event.total, completed=event.finished)
        elif event.kind == "done":
            if self.task is not None:
                self.bar.update(self.task, completed=event.finished)
            self._count(event)
        elif event.kind == "retry":
            self._say(f"sample {event.index}: {event.error}; tried again", "yellow")
        elif event.kind == "failed":
            self._say(f"sample {event.index} failed: {event.error}", "red")
        elif event.kind == "stopping":
            self._say("stopping after the samples in work (Ctrl-C again stops at once)", "yellow")

    def close(self) -> None:
        self.waiting.stop()
        self.bar.stop()
        if self.verbose and self.spent:
            self.console.print(_table(self.spent))

    def _count(self, event: Event) -> None:
        for stage, seconds in event.line["seconds"].items():
            self.spent.setdefault(stage, []).append(seconds)
        if self.verbose:
            split = "  ".join(f"{stage} {s:.2f}" for stage, s in event.line["seconds"].items())
            self._say(f"sample {event.index}: {split} CPU-s", "dim")

    def _say(self, text: str, style: str) -> None:
        self.console.print(text, style=style, soft_wrap=True, markup=False, highlight=False)


def _table(spent: dict[str, list[float]]) -> Table:
    table = Table("stage", "CPU-s a sample", "share", title="where the time went")
    total = sum(map(sum, spent.values())) or 1.0
    for stage, seconds in spent.items():
        table.add_row(stage, f"{sum(seconds) / len(seconds):.2f}", f"{sum(seconds) / total:.0%}")
    return table
