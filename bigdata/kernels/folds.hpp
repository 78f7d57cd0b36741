// The loops of Sum.fold and Count.fold over pairs that are exact tuples or lists of two.
//
// A loop stops at the first pair of another kind and gives it back, for Python to take apart or to refuse.
#pragma once

#include <Python.h>

namespace bigdata {

// The item in a tuple of one; consumes the reference.
inline PyObject* stray(PyObject* item) {
    PyObject* wrapped = PyTuple_Pack(1, item);
    Py_DECREF(item);
    return wrapped;
}

// Folds what an iterator gives: new_state(state, value) is the state of a key after a value, `state` null at first.
// Gives None at the end, a stray, or null with an error set.
template <class NewState>
PyObject* fold(PyObject* table, PyObject* pairs, PyObject* group, NewState new_state) {
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
                PyObject* after = new_state(state, value);
                folded = after != nullptr && PyDict_SetItem(table, key, after) == 0;
                Py_XDECREF(after);
                Py_XDECREF(state);
            }
        }
        Py_XDECREF(key);
        Py_DECREF(value);
        Py_DECREF(pair);
        if (!folded) return nullptr;
    }
    if (PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_StopIteration)) return nullptr;
        PyErr_Clear();
    }
    Py_RETURN_NONE;
}

inline PyObject* fold_sum(PyObject* table, PyObject* pairs, PyObject* group) {
    PyObject* zero = PyLong_FromLong(0);
    if (zero == nullptr) return nullptr;
    PyObject* result = fold(table, pairs, group, [zero](PyObject* state, PyObject* value) {
        return state == nullptr ? PyNumber_Add(zero, value) : PyNumber_InPlaceAdd(state, value);
    });
    Py_DECREF(zero);
    return result;
}

inline PyObject* fold_count(PyObject* table, PyObject* pairs, PyObject* group) {
    PyObject* one = PyLong_FromLong(1);
    if (one == nullptr) return nullptr;
    PyObject* result = fold(table, pairs, group, [one](PyObject* state, PyObject*) {
        return state == nullptr ? Py_NewRef(one) : PyNumber_Add(state, one);
    });
    Py_DECREF(one);
    return result;
}

}  // namespace bigdata
