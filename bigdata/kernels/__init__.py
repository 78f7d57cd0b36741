"""Native kernels: inner loops in C++, for engines to choose where they are built.

`native` is the extension module, or ``None``; then `missing` says why. Results are the same with it and without.
``BIGDATA_KERNELS=off`` leaves it out, ``BIGDATA_KERNELS=scalar`` the processor's vector instructions.

>>> from bigdata import kernels
>>> (kernels.native is None) == bool(kernels.missing)
True
"""

import os

__all__ = ["missing", "native"]

missing = ""
try:
    if os.environ.get("BIGDATA_KERNELS") == "off":
        raise ImportError("switched off by BIGDATA_KERNELS")
    import bigdata.kernels._native as native
except ModuleNotFoundError:
    native, missing = None, "not built, for want of a C++ compiler"  # type: ignore[assignment]
except ImportError as error:
    native, missing = None, str(error)  # type: ignore[assignment]
