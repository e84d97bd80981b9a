#pragma once
// The sk_buff lab: every operation with its argument, the buffer in the middle, the history of operations below.
// Reachable without a lesson.

#include <QWidget>
#include <array>

#include "views/lab/lab_history.h"
#include "views/lab/lab_model.h"
#include "views/scene/scene_widget.h"
#include "views/scene/skb_scene.h"
#include "views/session/messages.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/theme/theme.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ringside {

class LabPanel : public QWidget {
    Q_OBJECT
  public:
    LabPanel(const RunState& run, const Texts& texts, Messages& messages, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setReducedMotion(bool reduced);
    [[nodiscard]] LabModel& model() { return m_model; }
    void undo();
    void redo();
    /// An exercise of a lesson is to be done here.
    void begin(std::shared_ptr<const Lesson> lesson, std::size_t exercise) {
        m_model.begin(std::move(lesson), exercise);
    }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    struct OpRow {
        QWidget* row = nullptr;
        QPushButton* apply = nullptr;
        QLabel* what = nullptr;
        QSpinBox* number = nullptr;
    };
    QWidget* buildOperations();
    void retranslate();
    void refresh();
    void showPicture(bool backwards);
    void take();
    void run(LabOp op);
    [[nodiscard]] SkbInput picture() const;
    [[nodiscard]] QString sentenceOf(LabOp op) const;
    [[nodiscard]] QString refusedBecause(const LabRefusal& refused) const;

    const RunState& m_run;
    const Texts& m_texts;
    Messages& m_messages;
    Theme m_theme;
    LabModel m_model;
    std::array<OpRow, kLabOps> m_ops{};
    std::array<QLabel*, 3> m_groups{};
    SceneWidget* m_scene = nullptr;
    LabHistory* m_history = nullptr;
    QComboBox* m_skbs = nullptr;
    QLabel *m_skbLabel = nullptr, *m_takeLabel = nullptr, *m_refusal = nullptr, *m_title = nullptr, *m_goal = nullptr;
    QSpinBox* m_packet = nullptr;
    QPushButton *m_take = nullptr, *m_undo = nullptr, *m_redo = nullptr, *m_clear = nullptr, *m_dismiss = nullptr;
    QWidget* m_refusalCard = nullptr;
    const Exercise* m_shownExercise = nullptr;
    std::size_t m_shownDone = 0;
    bool m_filling = false;
};

}  // namespace ringside
