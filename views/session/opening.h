#pragma once
// Requests for another run: a lesson, a scenario or a capture is read off the GUI thread; the run that is open stays
// until the new one is ready.

#include <QObject>
#include <filesystem>
#include <functional>

#include "views/session/explorer.h"
#include "views/session/travel.h"

namespace ringside {

class Opening : public QObject {
    Q_OBJECT
  public:
    /// What opening needs of the rest.
    struct Parts {
        RunState& run;
        ViewState& view;
        Travel& travel;
        Explorer& explorer;
        const Texts& texts;
        Messages& messages;
    };
    /// `data` is the folder with lessons/, assets/.
    Opening(std::filesystem::path data, Parts parts, QObject* parent = nullptr);
    ~Opening() override;

    /// Tells where the learner was in a lesson that is opened.
    void setProgress(std::function<LessonProgress(const Lesson&)> of) { m_progress = std::move(of); }
    /// Asked before what is open is let go of; false: it stays.
    void setMayLeave(std::function<bool()> may) { m_mayLeave = std::move(may); }
    void open(const OpenRequest& request);
    void openNamed(const QString& name) { open(requestFor(name.toStdString())); }
    /// From a watched run of an exercise back to the lesson's end, with its questions as they were answered.
    void backToExercise();
    /// Opens the present capture again with other choices.
    void reopenCapture(const ReplayOptions& options);
    /// Reads the present capture again: for one that has grown, or was written anew.
    void reloadCapture();
    void cancel();
    /// Back to no run at all.
    void close();
    [[nodiscard]] bool busy() const { return m_work.busy(); }
    [[nodiscard]] const std::filesystem::path& dataFolder() const { return m_data; }

  signals:
    void busyChanged(bool busy);
    void progress(quint64 done, quint64 total, quint64 packets);
    /// Another run is there; nobody was told yet.
    void taken();
    /// What was saved of a run cannot be made again from its input; what is open stays.
    void notRestored(ringside::NotRestored why);

  private:
    void take(OpenedRun&& run);
    /// Where the learner is in a lesson that was just taken.
    void startLesson();

    std::filesystem::path m_data;
    Parts m;
    std::function<LessonProgress(const Lesson&)> m_progress;
    std::function<bool()> m_mayLeave;
    Background m_work;
};

}  // namespace ringside
