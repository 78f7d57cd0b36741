// What Python and C++ hand to each other, and how.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "arrow.hpp"
#include "chars.hpp"

namespace bigdata {

namespace nb = nanobind;

// The bytes of any object that has a buffer, for as long as this lives.
class Buffer {
  public:
    explicit Buffer(nb::handle object) {
        if (PyObject_GetBuffer(object.ptr(), &view_, PyBUF_SIMPLE) != 0) throw nb::python_error();
    }
    ~Buffer() { PyBuffer_Release(&view_); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    std::string_view bytes() const { return {static_cast<const char*>(view_.buf), static_cast<size_t>(view_.len)}; }

  private:
    Py_buffer view_;
};

// Text as Python reads it, where it is.
using TextView = nb::ndarray<nb::memview, const unsigned char, nb::ndim<1>>;

inline TextView text_view(Chars text) {
    auto kept = std::make_unique<Chars>(std::move(text));
    const nb::capsule owner(kept.get(), [](void* self) noexcept { delete static_cast<Chars*>(self); });
    const Chars& held = *kept.release();
    return TextView(held.data(), {held.size()}, owner);
}

// What one thread at a time may use.
class Exclusive {
  public:
    // Marks it as in use.
    class Use {
      public:
        explicit Use(Exclusive& used) : busy_(used.busy_) {
            if (busy_.test_and_set()) throw std::runtime_error("in use by another thread");
        }
        ~Use() { busy_.clear(); }
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;

      private:
        std::atomic_flag& busy_;
    };

  private:
    std::atomic_flag busy_;
};

// An ArrowSchema or ArrowArray as Arrow's PyCapsule interface has it.
template <class Struct>
nb::object capsule(std::unique_ptr<Struct> exported, const char* name) {
    PyObject* made = PyCapsule_New(exported.get(), name, [](PyObject* self) {
        auto* left = static_cast<Struct*>(PyCapsule_GetPointer(self, PyCapsule_GetName(self)));
        if (left->release != nullptr) left->release(left);
        delete left;
    });
    if (made == nullptr) {
        exported->release(exported.get());
        throw nb::python_error();
    }
    exported.release();
    return nb::steal(made);
}

// What is made without the GIL, as Arrow's PyCapsule interface has it.
template <class Make>
nb::tuple capsules(Make make) {
    auto schema = std::make_unique<ArrowSchema>();
    auto array = std::make_unique<ArrowArray>();
    {
        nb::gil_scoped_release no_gil;
        auto made = make();
        *schema = made.schema;
        *array = made.array;
    }
    nb::object schema_capsule = capsule(std::move(schema), "arrow_schema");
    return nb::make_tuple(schema_capsule, capsule(std::move(array), "arrow_array"));
}

// A record batch for one who imports it.
struct RecordBatch {
    nb::tuple capsules;
    nb::tuple arrow_c_array(nb::handle /* what a consumer would like better; it may cast */) const { return capsules; }
};

}  // namespace bigdata
