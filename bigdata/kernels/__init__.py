"""Native kernels: inner loops in C++, for engines to choose where they are built.

`native` is the extension module, or ``None``; then `missing` says why. Results are the same with it and without.
``BIGDATA_KERNELS=off`` leaves it out, ``BIGDATA_KERNELS=scalar`` the processor's vector instructions.

>>> from bigdata import kernels
>>> (kernels.native is None) == bool(kernels.missing)
True
"""

import os

missing = ""
try:
    if os.environ.get("BIGDATA_KERNELS") == "off":
        raise ImportError("switched off by BIGDATA_KERNELS")
    from bigdata.kernels import _native as native
except ImportError as error:
    native, missing = None, str(error)  # type: ignore[assignment]
