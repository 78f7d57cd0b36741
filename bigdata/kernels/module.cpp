// The Python module: what it takes and gives, the GIL, and errors.
#include <nanobind/nanobind.h>
#include <nanobind/stl/string_view.h>

#include <atomic>
#include <memory>

#include "arrow.hpp"
#include "batches.hpp"
#include "columns.hpp"
#include "counter.hpp"
#include "folds.hpp"
#include "lines.hpp"
#include "postings.hpp"
#include "python.hpp"
#include "rows.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace bigdata {
namespace {

// How much text is looked at together: it stays in the second-level cache.
constexpr size_t kPiece = size_t{256} << 10;
// How much text is counted before a Ctrl-C is heeded.
constexpr size_t kBreath = size_t{64} << 20;
// How many counts a range of lines or a batch has, and how much memory a counter, unless the caller says so.
constexpr size_t kRange = size_t{1} << 16;
constexpr size_t kMemory = size_t{256} << 20;

std::string python_lower(std::string_view text) {
    nb::gil_scoped_acquire gil;
    nb::object lower = nb::steal(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), nullptr));
    if (!lower.is_valid()) throw nb::python_error();
    lower = lower.attr("lower")();
    Py_ssize_t size;
    const char* bytes = PyUnicode_AsUTF8AndSize(lower.ptr(), &size);
    if (bytes == nullptr) throw nb::python_error();
    return {bytes, static_cast<size_t>(size)};
}

Form form_named(std::string_view name) {
    if (name == "each") return Form::each;
    if (name == "ngrams") return Form::ngrams;
    if (name == "pairs") return Form::pairs;
    if (name == "successors") return Form::successors;
    throw nb::value_error("form: expected each, ngrams, pairs or successors");
}

std::string_view checked(std::string_view ascii) {
    for (unsigned char character : ascii) {
        if (character >= 0x80 || character == '\n' || character == '\r') {
            throw nb::value_error("ascii: expected ASCII characters other than line ends");
        }
    }
    return ascii;
}

// The size of the first whole lines of a text, about a piece.
size_t lines_size(std::string_view text) {
    if (text.size() <= kPiece) return text.size();
    size_t newline = text.rfind('\n', kPiece);
    if (newline == text.npos) newline = text.find('\n', kPiece);
    return newline == text.npos ? text.size() : newline + 1;
}

// Has whole lines of text taken without the GIL, heeding a Ctrl-C.
template <class Taker>
void update_by_pieces(Taker& taker, std::string_view rest) {
    nb::gil_scoped_release no_gil;
    for (size_t since = 0; !rest.empty();) {
        const size_t size = lines_size(rest);
        taker.update(rest.substr(0, size));
        rest.remove_prefix(size);
        since += size;
        if (since >= kBreath) {
            since = 0;
            nb::gil_scoped_acquire gil;
            if (PyErr_CheckSignals() != 0) throw nb::python_error();
        }
    }
}

// A TokenCounter as Python has it.
class Counter : public Exclusive {
  public:
    Counter(std::string_view ascii, bool beyond, std::string_view form, Py_ssize_t size, size_t memory)
        : counter_(checked(ascii), beyond, form_named(form), positive(size), memory, python_lower) {}

    void update(nb::handle block) {
        const Buffer buffer(block);
        const Use use(*this);
        update_by_pieces(counter_, buffer.bytes());
    }

    void merge(Counter& other) {
        const Use use(*this), use_other(other);
        nb::gil_scoped_release no_gil;
        counter_.merge(other.counter_);
    }

    void clear() {
        const Use use(*this);
        counter_.clear();
    }

    size_t size() {
        const Use use(*this);
        return counter_.size();
    }

    size_t nbytes() {
        const Use use(*this);
        return counter_.nbytes();
    }

    nb::tuple arrow_c_array(nb::handle /* what a consumer would like better; it may cast */) {
        const Use use(*this);
        return capsules([this] { return exported(counter_); });
    }

    // For whoever has marked it as in use.
    TokenCounter& held() { return counter_; }

  private:
    TokenCounter counter_;

    static size_t positive(Py_ssize_t size) {
        if (size < 1) throw nb::value_error("size: expected at least 1");
        return static_cast<size_t>(size);
    }
};

