#pragma once
// Work that must not block the window: one task at a time on a thread of its own, its end told on the GUI thread.

#include <QObject>
#include <atomic>
#include <functional>
#include <stop_token>
#include <thread>

namespace ringside {

class Background : public QObject {
    Q_OBJECT
  public:
    explicit Background(QObject* parent = nullptr);
    ~Background() override;

    using Done = std::function<void()>;
    /// Runs `work` elsewhere; what it returns is called on this object's thread, unless start() or stop() came first.
    void start(std::function<Done(std::stop_token)> work);
    /// Asks the work to end and waits for it; its result is not delivered.
    void stop();
    [[nodiscard]] bool busy() const { return m_busy; }
    /// Calls `what` on this object's thread soon; for progress, from within the work.
    void tell(std::function<void()> what);

  private:
    std::jthread m_thread;
    std::atomic<std::uint64_t> m_turn{0};  ///< which work is current: what an older one tells is dropped
    bool m_busy = false;
};

}  // namespace ringside
