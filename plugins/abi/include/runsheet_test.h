/* What the tests of a plugin in C are written with: messages in, answers out. The engine is not
 * needed for them.
 *
 *     static const rst_turn TURNS[] = {
 *         {"the file is looked at", "{\"file\":\"a.log\"}", "[]", "{\"ask\":[...]}"},
 *     };
 *
 *     int main(void) {
 *         const runsheet_plugin *plugin = RUNSHEET_ENTRY(NULL);
 *         return rst_told(RST_TURNS(plugin, "file-size", "SALES", TURNS), RST_COUNT(TURNS));
 *     } */
#ifndef RUNSHEET_TEST_H
#define RUNSHEET_TEST_H

#include "runsheet_json.h"
#include "runsheet_plugin.h"

/* One turn of a step. */
typedef struct rst_turn {
    const char *name;       /* what is tested, in words */
    const char *with;       /* the fields of `with:`, a map in JSON */
    const char *transcript; /* what was asked and answered so far, a list in JSON */
    const char *answer;     /* what the turn has to be, to the letter */
} rst_turn;

#define RST_COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

/* How many of a list of turns are not as they have to be. */
#define RST_TURNS(plugin, kind, host, turns) rst_turns(plugin, kind, host, turns, RST_COUNT(turns))

/* 1 where an answer is another than this one, which is told then; 0: it is this one. */
static inline int rst_differs(const char *name, const char *wanted, const char *at, size_t len) {
    if (len == strlen(wanted) && (len == 0 || memcmp(at, wanted, len) == 0)) {
        return 0;
    }
    (void)printf("%s: the answer is\n%.*s\nand not\n%s\n", name, (int)len, len > 0 ? at : "",
                 wanted);
    return 1;
}

/* What a plugin answers to a message to `turn`, held against what it has to be; RUNSHEET_OK or
 * RUNSHEET_ERROR is how it has to end. 1: it is otherwise. */
static inline int rst_says(const runsheet_plugin *plugin, const char *name, const char *message,
                           int32_t wanted_status, const char *wanted) {
    runsheet_str text;
    runsheet_buf answer = {NULL, 0, 0};
    int32_t status;
    int failed;
    text.at = message;
    text.len = strlen(message);
    status = plugin->turn(text, &answer);
    failed = rst_differs(name, wanted, answer.at, answer.len);
    if (status != wanted_status) {
        (void)printf("%s: it ends with %d and not with %d\n", name, (int)status,
                     (int)wanted_status);
        failed = 1;
    }
    plugin->free(answer);
    return failed;
}

static inline int rst_turns(const runsheet_plugin *plugin, const char *kind, const char *host,
                            const rst_turn *turns, int count) {
    int failed = 0, n;
    for (n = 0; n < count; n++) {
        rsj_writer out = {0, 0, 0, 0, 0};
        rsj_open_map(&out);
        rsj_key(&out, "kind");
        rsj_write_text(&out, kind);
        rsj_key(&out, "input");
        rsj_open_map(&out);
        rsj_key(&out, "host");
        rsj_open_map(&out);
        rsj_key(&out, "$");
        rsj_write_text(&out, "host");
        rsj_key(&out, "v");
        rsj_open_map(&out);
        rsj_key(&out, "name");
        rsj_write_text(&out, host);
        rsj_write_json(&out, "\"groups\":[],\"vars\":{}");
        rsj_close_map(&out);
        rsj_close_map(&out);
        rsj_key(&out, "with");
        rsj_write_json(&out, turns[n].with);
        rsj_close_map(&out);
        rsj_key(&out, "transcript");
        rsj_write_json(&out, turns[n].transcript);
        rsj_close_map(&out);
        rsj_put(&out, "", 1); /* the end of the text */
        failed += out.failed || rst_says(plugin, turns[n].name, out.at, RUNSHEET_OK,
                                         turns[n].answer);
        free(out.at);
    }
    return failed;
}

/* Tells how many tests have failed of so many; what `main` returns. */
static inline int rst_told(int failed, int count) {
    (void)printf("%d of %d tests failed\n", failed, count);
    return failed != 0;
}

#endif
