"""The state of rounds: how they go on after a crash, and which directory is refused."""

import pytest

import bigdata
from bigdata import OutputExists, TaskFailed, UnsupportedOption, UsageError, iteration
from tests.engines.test_conformance import DUCKDB
from tests.iteration.jobs import INLINE, ONES, Halve, HalvePairs, Twice, lines


@pytest.fixture
def ran(monkeypatch):
    """The phases of the rounds that are run."""
    phases = []
    real = iteration.runner.ran

    def spy(job_class, words, target, owned=None):
        phases.append(words[words.index("--phase") + 1] if "--phase" in words else None)
        return real(job_class, words, target, owned)

    monkeypatch.setattr(iteration.runner, "ran", spy)
    return phases


def stop(result):
    raise KeyboardInterrupt


@pytest.mark.parametrize("state", [False, True])
def test_temporary_state_goes_on_an_error(numbers, temporary, ran, tmp_path, state):
    trap = tmp_path / "trap"
    trap.touch()
    keywords = {"state": tmp_path / "state"} if state else {}
    for error, until, args in ((TaskFailed, None, ["--trap", str(trap)]), (KeyboardInterrupt, stop, [])):
        with pytest.raises(error):
            bigdata.iterate(Halve, numbers, until=until, args=args, **keywords)
        assert list(temporary.iterdir()) == []
        keywords = {}


@pytest.mark.parametrize("switches", [INLINE, DUCKDB])
def test_it_goes_on_after_the_last_round_that_was_finished(numbers, switches, tmp_path, ran):
    trap, state = tmp_path / "trap", tmp_path / "state"
    trap.touch()
    args = [*switches, "--trap", str(trap)]
    with pytest.raises((TaskFailed, RuntimeError), match="trapped"):
        bigdata.iterate(Halve, numbers, state=state, args=args)
    assert ran == ["start", "round", "round"]  # the second halves a's 4
    assert {path.name for path in state.iterdir() if ".json" in path.name} == {"round-00000.json", "round-00001.json"}
    trap.unlink()
    ran.clear()
    result = bigdata.iterate(Halve, numbers, state=state, args=args)
    assert (lines(result), result.rounds) == (ONES, 6)
    assert ran == [*["round"] * 5, "finish"]
    assert {path.name for path in state.iterdir()} == {f"round-0000{n}{end}" for n in (5, 6) for end in ("", ".json")}
    ran.clear()
    assert bigdata.iterate(Halve, numbers, state=state, args=args).rounds == 6
    assert ran == ["finish"]


@pytest.mark.parametrize("switches", [INLINE, DUCKDB])
def test_state_of_a_plain_job_is_resumed(switches, tmp_path, ran):
    (tmp_path / "pairs").write_text('"a"\t64\n')
    keywords = {"state": tmp_path / "state", "args": switches}
    assert dict(bigdata.iterate(HalvePairs, tmp_path / "pairs", rounds=2, **keywords)) == {"a": 16}
    assert dict(bigdata.iterate(HalvePairs, tmp_path / "pairs", rounds=4, **keywords)) == {"a": 4}
    assert len(ran) == 4


def test_state_beyond_the_cap_is_refused(numbers, tmp_path):
    bigdata.iterate(Halve, numbers, rounds=3, state=tmp_path / "state")
    with pytest.raises(UsageError, match=r"is at round 3: expected at least as many --rounds; got 2"):
        bigdata.iterate(Halve, numbers, rounds=2, state=tmp_path / "state")
    assert bigdata.iterate(Halve, numbers, rounds=3, state=tmp_path / "state").rounds == 3


def test_state_of_another_run_is_refused(numbers, tmp_path, ran):
    state = tmp_path / "state"
    bigdata.iterate(Halve, numbers, rounds=1, state=state)
    before = sorted(state.rglob("*"))
    ran.clear()
    for job, args in ((Twice, []), (Halve, ["--trap", "x"]), (Halve, ["-r", "inline"])):
        with pytest.raises(UsageError, match="holds the state of another run"):
            bigdata.iterate(job, numbers, state=state, args=args)
    with pytest.raises(UsageError, match="holds the state of another run"):
        bigdata.iterate(Halve, tmp_path, state=state)
    assert (ran, sorted(state.rglob("*"))) == ([], before)


def test_a_directory_of_other_things_is_refused(numbers, tmp_path, ran):
    state = tmp_path / "state"
    state.mkdir()
    (state / ".hidden").touch()
    with pytest.raises(UsageError, match="holds something else than the state of a run"):
        bigdata.iterate(Halve, numbers, state=state)
    (state / ".hidden").unlink()
    assert bigdata.iterate(Halve, numbers, rounds=1, state=state).rounds == 1
    with pytest.raises(UsageError, match="numbers: can't be written"):
        bigdata.iterate(Halve, numbers, state=numbers)


def test_wrong_arguments_leave_a_state_directory_free(numbers, tmp_path):
    with pytest.raises(bigdata.InputNotFound):
        bigdata.iterate(Halve, tmp_path / "typo", state=tmp_path / "state")
    assert lines(bigdata.iterate(Halve, numbers, state=tmp_path / "state")) == ONES


@pytest.mark.parametrize("switches", [INLINE, DUCKDB])
@pytest.mark.parametrize("job", [Halve, HalvePairs])
def test_output_that_exists_is_refused_before_any_round(numbers, tmp_path, job, switches, ran):
    out = tmp_path / "out"
    out.mkdir()
    (out / "part-00000").touch()
    with pytest.raises(OutputExists):
        bigdata.iterate(job, numbers, output=out, state=tmp_path / "state", args=switches)
    assert ran == []
    assert sorted(tmp_path.iterdir()) == [numbers, out]


def test_options_are_checked_before_any_round(numbers, tmp_path, ran):
    with pytest.raises(UsageError, match="argument --rounds: expected a whole number"):
        bigdata.iterate(Halve, numbers, args=["--rounds", "x"])
    with pytest.raises(UnsupportedOption, match="-r inline has no option --output-format"):
        bigdata.iterate(Halve, numbers, engine="inline", output_format="json")
    with pytest.raises(bigdata.UnknownEngine):
        bigdata.iterate(Halve, numbers, engine="storm")
    for state in (None, "state"):
        with pytest.raises(UsageError, match="-r hadoop needs --state URI"):
            bigdata.iterate(Halve, numbers, engine="hadoop", state=state)
    assert ran == []


def test_iterative_job_is_for_iterate(numbers):
    with pytest.raises(UsageError, match=r"Halve runs in rounds: use bigdata\.iterate"):
        bigdata.run(Halve, numbers)


def test_cluster_that_gives_no_counters_is_refused(numbers, tmp_path, monkeypatch):
    monkeypatch.setattr(iteration.runner, "ran", lambda *_: bigdata.Result("", lambda: iter(()), [{}], []))
    with pytest.raises(bigdata.UnsupportedPlan, match="-r hadoop gave no counters of round 0"):
        bigdata.iterate(Halve, numbers, engine="hadoop", state=f"file://{tmp_path}/state")
