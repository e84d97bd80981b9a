#pragma once
// A value behind a counted handle, copied when it is written while somebody else holds it too. This is what makes a
// copy of a World cheap: only the parts that change after a checkpoint are duplicated.

#include <atomic>
#include <cstddef>
#include <utility>

namespace ringside {

/// Copy-on-write handle to one T; never empty. Copies are O(1); `write()` duplicates the T first when it is shared.
/// Handles to one T may live in several threads; one handle may not be used by two threads at once.
template <class T>
class Cow {
  public:
    Cow() : m_node(new Node) {}
    explicit Cow(T value) : m_node(new Node{1, std::move(value)}) {}
    Cow(const Cow& other) noexcept : m_node(other.m_node) { m_node->users.fetch_add(1, std::memory_order_relaxed); }
    Cow(Cow&& other) noexcept : m_node(std::exchange(other.m_node, nullptr)) {}
    Cow& operator=(const Cow& other) noexcept {
        Cow copy(other);
        std::swap(m_node, copy.m_node);
        return *this;
    }
    Cow& operator=(Cow&& other) noexcept {
        std::swap(m_node, other.m_node);
        return *this;
    }
    ~Cow() { release(); }

    const T& operator*() const { return m_node->value; }
    const T* operator->() const { return &m_node->value; }
    [[nodiscard]] const T& read() const { return m_node->value; }

    /// The T for writing. The reference is good until this handle is copied.
    T& write() {
        if (m_node->users.load(std::memory_order_acquire) != 1) detach();
        return m_node->value;
    }
    /// Whether both handles hold the very same T (equal without looking).
    [[nodiscard]] bool same(const Cow& other) const { return m_node == other.m_node; }
    /// Bytes of memory behind a handle that is not shared, without what T itself allocates.
    static constexpr std::size_t nodeBytes() { return sizeof(Node); }

  private:
    struct Node {
        std::atomic<unsigned> users{1};
        T value{};
    };
    [[gnu::noinline, gnu::cold]] void detach() {
        Node* own = new Node{1, m_node->value};
        release();
        m_node = own;
    }
    void release() {
        if (m_node && m_node->users.fetch_sub(1, std::memory_order_acq_rel) == 1) delete m_node;
    }
    Node* m_node;
};

}  // namespace ringside
