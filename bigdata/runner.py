"""The adapter that makes our engines selectable as ``-r NAME`` in mrjob, and :func:`run` for scripts.

mrjob has no hook for runners: :mod:`bigdata.options` adds the engines' names and options to its tables, and
:class:`bigdata.Job` asks :func:`runner_class` before mrjob.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

import mrjob.options
from mrjob.conf import combine_local_envs
from mrjob.logs.counters import _format_counters
from mrjob.runner import MRJobRunner

from bigdata import storage, total_order
from bigdata.engines import ENGINES, load
from bigdata.engines.base import Engine, Result, Settings
from bigdata.errors import (
    EngineNotInstalled,
    InputNotFound,
    UnknownEngine,
    UnsupportedOption,
    UnsupportedPlan,
    UsageError,
)
from bigdata.formats import Pair, read_pairs
from bigdata.inputs import link_name
from bigdata.options import FOR_FILES, OPTIONS
from bigdata.package import package_zip
from bigdata.plan import plan_of
from bigdata.tasks import JobSpec

log = logging.getLogger("mrjob.bigdata")

_MRJOB_RUNNERS = ("dataproc", "emr", "hadoop", "inline", "local")


def runner_class(name: str) -> type[MRJobRunner] | None:
    """The runner class of one of our engines, or of mrjob's with today's defaults; ``None`` for mrjob's as they are."""
    if name in ENGINES:
        engine = load(name)
        return type(
            f"{engine.__name__}Runner",
            (EngineRunner,),
            {
                "alias": name,
                "engine": engine,
                "OPT_NAMES": (MRJobRunner.OPT_NAMES - {"setup"}) | {"num_cores", "explain"} | _option_names(engine),
            },
        )
    return _emr_runner() if name == "emr" else None


def _option_names(engine: type[Engine]) -> set[str]:
    names = {"master": "spark_master", "quarantine": "on_error"}
    return {names.get(option, option) for option in engine.options}


def _emr_runner() -> type[MRJobRunner]:
    if find_spec("boto3") is None:
        raise EngineNotInstalled("the emr runner needs boto3: pip install 'bigdata[emr]'")
    from mrjob.emr import EMRJobRunner

    class EMRRunner(EMRJobRunner):
        """mrjob's EMR runner with defaults of today.

        The release is one that AWS still offers (mrjob's own is 6.0.0, of 2020). Steps are submitted together: mrjob
        would add them one by one, to a cluster that ends with its last step.
        """

        @classmethod
        def _default_opts(cls) -> dict[str, Any]:
            return {**super()._default_opts(), "image_version": "7.13.0", "add_steps_in_batch": True}

    return EMRRunner


def runner_kwargs(job: Any, kwargs: dict[str, Any]) -> dict[str, Any]:
    """What a job's runner is made with: mrjob's arguments, and what our engines and remote tasks need.

    :raises UnsupportedOption: for an option on the command line that the runner doesn't have
    """
    runner = job._runner_class()
    ours = issubclass(runner, EngineRunner)
    for name, options in mrjob.options._RUNNER_OPTS.items():
        if (ours or name in OPTIONS) and getattr(job.options, name, None) and name not in runner.OPT_NAMES:
            switch = options["switches"][0][0][0]
            raise UnsupportedOption(
                f"-r {runner.alias} has no option {switch}. See --help -r {runner.alias} for those it has."
            )
    if ours and job.options.step_output_dir:
        raise UnsupportedOption(f"-r {runner.alias} has no option --step-output-dir. Use -r hadoop, or leave it out.")
    if job.TOTAL_ORDER and runner.alias not in ("inline", "local"):  # mrjob's two sort all keys as it is
        cuts = total_order.sampled_cuts(job, reducers=os.cpu_count() or 1 if ours else 1)
        kwargs["jobconf"] = {**(kwargs.get("jobconf") or {}), **total_order.jobconf_of(cuts)}
        if not ours:
            file = total_order.partition_file(cuts, _temporary("bigdata-cuts-"))
            kwargs["upload_files"] = [*(kwargs.get("upload_files") or []), file]
    if ours:
        kwargs.pop("mrjob_cls", None)
        return {**kwargs, "job": job}
    for path in _files(job):
        if path.endswith((".parquet", ".pairs")):
            raise UnsupportedPlan(
                f"{runner.alias} reads lines of text, and {path} has none. Use -r duckdb or -r spark."
            )
    if job.INPUTS is not None:
        kwargs["input_paths"] = _linked(job)
    if runner.alias != "inline":
        kwargs["py_files"] = [*(kwargs.get("py_files") or []), package_zip()]
    return kwargs


