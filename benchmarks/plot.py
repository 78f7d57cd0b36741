"""Draw how the seconds of each peer grow with the input."""

from collections.abc import Mapping
from pathlib import Path

import pyperf

OURS = ("#c44e52", "#e07b39", "#b5338a", "#7a1f2b")
OTHERS = ("#4c72b0", "#55a868", "#8172b3", "#64b5cd", "#937860", "#8c8c8c", "#2f4b7c", "#a1a832")
MARKERS = "osD^vP*X"


def plot(series: Mapping[str, Mapping[int, pyperf.Benchmark]], path: Path) -> None:
    """Write the median seconds by the bytes of the input, with the range, both logarithmic, to an SVG file.

    :param series: for each title, the benchmarks by bytes
    """
    import matplotlib

    matplotlib.use("svg")
    # Text as text keeps the file small; a fixed salt and no date keep it the same for the same figures.
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "bigdata", "font.size": 9})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(layout="constrained", figsize=(8, 4.5))
    drawn = {True: 0, False: 0}
    slowest_first = sorted(series, key=lambda title: max(series[title].items())[1].median(), reverse=True)
    for title in slowest_first:
        ours = title.startswith("bigdata")
        colors, number = OURS if ours else OTHERS, drawn[ours]
        drawn[ours] += 1
        sizes = sorted(series[title])
        medians = [series[title][size].median() for size in sizes]
        ranges = [(min(values), max(values)) for values in (series[title][size].get_values() for size in sizes)]
        spread = [
            [median - least for median, (least, _) in zip(medians, ranges, strict=True)],
            [most - median for median, (_, most) in zip(medians, ranges, strict=True)],
        ]
        marker = MARKERS[number // len(colors)]
        color = colors[number % len(colors)]
        axes.errorbar(
            [size / 10**6 for size in sizes], medians, spread, label=title, marker=marker, color=color, markersize=4,
            linewidth=2 if ours else 1,
        )  # fmt: skip
    axes.set(xscale="log", yscale="log", xlabel="input, MB", ylabel="seconds, less is better")
    axes.grid(linewidth=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside right upper", frameon=False, title="slowest at its largest input first")
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
