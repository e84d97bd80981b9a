#include "app/handout.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSaveFile>
#include <QTextDocument>

#include "app/step_picture.h"
#include "lessons/lab_script.h"
#include "lessons/player.h"
#include "views/scene/scene_painter.h"

namespace ringside {
namespace {

constexpr double kMargin = 56, kGap = 14, kLeastPicture = 120;  // of the page, pixels

QString say(const char* text) { return QCoreApplication::translate("Handout", text); }

class Handout {
  public:
    Handout(const Lesson& lesson, const Texts& texts, Timeline& timeline, const HandoutOptions& options,
            QPagedPaintDevice& device)
        : m_lesson(std::make_shared<const Lesson>(lesson)),
          m_texts(texts),
          m_timeline(timeline),
          m_run(timeline),
          m_notes(options.notes),
          m_theme(makeTheme(options.theme)),
          m_device(device),
          m_painter(&device) {}

    std::optional<Error> draw() {
        Player player(m_lesson, m_run);
        player.skipAll();
        const LessonText& words = m_lesson->text(m_texts.language());
        QString answers = QStringLiteral("## %1\n\n").arg(say(QT_TRANSLATE_NOOP("Handout", "Answers")));
        for (std::size_t i = 0; i < player.stepCount(); ++i) {
            const Result<Position> at = player.moment(i);
            if (!at) return at.error();
            m_timeline.seek(*at);
            QString text = i == 0 ? QStringLiteral("# %1\n\n%2\n\n")
                                        .arg(QString::fromStdString(words.title), QString::fromStdString(words.intro))
                                  : QString();
            text += QStringLiteral("### %1. %2\n\n")
                        .arg(i + 1)
                        .arg(QString::fromStdString(player.title(i, m_texts.language())));
            const Result<std::string> narration = player.narration(i, m_texts.language());
            if (!narration) return narration.error();
            text += QString::fromStdString(*narration) + QStringLiteral("\n\n");
            if (m_lesson->steps[i].question) {
                if (auto error = ask(player, i, *at, text, answers)) return error;
            }
            if (const auto note = m_notes.find(m_lesson->steps[i].id); note != m_notes.end()) {
                // as it was written: a note is no markdown
                QString lines = note->second.trimmed();
                lines.replace(QRegularExpression(QStringLiteral(R"(([\\`*_{}\[\]<>#+.!|~-]))")),
                              QStringLiteral(R"(\\\1)"));
                lines.replace(QLatin1Char('\n'), QStringLiteral("  \n"));
                text += QStringLiteral("**%1** %2\n\n").arg(say(QT_TRANSLATE_NOOP("Handout", "Note:")), lines);
            }
            // the run is looked at elsewhere for the answers
            m_timeline.seek(*at);
            page(drawStep(m_timeline, m_lesson->steps[i].scene, m_theme), text);
        }
        answers += QStringLiteral("---\n\n**%1** %2")
                       .arg(say(QT_TRANSLATE_NOOP("Handout", "What was learned:")), QString::fromStdString(words.end));
        lastPages(answers);
        return std::nullopt;
    }

  private:
    std::optional<Error> ask(Player& player, std::size_t step, Position at, QString& text, QString& answers) {
        const Question& question = *m_lesson->steps[step].question;
        const Result<std::string> prompt = player.prompt(step, m_texts.language());
        if (!prompt) return prompt.error();
        text += QStringLiteral("**%1** %2\n\n")
                    .arg(say(QT_TRANSLATE_NOOP("Handout", "Predict:")), QString::fromStdString(*prompt));
        const bool number = question.kind == Question::Kind::number;
        const LessonText& words = m_lesson->text(m_texts.language());
        if (number) text += QStringLiteral("\\_\\_\\_\\_\\_\\_\\_\\_\n\n");
        for (const QuestionChoice& choice : question.choices) {
            const auto& replies = words.steps.at(m_lesson->steps[step].id).questions.at(question.id).replies;
            text += QStringLiteral("○ %1\n\n").arg(QString::fromStdString(replies.at(choice.id).label));
        }
        const Result<Grade> grade = rightAnswer(*m_lesson, step, m_run, at, m_texts.language());
        if (!grade) return grade.error();
        const QString label = QString::fromStdString(grade->right_text);
        answers += QStringLiteral("**%1.** %2\n\n**%3**\n\n%4\n\n")
                       .arg(step + 1)
                       .arg(QString::fromStdString(*prompt), label, QString::fromStdString(grade->reply));
        return std::nullopt;
    }

