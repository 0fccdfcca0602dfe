/* The tests of the kind of step: messages in, answers out. Ends with the number of those that
 * failed. */
#include "NAME.c"

#define REQUEST(verb) "{\"host\":\"HERE\",\"facility\":\"NAME\",\"resource\":\"motd\",\"verb\":" verb "}"
#define HEARD(verb, answer) "{\"request\":" REQUEST(verb) ",\"answer\":" answer "}"
#define PUT "{\"put\":\"hello\"}"

typedef struct test {
    const char *name;
    const char *transcript; /* what was asked and answered */
    const char *answer;     /* of the turn */
} test;

static const test TESTS[] = {
    {"the text is looked at", "[]", "{\"ask\":[" REQUEST("\"get\"") "]}"},
    {"a text that is right is left alone", "[" HEARD("\"get\"", "{\"value\":\"hello\"}") "]",
     "{\"done\":{\"changed\":false,\"outputs\":{\"before\":\"hello\"}}}"},
    {"a text that is wrong is set", "[" HEARD("\"get\"", "{\"value\":\"bye\"}") "]",
     "{\"ask\":[" REQUEST(PUT) "]}"},
    {"a text that was set is told", "[" HEARD("\"get\"", "\"absent\"") "," HEARD(PUT, "\"absent\"") "]",
     "{\"done\":{\"changed\":true,\"outputs\":{\"before\":null}}}"},
    {"what a plan cannot know is unknown", "[" HEARD("\"get\"", "{\"unknown\":[\"the install\"]}") "]",
     "{\"unknown\":[\"the install\"]}"},
};

int main(void) {
    const runsheet_plugin *plugin = RUNSHEET_ENTRY(NULL);
    size_t n, count = sizeof TESTS / sizeof *TESTS;
    int failed = 0;
    for (n = 0; n < count; n++) {
        const test *it = &TESTS[n];
        char message[1500];
        runsheet_str text = {message, 0};
        runsheet_buf answer = {NULL, 0, 0};
        (void)snprintf(message, sizeof message,
                       "{\"kind\":\"NAME\",\"input\":{\"host\":{\"$\":\"host\",\"v\":"
                       "{\"name\":\"HERE\",\"groups\":[],\"vars\":{}}},"
                       "\"with\":{\"name\":\"motd\",\"text\":\"hello\"}},\"transcript\":%s}",
                       it->transcript);
        text.len = strlen(message);
        if (plugin->turn(text, &answer) != RUNSHEET_OK || answer.len != strlen(it->answer) ||
            memcmp(answer.at, it->answer, answer.len) != 0) {
            failed++;
            (void)printf("%s: it answered\n%.*s\n", it->name, (int)answer.len, answer.at);
        }
        plugin->free(answer);
    }
    (void)printf("%d of %d tests failed\n", failed, (int)count);
    return failed;
}
