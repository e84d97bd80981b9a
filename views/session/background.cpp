#include "views/session/background.h"

#include <sys/resource.h>
#include <unistd.h>

#include <QMetaObject>

namespace ringside {
namespace {
constexpr int kNice = 5;
}  // namespace

Background::Background(QObject* parent) : QObject(parent) {}

Background::~Background() { stop(); }

void Background::start(std::function<Done(std::stop_token)> work) {
    stop();
    m_busy = true;
    const std::uint64_t turn = m_turn;
    m_thread = std::jthread([this, turn, work = std::move(work)](std::stop_token stop) {
        // on a busy machine the window goes first; the nice value is the thread's own in Linux
        ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
        Done done = work(stop);
        QMetaObject::invokeMethod(
            this,
            [this, turn, done = std::move(done)] {
                if (turn != m_turn) return;
                m_busy = false;
                if (done) done();
            },
            Qt::QueuedConnection);
    });
}

void Background::stop() {
    ++m_turn;
    m_busy = false;
    if (m_thread.joinable()) {
        m_thread.request_stop();
        m_thread.join();
    }
}

void Background::tell(std::function<void()> what) {
    const std::uint64_t turn = m_turn;
    QMetaObject::invokeMethod(
        this,
        [this, turn, what = std::move(what)] {
            if (turn == m_turn) what();
        },
        Qt::QueuedConnection);
}

}  // namespace ringside
