#pragma once
// A saved run (its branches and acts) as JSON, in a session file. Functions go by name: their numbers are of one build.

#include <QJsonObject>
#include <optional>

#include "engine/history/saved_run.h"

namespace ringside {

QJsonObject contentOf(const SavedRun& run);
/// None where something is missing or makes no sense.
std::optional<SavedRun> savedRunFrom(const QJsonObject& content);

}  // namespace ringside
