"""How a job's class travels to the processes that run its tasks."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import pickle
import sys
from operator import attrgetter
from typing import Any

import cloudpickle

from bigdata.tasks import JobSpec


class Shipped:
    """A job's spec on its way to workers: by reference where they can import its class, else by value."""

    def __init__(self, spec: JobSpec) -> None:
        self.args = spec.args
        main = sys.modules["__main__"]
        self.module: str | None = spec.job_class.__module__
        self.path: str | None = None
        self.name = spec.job_class.__qualname__
        self.value: bytes | None = None
        if self.module == "__main__":
            self.module = getattr(getattr(main, "__spec__", None), "name", None)
            self.path = None if self.module else getattr(main, "__file__", None)
            # by value if that can be: a script without a main guard would start the job again where it is imported
            with contextlib.suppress(Exception):
                self.value = cloudpickle.dumps(spec.job_class)
        if self.value is None and not ((self.module or self.path) and _found(spec.job_class)):
            self.value = cloudpickle.dumps(spec.job_class)

    def spec(self) -> JobSpec:
        """The spec, in a worker; the job's module also stands for ``__main__``, as it did where it was started."""
        if self.value is not None:
            job_class = pickle.loads(self.value)
            for function in vars(job_class).values():  # what the job pickles is looked up in __main__
                vars(sys.modules["__main__"]).update(getattr(function, "__globals__", {}))
            return JobSpec(job_class, self.args)
        if self.path:
            module = sys.modules.get("__bigdata_job__") or _load(self.path)
        else:
            module = importlib.import_module(str(self.module))
        found = attrgetter(self.name)(module)
        sys.modules["__main__"] = module
        return JobSpec(found, self.args)


def _found(job_class: type) -> bool:
    """Whether a class is what its name names in its module; no local class is, nor one made by a function."""
    try:
        found: bool = attrgetter(job_class.__qualname__)(sys.modules[job_class.__module__]) is job_class
    except (AttributeError, KeyError):
        return False
    return found


def _load(path: str) -> Any:
    spec = importlib.util.spec_from_file_location("__bigdata_job__", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["__bigdata_job__"] = module
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
    spec.loader.exec_module(module)
    return module