// Postings as Python has them.
class Index : public Exclusive {
  public:
    Index(std::string_view ascii, bool beyond) : postings_(checked(ascii), beyond, python_lower) {}

    void update(nb::handle block) {
        const Buffer buffer(block);
        const Use use(*this);
        update_by_pieces(postings_, buffer.bytes());
    }

    void end_document(uint32_t document) {
        const Use use(*this);
        postings_.end_document(document);
    }

    size_t nbytes() {
        const Use use(*this);
        return postings_.nbytes();
    }

    // For whoever has marked it as in use.
    Postings& held() { return postings_; }

  private:
    Postings postings_;
};

// The objects of a list, marked as in use.
template <class Owner>
class Held {
  public:
    using Part = std::remove_reference_t<decltype(std::declval<Owner&>().held())>;

    explicit Held(nb::list owners) {
        for (nb::handle owner : owners) {
            auto& one = nb::cast<Owner&>(owner);
            uses_.push_back(std::make_unique<Exclusive::Use>(one));
            parts_.push_back(&one.held());
        }
        if (parts_.empty()) throw nb::value_error("expected one at least");
    }

    const std::vector<Part*>& parts() const { return parts_; }

  private:
    std::vector<std::unique_ptr<Exclusive::Use>> uses_;
    std::vector<Part*> parts_;
};

// The counters of a list, which are alike and have keys that can be sorted.
const std::vector<TokenCounter*>& sortable(const Held<Counter>& held) {
    const TokenCounter& first = *held.parts().front();
    for (const TokenCounter* other : held.parts()) {
        if (!first.is_like(*other)) throw nb::value_error("expected counters of one form and size");
    }
    if (first.form() != Form::each && first.arity() > kMostTokens) {
        throw nb::value_error("expected keys of at most 4 tokens");
    }
    return held.parts();
}

std::vector<std::string> strings(nb::list texts) {
    std::vector<std::string> strings;
    for (nb::handle text : texts) strings.emplace_back(nb::cast<std::string_view>(text));
    return strings;
}

size_t at_least_one(size_t size) {
    if (size < 1) throw nb::value_error("size: expected at least 1");
    return size;
}

// Lines or record batches as Python reads them; several may be read at a time.
template <class Ranges>
class Reader {
  public:
    size_t ranges() const { return ranges_->ranges(); }

  protected:
    std::unique_ptr<Ranges> ranges_;

    const Ranges& checked(size_t range) const {
        if (range >= ranges()) throw nb::index_error("there is no such range");
        return *ranges_;
    }
};

class LineReader : public Reader<Lines> {
  public:
    TextView read(size_t range) const {
        const Lines& lines = checked(range);
        Chars block;
        {
            nb::gil_scoped_release no_gil;
            lines.read(block, range);
        }
        return text_view(std::move(block));
    }
};

class CountReader : public LineReader {
  public:
    CountReader(nb::list counters, std::string_view separator, size_t size) {
        const Held<Counter> held(counters);
        const auto& parts = sortable(held);
        at_least_one(size);
        nb::gil_scoped_release no_gil;
        ranges_ = sorted_lines(parts, separator, size);
    }
};

class PostingReader : public LineReader {
  public:
    PostingReader(nb::list all, nb::list documents, bool ranked, size_t size) {
        const Held<Index> held(all);
        const auto names = strings(documents);
        at_least_one(size);
        nb::gil_scoped_release no_gil;
        ranges_ = std::make_unique<PostingLines>(held.parts(), names, ranked, size);
    }
};

class BatchReader : public Reader<Batches> {
  public:
    RecordBatch read(size_t range) const {
        const Batches& batches = checked(range);
        return {capsules([&] { return batches.read(range); })};
    }
};

class CountBatches : public BatchReader {
  public:
    CountBatches(nb::list counters, size_t size) {
        const Held<Counter> held(counters);
        const auto& parts = sortable(held);
        at_least_one(size);
        nb::gil_scoped_release no_gil;
        ranges_ = sorted_batches(parts, size);
    }
};

