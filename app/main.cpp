#include "app/command_line.h"

int main(int argc, char** argv) { return ringside::runProgram(argc, argv); }
