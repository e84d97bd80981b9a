#pragma once
// Requests that change what happens or what may be seen: interventions with their branches, answers to questions.

#include <string>

#include "views/session/explorer.h"
#include "views/session/travel.h"

namespace ringside {

class Acting {
  public:
    Acting(RunState& run, Travel& travel, Explorer& explorer, const Texts& texts, Messages& messages)
        : m_run(run), m_travel(travel), m_explorer(explorer), m_texts(texts), m_messages(messages) {}

    /// Does it here; where a future is known, a branch opens. False, with a message, when it cannot be done.
    bool intervene(const Intervention& what);
    void switchBranch(BranchId id);
    /// Answers the question of the lesson's present step; there is one.
    Result<Grade> answer(const std::string& answer);
    void skipQuestion();

  private:
    RunState& m_run;
    Travel& m_travel;
    Explorer& m_explorer;
    const Texts& m_texts;
    Messages& m_messages;
};

}  // namespace ringside
