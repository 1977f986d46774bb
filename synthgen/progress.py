"""A run on the terminal: a bar with the time left, and where the time goes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from synthgen.run.local import Event


@contextmanager
def progress(verbose: bool = False, console: Console | None = None) -> Iterator[Callable[[Event], None]]:
    """Yield a function that shows a run's events; at the end, with `verbose`, a table of CPU seconds by stage."""
    console = console or Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    spent: dict[str, list[float]] = {}
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("starting Blender", total=None)

        def show(event: Event) -> None:
            if event.kind == "start":
                device = event.line
                bar.console.print(f"rendering on {device['kind']}: {device['name']} ({device['reason']})", style="dim")
                bar.update(task, description="samples", total=event.total, completed=event.finished)
            elif event.kind == "done":
                bar.update(task, completed=event.finished)
                for stage, seconds in event.line["seconds"].items():
                    spent.setdefault(stage, []).append(seconds)
                if verbose:
                    split = "  ".join(f"{stage} {s:.2f}" for stage, s in event.line["seconds"].items())
                    bar.console.print(f"sample {event.index}: {split} CPU-s", style="dim")
            elif event.kind == "retry":
                bar.console.print(f"sample {event.index}: {event.error}; tried again", style="yellow")
            elif event.kind == "failed":
                bar.console.print(f"sample {event.index} failed: {event.error}", style="red")
            elif event.kind == "stopping":
                bar.console.print("stopping after the samples in work (Ctrl-C again stops at once)", style="yellow")

        yield show
    if verbose and spent:
        console.print(_table(spent))


def _table(spent: dict[str, list[float]]) -> Table:
    table = Table("stage", "CPU-s a sample", "share", title="where the time went")
    total = sum(map(sum, spent.values())) or 1.0
    for stage, seconds in spent.items():
        table.add_row(stage, f"{sum(seconds) / len(seconds):.2f}", f"{sum(seconds) / total:.0%}")
    return table
