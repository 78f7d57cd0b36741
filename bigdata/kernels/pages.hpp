// Vectors whose memory goes back to the system when they let go of it, where malloc may keep it for later.
#pragma once

#include <cstddef>
#include <new>
#include <utility>
#include <vector>

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

namespace bigdata {

// Takes large memory as pages of its own; in huge pages, if wanted and where the system has them.
template <class T, bool kHuge>
struct PageAllocator {
    using value_type = T;
    template <class U>
    struct rebind {
        using other = PageAllocator<U, kHuge>;
    };

    PageAllocator() = default;
    template <class U>
    PageAllocator(const PageAllocator<U, kHuge>&) {}

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
    bool operator==(const PageAllocator<U, kHuge>&) const {
        return true;
    }

#ifdef MAP_ANONYMOUS
  private:
    static bool is_large(size_t size) { return size >= size_t{1} << 20; }

    static void* mapped(size_t size) {
        void* pages = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (pages == MAP_FAILED) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
        if (kHuge) madvise(pages, size, MADV_HUGEPAGE);
#endif
        return pages;
    }
#endif
};

// In huge pages: tables are read at random places.
template <class T>
using Pages = std::vector<T, PageAllocator<T, true>>;

// Leaves elements as they are until they are written.
template <class T>
struct RawAllocator : PageAllocator<T, false> {
    template <class U>
    struct rebind {
        using other = RawAllocator<U>;
    };

    RawAllocator() = default;
    template <class U>
    RawAllocator(const RawAllocator<U>&) {}

    template <class U, class... Arguments>
    void construct(U* place, Arguments&&... arguments) {
        if constexpr (sizeof...(Arguments) == 0) {
            ::new (static_cast<void*>(place)) U;
        } else {
            ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
        }
    }
};

// In small pages, which come faster where a machine is virtual, for what is gone through from end to end.
template <class T>
using RawPages = std::vector<T, RawAllocator<T>>;

}  // namespace bigdata
