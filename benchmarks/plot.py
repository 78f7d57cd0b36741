"""Draw the seconds of each peer, one panel a size of text."""

from collections.abc import Mapping
from pathlib import Path

import pyperf

OURS, OTHERS = "#c44e52", "#8c96a3"


def plot(sizes: Mapping[str, Mapping[str, pyperf.Benchmark]], path: Path) -> None:
    """Write the median seconds as points, with the range, on a logarithmic scale, to an SVG file."""
    import matplotlib

    matplotlib.use("svg")
    # Text as text keeps the file small; a fixed salt and no date keep it the same for the same figures.
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "bigdata", "font.size": 9})
    from matplotlib import pyplot

    slowest = {title: benchmark.median() for peers in sizes.values() for title, benchmark in peers.items()}
    titles = sorted(slowest, key=slowest.__getitem__, reverse=True)
    inches = (3 + 2.5 * len(sizes), 0.8 + 0.3 * len(titles))
    figure, panels = pyplot.subplots(1, len(sizes), sharey=True, squeeze=False, layout="constrained", figsize=inches)
    for panel, (size, peers) in zip(panels[0], sizes.items(), strict=True):
        for row, title in enumerate(titles):
            if title in peers:
                median, values = peers[title].median(), peers[title].get_values()
                color = OURS if title.startswith("bigdata") else OTHERS
                spread = [[median - min(values)], [max(values) - median]]
                panel.errorbar(median, row, xerr=spread, fmt="o", markersize=5, color=color)
                panel.annotate(
                    f"{median:.2g}", (median, row), (0, 4), textcoords="offset points", ha="center", fontsize=7
                )
        panel.set(
            title=size, xlabel="seconds, less is better", xscale="log", yticks=range(len(titles)), yticklabels=titles
        )
        panel.grid(axis="y", linewidth=0.4)
        panel.margins(x=0.15)
        panel.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
