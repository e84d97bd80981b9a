#include "app/step_picture.h"

#include "engine/history/fate_book.h"
#include "views/scene/path_adapter.h"
#include "views/scene/skb_adapter.h"
#include "views/stacks/stacks_panel.h"

namespace ringside {
namespace {

/// Logical pixels of a picture: the scene's part of an ordinary window.
constexpr QSizeF kPage{1100, 760};

}  // namespace

DisplayList drawStep(Timeline& timeline, const std::string& scene, const Theme& theme) {
    const FontTextMetrics metrics(theme);
    const SceneRequest request{kPage, theme, metrics};
    const World& world = timeline.world();
    const std::optional<Event>& event = timeline.event();
    const Event* at = event ? &*event : nullptr;
    if (scene == "skb") {
        const World before = timeline.position() ? timeline.at(timeline.position() - 1) : world;
        SkbInput input = skbInput(world, event ? event->skb : 0, &before);
        if (at && input.empty.isEmpty()) input.title = fromView(timeline.inputs().function(at->function).name);
        showPanic(input, world);
        return buildSkbScene(input, request);
    }
    if (scene == "cpu") {
        return buildStacksScene(allStackCards(world, timeline.inputs(), at),
                                static_cast<int>(world.machines.size()) - 1, request);
    }
    PathView view;
    view.followed = packetToFollow(at, 0);
    const PacketWalk walk = timeline.walk(view.followed);
    FateBook fates;
    fates.learn(world.fates);
    view.walk = &walk;
    view.fate = fates.find(view.followed, timeline.position());
    return buildPathScene(pathInput(world, timeline.inputs(), at, view), request);
}

}  // namespace ringside
