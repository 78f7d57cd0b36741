"""Find the pairs of sets that are alike: MinHash and locality-sensitive hashing, then exact Jaccard similarity.

Each line is ``id<TAB>items``, items separated by white space; no two lines have the same id. Blank lines hold none, and
a set without items is like no other.

Map: a set's signature is its least hash by each of some hash functions. It is cut into bands, and the set goes to a
bucket for each: ([band, digest], [id, items, digests of the bands before]). Reduce: each two sets of a bucket are
compared, unless they have met in one before. The sets of a bucket are held in memory.

Sets of similarity s meet with the probability 1 - (1 - s^r)^b, where b bands have r hashes each: whatever comes out is
right, and the more bands, the less is missed.
Source: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", sections 3.3 and 3.4.
Output: [id, id] in rising order, their Jaccard similarity.
"""

from hashlib import blake2b
from itertools import combinations
from operator import eq
from random import Random

from bigdata import Job

PRIME = 2**61 - 1


def digest(text):
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big")


class SimilarSets(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--threshold", type=float, default=0.8, help="The least similarity (0.8)")
        self.add_passthru_arg("--hashes", type=int, default=100, help="Hashes in a signature (100)")
        self.add_passthru_arg("--bands", type=int, default=20, help="Bands that it is cut into (20)")

    def load_args(self, args):
        super().load_args(args)
        hashes, bands = self.options.hashes, self.options.bands
        if not 1 <= bands <= hashes or hashes % bands:
            self.arg_parser.error(f"--hashes: expected a multiple of --bands, {bands}; got {hashes}")

    def mapper_init(self):
        random = Random(0)
        self.functions = [(random.randrange(1, PRIME), random.randrange(PRIME)) for _ in range(self.options.hashes)]

    def mapper(self, _, line):
        if not line.strip():
            return
        name, tab, text = line.partition("\t")
        if not tab:
            raise ValueError(f"expected id<TAB>items; got {line!r}")
        items = sorted(set(text.split()))
        if not items:
            return
        numbers = [digest(item) for item in items]
        signature = [min((a * number + b) % PRIME for number in numbers) for a, b in self.functions]
        bands = [digest(repr(signature[band :: self.options.bands])) for band in range(self.options.bands)]
        for band, bucket in enumerate(bands):
            yield [band, bucket], [name, items, bands[:band]]

    def reducer(self, _, members):
        for (name, items, bands), (other, others, other_bands) in combinations(sorted(members), 2):
            if any(map(eq, bands, other_bands)):
                continue
            common = len(set(items).intersection(others))
            similarity = common / (len(items) + len(others) - common)
            if similarity >= self.options.threshold:
                yield [name, other], similarity


if __name__ == "__main__":
    SimilarSets.run()