def _files(job: Any) -> Iterator[str]:
    """The files that a job reads, of directories on this machine too; paths that name none are left to the runner."""
    for path in (path for paths in job.input_paths().values() for path in paths):
        if path == "-" or storage.is_uri(path):
            yield path
            continue
        with suppress(InputNotFound):
            yield from (file.path for file in storage.list_inputs([path]))


def _linked(job: Any) -> list[str]:
    """The paths of a job's named inputs as mrjob's runners get them: URIs, and links whose names say the input's."""
    directory = _temporary("bigdata-inputs-")
    paths = []
    named = job.input_paths()
    if job.JOIN is not None and job.JOIN.replicated:
        del named[job.JOIN.right]
    for number, file in enumerate(storage.absolute(storage.list_named(named))):
        if storage.is_uri(file.path):
            paths.append(file.path)
        else:
            paths.append(os.path.join(directory, link_name(file.source, number, file.path)))
            os.symlink(file.path, paths[-1])
    return paths


def _temporary(prefix: str) -> str:
    """A directory that lasts as long as this process."""
    directory = tempfile.mkdtemp(prefix=prefix)
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    return directory


def quiet_configuration() -> None:
    """Keep mrjob's note that there is no configuration file, which is the usual case, out of the terminal."""
    logger = logging.getLogger("mrjob.conf")
    if not logger.filters:
        logger.addFilter(lambda record: not str(record.msg).startswith("No configs"))


