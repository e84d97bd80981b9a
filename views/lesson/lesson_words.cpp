#include "views/lesson/lesson_words.h"

#include "lessons/catalog.h"

namespace ringside {
namespace {

const QString kGlossaryKey = QStringLiteral("glossary:"), kFunctionKey = QStringLiteral("function:");

const FunctionInfo* functionOf(const RunState& run, const std::string& name) {
    if (!run.hasRun()) return nullptr;
    for (const FunctionInfo& f : run.inputs().functions) {
        if (f.name == name && f.doc && *f.doc) return &f;
    }
    return nullptr;
}

}  // namespace

const Glossary& LessonWords::glossary() const {
    if (!m_glossary) {
        Result<Glossary> read = Glossary::load(glossaryFile(catalogFolder(m_data)));
        if (!read) m_problem = read.error();
        m_glossary = read ? std::move(*read) : Glossary();
    }
    return *m_glossary;
}

std::vector<LessonWords::Mark> LessonWords::marks(const QString& text) const {
    const QByteArray bytes = text.toUtf8();
    std::vector<Mark> all;
    for (const GlossaryMark& mark :
         glossary().marks({bytes.constData(), static_cast<std::size_t>(bytes.size())}, m_texts.language())) {
        const auto from = static_cast<qsizetype>(mark.from), length = static_cast<qsizetype>(mark.length);
        all.push_back({static_cast<int>(QString::fromUtf8(bytes.constData(), from).size()),
                       static_cast<int>(QString::fromUtf8(bytes.constData() + from, length).size()),
                       kGlossaryKey + QString::fromStdString(mark.entry->id)});
    }
    return all;
}

QString LessonWords::keyOfCode(const QString& code) const {
    const std::string plain = QString(code).replace(QChar::Nbsp, QLatin1Char(' ')).toStdString();
    if (const GlossaryEntry* entry = glossary().ofCode(plain)) return kGlossaryKey + QString::fromStdString(entry->id);
    const std::string name = codeName(plain);
    return functionOf(m_run, name) ? kFunctionKey + QString::fromStdString(name) : QString();
}

std::optional<WordEntry> LessonWords::entry(const QString& key) const {
    if (key.startsWith(kGlossaryKey)) {
        const GlossaryEntry* found = glossary().find(key.mid(kGlossaryKey.size()).toStdString());
        if (!found) return std::nullopt;
        WordEntry entry{key,
                        QString::fromStdString(found->title(m_texts.language())),
                        QString::fromStdString(found->in(m_texts.language()).says),
                        {},
                        {}};
        if (!found->code.empty() && found->code.front() != found->title(m_texts.language()))
            entry.code = QString::fromStdString(found->code.front());
        for (const std::string& id : found->see) entry.see << kGlossaryKey + QString::fromStdString(id);
        return entry;
    }
    if (!key.startsWith(kFunctionKey)) return std::nullopt;
    const FunctionInfo* function = functionOf(m_run, key.mid(kFunctionKey.size()).toStdString());
    if (!function) return std::nullopt;
    return WordEntry{key, key.mid(kFunctionKey.size()) + QStringLiteral("()"), m_texts.text(function->doc), {}, {}};
}

}  // namespace ringside
