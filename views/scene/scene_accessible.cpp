#include "views/scene/scene_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <map>

#include "views/scene/scene_widget.h"

namespace ringside {
namespace {

/// One item of the picture as it is now; asks the widget each time, because a picture lives for one step only.
class ItemAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
  public:
    ItemAccessible(SceneWidget* scene, int index) : m_scene(scene), m_index(index) {}

    [[nodiscard]] bool isValid() const override { return item() != nullptr; }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(m_scene);
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        const Item* of = item();
        if (!of) return {};
        if (kind == QAccessible::Name) return of->spoken();
        return kind == QAccessible::Description ? of->tooltip : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override {
        const Item* of = item();
        if (!of) return {};
        const QRect at = m_scene->itemRect(of->id);
        return {m_scene->mapToGlobal(at.topLeft()), at.size()};
    }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        const Item* of = item();
        state.invalid = !of;
        if (!of) return state;
        state.focusable = of->focusable;
        state.selectable = true;
        state.focused = m_scene->hasFocus() && m_scene->focusedItem() == of->id;
        state.selected = m_scene->selectedItem() == of->id;
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& action) override {
        if (const Item* of = item(); of && action == pressAction()) emit m_scene->itemActivated(of->id);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

  private:
    [[nodiscard]] const Item* item() const {
        if (!m_scene) return nullptr;
        const auto& items = m_scene->displayList().items();
        return m_index < static_cast<int>(items.size()) ? &items[static_cast<std::size_t>(m_index)] : nullptr;
    }
    QPointer<SceneWidget> m_scene;
    int m_index;
};

class SceneAccessible : public QAccessibleWidget {
  public:
    explicit SceneAccessible(SceneWidget* scene)
        : QAccessibleWidget(scene, QAccessible::List, scene->accessibleName()), m_scene(scene) {}
    ~SceneAccessible() override {
        for (const auto& [index, id] : m_children) QAccessible::deleteAccessibleInterface(id);
    }
    [[nodiscard]] int childCount() const override { return static_cast<int>(m_scene->displayList().items().size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount()) return nullptr;
        const auto known = m_children.find(index);
        if (known != m_children.end()) return QAccessible::accessibleInterface(known->second);
        auto* made = new ItemAccessible(m_scene, index);  // owned by Qt's registry, released in the destructor
        m_children[index] = QAccessible::registerAccessibleInterface(made);
        return made;
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
        for (const auto& [index, id] : m_children) {
            if (QAccessible::accessibleInterface(id) == child) return index;
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
        const QPointF at = m_scene->mapFromGlobal(QPointF(x, y)) / m_scene->theme().scale();
        return child(m_scene->displayList().hitTest(at));
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override {
        return m_scene->hasFocus() ? child(m_scene->displayList().find(m_scene->focusedItem())) : nullptr;
    }

  private:
    SceneWidget* m_scene;
    mutable std::map<int, QAccessible::Id> m_children;
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object) {
    auto* scene = qobject_cast<SceneWidget*>(object);
    return scene ? new SceneAccessible(scene) : nullptr;
}

}  // namespace

void installSceneAccessibility() { QAccessible::installFactory(makeAccessible); }

}  // namespace ringside