class EngineRunner(MRJobRunner):
    """mrjob's view of an engine: options, config files, uploads, ``run()``, ``cat_output()``, ``counters()``."""

    engine: type[Engine]
    _local_tmp_dir: str | None
    _output_dir: str
    _STEP_TYPES = {"streaming", "spark", "jar", "spark_jar", "spark_script"}

    def __init__(self, job: Any = None, **kwargs: Any) -> None:
        self._inputs = job.input_paths()
        super().__init__(**{**kwargs, "input_paths": [path for paths in self._inputs.values() for path in paths]})
        self._job = job
        self._spec = JobSpec(type(job), tuple(self._mr_job_extra_args()))
        self._plan = plan_of(job, self._jobconf_for_step)
        self._engine = self.engine(self._settings())
        self._engine.check(self._plan)
        self.result: Result | None = None

    @classmethod
    def _default_opts(cls) -> dict[str, Any]:
        # mrjob would keep the temporary files of a job that failed
        return {**super()._default_opts(), "cleanup_on_failure": ["ALL"]}

    def _check_steps(self, steps: Any) -> None:
        """Leave it to the engine's check of the plan; mrjob's would want every class to come from a script."""

    def _opt_combiners(self) -> dict[str, Any]:
        return {**super()._opt_combiners(), "cmdenv": combine_local_envs}

    def _settings(self) -> Settings:
        on_error, _, quarantine = (self._opts.get("on_error") or "fail").partition(" ")
        if on_error not in ("fail", "skip", "quarantine") or (on_error == "quarantine") != bool(quarantine):
            raise UsageError(f"--on-error: expected fail, skip or quarantine DIR; got {self._opts['on_error']!r}.")
        if on_error == "fail" and self._opts.get("max_errors"):
            raise UsageError("--max-errors needs --on-error skip or --on-error quarantine DIR.")
        workers = self._opts["num_cores"] if self._opts.get("workers") is None else self._opts["workers"]
        if workers is not None and not (str(workers).isdigit() and int(workers) > 0):
            raise UsageError(f"--workers: expected a whole number of at least 1; got {workers!r}.")
        return Settings(
            tmp_dir=os.path.join(os.path.abspath(self._opts["local_tmp_dir"] or tempfile.gettempdir()), self._job_key),
            job_id=self._job_key,
            workers=None if workers is None else int(workers),
            memory_limit=_bytes(self._opts.get("memory_limit")),
            output_format=self._opts.get("output_format") or "text",
            on_error=on_error,
            quarantine=quarantine or None,
            max_errors=_threshold(self._opts.get("max_errors")),
            cmdenv=dict(self._opts["cmdenv"]),
            files=self._wd_paths("file"),
            archives=self._wd_paths("archive"),
            master=self._opts.get("spark_master"),
        )

    def _wd_paths(self, kind: str) -> dict[str, str]:
        named = self._working_dir_mgr.name_to_path(kind).items()
        return {name: os.path.abspath(storage.local(path)) for name, path in named}

    def _check_input_path(self, path: str) -> None:
        if path != "-":
            storage.list_inputs([path])

    def run(self) -> None:
        """Run the job, unless ``--explain`` asks only how it would run."""
        if self._opts["explain"]:
            print(self._engine.explain(self._plan, self._spec, self._named_inputs()))
            self._ran_job = True
            return
        if self._ran_job:
            raise ValueError("Job already ran!")
        self._create_dir_archives()
        self._check_input_paths()
        self._run()
        self._ran_job = True

    def _named_inputs(self) -> dict[str, list[str]]:
        """The paths of each input; standard input has become a file."""
        paths = iter(self._get_input_paths())
        return {name: [next(paths) for _ in given] for name, given in self._inputs.items()}

    def _cleanup_local_tmp(self) -> None:
        if self._local_tmp_dir:
            shutil.rmtree(self._local_tmp_dir, ignore_errors=True)
        self._local_tmp_dir = None

    def _run(self) -> None:
        settings = self._engine.settings
        if settings.output_format in FOR_FILES and not self._output_dir:
            raise UsageError(f"--output-format {settings.output_format} is not for the terminal: add -o DIR.")
        with storage.disk_errors(settings.tmp_dir):
            os.makedirs(settings.tmp_dir, exist_ok=True)
            self._local_tmp_dir = settings.tmp_dir
            inputs = self._named_inputs()
        self._output_dir = self._output_dir or os.path.join(settings.tmp_dir, "result")
        read = self._job.output_protocol().read
        outcome = self._engine.run(self._plan, self._spec, inputs, self._output_dir, read)
        for number, counters in enumerate(outcome.counters):
            if counters:
                log.info("\n%s\n", _format_counters(counters, desc=f"Counters for step {number + 1}"))
        for stage in outcome.stages:
            log.info("%s: %s in %.1f s", self._plan.label(stage.number), stage.way, sum(stage.seconds.values()))
        self.result = Result(self._output_dir, self._pairs, outcome.counters, outcome.stages)

    def _pairs(self) -> Iterator[Pair]:
        return _read_output(self._output_dir, self._engine.settings.output_format, self._job.output_protocol().read)

    def cat_output(self) -> Iterator[bytes]:
        """The output's bytes, with ``b""`` between two part files."""
        if self._opts["explain"]:
            return
        if not self._ran_job:
            raise ValueError("Run the job before streaming output")
        for number, part in enumerate(storage.parts(self._output_dir)):
            if number:
                yield b""
            yield from storage.cat(part)

    def counters(self) -> list[dict[str, dict[str, int]]]:
        return [] if self.result is None else self.result.counters


def _read_output(output: str, form: str, read: Any) -> Iterator[Pair]:
    for part in storage.parts(output):
        if form == "text":
            yield from read_pairs(part, read)
        else:
            from bigdata.formats import read_converted

            yield from read_converted(part, form)


def _bytes(text: str | int | None) -> int | None:
    """A size such as ``512MB`` in bytes; units are decimal or binary (GiB), as DuckDB reads them.

    >>> _bytes("2GB"), _bytes("1 MiB"), _bytes(None)
    (2000000000, 1048576, None)
    """
    if text is None or isinstance(text, int):
        return text
    units = {"": 1, "k": 1000, "m": 1000**2, "g": 1000**3, "t": 1000**4, "ki": 1 << 10, "mi": 1 << 20, "gi": 1 << 30}
    digits = text.strip().rstrip("kmgtibKMGTIB ")
    unit = text.strip()[len(digits) :].strip().lower()
    try:
        return int(float(digits) * units[unit[:-1] if unit.endswith("b") else unit])
    except (ValueError, KeyError, OverflowError):
        raise UsageError(f"--memory-limit: expected a size such as 512MB or 4GB; got {text!r}.") from None


