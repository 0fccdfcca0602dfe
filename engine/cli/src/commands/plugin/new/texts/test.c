/* The tests of the kind of step. */
#include "NAME.c"
#include "runsheet_test.h"

#define WITH "{\"name\":\"motd\",\"text\":\"hello\"}"
#define REQUEST(verb) "{\"host\":\"HERE\",\"facility\":\"NAME\",\"resource\":\"motd\",\"verb\":" verb "}"
#define HEARD(verb, answer) "{\"request\":" REQUEST(verb) ",\"answer\":" answer "}"
#define PUT "{\"put\":\"hello\"}"

static const rst_turn TURNS[] = {
    {"the text is looked at", WITH, "[]", "{\"ask\":[" REQUEST("\"get\"") "]}"},
    {"a text that is right is left alone", WITH, "[" HEARD("\"get\"", "{\"value\":\"hello\"}") "]",
     "{\"done\":{\"changed\":false,\"outputs\":{\"before\":\"hello\"}}}"},
    {"a text that is wrong is set", WITH, "[" HEARD("\"get\"", "{\"value\":\"bye\"}") "]",
     "{\"ask\":[" REQUEST(PUT) "]}"},
    {"a text that was set is told", WITH,
     "[" HEARD("\"get\"", "\"absent\"") "," HEARD(PUT, "\"absent\"") "]",
     "{\"done\":{\"changed\":true,\"outputs\":{\"before\":null}}}"},
    {"what a plan cannot know is unknown", WITH,
     "[" HEARD("\"get\"", "{\"unknown\":[\"the install\"]}") "]", "{\"unknown\":[\"the install\"]}"},
};

int main(void) {
    const runsheet_plugin *plugin = RUNSHEET_ENTRY(NULL);
    return rst_told(RST_TURNS(plugin, "NAME", "HERE", TURNS), RST_COUNT(TURNS));
}
