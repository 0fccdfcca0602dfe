/* The tests of the driver: messages in, answers out. */
#define WITHOUT_MAIN
#include "NAME_driver.c"
#include "runsheet_test.h"

#define TEXTS "test-texts.json"
#define VERB(word, verb)                                                                          \
    "{\"" word "\":{\"id\":7,\"request\":{\"host\":\"HERE\",\"facility\":\"NAME\","               \
    "\"resource\":\"motd\",\"verb\":" verb "},\"options\":{\"file\":\"" TEXTS "\"}}}"
#define ANSWER(answer) "{\"answer\":{\"id\":7,\"answer\":" answer "}}\n"

typedef struct test {
    const char *name;
    const char *message;
    const char *answer;
} test;

/* One after the other, with one file. */
static const test TESTS[] = {
    {"it says who it is", "{\"hello\":{\"version\":1,\"facility\":\"NAME\"}}",
     "{\"hello\":{\"version\":1,\"at_once\":1,\"reads\":true}}\n"},
    {"there is nothing at first", VERB("read", "\"get\""), ANSWER("\"absent\"")},
    {"a text is written", VERB("perform", "{\"put\":\"hello\"}"), ANSWER("\"absent\"")},
    {"a text that was written is there", VERB("read", "\"get\""),
     ANSWER("{\"value\":\"hello\"}")},
    {"a write answers what was there", VERB("perform", "{\"put\":\"bye\"}"),
     ANSWER("{\"value\":\"hello\"}")},
    {"a text is deleted", VERB("perform", "\"delete\""), ANSWER("{\"value\":\"bye\"}")},
    {"what was deleted is gone", VERB("read", "\"get\""), ANSWER("\"absent\"")},
    {"what cannot be done is a fault", VERB("perform", "\"mark\""),
     ANSWER("{\"fault\":{\"form\":{\"code\":\"unsupported\"},\"message\":\"" TEXTS
            ": texts are read, written and deleted, and no more\"}}")},
    {"it has to be told the file",
     "{\"read\":{\"id\":7,\"request\":{\"resource\":\"motd\",\"verb\":\"get\"},\"options\":{}}}",
     ANSWER("{\"fault\":{\"form\":{\"code\":\"no-file\"},\"message\":"
            "\"the site file: it does not say `file:`, where texts are kept\"}}")},
    {"what it does not know it leaves alone", "{\"cancel\":{\"id\":7}}", ""},
};

int main(void) {
    int failed = 0, n;
    (void)remove(TEXTS);
    for (n = 0; n < RST_COUNT(TESTS); n++) {
        rsj_writer out = {0};
        const char *message = TESTS[n].message;
        (void)heard(&out, message, strlen(message));
        failed += rst_differs(TESTS[n].name, TESTS[n].answer, out.at, out.len);
        free(out.at);
    }
    (void)remove(TEXTS);
    return rst_told(failed, RST_COUNT(TESTS));
}
