#include "views/session/acting.h"

#include <algorithm>

namespace ringside {

bool Acting::intervene(const Intervention& what) {
    if (!m_run.hasRun()) return false;
    m_travel.setPlaying(false);
    m_explorer.pause();
    const Position here = m_run.position();
    if (const std::optional<Error> error = m_run.timeline().intervene(what)) {
        m_messages.report(Messages::Kind::error, m_texts.text(*error));
        m_explorer.resume();
        return false;
    }
    m_explorer.resample(here);
    m_run.tellBranch(Motion::none);
    return true;
}

void Acting::switchBranch(BranchId id) {
    if (!m_run.hasRun() || id == m_run.branch()) return;
    m_travel.setPlaying(false);
    m_explorer.pause();
    m_run.timeline().switchBranch(id, m_run.position());
    const auto branches = m_run.branches();
    m_explorer.resample(std::min(m_run.position(), branches[id].parent ? branches[id].fork.position : Position{0}));
    m_run.tellBranch(Motion::jump);
}

Result<Grade> Acting::answer(const std::string& answer) {
    Result<Grade> grade = m_run.player()->answer(answer, m_texts.language());
    m_run.tellLesson();
    return grade;
}

void Acting::skipQuestion() {
    if (!m_run.player()) return;
    m_run.player()->skip();
    m_run.tellLesson();
}

}  // namespace ringside
