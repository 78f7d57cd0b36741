"""Arrow streams that DuckDB reads as often as a query asks, and that remember why they failed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bigdata.errors import BigdataError


class Source:
    """What a query reads under a name: ``schema()`` and ``batches()``, which begins anew with each scan.

    DuckDB tells an error in a stream as text of its own; :attr:`failure` is the error itself.
    """

    failure: BigdataError | None = None

    def schema(self) -> Any:
        """The Arrow schema of the batches."""
        raise NotImplementedError

    def batches(self) -> Iterator[Any]:
        """The rows, as Arrow record batches."""
        raise NotImplementedError

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        import pyarrow

        reader = pyarrow.RecordBatchReader.from_batches(self.schema(), self._noted())
        return reader.__arrow_c_stream__(requested_schema)

    def _noted(self) -> Iterator[Any]:
        try:
            yield from self.batches()
        except BigdataError as error:
            self.failure = error
            raise
