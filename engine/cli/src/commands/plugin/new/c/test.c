/* The tests of the plugin: messages in, answers out. Ends with the number of those that failed. */
#include "NAME.c"

#define ASKED "{\"host\":\"SALES\",\"facility\":\"file\",\"resource\":\"a.log\",\"verb\":\"get\"}"
#define HEARD(answer) "[{\"request\":" ASKED ",\"answer\":" answer "}]"

typedef struct test {
    const char *name;
    const char *transcript; /* what was asked and answered */
    const char *answer;     /* of the turn */
} test;

static const test TESTS[] = {
    {"the file is looked at", "[]", "{\"ask\":[" ASKED "]}"},
    {"a file that is large enough is measured", HEARD("{\"value\":{\"size\":100}}"),
     "{\"done\":{\"changed\":false,\"outputs\":{\"size\":100}}}"},
    {"a file that is too small fails the step", HEARD("{\"value\":{\"size\":99}}"),
     "{\"failed\":{\"form\":{\"code\":\"too-small\"},\"message\":\"the file has 99 bytes\","
     "\"at\":[\"at_least\"]}}"},
    {"a file that is not there fails the step", HEARD("\"absent\""),
     "{\"failed\":{\"form\":{\"code\":\"no-such-file\"},\"message\":\"there is no such file\","
     "\"at\":[\"file\"]}}"},
    {"what a plan cannot know is unknown", HEARD("{\"unknown\":[\"the install\"]}"),
     "{\"unknown\":[\"the install\"]}"},
};

int main(void) {
    const runsheet_plugin *plugin = RUNSHEET_ENTRY(NULL);
    size_t n, count = sizeof TESTS / sizeof *TESTS;
    int failed = 0;
    for (n = 0; n < count; n++) {
        const test *it = &TESTS[n];
        char message[1000];
        runsheet_str text = {message, 0};
        runsheet_buf answer = {NULL, 0, 0};
        (void)snprintf(message, sizeof message,
                       "{\"kind\":\"NAME\",\"input\":{\"host\":{\"$\":\"host\",\"v\":"
                       "{\"name\":\"SALES\",\"groups\":[],\"vars\":{}}},"
                       "\"with\":{\"file\":\"a.log\",\"at_least\":100}},\"transcript\":%s}",
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
