"""Makes the data sets of this folder that no `bigdata generate` makes; run it here: python make.py"""

from itertools import combinations
from pathlib import Path

import numpy

random = numpy.random.default_rng(2004)


def write(path, lines):
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


# a year's days at weather stations: a cosine of the season, and noise
stations = {
    "Bergen": (8, 6),
    "Kiruna": (0, 13),
    "Lisboa": (17, 6),
    "Napoli": (17, 8),
    "Praha": (9, 10),
    "Zürich": (9, 9),
}
days = numpy.arange("2023-01-01", "2024-01-01", 2, dtype="datetime64[D]")
readings = [
    f"{station}\t{mean - swing * numpy.cos(2 * numpy.pi * (2 * n - 15) / 365) + random.normal(0, 3):.1f}\t{day}"
    for station, (mean, swing) in stations.items()
    for n, day in enumerate(days)
]
write("numbers/temperatures.tsv", random.permutation(readings))

# visits of pages by users, both drawn by Zipf's law
pages = ["/", "/about", "/blog", "/contact", "/docs", "/download", "/faq", "/login", "/news", "/search"]
drawn = zip(random.zipf(1.5, 3000) % len(pages), random.zipf(1.3, 3000) % 500)
write("visits/visits.tsv", (f"{pages[page]}\tu{user:03}" for page, user in drawn))

# baskets: single items by popularity, and groups that are bought together
items = (
    "apples bananas beer bread butter cereal cheese chicken chips coffee eggs flour jam milk pasta rice sugar tea "
).split()
together = [
    ["bread", "butter", "jam"],
    ["beer", "chips"],
    ["coffee", "milk", "sugar"],
    ["cheese", "pasta"],
    ["eggs", "flour", "sugar"],
]
popularity = 1 / numpy.arange(2, len(items) + 2)
popularity /= popularity.sum()
baskets = []
for _ in range(800):
    basket = set(random.choice(items, random.integers(1, 5), replace=False, p=popularity))
    for group in together:
        if random.random() < 0.15:
            basket.update(group)
    baskets.append(sorted(basket))
write("baskets/baskets.txt", map(" ".join, baskets))

# the pairs that at least 5% of the baskets hold
pairs = [pair for pair in combinations(items, 2) if sum(set(pair) <= set(basket) for basket in baskets) >= 40]
write("itemsets/pairs.txt", map(" ".join, sorted(pairs)))

# documents as sets of words' numbers; one in three is an earlier one with some words exchanged
sets = []
for n in range(150):
    if n % 3 == 2:
        words = sets[random.integers(n)].copy()
        for _ in range(random.integers(0, 7)):
            words[random.integers(len(words))] = random.integers(1000)
    else:
        words = random.choice(1000, random.integers(15, 40), replace=False)
    sets.append(words)
write("sets/documents.tsv", (f"d{n:03}\t" + " ".join(f"w{word:03}" for word in words) for n, words in enumerate(sets)))

# two sparse matrices, 40 x 30 and 30 x 50, their entries shuffled
entries = [
    (name, f"{i}\t{j}\t{random.integers(1, 1000) / 100}")
    for name, rows, columns in (("M", 40, 30), ("N", 30, 50))
    for i in range(rows)
    for j in range(columns)
    if random.random() < 0.2
]
entries = [entries[place] for place in random.permutation(len(entries))]
for matrix in "MN":
    write(f"matrix/{matrix.lower()}.tsv", (entry for name, entry in entries if name == matrix))

# sentences of three subjects that share some of their words
words = {
    "cooking": ("boil butter cup dish flavour knead lemon oven pan recipe salt sauce serve simmer stir taste ").split(),
    "sailing": ("anchor bow breeze coast crew deck harbour keel knot mast rope rudder sail storm tack wave ").split(),
    "weather": ("breeze cloud coast cold dew fog forecast frost hail heat rain snow storm sun thunder wind ").split(),
}
common = ["the", "a", "of", "and", "before", "after", "very", "some", "with", "slowly"]
labels = random.choice(list(words), 300, p=[0.5, 0.3, 0.2])


def sentence(label):
    length = random.integers(4, 12)
    return " ".join(random.choice(words[label] if random.random() < 0.6 else common) for _ in range(length))


write("labelled/sentences.tsv", (f"{label}\t{sentence(label)}." for label in labels))

# y is a plane over four features of different scale, and noise
x = random.normal([0, 10, 1000, -5], [1, 3, 200, 0.1], (400, 4))
y = 3 + x @ [1.5, -2, 0.01, 4] + random.normal(0, 0.5, 400)
write(
    "regression/plane.tsv", (f"{target:.4f}\t" + ",".join(f"{value:.4f}" for value in row) for target, row in zip(y, x))
)

# two classes, by chance from a plane over three features of different scale
random = numpy.random.default_rng(1958)
x = random.normal([0, 50, -2], [1, 10, 0.2], (400, 3))
chances = 1 / (1 + numpy.exp(-(1 + x @ [1.2, -0.1, -2])))
labels = (random.random(400) < chances).astype(int)
write(
    "classification/classes.tsv",
    (f"{label}\t" + ",".join(f"{value:.4f}" for value in row) for label, row in zip(labels, x)),
)

random = numpy.random.default_rng(30)
# clicks of users who come back: pages a minute apart, visits hours apart
clicks = []
for user in range(40):
    time = 1_704_067_200 + random.integers(86_400)
    for _ in range(random.integers(1, 9)):
        for _ in range(random.geometric(0.2)):
            clicks.append((time, f"u{user:02}\t{time}\t{random.choice(pages)}"))
            time += 1 + int(random.exponential(90))
        time += int(random.exponential(20_000))
write("clicks/clicks.tsv", (line for _, line in sorted(clicks)))
