// Memory that Python and C++ hand to each other.
#pragma once

#include <nanobind/nanobind.h>

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include "arrow.hpp"

namespace bigdata {

// The bytes of any object that has a buffer, for as long as this lives.
class Buffer {
  public:
    explicit Buffer(nanobind::handle object) {
        if (PyObject_GetBuffer(object.ptr(), &view_, PyBUF_SIMPLE) != 0) throw nanobind::python_error();
    }
    ~Buffer() { PyBuffer_Release(&view_); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    std::string_view bytes() const { return {static_cast<const char*>(view_.buf), static_cast<size_t>(view_.len)}; }

  private:
    Py_buffer view_;
};

// An ArrowSchema or ArrowArray as Arrow's PyCapsule interface has it.
template <class Struct>
nanobind::object capsule(std::unique_ptr<Struct> exported, const char* name) {
    PyObject* made = PyCapsule_New(exported.get(), name, [](PyObject* self) {
        auto* left = static_cast<Struct*>(PyCapsule_GetPointer(self, PyCapsule_GetName(self)));
        if (left->release != nullptr) left->release(left);
        delete left;
    });
    if (made == nullptr) {
        exported->release(exported.get());
        throw nanobind::python_error();
    }
    exported.release();
    return nanobind::steal(made);
}

}  // namespace bigdata
