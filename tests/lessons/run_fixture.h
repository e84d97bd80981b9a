#pragma once
// The udp_rx scenario as a run that lessons can look at.

#include <gtest/gtest.h>

#include "lessons/lab_script.h"
#include "lessons/scenario_yaml.h"

namespace ringside {

class UdpRun : public ::testing::Test {
  protected:
    static Start begin(const std::string& name = "udp_rx") {
        const Result<ScenarioFile> file = loadScenario(std::string(RINGSIDE_SOURCE_DIR) + "/tests/scenarios/" + name + ".yaml");
        EXPECT_TRUE(file.ok()) << file.error().message();
        Result<Start> start = file->start();
        EXPECT_TRUE(start.ok()) << start.error().message();
        return *start;
    }
    Timeline m_timeline{begin()};
    TimelineRun m_run{m_timeline};
};

}  // namespace ringside
