/* The tests of the plugin, as its author runs them: messages in, answers out. The host is not
 * needed. Ends with the number of tests that failed. */
#include "checksum.c"

typedef struct test {
    const char *name;
    const char *with;       /* the fields of `with:`, as JSON */
    const char *transcript; /* the list of what was asked and answered */
    const char *answer;     /* of the turn */
} test;

#define ASKED                                                                                     \
    "{\"host\":\"WEB\",\"facility\":\"file\",\"resource\":\"/etc/motd\",\"verb\":{\"list\":null}}"
#define HEARD(answer) "[{\"request\":" ASKED ",\"answer\":" answer "}]"
#define FILE_OF "\"file\":\"/etc/motd\""

static const test TESTS[] = {
    {"the SHA-256 of a text", "\"text\":\"abc\"", "[]",
     "{\"done\":{\"changed\":false,\"outputs\":{\"checksum\":"
     "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"size\":3}}}"},
    {"the CRC-32 of a text", "\"text\":\"123456789\",\"algorithm\":\"crc32\"", "[]",
     "{\"done\":{\"changed\":false,\"outputs\":{\"checksum\":\"cbf43926\",\"size\":9}}}"},
    {"a file is asked for", FILE_OF, "[]", "{\"ask\":[" ASKED "]}"},
    {"the lines of a file", FILE_OF ",\"algorithm\":\"crc32\",\"equals\":\"50CDC2C4\"",
     HEARD("{\"value\":[{\"line\":\"ab\",\"position\":0},{\"line\":\"c\",\"position\":3}]}"),
     "{\"done\":{\"changed\":false,\"outputs\":{\"checksum\":\"50cdc2c4\",\"size\":5}}}"},
    {"another checksum than expected", "\"text\":\"\",\"algorithm\":\"crc32\",\"equals\":\"12345678\"",
     "[]",
     "{\"failed\":{\"form\":{\"code\":\"checksum-differs\"},\"message\":"
     "\"the checksum is 00000000\",\"at\":[\"equals\"]}}"},
    {"a file that is not there", FILE_OF, HEARD("\"absent\""),
     "{\"failed\":{\"form\":{\"code\":\"no-such-file\"},\"message\":"
     "\"there is no such file\",\"at\":[\"file\"]}}"},
    {"a file that cannot be read", FILE_OF,
     HEARD("{\"fault\":{\"form\":{\"code\":\"permission-denied\"},\"message\":\"no\"}}"),
     "{\"failed\":{\"form\":{\"code\":\"permission-denied\"},\"message\":\"no\"}}"},
    {"a file that a plan cannot know", FILE_OF, HEARD("{\"unknown\":[\"the install\"]}"),
     "{\"unknown\":[\"the install\"]}"},
    {"a text that a plan cannot know", "\"text\":{\"$\":\"unknown\",\"v\":[\"`t1`\"]}", "[]",
     "{\"unknown\":[\"`t1`\"]}"},
    {"neither file nor text", "", "[]",
     "{\"failed\":{\"form\":{\"code\":\"bad-input\"},\"message\":"
     "\"it takes either `file` or `text`\"}}"},
};

static int tell(const char *name, const char *message, int32_t wanted_status, const char *wanted) {
    const runsheet_plugin *plugin = RUNSHEET_ENTRY(NULL);
    runsheet_str text;
    runsheet_buf answer = {NULL, 0, 0};
    int32_t status;
    int right;
    text.at = message;
    text.len = strlen(message);
    status = plugin->turn(text, &answer);
    right = status == wanted_status && answer.len == strlen(wanted) &&
            memcmp(answer.at, wanted, answer.len) == 0;
    if (!right) {
        (void)printf("%s: ended with %d and\n%.*s\n", name, (int)status, (int)answer.len, answer.at);
    }
    plugin->free(answer);
    return !right;
}

int main(void) {
    int failed = 0;
    size_t n, count = sizeof TESTS / sizeof *TESTS;
    for (n = 0; n < count; n++) {
        const test *it = &TESTS[n];
        char message[2000];
        (void)snprintf(message, sizeof message,
                       "{\"kind\":\"checksum\",\"input\":{\"host\":{\"$\":\"host\",\"v\":"
                       "{\"name\":\"WEB\",\"groups\":[],\"vars\":{}}},\"with\":{%s}},"
                       "\"transcript\":%s}",
                       it->with, it->transcript);
        failed += tell(it->name, message, RUNSHEET_OK, it->answer);
    }
    failed += tell("a message that is none", "{", RUNSHEET_ERROR,
                   "{\"message\":\"this is no message about a step\"}");
    (void)printf("%d of %d tests failed\n", failed, (int)count + 1);
    return failed;
}
