// Sorted lines as Python has them.
#include "sorter.hpp"

#include <nanobind/nanobind.h>

#include <memory>
#include <vector>

#include "python.hpp"

namespace nb = nanobind;
using namespace nb::literals;

namespace bigdata {
namespace {

// A LineSorter, and the blocks of its lines.
class Sorter : public Exclusive {
  public:
    void add(nb::handle block) {
        const Use use(*this);
        blocks_.push_back(std::make_unique<Buffer>(block));
        nb::gil_scoped_release no_gil;
        lines_.add(blocks_.back()->bytes());
    }

    void sort() {
        const Use use(*this);
        nb::gil_scoped_release no_gil;
        lines_.sort();
    }

    nb::bytes read(size_t size) {
        const Use use(*this);
        LineSorter::Next next;
        {
            nb::gil_scoped_release no_gil;
            next = lines_.next(size);
        }
        nb::object block = nb::steal(PyBytes_FromStringAndSize(nullptr, static_cast<Py_ssize_t>(next.bytes)));
        if (!block.is_valid()) throw nb::python_error();
        {
            nb::gil_scoped_release no_gil;
            lines_.read(PyBytes_AS_STRING(block.ptr()), next.lines);
        }
        return nb::borrow<nb::bytes>(block);
    }

    size_t nbytes() {
        const Use use(*this);
        return lines_.nbytes();
    }

  private:
    std::vector<std::unique_ptr<Buffer>> blocks_;
    LineSorter lines_;
};

}  // namespace

void define_sorter(nb::module_& module) {
    nb::class_<Sorter>(module, "LineSorter")
        .def(nb::init<>())
        .def("add", &Sorter::add, "block"_a)
        .def("sort", &Sorter::sort)
        .def("read", &Sorter::read, "size"_a)
        .def_prop_ro("nbytes", &Sorter::nbytes);
}

}  // namespace bigdata
