#include "views/inspector/inspector_model.h"

#include "views/session/format.h"

namespace ringside {

struct InspectorModel::Node {
    Node* parent = nullptr;
    int row = 0;
    QString name, path, value, old, delta;
    std::string_view doc;
    bool group = false, changed = false;
    std::vector<std::unique_ptr<Node>> children;

    [[nodiscard]] bool sameShape(const Node& other) const {
        if (name != other.name || group != other.group || children.size() != other.children.size()) return false;
        for (std::size_t i = 0; i < children.size(); ++i) {
            if (!children[i]->sameShape(*other.children[i])) return false;
        }
        return true;
    }
    /// Takes over another tree's values; the nodes stay, so that indexes do.
    void takeValues(Node& other) {
        value = std::move(other.value);
        old = std::move(other.old);
        delta = std::move(other.delta);
        doc = other.doc;
        changed = other.changed;
        for (std::size_t i = 0; i < children.size(); ++i) children[i]->takeValues(*other.children[i]);
    }
    void changes(QStringList& all) const {
        if (changed && !group) all << QStringLiteral("%1: %2 → %3").arg(path, old, value);
        for (const auto& child : children) child->changes(all);
    }
};

InspectorModel::InspectorModel(QObject* parent)
    : QAbstractItemModel(parent), m_theme(makeTheme(ThemeKind::light)), m_root(std::make_unique<Node>()) {
    m_groupName = [](const std::string& name) { return QString::fromStdString(name); };
    m_doc = [](std::string_view text) { return fromView(text); };
}

InspectorModel::~InspectorModel() = default;

InspectorModel::Node* InspectorModel::nodeOf(const QModelIndex& index) const {
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex InspectorModel::index(int row, int column, const QModelIndex& parent) const {
    const Node* node = nodeOf(parent);
    if (row < 0 || column < 0 || column >= 2 || row >= static_cast<int>(node->children.size())) return {};
    if (parent.isValid() && parent.column() != 0) return {};
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex InspectorModel::parent(const QModelIndex& child) const {
    const Node* node = nodeOf(child);
    if (!child.isValid() || !node->parent || node->parent == m_root.get()) return {};
    return createIndex(node->parent->row, 0, node->parent);
}

int InspectorModel::rowCount(const QModelIndex& parent) const {
    if (parent.column() > 0) return 0;
    return static_cast<int>(nodeOf(parent)->children.size());
}

int InspectorModel::columnCount(const QModelIndex&) const { return 2; }

QVariant InspectorModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Node& node = *nodeOf(index);
    switch (role) {
        case Qt::DisplayRole:
            return index.column() == 0 ? node.name : node.value;
        case Qt::ToolTipRole: {
            const QString doc = m_doc(node.doc);
            return doc.isEmpty() ? node.name : QStringLiteral("%1 — %2").arg(node.name, doc);
        }
        case Qt::AccessibleTextRole:
            if (node.changed && !node.group)
                return tr("%1, changed from %2 to %3").arg(node.name, node.old, node.value);
            return index.column() == 0 ? QStringLiteral("%1, %2").arg(node.name, node.value) : node.value;
        case Qt::FontRole:
            if (node.group) return m_theme.font(TextToken::small_medium);
            return m_theme.font(index.column() == 1 && node.changed ? TextToken::mono_bold : TextToken::mono);
        case Qt::ForegroundRole:
            return m_theme.color(index.column() == 0 && !node.group ? Role::text2 : Role::text);
        case Qt::TextAlignmentRole:
            return QVariant(
                static_cast<int>((index.column() == 1 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
        case changedRole:
            return node.changed;
        case oldRole:
            return node.old;
        case deltaRole:
            return node.delta;
        case groupRole:
            return node.group;
        case pathRole:
            return node.path;
        case valueRole:
            return node.value;
        default:
            return {};
    }
}

void InspectorModel::build(Node& node, const Value& now, const Value* before, bool shown) {
    node.group = !now.leaf();
    node.doc = now.doc;
    if (now.leaf()) {
        node.value = valueText(now);
        // the bytes of a buffer are the scene's business; here a row has room for some of them
        if (node.value.size() > 40) node.value = node.value.left(37) + QStringLiteral("…");
        if (before && before->leaf() &&
            !(now.kind == before->kind && now.number == before->number && now.text == before->text)) {
            node.changed = true;
            node.old = valueText(*before);
            if (node.old.size() > 40) node.old = node.old.left(37) + QStringLiteral("…");
            if (now.kind == Value::Kind::number && before->kind == Value::Kind::number && now.unit != Unit::flags &&
                now.unit != Unit::hex) {
                const std::int64_t by = now.number - before->number;
                node.delta = (by > 0 ? QStringLiteral("+") : QString()) +
                             (now.unit == Unit::nanoseconds ? timeText(by) : QString::number(by));
            }
        }
        return;
    }
    for (std::size_t i = 0; i < now.children.size(); ++i) {
        const Value& child = now.children[i];
        auto next = std::make_unique<Node>();
        next->parent = &node;
        next->name = child.leaf() ? QString::fromStdString(child.name) : m_groupName(child.name);
        next->path = node.path.isEmpty() ? QString::fromStdString(child.name)
                                         : node.path + QLatin1Char('.') + QString::fromStdString(child.name);
        const bool matches = shown || next->name.contains(m_filter, Qt::CaseInsensitive);
        // most often a field stands where it stood
        const Value* old = nullptr;
        if (before) {
            old = i < before->children.size() && before->children[i].name == child.name ? &before->children[i]
                                                                                        : before->child(child.name);
        }
        build(*next, child, old, matches);
        if (!matches && (child.leaf() || next->children.empty())) continue;
        if (child.leaf() && before && !old) {
            next->changed = true;
            next->old = QStringLiteral("–");
        }
        node.changed |= next->changed;
        next->row = static_cast<int>(node.children.size());
        node.children.push_back(std::move(next));
    }
}

void InspectorModel::rebuild() {
    auto fresh = std::make_unique<Node>();
    fresh->group = true;
    if (!m_now.leaf()) build(*fresh, m_now, m_compare ? &m_before : nullptr, m_filter.isEmpty());
    fresh->name.clear();
    if (m_root->sameShape(*fresh)) {
        m_root->takeValues(*fresh);
        const std::function<void(const QModelIndex&)> tell = [&](const QModelIndex& parent) {
            const int rows = rowCount(parent);
            if (rows == 0) return;
            emit dataChanged(index(0, 0, parent), index(rows - 1, 1, parent));
            for (int row = 0; row < rows; ++row) tell(index(row, 0, parent));
        };
        tell({});
        return;
    }
    beginResetModel();
    m_root = std::move(fresh);
    endResetModel();
}

void InspectorModel::setValues(const Value& now, const Value* before) {
    m_now = now;
    m_compare = before != nullptr && before->kind != Value::Kind::none;
    m_before = m_compare ? *before : Value{};
    rebuild();
}

void InspectorModel::setFilter(const QString& filter) {
    m_filter = filter.trimmed();
    rebuild();
}

void InspectorModel::setTheme(const Theme& theme) {
    m_theme = theme;
    rebuild();
}

void InspectorModel::setWords(std::function<QString(const std::string&)> groupName,
                              std::function<QString(std::string_view)> doc) {
    m_groupName = std::move(groupName);
    m_doc = std::move(doc);
}

bool InspectorModel::empty() const { return m_root->children.empty(); }

QStringList InspectorModel::changes() const {
    QStringList all;
    m_root->changes(all);
    return all;
}

}  // namespace ringside
