"""What failed in a job's code or with its pairs, said for people: which function, on what, and the job's own frames."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from typing import Any

import mrjob

from bigdata.errors import BadPair, BigdataError, DecodeError, EncodeError, TaskFailed

_LIBRARIES = tuple(os.path.join(os.path.dirname(os.path.abspath(path)), "") for path in (__file__, mrjob.__file__))


def is_pair(item: Any) -> bool:
    """Whether `item` unpacks into a key and a value."""
    try:
        key, value = item
    except (TypeError, ValueError):
        return False
    return True


def _yielded(error: BaseException) -> list[Any] | None:
    """What the job yielded in place of a pair, in a list, if that is what raised `error`; else ``None``.

    Whatever consumes pairs takes them apart from a local variable named ``pair``; when that fails, the variable in the
    innermost frame holds the culprit.
    """
    place = error.__traceback__
    assert place is not None
    while place.tb_next is not None:
        place = place.tb_next
    is_ours = place.tb_frame.f_code.co_filename.startswith(_LIBRARIES[0])
    if is_ours and "pair" in place.tb_frame.f_locals and not is_pair(place.tb_frame.f_locals["pair"]):
        return [place.tb_frame.f_locals["pair"]]
    if is_ours and isinstance(error, TypeError) and "is not iterable" in str(error):
        return [place.tb_frame.f_locals.get("pairs")]
    return None


def explain(
    error: BaseException, label: str, name: str, source: str, at: str = "", line: int | None = None
) -> BigdataError:
    """The error to raise for one that came out of the job's code.

    :param at: what it was raised on, for the message
    :param line: the record's number in its task, from 1; the engine turns it into a place in the file
    """
    where = f"{label}: {name} ({source})" if source else f"{label}: {name}"
    yielded = _yielded(error)
    result: BigdataError
    if isinstance(error, BigdataError):
        result = error
    elif yielded is not None:
        result = BadPair(f"{where} must yield (key, value); got {shown(yielded[0])}.")
    else:
        result = TaskFailed(f"{where} raised {one_line(error)}{at}", user_frames(error))
    result.line, result.explained = line, True
    return result


def user_frames(error: BaseException) -> str:
    """The traceback of `error` without the frames of bigdata and mrjob, as text."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not os.path.abspath(frame.filename).startswith(_LIBRARIES)
    ]
    if not frames:
        return ""
    return "".join(
        (
            "Traceback (the job's own frames):\n",
            *traceback.format_list(frames),
            *traceback.format_exception_only(type(error), error),
        )
    )


def one_line(error: BaseException) -> str:
    """An exception as ``Type: message``, in one line."""
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0]}" if text else type(error).__name__


def shown(value: object, limit: int = 120) -> str:
    """A value as a message shows it: its repr, cut short."""
    text = repr(value)
    return text if len(text) <= limit else text[:limit] + "…"


def encode_or_explain(encode: Callable[[Any, Any], Any], label: str) -> Callable[[Any, Any], Any]:
    """`encode` with an error that names the pair it could not encode."""

    def checked(key: Any, value: Any) -> Any:
        try:
            return encode(key, value)
        except Exception as error:
            raise EncodeError(
                f"{label}: the protocol can't write the pair ({shown(key)}, {shown(value)}): {one_line(error)}."
                " Yield what the protocol can hold, or choose another protocol."
            ) from None

    return checked


def decode_or_explain(function: Callable[[Any], Any], label: str) -> Callable[[bytes], Any]:
    def checked(data: bytes | None) -> Any:
        try:
            return function(data)
        except Exception as error:
            what = "a line without a TAB" if data is None else shown(data)
            raise DecodeError(f"{label}: the protocol can't read {what}: {one_line(error)}") from None

    return checked
