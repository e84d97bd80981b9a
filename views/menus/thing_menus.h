#pragma once
// What can be done with a thing, wherever it is right-clicked: rows of menus for functions, packets, values and the
// items of scenes.

#include <QMenu>

#include "views/session/hunt.h"
#include "views/session/view_state.h"

namespace ringside {

class ThingMenus {
  public:
    struct Parts {
        RunState& run;
        ViewState& view;
        Travel& travel;
        Hunt& hunt;
        MarkBook& marks;
        const Texts& texts;
        Messages& messages;
    };
    explicit ThingMenus(const Parts& parts) : m_parts(parts) {}

    /// On to it, back to it, break there, what it is. `condition` is what stops, where it is not the function alone.
    void addFunction(QMenu& menu, FunctionId function, const QString& condition = {}) const;
    /// Follow it, on to its next event and back, break there.
    void addPacket(QMenu& menu, std::uint32_t packet) const;
    /// Copy it, who last changed it, watch it, break where it changes, what it is.
    void addField(QMenu& menu, const Selection& selection, const QString& path, const QString& value,
                  const QString& doc) const;
    /// Who last changed the value in this row of the inspector.
    void whoChanged(const Selection& selection, const QString& path) const;
    /// All of it for an item of a scene, by its id; false: there is nothing to do with it.
    bool addItem(QMenu& menu, const QString& item, const QString& name) const;

  private:
    void addCopy(QMenu& menu, const QString& label, const QString& text) const;
    void addStops(QMenu& menu, const QString& condition) const;
    void addExplain(QMenu& menu, const QString& said) const;
    Parts m_parts;
};

class SceneWidget;
/// The items of a scene have a menu, by the right button and the menu key.
void giveMenus(SceneWidget& scene, const ThingMenus& menus);

}  // namespace ringside
