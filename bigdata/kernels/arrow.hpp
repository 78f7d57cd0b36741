// The keys and counts of a counter as an Arrow struct array, by Arrow's C data interface.
//
// The two structs and the format strings are those of arrow.apache.org/docs/format/CDataInterface.html.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "counter.hpp"

extern "C" {
struct ArrowSchema {
    const char* format;
    const char* name;
    const char* metadata;
    int64_t flags;
    int64_t n_children;
    ArrowSchema** children;
    ArrowSchema* dictionary;
    void (*release)(ArrowSchema*);
    void* private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void** buffers;
    ArrowArray** children;
    ArrowArray* dictionary;
    void (*release)(ArrowArray*);
    void* private_data;
};
}

namespace bigdata {

// What an exported struct owns; releasing the struct deletes it.
template <class Struct>
struct Owned {
    std::vector<Struct> children;
    std::vector<Struct*> pointers;
    std::vector<const void*> buffers;
    std::vector<std::shared_ptr<const void>> memory;

    ~Owned() {
        for (Struct& child : children) {
            if (child.release != nullptr) child.release(&child);
        }
    }

    static void release(Struct* exported) {
        delete static_cast<Owned*>(exported->private_data);
        exported->release = nullptr;
    }
};

template <class Struct>
std::unique_ptr<Owned<Struct>> owned(std::vector<Struct> children) {
    auto own = std::make_unique<Owned<Struct>>();
    own->children = std::move(children);
    for (Struct& child : own->children) own->pointers.push_back(&child);
    return own;
}

// A schema; `format` and `name` are literals.
inline ArrowSchema schema_of(const char* format, const char* name, std::vector<ArrowSchema> children = {}) {
    auto own = owned(std::move(children));
    ArrowSchema schema{format, name, nullptr, 0, static_cast<int64_t>(own->children.size()), own->pointers.data(),
                       nullptr, Owned<ArrowSchema>::release, nullptr};
    schema.private_data = own.release();
    return schema;
}

// An array without nulls: a buffer for each vector, behind the one of validity that there isn't.
template <class... Vectors>
ArrowArray array_of(size_t length, std::vector<ArrowArray> children, Vectors... vectors) {
    auto own = owned(std::move(children));
    own->buffers.push_back(nullptr);
    [[maybe_unused]] auto add = [&own](auto vector) {
        auto kept = std::make_shared<const decltype(vector)>(std::move(vector));
        own->buffers.push_back(kept->data());
        own->memory.push_back(std::move(kept));
    };
    (add(std::move(vectors)), ...);
    ArrowArray array{static_cast<int64_t>(length),
                     0,
                     0,
                     static_cast<int64_t>(own->buffers.size()),
                     static_cast<int64_t>(own->children.size()),
                     own->buffers.data(),
                     own->pointers.data(),
                     nullptr,
                     Owned<ArrowArray>::release,
                     nullptr};
    array.private_data = own.release();
    return array;
}

// An array with nulls where a bit of `valid` is zero.
template <class Bits>
ArrowArray with_nulls(ArrowArray array, Bits valid, size_t nulls) {
    auto kept = std::make_shared<const Bits>(std::move(valid));
    array.buffers[0] = kept->data();
    array.null_count = static_cast<int64_t>(nulls);
    static_cast<Owned<ArrowArray>*>(array.private_data)->memory.push_back(std::move(kept));
    return array;
}

struct Exported {
    ArrowSchema schema;
    ArrowArray array;
};

// How many strings the keys of a counter have, and how many bytes these.
struct Extent {
    size_t strings = 0, bytes = 0;
    bool is_large() const { return std::max(strings, bytes) > std::numeric_limits<int32_t>::max(); }
};

template <class Visit>
void each_string(TokenCounter& counter, Visit visit) {
    if (counter.form() == Form::each) {
        counter.each_token([&](std::string_view token, uint64_t) { visit(token); });
    } else {
        counter.each_key([&](const uint32_t* ids, uint64_t) {
            for (size_t i = 0; i < counter.arity(); i++) visit(counter.name(ids[i]));
        });
    }
}

// Exports with offsets of 32 bits or, for the large types, of 64.
template <class Offset>
Exported exported_as(TokenCounter& counter, Extent extent) {
    constexpr bool large = std::is_same_v<Offset, int64_t>;
    const size_t rows = counter.size();
    Pages<Offset> ends{0};
    ends.reserve(extent.strings + 1);
    Pages<char> bytes;
    bytes.reserve(extent.bytes);
    each_string(counter, [&](std::string_view string) {
        bytes.insert(bytes.end(), string.begin(), string.end());
        ends.push_back(static_cast<Offset>(bytes.size()));
    });
    Pages<int64_t> counts;
    counts.reserve(rows);
    auto add = [&](const auto&, uint64_t count) { counts.push_back(static_cast<int64_t>(count)); };
    const bool each = counter.form() == Form::each;
    if (each) {
        counter.each_token(add);
    } else {
        counter.each_key(add);
    }

    ArrowSchema key_schema = schema_of(large ? "U" : "u", each ? "key" : "item");
    ArrowArray key = array_of(extent.strings, {}, std::move(ends), std::move(bytes));
    if (!each) {
        Pages<Offset> lists(rows + 1);
        for (size_t i = 0; i <= rows; i++) lists[i] = static_cast<Offset>(i * counter.arity());
        key_schema = schema_of(large ? "+L" : "+l", "key", {key_schema});
        key = array_of(rows, {key}, std::move(lists));
    }
    return {schema_of("+s", "", {key_schema, schema_of("l", "value")}),
            array_of(rows, {key, array_of(rows, {}, std::move(counts))})};
}

inline Exported exported(TokenCounter& counter) {
    Extent extent;
    each_string(counter, [&](std::string_view string) {
        extent.strings++;
        extent.bytes += string.size();
    });
    return extent.is_large() ? exported_as<int64_t>(counter, extent) : exported_as<int32_t>(counter, extent);
}

}  // namespace bigdata
