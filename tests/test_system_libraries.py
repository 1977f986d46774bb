import shutil
import subprocess
import sys

import pytest

from synthgen import system_libraries
from synthgen.system_libraries import GROUPS, Library, install_command, main, missing, remedy, uses_apt

LIBC = Library("libc.so.6", "libc6")
MADE_UP = Library("libsynthgen-made-up.so.1", "libmadeup1")
TWIN = Library("libsynthgen-made-up-twin.so.1", "libmadeup1")
EARLIER = Library("libsynthgen-another.so.1", "libanother1")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lacks libraries")


@pytest.fixture
def slackware(tmp_path):
    path = tmp_path / "os-release"
    path.write_text('NAME=Slackware\nID=slackware\nVERSION_ID="15.0"\n')
    return path


def test_a_made_up_library_is_missing_and_libc_is_not():
    assert missing([LIBC, MADE_UP]) == [MADE_UP]


def test_a_library_in_two_groups_is_missing_once():
    assert missing([MADE_UP, MADE_UP]) == [MADE_UP]


def test_the_command_names_each_package_once_in_order():
    command = install_command([MADE_UP, TWIN, EARLIER])
    assert command.endswith("apt-get install -y --no-install-recommends libanother1 libmadeup1")


def test_the_command_updates_the_package_lists_first():
    first, _ = install_command([MADE_UP]).split(" && ")
    assert first.removeprefix("sudo ") == "apt-get update"


def test_nothing_missing_exits_with_0_and_says_nothing(capfd):
    assert main(["--install"], groups={"render": [LIBC]}) == 0
    assert capfd.readouterr() == ("", "")


def test_missing_libraries_exit_with_2_and_one_line(capfd):
    assert main([], groups={"render": [MADE_UP]}) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1


def test_only_the_groups_asked_for_are_checked():
    groups = {"render": [LIBC], "preview": [MADE_UP]}
    assert main(["--groups", "render"], groups=groups) == 0
    assert main(["--groups", "preview"], groups=groups) == 2


def test_other_systems_are_told_the_libraries_and_no_command(slackware):
    told = remedy([MADE_UP, EARLIER], slackware)
    assert told == "install what provides libsynthgen-another.so.1, libsynthgen-made-up.so.1"


def test_install_on_other_systems_calls_no_package_manager(slackware, capfd):
    assert main(["--install"], groups={"render": [MADE_UP]}, os_release=slackware) == 2
    assert "install what provides" in capfd.readouterr().err


def test_a_system_without_os_release_has_no_known_package_manager(tmp_path):
    assert not uses_apt(tmp_path / "os-release")


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="no apt-get here")
@pytest.mark.parametrize("text", ["ID=debian\n", "ID=ubuntu\nID_LIKE=debian\n", 'ID=pop\nID_LIKE="ubuntu debian"\n'])
def test_debian_and_its_children_use_apt(tmp_path, text):
    path = tmp_path / "os-release"
    path.write_text(text)
    assert uses_apt(path)


def test_every_package_is_named_as_debian_names_packages():
    names = [library.package for group in GROUPS.values() for library in group]
    assert all(name == name.lower() and name.startswith("lib") for name in names)


def test_the_script_needs_nothing_but_the_standard_library():
    # -S leaves out site-packages, -I this project; help is printed only after every import.
    call = [sys.executable, "-I", "-S", system_libraries.__file__, "--help"]
    assert subprocess.run(call, capture_output=True).returncode == 0
