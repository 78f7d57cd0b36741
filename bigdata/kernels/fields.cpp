// Fields as Python has them.
#include "fields.hpp"

#include <nanobind/nanobind.h>
#include <nanobind/stl/string_view.h>

#include "objects.hpp"
#include "python.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace bigdata {
namespace {

FieldType type_named(std::string_view name) {
    const bool optional = name.ends_with('?');
    name.remove_suffix(optional);
    if (name == "str") return {FieldType::text, optional};
    if (name == "int") return {FieldType::integer, optional};
    if (name == "float") return {FieldType::number, optional};
    if (name == "floats") return {FieldType::numbers, optional};
    throw nb::value_error("types: expected str, int, float or floats, with or without ?");
}

// What a reader makes of a block.
struct Fields : RecordBatch {
    nb::list odd;
    size_t lines;
};

std::vector<FieldType> types_named(nb::list names) {
    std::vector<FieldType> types;
    for (nb::handle name : names) types.push_back(type_named(nb::cast<std::string_view>(name)));
    if (types.empty()) throw nb::value_error("types: expected one at least");
    return types;
}

std::vector<std::string> texts(nb::list all) {
    std::vector<std::string> texts;
    for (nb::handle text : all) texts.emplace_back(nb::cast<std::string_view>(text));
    return texts;
}

// A reader changes no more, so several threads may use it at a time.
template <class Reader>
Fields read(const Reader& reader, nb::handle block) {
    const Buffer buffer(block);
    FieldBatch batch;
    const nb::tuple columns = capsules([&] {
        batch = reader.read(buffer.bytes());
        return batch.columns;
    });
    nb::list odd;
    for (const OddLine& line : batch.odd) odd.append(nb::make_tuple(line.number, line.begin, line.end));
    return {{columns}, odd, batch.lines};
}

class SeparatedFields : public FieldReader {
  public:
    SeparatedFields(nb::list types, std::string_view separator, std::string_view quote, bool rest, nb::list skipped)
        : FieldReader(types_named(types), character(separator), quote.empty() ? '\0' : character(quote), rest,
                      texts(skipped)) {}

  private:
    static char character(std::string_view text) {
        const bool is_one = text.size() == 1 && static_cast<unsigned char>(text[0]) < 0x80;
        if (!is_one || text[0] == '\0' || text[0] == '\n' || text[0] == '\r') {
            throw nb::value_error("expected an ASCII character that ends no line");
        }
        return text[0];
    }
};

class ObjectFields : public ObjectReader {
  public:
    ObjectFields(nb::list names, nb::list types) : ObjectReader(texts(names), types_named(types)) {}
};

}  // namespace

void define_fields(nb::module_& module) {
    nb::class_<Fields, RecordBatch>(module, "Fields")
        .def_ro("odd", &Fields::odd)
        .def_ro("lines", &Fields::lines);
    nb::class_<SeparatedFields>(module, "FieldReader")
        .def(nb::init<nb::list, std::string_view, std::string_view, bool, nb::list>(), "types"_a, "separator"_a,
             "quote"_a = "", "rest"_a = false, "skipped"_a = nb::list())
        .def("read", &read<SeparatedFields>, "block"_a);
    nb::class_<ObjectFields>(module, "ObjectReader")
        .def(nb::init<nb::list, nb::list>(), "names"_a, "types"_a)
        .def("read", &read<ObjectFields>, "block"_a);
}

}  // namespace bigdata
