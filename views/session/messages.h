#pragma once
// What is to be said to the learner above the views: anybody reports, the window shows.

#include <QObject>
#include <QString>

namespace ringside {

class Messages : public QObject {
    Q_OBJECT
  public:
    enum class Kind { info, warning, error };
    Q_ENUM(Kind)
    using QObject::QObject;

    void report(Kind kind, const QString& text) { emit message(kind, text); }

  signals:
    void message(ringside::Messages::Kind kind, const QString& text);
};

}  // namespace ringside
