"""Jobs with options and files of their own."""

from pathlib import Path

from bigdata import Job


class PassthroughArgs(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--min-length", type=int, default=4)
        self.add_passthru_arg("--upper", action="store_true")
        self.add_passthru_arg("--stop", action="append", default=[])
        self.add_passthru_arg("--offset", type=int, default=0)
        self.add_passthru_arg("--order", choices=["up", "down"], default="up")

    def mapper(self, _, line):
        for word in line.split():
            if len(word) >= self.options.min_length and word not in self.options.stop:
                yield word.upper() if self.options.upper else word, self.options.offset

    def combiner(self, word, offsets):
        yield word, sum(offsets)

    def reducer(self, word, offsets):
        yield [word, self.options.order], sum(offsets)


class PassArgThrough(Job):
    """An option of mrjob's own, handed on to the tasks."""

    def configure_args(self):
        super().configure_args()
        self.pass_arg_through("--owner")

    def mapper(self, _, line):
        yield self.options.owner, 1

    def reducer(self, owner, ones):
        yield [owner, self.options.owner], sum(ones)


class FileArgs(Job):
    def configure_args(self):
        super().configure_args()
        self.add_file_arg("--stop-words")
        self.add_file_arg("--names", action="append", default=[])

    def mapper_init(self):
        self.stop = Path(self.options.stop_words).read_text().split()

    def mapper(self, _, line):
        for word in line.split():
            if word not in self.stop:
                yield word, 1

    def reducer_init(self):
        self.names = {name for path in self.options.names for name in Path(path).read_text().split()}

    def reducer(self, word, ones):
        yield [word, word in self.names], sum(ones)


class LoadArgs(Job):
    """Opens its file in load_args, which only a task finds in its working directory."""

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--list", default="list.txt")

    def load_args(self, args):
        super().load_args(args)
        self.list = Path(self.options.list).read_text().split() if self.is_task() else None

    def mapper(self, _, line):
        for word in line.split():
            yield word, self.list.index(word) if word in self.list else -1

    def reducer(self, word, places):
        yield word, [self.list[0], max(places), bool(self.is_task())]


class ReadsUploads(Job):
    """Emits the text of files that should lie in the working directory of each task."""

    UPLOADED = ()

    def mapper_final(self):
        for path in self.UPLOADED:
            yield path, Path(path).read_text()

    def reducer(self, path, texts):
        if path:
            yield path, [sorted(set(texts)), Path(path).read_text()]


class UploadAttributes(ReadsUploads):
    FILES = ["uploads/stop_words.txt", "uploads/stop_words.txt#renamed.txt"]
    DIRS = ["uploads#folder"]
    UPLOADED = ("stop_words.txt", "renamed.txt", "folder/stop_words.txt")


class UploadOptions(ReadsUploads):
    UPLOADED = ("list.txt", "renamed.txt", "folder/deep/list.txt", "lists/list.txt", "lists.tar.gz/list.txt")


class UploadMethods(ReadsUploads):
    UPLOADED = ("list.txt", "folder/deep/list.txt", "lists/list.txt")

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--beside", help="the folder of what is uploaded")

    def files(self):
        return [f"{self.options.beside}/list.txt"]

    def dirs(self):
        return [f"{self.options.beside}/folder"]

    def archives(self):
        return [f"{self.options.beside}/lists.tar.gz#lists"]
