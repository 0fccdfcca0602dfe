/* The tests of the plugin. */
#include "NAME.c"
#include "runsheet_test.h"

#define WITH "{\"file\":\"a.log\",\"at_least\":100}"
#define ASKED "{\"host\":\"SALES\",\"facility\":\"file\",\"resource\":\"a.log\",\"verb\":\"get\"}"
#define HEARD(answer) "[{\"request\":" ASKED ",\"answer\":" answer "}]"

static const rst_turn TURNS[] = {
    {"the file is looked at", WITH, "[]", "{\"ask\":[" ASKED "]}"},
    {"a file that is large enough is measured", WITH, HEARD("{\"value\":{\"size\":100}}"),
     "{\"done\":{\"changed\":false,\"outputs\":{\"size\":100}}}"},
    {"a file that is too small fails the step", WITH, HEARD("{\"value\":{\"size\":99}}"),
     "{\"failed\":{\"form\":{\"code\":\"too-small\"},\"message\":\"the file has 99 bytes\","
     "\"at\":[\"at_least\"]}}"},
    {"a file that is not there fails the step", WITH, HEARD("\"absent\""),
     "{\"failed\":{\"form\":{\"code\":\"no-such-file\"},\"message\":\"there is no such file\","
     "\"at\":[\"file\"]}}"},
    {"what a plan cannot know is unknown", WITH, HEARD("{\"unknown\":[\"the install\"]}"),
     "{\"unknown\":[\"the install\"]}"},
};

int main(void) {
    const runsheet_plugin *plugin = RUNSHEET_ENTRY(NULL);
    return rst_told(RST_TURNS(plugin, "NAME", "SALES", TURNS), RST_COUNT(TURNS));
}
