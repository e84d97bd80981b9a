#pragma once
// What happens in a lesson as text for people: the goldens of tests/golden/lessons. No fingerprints: a reader of a diff
// sees which value moved.

#include <string>

#include "lessons/lesson.h"

namespace ringside {

/// Per step its position, the event there, the focus values, and what is the answer to its question (where it is
/// decided, the right choices or number, what each trap gives); per exercise whether start and solution reach the goal;
/// the last event, what became of the packets, and the panic line if there is one. A failure is part of the text.
std::string lessonStory(const std::shared_ptr<const Lesson>& lesson);

}  // namespace ringside