class IndexBatches : public BatchReader {
  public:
    IndexBatches(nb::list all, nb::list documents, bool by_token, bool ranked, size_t size) {
        const Held<Index> held(all);
        const auto names = strings(documents);
        at_least_one(size);
        nb::gil_scoped_release no_gil;
        if (by_token) {
            ranges_ = std::make_unique<PostingBatches>(held.parts(), names, ranked, size);
        } else {
            ranges_ = std::make_unique<DocumentBatches>(held.parts(), names, size);
        }
    }
};

// A record batch of Python's, for as long as this lives.
class Imported {
  public:
    explicit Imported(nb::handle batch) : capsules_(nb::cast<nb::tuple>(batch.attr("__arrow_c_array__")())) {}

    Columns columns() const {
        return {*held<ArrowSchema>(0, "arrow_schema"), *held<ArrowArray>(1, "arrow_array")};
    }

  private:
    nb::tuple capsules_;

    template <class Struct>
    const Struct* held(size_t place, const char* name) const {
        const void* held = PyCapsule_GetPointer(nb::object(capsules_[place]).ptr(), name);
        if (held == nullptr) throw nb::python_error();
        return static_cast<const Struct*>(held);
    }
};

TextView json_lines(nb::handle batch) {
    const Imported imported(batch);
    const Columns columns = imported.columns();
    Chars lines;
    {
        nb::gil_scoped_release no_gil;
        columns.write(lines);
    }
    return text_view(std::move(lines));
}

nb::object json_groups(nb::handle batch, bool values) {
    const Imported imported(batch);
    const Columns columns = imported.columns();
    Pages<int64_t> begins;
    bool in_order;
    {
        nb::gil_scoped_release no_gil;
        in_order = columns.find_groups(values, begins);
    }
    if (!in_order) return nb::none();
    return nb::bytes(begins.data(), begins.size() * sizeof(int64_t));
}

// A RowSorter as Python has it.
class Rows : public Exclusive {
  public:
    Rows(Py_ssize_t width, size_t rows) : rows_(width < 1 ? 0 : static_cast<size_t>(width), rows) {}

    void add(nb::handle block) {
        const Buffer buffer(block);
        const Use use(*this);
        nb::gil_scoped_release no_gil;
        rows_.add(buffer.bytes());
    }

    bool add_hex(nb::handle block) {
        const Buffer buffer(block);
        const Use use(*this);
        nb::gil_scoped_release no_gil;
        return rows_.add_hex(buffer.bytes());
    }

    void sort() {
        const Use use(*this);
        nb::gil_scoped_release no_gil;
        rows_.sort();
    }

    size_t size() {
        const Use use(*this);
        return rows_.size();
    }

    size_t nbytes() {
        const Use use(*this);
        return rows_.nbytes();
    }

    // For whoever has marked it as in use.
    const RowSorter& held() { return rows_; }

  private:
    RowSorter rows_;
};

// Sorted rows as Python reads them; they change no more, so several may read them at a time.
class RowReader : public Exclusive {
  public:
    RowReader(nb::list sorters, nb::bytes low, nb::bytes high)
        : sorters_(sorters),
          lines_(Held<Rows>(sorters).parts(), {low.c_str(), low.size()}, {high.c_str(), high.size()}) {}

    nb::bytes read(size_t size) {
        const Use use(*this);
        const size_t lines = std::min(lines_.left(), std::max<size_t>(size / lines_.length(), 1));
        nb::object block = nb::steal(PyBytes_FromStringAndSize(nullptr, static_cast<Py_ssize_t>(lines * lines_.length())));
        if (!block.is_valid()) throw nb::python_error();
        {
            nb::gil_scoped_release no_gil;
            lines_.read(PyBytes_AS_STRING(block.ptr()), lines);
        }
        return nb::borrow<nb::bytes>(block);
    }

  private:
    nb::list sorters_;  // so that they live
    RowLines lines_;
};

nb::object fold(Folding& folding, nb::dict table, nb::iterator pairs, nb::handle group) {
    PyObject* result = folding.fold(table.ptr(), pairs.ptr(), group.ptr());
    if (result == nullptr) throw nb::python_error();
    return nb::steal(result);
}

void each(const Folding& folding, nb::handle put) {
    if (!folding.each(put.ptr())) throw nb::python_error();
}

}  // namespace

