#include "app/commands.h"
#include "app/speech.h"
#include "lessons/checker.h"

namespace ringside {

int checkCommand(const CheckOptions& options, Output& out, std::FILE* err) {
    speak(options.lang);
    bool good = true;
    std::size_t lessons = 0, scenarios = 0;
    for (const std::string& path : options.paths) {
        const CheckReport report = checkPath(path);
        lessons += report.lessons;
        scenarios += report.scenarios;
        good = good && report.ok();
        for (const Problem& problem : report.problems) {
            const char* const kind = problem.severity == Problem::Severity::warning ? "warning: " : "";
            const std::string line = kind + said(problem.error) + "\n";
            std::fputs(line.c_str(), err);
        }
    }
    out.write(saidOfCheck(lessons, scenarios, good) + "\n");
    return good ? 0 : 1;
}

}  // namespace ringside
