// bench_ringside            Google Benchmark's own runs and options
// bench_ringside --table    everything DESIGN.md §8 wants, measured now, as a Markdown table
// bench_ringside --window   of these only what is measured while a large capture is played on

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstring>

#include "tests/bench/figures.h"

int main(int argc, char** argv) {
    const bool window = argc == 2 && std::strcmp(argv[1], "--window") == 0;
    if (window || (argc == 2 && std::strcmp(argv[1], "--table") == 0)) {
        using namespace ringside::bench;
        Figures figures;
        if (!window) {
            for (void (*part)(Figures&) : {engineFigures, captureFigures, historyFigures, programFigures})
                part(figures);
        }
#ifdef RINGSIDE_BENCH_GUI
        if (!window) viewsFigures(figures);
        indexingFigures(figures);
#endif
        std::printf("%s\n\n", processor().sentence().c_str());
        std::puts("| what | reach | measured | |\n| --- | --- | --- | --- |");
        bool all = true;
        for (const Figure& f : figures) {
            std::printf("| %s | %s | %s | %s |\n", f.what.c_str(), f.reach.c_str(), f.measured.c_str(),
                        f.held ? "✓" : "missed");
            all = all && f.held;
        }
        return all ? 0 : 1;
    }
#ifdef RINGSIDE_BENCH_GUI
    if (argc == 3 && std::strcmp(argv[1], "--paint") == 0) return ringside::bench::paintOnce(argv[2]);
    if (argc == 3 && std::strcmp(argv[1], "--indexing") == 0) return ringside::bench::typeWhileIndexing(argv[2]);
#endif
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
