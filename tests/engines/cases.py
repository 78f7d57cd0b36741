"""The table of cases: each job of the features, on the inputs and options that make it tell."""

import bz2
import gzip
import io
import json
import tarfile
from collections import Counter

import mrjob.protocol

from .conformance import Case, Outcome
from .features import commands, counters, environment, options, ordering, phases, protocols, records, steps

WORDS = {
    "fox.txt": b"the quick brown fox\njumps over the lazy dog\nthe dog sleeps\n",
    "sea.txt": b"she sells sea shells\nby the sea shore\nthe shells she sells\nare sea shells\n",
}
COUNTS = Counter(word.decode() for text in WORDS.values() for word in text.split())
ONE_TASK_A_FILE = {f"{name}.gz": gzip.compress(text, mtime=0) for name, text in WORDS.items()}
NOTHING = {"empty.txt": b""}
JSON_LINES = {"pairs.txt": b'"a"\t1\n"b"\t2\n"a"\t1\n[1]\t3\n"a"\t4\n'}


def archive(**files):
    """A .tar.gz of files in memory."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name.replace("_", "."))
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return stream.getvalue()


PHASES = [
    Case("mapper only", phases.MapperOnly, WORDS),
    Case("mapper and reducer", phases.MapperReducer, WORDS),
    Case("combiner", phases.WithCombiner, WORDS),
    Case("combiner that emits from init and final", phases.CombinerThatHolds, WORDS),
    Case("identity combiner", phases.IdentityCombiner, WORDS),
    Case("mapper that emits from init and final", phases.MapperInitFinal, WORDS),
    Case("map tasks, one a compressed file", phases.MapTaskMarks, ONE_TASK_A_FILE),
    Case("map task of an empty file", phases.MapTaskMarks, NOTHING),
    Case("map tasks of empty files", phases.MapTaskMarks, {**ONE_TASK_A_FILE, **NOTHING, "more.txt": b""}),
    Case("identity mapper", phases.IdentityMapper, WORDS),
    Case("reducer only", phases.ReducerOnly, WORDS),
    Case("reducer that emits from init and final", phases.ReducerInitFinal, WORDS),
    Case("reducer init and final of no input", phases.ReducerInitFinal, NOTHING),
    Case("identity reducer", phases.IdentityReducer, WORDS),
    Case("phases that return lists or None", phases.ReturnsLists, WORDS),
    Case("nested generators", phases.NestedGenerators, WORDS),
    Case("reducer that ignores its values", phases.IgnoresValues, WORDS),
    Case("reducer that reads one value", phases.ReadsOneValue, WORDS),
    Case("reducer that emits while reading", phases.YieldsWhileReading, WORDS),
    Case("values are one pass", phases.ReadsValuesTwice, WORDS),
]

STEPS = [
    Case("two steps", steps.TwoSteps, WORDS),
    Case("later step without a mapper", steps.LaterStepWithoutMapper, WORDS),
    Case("later step map-only", steps.LaterStepMapOnly, WORDS),
    Case("map-only steps", steps.MapOnlySteps, WORDS),
    Case("map-only steps, then a reducer", steps.MapOnlyThenReduce, WORDS),
    Case("combiner-only first step", steps.CombinerOnlyFirstStep, WORDS),
    Case("combiner-only later step", steps.CombinerOnlyLaterStep, WORDS),
    Case("combiner-only last step", steps.CombinerOnlyLastStep, WORDS),
    Case("combiner beside an identity mapper", steps.CombinerBesideIdentityMapper, WORDS),
    Case("first step that emits nothing", steps.QuietFirstStep, WORDS),
    Case("steps from options, by default", steps.StepsFromOptions, WORDS),
    Case("steps from options", steps.StepsFromOptions, WORDS, "--rounds 3 {inputs}"),
    Case("steps of plain functions", steps.StepsOfFunctions, WORDS),
]

PROTOCOLS = [
    "JSONProtocol",
    "JSONValueProtocol",
    "StandardJSONProtocol",
    "StandardJSONValueProtocol",
    *(["SimpleJSONProtocol", "SimpleJSONValueProtocol"] if mrjob.protocol.simplejson else []),
    *(["UltraJSONProtocol", "UltraJSONValueProtocol"] if mrjob.protocol.ujson else []),
    *(["RapidJSONProtocol", "RapidJSONValueProtocol"] if mrjob.protocol.rapidjson else []),
    "PickleProtocol",
    "PickleValueProtocol",
    "ReprProtocol",
    "ReprValueProtocol",
    "RawProtocol",
    "RawValueProtocol",
    "TextProtocol",
    "TextValueProtocol",
    "BytesProtocol",
    "BytesValueProtocol",
]


def encoded(protocol):
    """The pairs of this protocol, written by it."""
    write = getattr(mrjob.protocol, protocol)().write
    return {"pairs": b"".join(write(key, value) + b"\n" for key, value in protocols.pairs_for(protocol))}


def numbered(protocol):
    """A line for each pair of this protocol."""
    return {"numbers": b"".join(b"%d\n" % number for number in range(len(protocols.pairs_for(protocol))))}


PROTOCOL_CASES = [
    *(
        Case(f"{protocol} as {role}", job, lines(protocol), f"--protocol {protocol} {{inputs}}")
        for protocol in PROTOCOLS
        for role, job, lines in [
            ("input", protocols.InputProtocol, encoded),
            ("internal", protocols.InternalProtocol, numbered),
            ("internal with a combiner", protocols.InternalProtocolOfCombiner, numbered),
            ("output", protocols.OutputProtocol, numbered),
        ]
    ),
    Case(
        "internal, read in part",
        protocols.InternalProtocolReadInPart,
        numbered("JSON"),
        "--protocol JSONProtocol {inputs}",
    ),
    # mrjob's runners have several reducers; one has one group of pairs without keys
    Case(
        "internal without keys, read in part",
        protocols.InternalProtocolReadInPart,
        numbered("JSON"),
        "-D mapreduce.job.reduces=1 --protocol JSONValueProtocol {inputs}",
        reference=Outcome([("None", "'called'")], []),
    ),
    Case("protocol attributes", protocols.ProtocolAttributes, JSON_LINES),
    Case("protocols picked for each step", protocols.ProtocolsOfSteps, WORDS),
    Case("protocol of one's own", protocols.ProtocolOfItsOwn, {"a.csv": b"a,1\nb,2\na,3\n"}),
]


def java_hash(text, seed):
    """The hash of Java's String (seed 0), and of Hadoop's Text (seed 1), without the sign bit; for ASCII."""
    for byte in text.encode("ascii"):
        seed = (31 * seed + byte) & 0xFFFFFFFF
    return seed & 0x7FFFFFFF


def hash_of_key(key):
    return java_hash(key, 1)


def hash_of_first_field(key):
    return java_hash(key.split(".")[0], 0)


def partitions(lines, count, hash_of):
    """What ShowsPartitions emits where each key goes to the reduce task that its hash names."""
    words = sorted({word.decode() for text in lines.values() for word in text.split()})
    return Outcome([(None, [word for word in words if hash_of(word) % count == task]) for task in range(count)])


def reduce_tasks(*counts):
    """The word counts, made by so many reduce tasks in each step."""
    return Outcome(list(COUNTS.items()), [{"tasks": {"reduce": count}} for count in counts])


MIXED = {"a.txt": b"a 9 10 b 1 aa 100 a\nb 2 1 3\na 11 B a\n", "b.txt": "b é z 1\na 10 9\nc\n".encode()}
UNSORTED = {**WORDS, "more.txt": "é z \uffff 😀 Z 10 9 -1\n".encode() * 9}
PLACES = {"places.txt": b"fr.paris de.ulm fr.lyon\nit.rome de.bonn fr.nice es.vigo at.wien ch.bern\n"}

ORDERING = [
    Case("secondary sort", ordering.SecondarySort, MIXED),
    Case("secondary sort by option", ordering.SecondarySortByOption, MIXED, "{inputs} --sorted"),
    Case("secondary sort left out by option", ordering.SecondarySortByOption, MIXED),
    Case("secondary sort with a combiner", ordering.Shares, WORDS),
    Case("keys come sorted by bytes", ordering.SortedKeys, UNSORTED),
    Case("hash partitioner", ordering.HashPartitioned, WORDS, reference=partitions(WORDS, 3, hash_of_key)),
    Case(
        "key field partitioner",
        ordering.KeyFieldPartitioned,
        PLACES,
        reference=partitions(PLACES, 4, hash_of_first_field),
    ),
    Case("reduce tasks by JOBCONF", ordering.ThreeReduceTasks, WORDS, reference=reduce_tasks(3)),
    Case("reduce tasks by jobconf()", ordering.ReduceTasksByMethod, WORDS, reference=reduce_tasks(4)),
    Case(
        "reduce tasks by --jobconf",
        ordering.ThreeReduceTasks,
        WORDS,
        "--jobconf mapreduce.job.reduces=2 {inputs}",
        reference=reduce_tasks(2),
    ),
    Case(
        "reduce tasks by their old name",
        ordering.CountsReduceTasks,
        WORDS,
        "-D mapred.reduce.tasks=2 {inputs}",
        reference=reduce_tasks(2),
    ),
    Case(
        "more reduce tasks than keys",
        ordering.CountsReduceTasks,
        WORDS,
        "-D mapreduce.job.reduces=30 {inputs}",
        reference=reduce_tasks(30),
    ),
    Case("reduce tasks by step", ordering.ReduceTasksOfSteps, WORDS, reference=reduce_tasks(3, 1, 2)),
]

COUNTERS = [
    Case("counters in every phase", counters.CountersInEveryPhase, ONE_TASK_A_FILE),
    Case("counters of a task without input", counters.CountersInEveryPhase, NOTHING),
    Case("names of counters", counters.CounterNames, WORDS),
    Case("counters of steps", counters.CountersOfSteps, WORDS),
    Case("counters after the last pair", counters.CounterAfterLastPair, WORDS),
    Case("status and other text on stderr", counters.Status, WORDS),
]

LISTS = {"stop.txt": b"the\na\n", "list.txt": b"the fox\n", "other.txt": b"sea dog\n"}
UPLOADS = {**LISTS, "folder/deep/list.txt": b"deep\n", "lists.tar.gz": archive(list_txt=b"archived\n")}

OPTIONS = [
    Case("passthrough args by default", options.PassthroughArgs, WORDS),
    Case(
        "passthrough args",
        options.PassthroughArgs,
        WORDS,
        "--min-length 3 --upper --stop the --stop=sea --offset=-3 --order down {inputs}",
    ),
    Case(
        "passthrough args between the paths",
        options.PassthroughArgs,
        WORDS,
        "{dir}/input/fox.txt --upper {dir}/input/sea.txt --offset 2",
    ),
    Case("pass_arg_through", options.PassArgThrough, WORDS, "--owner ada {inputs}"),
    Case(
        "file args",
        options.FileArgs,
        WORDS,
        "--stop-words {dir}/stop.txt --names {dir}/list.txt --names {dir}/other.txt {inputs}",
        LISTS,
    ),
    Case("file args that rename", options.FileArgs, WORDS, "--stop-words {dir}/stop.txt#renamed {inputs}", LISTS),
    Case("load_args in a task", options.LoadArgs, WORDS, "--files {dir}/list.txt {inputs}", LISTS),
    Case("FILES and DIRS", options.UploadAttributes, WORDS),
    Case(
        "--files, --dirs and --archives",
        options.UploadOptions,
        WORDS,
        "--files {dir}/list.txt,{dir}/other.txt#renamed.txt --dirs {dir}/folder"
        " --archives {dir}/lists.tar.gz,{dir}/lists.tar.gz#lists {inputs}",
        UPLOADS,
    ),
    Case("files(), dirs() and archives()", options.UploadMethods, WORDS, "--beside {dir} {inputs}", UPLOADS),
]

FOLDERS = {"en/a.txt": b"one\ntwo\n", "en/b.txt": b"three\n", "fr/a.txt": b"un\ndeux\n"}

ENVIRONMENT = [
    Case("input file of each task", environment.InputFile, FOLDERS),
    Case("input file by its old name", environment.InputFileByItsOldName, ONE_TASK_A_FILE),
    Case("jobconf in the environment", environment.JobconfInEnvironment, WORDS, "--jobconf my.option=a=b {inputs}"),
    Case("kind of a task", environment.TaskKind, WORDS),
    Case("cmdenv", environment.Cmdenv, WORDS, "--cmdenv 'GREETING=good day=yes' --cmdenv EMPTY= {inputs}"),
    Case("working directory of each task", environment.ScratchFile, WORDS),
    Case("mapper_raw", environment.RawMapper, {**ONE_TASK_A_FILE, "noise": bytes(range(256)), **NOTHING}),
    Case("mapper_raw without a reducer", environment.RawMapperOnly, WORDS),
    Case("a folder as input", environment.InputFile, FOLDERS, "{dir}/input"),
    Case("globs as input", environment.InputFile, FOLDERS, "{dir}/input/*/a.txt {dir}/input/e?/b.*"),
]

LINES = {
    "non-UTF-8 bytes": b"caf\xe9\ncaf\xc3\xa9\n\xff\xfe\n\xed\xa0\x80\n\x80" * 2,
    "CRLF": b"a\r\nb\r\n\r\na\r\n",
    "several CR at the end of a line": b"a\r\r\na\n\rb\n",
    "no newline at the end": b"a\nb\na",
    "only a newline": b"\n",
    "empty lines": b"\n\na\n\n\n",
    "tabs": b"a\tb\tc\na\tb\tc\n\ta\na\t\n",
    "NUL and control characters": b"a\x00b\n\x00\n\x01\x1f\x7f\na\x00b\n",
    "what str.splitlines splits and a file does not": "a\x0bb\x0cc\x1cd\x85e\u2028f\rg\n".encode() * 2,
    "byte order mark": b"\xef\xbb\xbfa\na\n",
    "quotes and backslashes": b'"a"\n\\n\n\\\n"\\"\n"a"\n',
    "spaces": b" a\na \n a\n  \n",
    "one long line": b"abc " * 100_000,
}
KEYS = ["a", "", "é", "😀", 'tab\t"quote"', 7, -7, 2**70, 0.5, 1e300, -0.25, True, None, [], ["a"], [1, [2.5, None]]]
VALUES = [2**80, -(2**63), 1e308, 5e-324, 0.1, -0.0, 1 / 3, "", "\x00\x7f\u2028", "x" * 9000, None, False, [], {}]
VALUES += [[[[]]], {"a": {"b": [1, {"c": None}]}}, [1, 1.0, True], {"": ""}, {"é": "\ud83d"}]


def json_lines(values):
    """Each value on a line, again in every third, so that no split holds all of a key's."""
    return {"values.json": "".join(json.dumps(value) + "\n" for value in values + values[::3]).encode()}


