/* A kind of step that thinks for ever as soon as there is a file MARK; whoever reads from the pipe
 * HELD is told when it has begun. If there is a file LEAVE, it ends its process instead. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runsheet_plugin.h"

static const char SELF[] =
    "{\"name\":\"thinks\",\"version\":\"1.0.0\",\"summary\":\"it thinks\",\"steps\":[{\"kind\":"
    "\"think\",\"acts\":\"never\",\"shape\":{\"summary\":\"thinks, maybe for ever\"}}]}";
static const char DONE[] = "{\"done\":{\"outputs\":{},\"changed\":false}}";

static volatile int for_ever = 1;

static int32_t say(const char *text, runsheet_buf *answer) {
    size_t len = strlen(text);
    answer->at = malloc(len);
    if (answer->at == NULL)
        return RUNSHEET_PANIC;
    memcpy(answer->at, text, len);
    answer->len = answer->cap = len;
    return RUNSHEET_OK;
}

static void release(runsheet_buf answer) {
    free(answer.at);
}

static int32_t describe(runsheet_str message, runsheet_buf *answer) {
    (void)message;
    return say(SELF, answer);
}

static int32_t turn(runsheet_str message, runsheet_buf *answer) {
    (void)message;
    if (access(MARK, F_OK) == 0 && access(LEAVE, F_OK) == 0)
        exit(0);
    if (access(MARK, F_OK) == 0 && open(HELD, O_WRONLY) >= 0)
        while (for_ever)
            ;
    return say(DONE, answer);
}

static const runsheet_plugin TABLE = {
    .size = sizeof TABLE,
    .minor = RUNSHEET_MINOR,
    .free = release,
    .describe = describe,
    .turn = turn,
};

const runsheet_plugin *runsheet_plugin_v1(const runsheet_host *host) {
    (void)host;
    return &TABLE;
}
