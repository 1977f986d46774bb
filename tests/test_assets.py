"""Fetching data: pinned, checked, atomic."""

import json
import multiprocessing

import numpy as np
import pytest

from synthgen.assets import HEAD, cache_dir, is_whole, licence_texts, load
from synthgen.assets.bake import TARGET_STEP_M
from synthgen.assets.cache import content_hash
from synthgen.assets.fetch import fetch
from synthgen.errors import AssetError
from tests.tiny_assets import wheel


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """Return a wheel with its pins, and an empty cache."""
    monkeypatch.setenv("SYNTHGEN_CACHE", str(tmp_path / "cache"))
    return wheel(tmp_path)


def test_a_wheel_is_baked_into_the_cache_with_licence_and_provenance(tiny):
    path, asset = tiny
    baked, how = fetch(path, asset)
    assert how == f"baked from {path}"
    assert is_whole(baked, asset)
    assert licence_texts(asset) == {"CC0-1.0": "CC0, made up"}
    kept = json.loads((cache_dir() / "tiny-head-1.npz.json").read_text())
    assert kept["source"] == "tiny-head==1.0" and kept["source_sha256"] == asset.wheel_sha256


def test_what_is_baked_is_what_was_written(tiny):
    path, asset = tiny
    fetch(path, asset)
    arrays = load(asset)
    assert arrays["targets/names"].tolist() == ["arkit/jawOpen", "nose/nose-hump-incr"]
    hump = slice(*arrays["targets/start"][1:3])
    assert arrays["targets/index"][hump].tolist() == [0, 3]
    # MakeHuman's (x, y, z) decimetres become (x, -z, y) metres
    assert arrays["targets/delta"][hump] * TARGET_STEP_M == pytest.approx(np.array([[0.01, 0.0002, 0], [0, 0, 0.025]]))


def test_what_is_there_already_is_kept_and_needs_no_source(tiny):
    path, asset = tiny
    baked, _ = fetch(path, asset)
    before = baked.stat().st_mtime_ns
    path.unlink()
    assert fetch(None, asset) == (baked, "already there")
    assert baked.stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "text"])
def test_a_damaged_file_is_never_used_and_is_rebuilt(tiny, damage):
    path, asset = tiny
    baked, _ = fetch(path, asset)
    data = bytearray(baked.read_bytes())
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "flipped":
        data[len(data) // 2] ^= 255
    elif damage == "empty":
        data = bytearray()
    else:
        data = bytearray(b"not an archive")
    baked.write_bytes(data)
    with pytest.raises(AssetError, match="head data is damaged .*run: synthgen assets fetch"):
        load(asset)
    assert fetch(path, asset)[1].startswith("baked")
    assert load(asset)


def test_a_missing_file_names_the_command(tiny):
    _, asset = tiny
    with pytest.raises(AssetError, match="head data is missing .*run: synthgen assets fetch"):
        load(asset)
    with pytest.raises(AssetError, match="run: synthgen assets fetch"):
        licence_texts(asset)


def test_another_wheel_is_refused(tiny):
    path, asset = tiny
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(AssetError, match="is not tiny-head 1.0: sha256"):
        fetch(path, asset)
    assert not (cache_dir() / asset.name).exists()


def test_content_that_is_not_the_pinned_one_is_refused(tiny):
    from dataclasses import replace

    path, asset = tiny
    with pytest.raises(AssetError, match="gave content"):
        fetch(path, replace(asset, content_sha256="0" * 64))


def test_a_package_that_is_not_on_the_index_ends_in_one_sentence(tiny, monkeypatch):
    from dataclasses import replace

    _, asset = tiny
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    with pytest.raises(AssetError, match="cannot download no-such-head 9.9 with pip: .* synthgen assets fetch --wheel"):
        fetch(None, replace(asset, package="no-such-head", version="9.9"))


def test_a_cache_that_cannot_be_written_is_named(tiny, tmp_path, monkeypatch):
    path, asset = tiny
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SYNTHGEN_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(AssetError, match="cannot write .*SYNTHGEN_CACHE"):
        fetch(path, asset)


def test_an_index_that_cannot_be_reached_is_said_to_be(tiny, monkeypatch):
    from dataclasses import replace

    _, asset = tiny
    for name, value in {
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_FIND_LINKS": "",
        "PIP_RETRIES": "1",
        "PIP_NO_CACHE_DIR": "1",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(AssetError, match="with pip: the package index cannot be reached .*assets fetch --wheel FILE"):
        fetch(None, replace(asset, package="no-such-head"))


def test_a_cache_that_cannot_be_read_is_named(tiny):
    """A folder in place of the file stands for one of another user, which root could read."""
    _, asset = tiny
    (cache_dir() / asset.name).mkdir(parents=True)
    for read in (lambda: load(asset), lambda: is_whole(cache_dir() / asset.name, asset), lambda: fetch(None, asset)):
        with pytest.raises(
            AssetError, match=r"cannot be read \(.*tiny-head-1.npz: Is a directory\); set SYNTHGEN_CACHE"
        ):
            read()


def test_a_wheel_may_be_named_by_text(tiny):
    path, asset = tiny
    assert fetch(str(path), asset)[1] == f"baked from {path}"
    with pytest.raises(AssetError, match="cannot read nowhere.whl"):
        fetch("nowhere.whl", asset)


def _fetch(path, asset):
    return str(fetch(path, asset)[0])


def test_two_processes_that_fetch_at_once_do_no_harm(tiny):
    path, asset = tiny
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        found = pool.starmap(_fetch, [(path, asset)] * 6)
    assert len(set(found)) == 1
    assert load(asset)
    leftovers = [file.name for file in cache_dir().iterdir() if file.name.startswith(".")]
    assert leftovers == []


def test_the_head_data_here_is_whole():
    assert content_hash(load()) == HEAD.content_sha256
