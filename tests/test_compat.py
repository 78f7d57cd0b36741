"""The stand-ins for what newer Pythons dropped do what mrjob needs of the originals."""

import shlex
import shutil
import subprocess
import sys

import pytest

from bigdata import compat
from bigdata.compat import LooseVersion

# as distutils compared them, for the kinds of versions that mrjob compares: Hadoop's, EMR's releases and AMIs
RISING = [
    ("0.18", "0.20"),
    ("0.20", "0.20.2"),
    ("0.20.203", "0.23"),
    ("0.23", "1"),
    ("1.0", "1.0.3"),
    ("1.0.3", "2"),
    ("2", "2.0"),
    ("2.4.0", "2.10.1"),
    ("2.7.3-amzn-1", "2.7.3-amzn-2"),
    ("2.7.3", "2.7.3-amzn-1"),
    ("2.7.3-amzn-9", "2.8.0"),
    ("2.6.0-cdh5.4", "2.6.0-cdh5.10"),
    ("3.1.1", "3.11.0"),
    ("3.9.0", "4"),
    ("4.8.2", "5.7.0"),
    ("5.7.0", "5.13.0"),
    ("6.0.0", "7.13.0"),
]


@pytest.mark.parametrize("low, high", RISING)
def test_versions_rise(low, high):
    assert LooseVersion(low) < LooseVersion(high) and LooseVersion(high) > LooseVersion(low)
    assert LooseVersion(low) <= LooseVersion(high) and LooseVersion(high) >= LooseVersion(low)
    assert not LooseVersion(low) >= LooseVersion(high) and not LooseVersion(high) <= LooseVersion(low)
    assert LooseVersion(low) != LooseVersion(high)


@pytest.mark.parametrize("version", ["2", "2.7.3-amzn-1", ""])
def test_equal_versions_are_equal(version):
    one, other = LooseVersion(version), LooseVersion(version)
    assert one == other and one <= other and one >= other and hash(one) == hash(other)
    assert str(one) == version


def test_versions_compare_with_text():
    assert LooseVersion("5.13.0") >= "5.7.0" and LooseVersion("2") == "2" and LooseVersion("1") < "1.0"


def test_leading_zeros_and_places_of_dots_do_not_count():
    assert LooseVersion("2.07") == LooseVersion("2.7") and LooseVersion("1..2") == LooseVersion("1.2")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python 3.12 and later have no distutils to compare with")
@pytest.mark.filterwarnings("ignore:distutils Version classes are deprecated:DeprecationWarning")
@pytest.mark.parametrize("low, high", RISING)
def test_the_original_says_the_same(low, high):
    from distutils.version import LooseVersion as Original

    assert Original(low) < Original(high)
    assert [Original(low).version, Original(high).version] == [LooseVersion(low).version, LooseVersion(high).version]


NAMES = ("distutils", "distutils.spawn", "distutils.version", "pipes")


@pytest.fixture
def modules(monkeypatch):
    """``sys.modules`` without what the stand-ins stand in for."""
    for name in NAMES:
        monkeypatch.delitem(sys.modules, name, raising=False)
    return sys.modules


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python 3.12 and later have no distutils")
def test_python_has_its_own_distutils_until_mrjob_is_imported():
    code = (
        "import os, sys, bigdata, distutils.util\n"
        "assert distutils.util.__file__ == os.path.dirname(os.__file__) + '/distutils/util.py'\n"
        "bigdata.Job\n"
        "assert not [name for name in sys.modules if name.startswith('distutils')]"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)


def test_setuptools_is_not_imported_for_mrjob():
    code = "import bigdata, sys; bigdata.Job; print([name for name in sys.modules if 'setuptools' in name])"
    assert subprocess.check_output([sys.executable, "-W", "ignore", "-c", code], text=True) == "[]\n"


@pytest.mark.parametrize("version, missing", [((3, 12, 0), NAMES[:3]), ((3, 13, 0), NAMES)])
def test_stand_ins_are_installed_where_python_lacks_the_originals(modules, monkeypatch, version, missing):
    monkeypatch.setattr(sys, "version_info", version)
    compat.install()
    assert set(NAMES) & set(modules) == set(missing)
    import distutils.spawn
    import distutils.version

    assert distutils.spawn.find_executable is shutil.which
    assert distutils.version.LooseVersion is LooseVersion
    if "pipes" in missing:
        assert modules["pipes"].quote is shlex.quote


@pytest.mark.parametrize("name", ["distutils", "pipes"])
def test_what_someone_else_installed_stays(modules, monkeypatch, name):
    """setuptools, say, brings a distutils of its own."""
    monkeypatch.setattr(sys, "version_info", (3, 13, 0))
    monkeypatch.setitem(modules, name, "another")
    compat.install()
    assert modules[name] == "another"
