#pragma once
// The udp_rx scenario as a run that lessons can look at.

#include <gtest/gtest.h>

#include "lessons/lab_script.h"
#include "lessons/scenario_yaml.h"
#include "tests/support/paths.h"

namespace ringside {

/// A scenario of tests/scenarios, built.
inline Start recordedStart(const std::string& name) {
    const Result<ScenarioFile> file = loadScenario(sourceDir() + "/tests/scenarios/" + name + ".yaml");
    EXPECT_TRUE(file.ok()) << file.error().message();
    Result<Start> start = file->start();
    EXPECT_TRUE(start.ok()) << start.error().message();
    return *start;
}

class UdpRun : public ::testing::Test {
  protected:
    Timeline m_timeline{recordedStart("udp_rx")};
    TimelineRun m_run{m_timeline};
};

}  // namespace ringside