def _threshold(text: str | int | float | None) -> int | float | None:
    """``100`` as a count, ``1%`` as a share."""
    if text is None or isinstance(text, (int, float)):
        return text
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else int(text)
    except ValueError:
        raise UsageError(f"--max-errors: expected a count such as 100 or a share such as 1%; got {text!r}.") from None


def run(
    job_class: type,
    inputs: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | Mapping[str, Any],
    engine: str = "duckdb",
    output: str | os.PathLike[str] | None = None,
    args: Sequence[str] = (),
    **options: Any,
) -> Result:
    """Run a job from a script.

    :param job_class: a subclass of :class:`bigdata.Job`
    :param inputs: a path, or several: files, directories, globs, URIs; for a job with named inputs a dict from each
        name to its paths
    :param engine: ``duckdb``, ``spark``, or one of mrjob's runners (``inline``, ``local``, ``hadoop``, ``emr``)
    :param output: a new directory; without it the output is temporary and goes with the result
    :param args: the job's own options, as on its command line
    :param options: the engine's options, as on the command line, with underscores: ``workers=2``,
        ``memory_limit="1GB"``, ``output_format="parquet"``, ``on_error="skip"``
    :returns: a :class:`bigdata.Result`
    :raises BigdataError: a subclass that says what is wrong; see :mod:`bigdata.errors`

    >>> import bigdata
    >>> from jobs.wordcount import WordCount
    >>> counts = dict(bigdata.run(WordCount, "sample_data/wordcount"))
    """
    check_engine(engine)
    owned = None if output is not None else tempfile.mkdtemp(prefix="bigdata-")
    target = os.fspath(output) if output is not None else os.path.join(str(owned), "output")
    words = ["-r", engine, *args, *switches(options), "--output-dir", target, *input_words(inputs)]
    return ran(job_class, words, target, owned)


def check_engine(engine: str) -> None:
    """Refuse a name that is no engine's.

    :raises UnknownEngine: naming those that are
    """
    if engine not in ENGINES and engine not in _MRJOB_RUNNERS:
        raise UnknownEngine(
            f"no engine is called {engine!r}. Choose one of {', '.join(sorted({*ENGINES, *_MRJOB_RUNNERS}))}."
        )


def ran(job_class: type, words: Sequence[str], target: str, owned: str | None = None) -> Result:
    """Run a job by the words of its command line, the output directory `target` among them.

    :param owned: a directory that goes with the result, or with an error
    """
    quiet_configuration()
    try:
        job = built(job_class, words)
        with job.make_runner() as runner:
            runner.run()
            if isinstance(runner, EngineRunner):
                assert runner.result is not None
                form, counters, stages = runner._engine.settings.output_format, runner.counters(), runner.result.stages
            else:
                form, counters, stages = "text", runner.counters(), []
    except BaseException:
        if owned:
            shutil.rmtree(owned, ignore_errors=True)
        raise
    read = job.output_protocol().read
    return Result(target, lambda: _read_output(target, form, read), counters, stages, owned)


def result_of(job_class: type, words: Sequence[str], target: str, form: str, counters: list[Any]) -> Result:
    """The result of a job that ran before, from its output directory."""
    read = built(job_class, words).output_protocol().read
    return Result(target, lambda: _read_output(target, form, read), counters, [])


def built(job_class: type, words: Sequence[str]) -> Any:
    try:
        return job_class(list(words))
    except ValueError as error:  # what mrjob's parser raises in a script
        raise UsageError(str(error)) from None


def input_words(inputs: Any) -> list[str]:
    """Inputs as on the command line."""
    if isinstance(inputs, Mapping):
        return [f"--input={name}={path}" for name, paths in inputs.items() for path in input_words(paths)]
    paths = [inputs] if isinstance(inputs, (str, os.PathLike)) else inputs
    return [os.fspath(path) for path in paths]


def switches(options: dict[str, Any]) -> list[str]:
    """Keyword options as switches; mrjob has them all in one table, and so do we."""
    switches = []
    for name, value in options.items():
        if name not in mrjob.options._RUNNER_OPTS and name not in OPTIONS:
            raise UnsupportedOption(f"run() got the option {name!r}, which no engine has.")
        switch = "--" + name.replace("_", "-")
        switches += [switch] if value is True else [] if value is None or value is False else [f"{switch}={value}"]
    return switches
