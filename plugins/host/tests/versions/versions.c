/* A plugin that can be of any version of the line: its entry, its minor version and the length of
 * its table are defined by whoever compiles it. */
#include "runsheet_kit.h"

#ifndef ENTRY
#define ENTRY RUNSHEET_ENTRY
#endif
#ifndef TABLE_MINOR
#define TABLE_MINOR RUNSHEET_MINOR
#endif
#ifndef TABLE_SIZE
#define TABLE_SIZE sizeof(runsheet_plugin)
#endif

static int64_t host_minor;

static int32_t describe(runsheet_str message, runsheet_buf *answer) {
    rsj_writer out = {0, 0, 0, 0, 0};
    (void)message;
    rsj_write_json(&out, "{\"name\":\"versions\",\"version\":\"1\",\"steps\":[{\"kind\":\"versions\","
                         "\"checks\":true,\"shape\":{\"summary\":\"the version of the host\"}}]}");
    return rsk_answer(answer, &out);
}

static int32_t turn(runsheet_str message, runsheet_buf *answer) {
    rsj_writer out = {0, 0, 0, 0, 0};
    (void)message;
    rsk_done(&out, 0);
    rsj_key(&out, "host_minor");
    rsj_write_whole(&out, host_minor);
    rsk_close(&out);
    return rsk_answer(answer, &out);
}

static int32_t check(runsheet_str message, runsheet_buf *answer) {
    rsj_writer out = {0, 0, 0, 0, 0};
    (void)message;
    rsj_write_json(&out, "{}");
    return rsk_answer(answer, &out);
}

RUNSHEET_EXPORT const runsheet_plugin *ENTRY(const runsheet_host *host);

RUNSHEET_EXPORT const runsheet_plugin *ENTRY(const runsheet_host *host) {
    /* Longer than the table that is known, for those that say so. */
    static const struct {
        runsheet_plugin known;
        runsheet_method later;
    } TABLE = {
        .known = {
            .size = TABLE_SIZE,
            .minor = TABLE_MINOR,
            .free = rsk_free,
            .describe = describe,
            .turn = turn,
            .check = check,
        },
        .later = check,
    };
    host_minor = host->minor;
#ifdef TABLE_IS_NULL
    (void)TABLE;
    return NULL;
#else
    return &TABLE.known;
#endif
}
