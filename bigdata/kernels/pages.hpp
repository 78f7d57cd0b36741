// Vectors whose memory goes back to the system when they let go of it, where malloc may keep it for later.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

namespace bigdata {

// Takes large memory as pages of its own, in huge pages where the system has them: tables are read at random places.
template <class T>
struct PageAllocator {
    using value_type = T;

    PageAllocator() = default;
    template <class U>
    PageAllocator(const PageAllocator<U>&) {}

    T* allocate(size_t count) {
        if (count > PTRDIFF_MAX / sizeof(T)) throw std::bad_array_new_length();
        [[maybe_unused]] const size_t size = count * sizeof(T);
#ifdef MAP_ANONYMOUS
        if (is_large(size)) return static_cast<T*>(mapped(size));
#endif
        return static_cast<T*>(::operator new(size));
    }

    void deallocate(T* memory, [[maybe_unused]] size_t count) {
#ifdef MAP_ANONYMOUS
        if (is_large(count * sizeof(T))) {
            munmap(memory, count * sizeof(T));
            return;
        }
#endif
        ::operator delete(memory);
    }

    template <class U>
    bool operator==(const PageAllocator<U>&) const {
        return true;
    }

#ifdef MAP_ANONYMOUS
  private:
    static bool is_large(size_t size) { return size >= size_t{1} << 20; }

    static void* mapped(size_t size) {
        void* pages = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (pages == MAP_FAILED) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
        madvise(pages, size, MADV_HUGEPAGE);
#endif
        return pages;
    }
#endif
};

template <class T>
using Pages = std::vector<T, PageAllocator<T>>;

}  // namespace bigdata