COMPRESSED = {
    "plain.txt": WORDS["fox.txt"],
    "packed.txt.gz": gzip.compress(WORDS["sea.txt"] * 300, mtime=0),
    "packed.txt.bz2": bz2.compress(WORDS["fox.txt"] * 300),
}
TWO_MEMBERS = {"two.gz": gzip.compress(b"a\nb", mtime=0) + gzip.compress(b"c\na\n", mtime=0)}

RECORDS = [
    *(Case(f"lines: {name}", records.LineCounts, {"lines": text}) for name, text in LINES.items()),
    *(Case(f"lines as bytes: {name}", records.LinesAsBytes, {"lines": text}) for name, text in list(LINES.items())[:9]),
    Case("keys of all types", records.KeysOfAllTypes, json_lines(KEYS)),
    Case(
        "equal keys of three types",
        records.EqualKeysOfThreeTypes,
        {"lines": b"x\n" * 5},
        reference=Outcome([(1, 5), (1.0, 5), (True, 5)]),
    ),
    Case("values of all types", records.ValuesOfAllTypes, json_lines(VALUES)),
    Case("tuples become lists", records.TuplesBecomeLists, WORDS),
    Case("a large group", records.LargeGroup, {"lines": b"x\n" * 20}),
    Case("many groups", records.ManyGroups, {"numbers": b"".join(b"%d\n" % n for n in range(20))}),
    Case("sums of floats", records.FloatSums, WORDS),
    Case("compressed and plain files", records.LineCounts, COMPRESSED),
    Case(
        "gzip file of two members",
        records.LineCounts,
        TWO_MEMBERS,
        reference=Outcome([("a", 2), ("bc", 1)]),
    ),
]

COMMANDS = [
    Case(
        job.__name__,
        job,
        WORDS,
        f"--cmdenv JOB={job.__name__} {{inputs}}",
        reference="local",
        unsupported={"spark": refused},
    )
    for job, refused in [
        (commands.MapperCmd, "mapper_cmd"),
        (commands.ReducerCmd, "reducer_cmd"),
        (commands.CombinerCmd, "combiner_cmd"),
        (commands.PreFilters, "pre_filter"),
        (commands.CommandsOnly, "mapper_cmd"),
    ]
]

CASES = [
    *PHASES,
    *STEPS,
    *PROTOCOL_CASES,
    *ORDERING,
    *COUNTERS,
    *OPTIONS,
    *ENVIRONMENT,
    *RECORDS,
    *COMMANDS,
]
