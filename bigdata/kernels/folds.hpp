// The loops of Sum.fold and Count.fold over pairs that are exact tuples or lists of two.
//
// Whole numbers of 64 bits by text are added up here, and all else in a dict as Python would; a key may have a part of
// its sum in both. A loop stops at the first pair of another kind and gives it back, for Python to take apart or to
// refuse.
#pragma once

#include <Python.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "tables.hpp"

namespace bigdata {

// The item in a tuple of one; consumes the reference.
inline PyObject* stray(PyObject* item) {
    PyObject* wrapped = PyTuple_Pack(1, item);
    Py_DECREF(item);
    return wrapped;
}

class Folding {
  public:
    explicit Folding(bool counts) : counts_(counts) {}

    // How many keys and parts of keys there are.
    size_t size() const { return sums_.size() + texts_.size() + full_.size(); }
    size_t nbytes() const {
        return sizeof *this + sums_.nbytes() + texts_.nbytes() + text_sums_.capacity() * sizeof(int64_t) +
               full_.capacity() * sizeof full_[0];
    }
    void clear() { *this = Folding(counts_); }

    // Folds what an iterator gives. Gives None at the end, a stray, or null with an error set.
    PyObject* fold(PyObject* table, PyObject* pairs, PyObject* group) {
        PyObject* result = taken(table, pairs, group);
        settle();
        return result;
    }