    [[nodiscard]] QRectF room() const {
        return QRectF(0, 0, m_device.width(), m_device.height()).adjusted(kMargin, kMargin, -kMargin, -kMargin);
    }
    void fill(QTextDocument& document, const QString& markdown) const {
        document.setDocumentMargin(0);
        document.setDefaultFont(m_theme.font(TextToken::body));
        document.setMarkdown(markdown, QTextDocument::MarkdownNoHTML);
        document.setTextWidth(room().width());
    }
    void turn() {
        if (m_begun) m_device.newPage();
        m_begun = true;
    }

    /// A picture and the text below it: the picture gives way; where even that is not enough, the text has pages of its
    /// own.
    void page(const DisplayList& list, const QString& markdown) {
        QTextDocument document;
        fill(document, markdown);
        if (room().height() - kGap - document.size().height() < kLeastPicture) {
            if (!markdown.isEmpty()) page(list, {});
            return lastPages(markdown);
        }
        turn();
        const QSizeF size = list.size() * m_theme.scale();
        const double high = room().height() - kGap - document.size().height();
        const double scale = std::min(room().width() / size.width(), high / size.height());
        m_painter.save();
        m_painter.translate(room().left() + (room().width() - size.width() * scale) / 2, room().top());
        m_painter.scale(scale, scale);
        m_painter.setClipRect(QRectF(QPointF(0, 0), size));
        paint(m_painter, list, m_theme, 1);
        m_painter.restore();
        m_painter.save();
        m_painter.translate(room().left(), room().top() + size.height() * scale + kGap);
        document.drawContents(&m_painter);
        m_painter.restore();
    }

    /// Text alone, over as many pages as it takes.
    void lastPages(const QString& markdown) {
        QTextDocument document;
        fill(document, markdown);
        document.setPageSize(room().size());
        for (int n = 0; n < document.pageCount(); ++n) {
            turn();
            m_painter.save();
            m_painter.translate(room().left(), room().top() - n * room().height());
            document.drawContents(&m_painter, QRectF(0, n * room().height(), room().width(), room().height()));
            m_painter.restore();
        }
    }

    std::shared_ptr<const Lesson> m_lesson;
    const Texts& m_texts;
    Timeline& m_timeline;
    TimelineRun m_run;
    const LessonNotes& m_notes;
    Theme m_theme;
    QPagedPaintDevice& m_device;
    QPainter m_painter;
    bool m_begun = false;
};

}  // namespace

std::optional<Error> printHandout(const Lesson& lesson, const Texts& texts, QPagedPaintDevice& device,
                                  const HandoutOptions& options) {
    Result<Start> start = lesson.scenario.start();
    if (!start) return start.error();
    Timeline timeline(std::move(*start));
    LabPlayer lab(timeline);
    if (std::optional<Error> error = lab.play(lesson.lab)) return *error;
    return Handout(lesson, texts, timeline, options, device).draw();
}

Result<QString> writeHandout(const Lesson& lesson, const Texts& texts, const QString& file,
                             const HandoutOptions& options) {
    if (!file.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive))
        return Error{file.toStdString(), "a file name ending in .pdf", "another"};
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return Error{file.toStdString(), "a file that can be written", out.errorString().toStdString()};
    // made in memory first: the writer does not tell that a device takes no more
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter pdf(&buffer);
        pdf.setResolution(kHandoutDpi);
        pdf.setPageSize(QPageSize(QPageSize::A4));
        pdf.setPageMargins(QMarginsF());
        pdf.setCreator(QStringLiteral("Ringside"));  // not translated: the name of the program
        pdf.setTitle(QString::fromStdString(lesson.text(texts.language()).title));
        if (std::optional<Error> error = printHandout(lesson, texts, pdf, options)) return *error;
    }
    if (out.write(bytes) != bytes.size() || !out.commit())
        return Error{file.toStdString(), "room for the handout", out.errorString().toStdString()};
    return file;
}

}  // namespace ringside