void define_fields(nb::module_& module);  // fields.cpp
void define_sorter(nb::module_& module);  // sorter.cpp

}  // namespace bigdata

NB_MODULE(_native, module) {
    using bigdata::Counter;
    nb::class_<Counter>(module, "TokenCounter")
        .def(nb::init<std::string_view, bool, std::string_view, Py_ssize_t, size_t>(), "ascii"_a, "beyond"_a, "form"_a,
             "size"_a = 1, "memory"_a = bigdata::kMemory)
        .def("update", &Counter::update, "block"_a)
        .def("merge", &Counter::merge, "other"_a)
        .def("clear", &Counter::clear)
        .def("__len__", &Counter::size)
        .def_prop_ro("nbytes", &Counter::nbytes)
        .def("__arrow_c_array__", &Counter::arrow_c_array, "requested_schema"_a = nb::none());
    using bigdata::CountReader;
    nb::class_<CountReader>(module, "SortedLines")
        .def(nb::init<nb::list, std::string_view, size_t>(), "counters"_a, "separator"_a = "", "size"_a = bigdata::kRange)
        .def("__len__", &CountReader::ranges)
        .def("read", &CountReader::read, "range"_a);
    using bigdata::Index;
    nb::class_<Index>(module, "Postings")
        .def(nb::init<std::string_view, bool>(), "ascii"_a, "beyond"_a)
        .def("update", &Index::update, "block"_a)
        .def("end_document", &Index::end_document, "document"_a)
        .def_prop_ro("nbytes", &Index::nbytes);
    using bigdata::PostingReader;
    nb::class_<PostingReader>(module, "PostingLines")
        .def(nb::init<nb::list, nb::list, bool, size_t>(), "postings"_a, "documents"_a, "ranked"_a,
             "size"_a = bigdata::kRange)
        .def("__len__", &PostingReader::ranges)
        .def("read", &PostingReader::read, "range"_a);
    using bigdata::RecordBatch;
    nb::class_<RecordBatch>(module, "RecordBatch")
        .def("__arrow_c_array__", &RecordBatch::arrow_c_array, "requested_schema"_a = nb::none());
    using bigdata::CountBatches;
    nb::class_<CountBatches>(module, "SortedBatches")
        .def(nb::init<nb::list, size_t>(), "counters"_a, "size"_a = bigdata::kRange)
        .def("__len__", &CountBatches::ranges)
        .def("read", &CountBatches::read, "range"_a);
    using bigdata::IndexBatches;
    nb::class_<IndexBatches>(module, "PostingBatches")
        .def(nb::init<nb::list, nb::list, bool, bool, size_t>(), "postings"_a, "documents"_a, "by_token"_a,
             "ranked"_a = false, "size"_a = bigdata::kRange)
        .def("__len__", &IndexBatches::ranges)
        .def("read", &IndexBatches::read, "range"_a);
    module.def("json_lines", &bigdata::json_lines, "batch"_a);
    module.def("json_groups", &bigdata::json_groups, "batch"_a, "values"_a);
    using bigdata::Rows;
    nb::class_<Rows>(module, "RowSorter")
        .def(nb::init<Py_ssize_t, size_t>(), "width"_a, "rows"_a = 0)
        .def("add", &Rows::add, "block"_a)
        .def("add_hex", &Rows::add_hex, "block"_a)
        .def("sort", &Rows::sort)
        .def("__len__", &Rows::size)
        .def_prop_ro("nbytes", &Rows::nbytes);
    using bigdata::RowReader;
    nb::class_<RowReader>(module, "RowLines")
        .def(nb::init<nb::list, nb::bytes, nb::bytes>(), "sorters"_a, "low"_a, "high"_a)
        .def("read", &RowReader::read, "size"_a);
    using bigdata::Folding;
    nb::class_<Folding>(module, "Folding")
        .def(nb::init<bool>(), "counts"_a)
        .def("fold", &bigdata::fold, "table"_a, "pairs"_a, "group"_a)
        .def("each", &bigdata::each, "put"_a)
        .def("clear", &Folding::clear)
        .def("__len__", &Folding::size)
        .def_prop_ro("nbytes", &Folding::nbytes);
    bigdata::define_fields(module);
    bigdata::define_sorter(module);
}