    // Calls put(key, sum) for each key and part; false with an error set where one fails.
    bool each(PyObject* put) const {
        auto give = [put](std::string_view text, int64_t sum) {
            PyObject* key = PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), nullptr);
            PyObject* state = PyLong_FromLongLong(sum);
            PyObject* done =
                key != nullptr && state != nullptr ? PyObject_CallFunctionObjArgs(put, key, state, nullptr) : nullptr;
            Py_XDECREF(key);
            Py_XDECREF(state);
            Py_XDECREF(done);
            return done != nullptr;
        };
        auto give_short = [give](Wide key, uint64_t sum) {
            return give({reinterpret_cast<const char*>(&key), key.high >> 56}, static_cast<int64_t>(sum));
        };
        bool fine = true;
        sums_.each([&](Wide key, uint64_t sum) { fine = fine && give_short(key, sum); });
        for (size_t i = 0; fine && i < full_.size(); i++) fine = give_short(full_[i].first, full_[i].second);
        for (size_t i = 0; fine && i < texts_.size(); i++) fine = give(texts_.view(i), text_sums_[i]);
        return fine;
    }

  private:
    // Text and what to add, waiting until its slot has come to the cache.
    struct Due {
        Wide key;
        uint64_t hash;
        int64_t amount;
    };

    bool counts_;
    // sums of ASCII of 1 to 15 bytes, its length in the last byte
    Table<Wide> sums_;
    // parts of them whose sum would have been over 64 bits
    std::vector<std::pair<Wide, uint64_t>> full_;
    // sums of other text, by number
    Interner texts_;
    Pages<int64_t> text_sums_;
    std::array<Due, 32> due_;
    size_t due_size_ = 0;

    PyObject* taken(PyObject* table, PyObject* pairs, PyObject* group) {
        iternextfunc next = Py_TYPE(pairs)->tp_iternext;
        while (PyObject* pair = next(pairs)) {
            PyObject *key, *value;
            if (PyTuple_CheckExact(pair) && PyTuple_GET_SIZE(pair) == 2) {
                key = PyTuple_GET_ITEM(pair, 0);
                value = PyTuple_GET_ITEM(pair, 1);
            } else if (PyList_CheckExact(pair) && PyList_GET_SIZE(pair) == 2) {
                key = PyList_GET_ITEM(pair, 0);
                value = PyList_GET_ITEM(pair, 1);
            } else {
                return stray(pair);
            }
            int64_t amount;
            const bool folded = (PyUnicode_CheckExact(key) && is_whole(value, amount) && add(key, amount)) ||
                                fold_in_dict(table, key, value, group);
            Py_DECREF(pair);
            if (!folded) return nullptr;
        }
        if (PyErr_Occurred()) {
            if (!PyErr_ExceptionMatches(PyExc_StopIteration)) return nullptr;
            PyErr_Clear();
        }
        Py_RETURN_NONE;
    }

    bool is_whole(PyObject* value, int64_t& amount) const {
        amount = 1;
        if (counts_) return true;
        if (!PyLong_CheckExact(value)) return false;
        int overflow;
        amount = PyLong_AsLongLongAndOverflow(value, &overflow);
        return overflow == 0;
    }

    // Adds to a text's sum; false where it has no place here.
    bool add(PyObject* text, int64_t amount) {
        if (PyUnicode_IS_COMPACT_ASCII(text)) {
            const auto size = static_cast<size_t>(PyUnicode_GET_LENGTH(text));
            if (size - 1 < kShort) {
                push(short_text(static_cast<const char*>(PyUnicode_DATA(text)), size), amount);
                return true;
            }
        }
        Py_ssize_t size;
        const char* bytes = PyUnicode_AsUTF8AndSize(text, &size);
        if (bytes == nullptr) {
            PyErr_Clear();  // a surrogate
            return false;
        }
        const size_t number = texts_.intern({bytes, static_cast<size_t>(size)});
        if (number == text_sums_.size()) text_sums_.push_back(0);
        int64_t sum;
        if (__builtin_add_overflow(text_sums_[number], amount, &sum)) return false;
        text_sums_[number] = sum;
        return true;
    }

    static constexpr size_t kShort = 15;

    // The object's head lies before its text: so the 16 bytes that end with the text are the object's own.
    static Wide short_text(const char* text, size_t size) {
        static_assert(sizeof(PyASCIIObject) >= 16);
        unsigned __int128 bytes;
        std::memcpy(&bytes, text + size - 16, sizeof bytes);
        bytes >>= 8 * (16 - size);
        return {static_cast<uint64_t>(bytes), static_cast<uint64_t>(bytes >> 64) | static_cast<uint64_t>(size) << 56};
    }

    void push(Wide key, int64_t amount) {
        const uint64_t hash = sums_.hash(key);
        sums_.prefetch(hash);
        due_[due_size_++] = {key, hash, amount};
        if (due_size_ == due_.size()) settle();
    }

    void settle() {
        const size_t size = std::exchange(due_size_, 0);
        for (size_t i = 0; i < size; i++) {
            const auto [key, hash, amount] = due_[i];
            uint64_t& slot = sums_.at(key, hash);
            int64_t sum;
            if (__builtin_add_overflow(static_cast<int64_t>(slot), amount, &sum)) {
                full_.emplace_back(key, slot);
                sum = amount;
            }
            slot = static_cast<uint64_t>(sum);
        }
    }

    bool fold_in_dict(PyObject* table, PyObject* key, PyObject* value, PyObject* group) const {
        Py_INCREF(value);  // a list may change while its key is grouped
        if (PyUnicode_CheckExact(key)) {
            Py_INCREF(key);
        } else {
            key = PyObject_CallOneArg(group, key);
        }
        bool folded = false;
        if (key != nullptr) {
            PyObject* state = PyDict_GetItemWithError(table, key);
            if (state != nullptr || !PyErr_Occurred()) {
                Py_XINCREF(state);
                PyObject* after = state_after(state, value);
                folded = after != nullptr && PyDict_SetItem(table, key, after) == 0;
                Py_XDECREF(after);
                Py_XDECREF(state);
            }
        }
        Py_XDECREF(key);
        Py_DECREF(value);
        return folded;
    }

    // The state of a key after a value; `state` is null at first.
    PyObject* state_after(PyObject* state, PyObject* value) const {
        if (!counts_ && state != nullptr) return PyNumber_InPlaceAdd(state, value);
        PyObject* first = PyLong_FromLong(counts_ ? 1 : 0);
        if (first == nullptr || (counts_ && state == nullptr)) return first;
        PyObject* after = PyNumber_Add(counts_ ? state : first, counts_ ? first : value);
        Py_DECREF(first);
        return after;
    }
};

}  // namespace bigdata
