"""Telemetry of the unicorns of Wild Rydes, AWS's workshop on stream processing, as JSON lines.

Each unicorn sends a record about once a second. It flies in a circle over New York, 29 to 31 metres since its last
record, and its points go up or down by one, or stay.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bigdata.generators.dataset import Chunk, DataSet, blocks, lines
from bigdata.generators.draws import Numbers, below, uniforms

UNICORNS = ("Shadowfax", "Bucephalus", "Rocinante", "Pegasus", "Sleipnir")
START = np.datetime64("2017-06-05T09:00:00.000")
LATITUDE, LONGITUDE = 40.749167, -73.985184
METRES_PER_DEGREE = 111_195.0  # of a great circle, for the mean radius of the earth, 6,371 km
RADIUS = 3_000
LEAST_POINTS, MOST_POINTS, FIRST_POINTS = 100, 200, 150


def bounced(walk: Numbers) -> Numbers:
    """A walk from 0 as points, from the first on; it turns at the least and the most."""
    span = MOST_POINTS - LEAST_POINTS
    turned: Numbers = np.abs((walk + FIRST_POINTS - LEAST_POINTS + span) % (2 * span) - span)
    return LEAST_POINTS + turned


def chunks(rows: int, seed: int) -> Iterator[Chunk]:
    fleet = len(UNICORNS)
    (bearing,) = uniforms(seed, 0, fleet, 1, table=1)
    so_far = np.zeros((3, fleet), dtype=np.int64)  # millimetres, and the walks of health and magic points
    for start, seconds in blocks(-(-rows // fleet)):
        distance, health, magic, late = uniforms(seed, start * fleet, seconds * fleet, 4).reshape(4, seconds, fleet)
        steps = np.stack([29_000 + below(distance, 2_001), below(health, 3) - 1, below(magic, 3) - 1])
        walks = so_far[:, None] + steps.cumsum(axis=1)
        so_far = walks[:, -1]
        angle = 2 * np.pi * bearing + walks[0] / (1000 * RADIUS)
        latitude = LATITUDE + RADIUS * np.sin(angle) / METRES_PER_DEGREE
        longitude = LONGITUDE + RADIUS * np.cos(angle) / (METRES_PER_DEGREE * np.cos(np.radians(LATITUDE)))
        turn = np.arange(start * fleet, (start + seconds) * fleet).reshape(seconds, fleet)
        milliseconds = ((turn + late) * 1000 / fleet).astype(np.int64)
        columns = (
            np.array(UNICORNS)[turn % fleet],
            START + milliseconds // 1000 * np.timedelta64(1, "s"),
            milliseconds % 1000,
            latitude,
            longitude,
            steps[0] / 1000,
            bounced(walks[1]),
            bounced(walks[2]),
        )
        yield (
            "telemetry.json",
            lines(
                '{{"Name":"{}","StatusTime":"{:%Y-%m-%d %H:%M:%S}.{:03}","Latitude":{:.7f},"Longitude":{:.7f},'
                '"Distance":{:.3f},"HealthPoints":{},"MagicPoints":{}}}\n',
                *(column.ravel()[: rows - start * fleet] for column in columns),
            ),
        )


DATASET = DataSet(
    name="wild-rydes",
    summary="unicorns' telemetry as JSON lines (AWS's Wild Rydes)",
    files={"telemetry.json": "Name, StatusTime, Latitude, Longitude, Distance, HealthPoints, MagicPoints; as JSON"},
    unit="records",
    rows=18_000,
    chunks=chunks,
)
