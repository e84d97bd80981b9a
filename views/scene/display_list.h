#pragma once
// A picture as data: a flat list of primitives with roles for colours, grouped into items a person can point at. It is
// made anew for every state and never changed after; painting, hit testing, screen readers, tests and export all read
// this one list. Coordinates are logical pixels of the design at 100 %; a theme's scale() turns them into widget
// pixels.

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <cstdint>
#include <string>
#include <vector>

#include "views/theme/glyph.h"
#include "views/theme/role.h"

namespace ringside {

/// What is painted once for a state, and what is painted again for every frame of a motion, always above it.
enum class Layer : std::uint8_t { still, moving };
enum class Dash : std::uint8_t { solid, dashed, dotted, route };  ///< dashed 3 3, dotted 2 4, route 2 7 with round caps
enum class Texture : std::uint8_t { none, hatch, hatch_wide, dots };  ///< 45 degrees, pitch 6 or 9; dots of pitch 6
enum class Align : std::uint8_t { left, center, right };
enum class Elide : std::uint8_t { none, right, middle };
enum class Shape : std::uint8_t { rect, line, arc, glyph, text };

/// Outline of a shape.
struct Stroke {
    Role role = Role::none;
    double width = 1;
    Dash dash = Dash::solid;
};

/// How a shape is filled: a colour, and perhaps a texture over it.
struct Fill {
    Role role = Role::none;
    Texture texture = Texture::none;
    Role texture_role = Role::none;
    double opacity = 1;
};

/// One thing to draw. Which members count depends on the shape.
struct Primitive {
    Shape shape = Shape::rect;
    Layer layer = Layer::still;
    int item = -1;      ///< index into items; -1: belongs to none
    QRectF rect;        ///< rect, arc, glyph: its box; text: the box it is aligned in; line: bounds
    double radius = 0;  ///< of the corners of a rect, or of the bends of a line
    Fill fill;
    Stroke stroke;
    Glyph glyph = Glyph::none;
    TextToken token = TextToken::ui;
    double size = 0;  ///< text size that replaces the token's, 0: the token's own
    Align align = Align::left;
    Elide elide = Elide::none;
    bool closed = false;           ///< line: a polygon, filled
    double start = 0, span = 360;  ///< arc, degrees counter-clockwise from three o'clock
    QString text;
    std::vector<QPointF> points;  ///< line
};

/// Something a person can point at, hear named and walk to with Tab.
struct Item {
    QString id;         ///< stable across states, not shown: "stop:udp_rcv"
    QString kind;       ///< translated: "Function"
    QString name;       ///< "udp_rcv"
    QString state;      ///< translated: "done"; may be empty
    QString tooltip;    ///< kernel name and one sentence; may be empty
    QRectF rect;        ///< where it reacts
    double radius = 4;  ///< corners of focus ring and selection
    bool focusable = true;
    int parent = -1;  ///< the item around it
    Layer layer = Layer::still;

    /// What a screen reader says: kind and name, then state.
    [[nodiscard]] QString spoken() const;
};

/// The picture. Items may nest; a primitive belongs to the innermost item that is open when it is added.
class DisplayList {
  public:
    explicit DisplayList(QSizeF size = {}) : m_size(size) {}

    /// What follows belongs to this item until end(). Its `parent` and `layer` are filled in.
    void begin(Item item);
    void end();
    /// Sets the layer of what follows.
    void setLayer(Layer layer) { m_layer = layer; }

    void rect(QRectF rect, Fill fill, Stroke stroke = {}, double radius = 0);
    void line(QPointF from, QPointF to, Stroke stroke);
    /// A line through points with bends of `radius`.
    void route(std::vector<QPointF> points, Stroke stroke, double radius = 14);
    void polygon(std::vector<QPointF> points, Fill fill, Stroke stroke = {});
    /// A circle of `radius`, or a part of one: degrees counter-clockwise from three o'clock.
    void circle(QPointF centre, double radius, Fill fill, Stroke stroke = {});
    void arc(QPointF centre, double radius, double start, double span, Stroke stroke);
    /// A glyph of `size` pixels; `line` is the colour of its outline where it has one.
    void glyph(Glyph glyph, QPointF centre, double size, Role fill, Role line = Role::none);
    /// One line of text, centred vertically in `box`.
    void text(QRectF box, QString text, TextToken token, Role role, Align align = Align::left,
              Elide elide = Elide::none, double size = 0);

    [[nodiscard]] QSizeF size() const { return m_size; }
    void setSize(QSizeF size) { m_size = size; }
    [[nodiscard]] const std::vector<Primitive>& primitives() const { return m_primitives; }
    [[nodiscard]] const std::vector<Item>& items() const { return m_items; }

    /// Index of the item at a point, the innermost and topmost one; -1 if there is none.
    [[nodiscard]] int hitTest(QPointF point) const;
    /// Index of the item with this id, -1 if it is not in the picture.
    [[nodiscard]] int find(const QString& id) const;
    /// Bounds of each moving primitive, strokes included.
    [[nodiscard]] std::vector<QRectF> movingRects() const;
    /// The list as text, one primitive a line, coordinates rounded to tenths: for golden tests.
    [[nodiscard]] std::string dump() const;

  private:
    Primitive& add(Shape shape, QRectF rect);
    QSizeF m_size;
    std::vector<Primitive> m_primitives;
    std::vector<Item> m_items;
    std::vector<int> m_open;
    Layer m_layer = Layer::still;
};

/// Bounds of a primitive with its stroke.
QRectF boundsOf(const Primitive& primitive);

/// Ids of items that cannot be hit at any point of their own, or whose hit rectangle misses what they draw. Empty: all
/// is well.
std::vector<QString> unhittableItems(const DisplayList& list);

}  // namespace ringside
