/* What a kind of step in C is written with: a message read into its parts, and the ways in which a
 * turn ends. It stands on runsheet_plugin.h, the line, and runsheet_json.h; whoever writes in
 * another manner needs only the line.
 *
 *     static void think(rsj_writer *out, const rsk_step *step) {
 *         ...
 *         rsk_done(out, 0);
 *         rsj_key(out, "sum");
 *         rsj_write_whole(out, 3);
 *         rsk_close(out);
 *     }
 *
 *     static int32_t turn(runsheet_str message, runsheet_buf *answer) {
 *         return rsk_turn(message, answer, think);
 *     }
 *
 *     RSK_PLUGIN("{\"name\": \"sums\", ...}", .turn = turn) */
#ifndef RUNSHEET_KIT_H
#define RUNSHEET_KIT_H

#include "runsheet_json.h"
#include "runsheet_plugin.h"

/* The message of `arm`, `turn` or `check`. */
typedef struct rsk_step {
    rsj_document document;
    const char *kind;            /* never NULL */
    const rsj_value *host;       /* null, a host, or unknown; see rsk_host_name */
    const rsj_value *with;       /* the fields of `with:` */
    const rsj_value *transcript; /* what was asked and answered so far; see rsk_heard */
} rsk_step;

/* Reads the message; 0: it is none. Forget it in either case. */
static inline int rsk_read(rsk_step *step, runsheet_str message) {
    const rsj_value *input;
    int read = rsj_read(&step->document, message.at, message.len);
    const rsj_value *root = step->document.root;
    const char *kind = rsj_text(rsj_get(root, "kind"));
    input = rsj_get(root, "input");
    step->kind = kind != NULL ? kind : "";
    step->host = rsj_get(input, "host");
    step->with = rsj_get(input, "with");
    step->transcript = rsj_get(root, "transcript");
    return read && kind != NULL;
}

static inline void rsk_forget(rsk_step *step) { rsj_forget(&step->document); }

/* What stands in `{"$": KIND, "v": ...}`; NULL where the value is not of this kind. */
static inline const rsj_value *rsk_marked(const rsj_value *value, const char *kind) {
    return rsj_says(rsj_get(value, "$"), kind) ? rsj_get(value, "v") : NULL;
}

/* Why a value is not known; NULL where it is. */
static inline const rsj_value *rsk_unknown(const rsj_value *value) {
    return rsk_marked(value, "unknown");
}

/* The name of the host the step acts at; NULL where it has none, or it is not known yet. */
static inline const char *rsk_host_name(const rsk_step *step) {
    return rsj_text(rsj_get(rsk_marked(step->host, "host"), "name"));
}

/* The answer to the n-th question, from 0; NULL: it was not asked yet. It is the text `absent`, or
 * a map with one of `value`, `raced`, `fault` and `unknown`. */
static inline const rsj_value *rsk_heard(const rsk_step *step, size_t n) {
    const rsj_value *answer = rsj_get(rsj_at(step->transcript, n), "answer");
    return rsj_is_null(answer) ? NULL : answer;
}

/* -- how a turn ends: one of these, then rsk_close where it says so, then rsk_answer ----------- */

static inline void rsk_open(rsj_writer *out, const char *how) {
    rsj_open_map(out);
    rsj_key(out, how);
}

/* It has ended well. Write its outputs, each a key and a value; then rsk_close. */
static inline void rsk_done(rsj_writer *out, int changed) {
    rsk_open(out, "done");
    rsj_open_map(out);
    rsj_key(out, "changed");
    rsj_write_bool(out, changed);
    rsj_key(out, "outputs");
    rsj_open_map(out);
}

/* It asks one question. Write the verb, as JSON or by hand; then rsk_asked. */
static inline void rsk_asks(rsj_writer *out, const char *host, const char *facility,
                            const char *resource) {
    rsk_open(out, "ask");
    rsj_open_list(out);
    rsj_open_map(out);
    rsj_key(out, "host");
    rsj_write_text(out, host);
    rsj_key(out, "facility");
    rsj_write_text(out, facility);
    rsj_key(out, "resource");
    rsj_write_text(out, resource);
    rsj_key(out, "verb");
}

/* Closes what rsk_asks has opened. */
static inline void rsk_asked(rsj_writer *out) {
    rsj_close_map(out);
    rsj_close_list(out);
    rsj_close_map(out);
}

/* It asks one question; then nothing more. The verb is JSON: `"get"`, `{"list": null}`. */
static inline void rsk_ask(rsj_writer *out, const char *host, const char *facility,
                           const char *resource, const char *verb) {
    rsk_asks(out, host, facility, resource);
    rsj_write_json(out, verb);
    rsk_asked(out);
}

/* A plan cannot follow it further, for these reasons: what rsk_unknown gave. */
static inline void rsk_not_known(rsj_writer *out, const rsj_value *why) {
    rsk_open(out, "unknown");
    rsj_copy(out, why);
    rsj_close_map(out);
}

/* A failure as a map; `at` is the field of `with:` that is to blame, or NULL. */
static inline void rsk_failure(rsj_writer *out, const char *code, const char *message,
                               const char *at) {
    rsj_open_map(out);
    rsj_key(out, "form");
    rsj_open_map(out);
    rsj_key(out, "code");
    rsj_write_text(out, code);
    rsj_close_map(out);
    rsj_key(out, "message");
    rsj_write_text(out, message);
    if (at != NULL) {
        rsj_key(out, "at");
        rsj_open_list(out);
        rsj_write_text(out, at);
        rsj_close_list(out);
    }
    rsj_close_map(out);
}

/* It has failed; then nothing more. */
static inline void rsk_failed(rsj_writer *out, const char *code, const char *message,
                              const char *at) {
    rsk_open(out, "failed");
    rsk_failure(out, code, message, at);
    rsj_close_map(out);
}

/* It has failed as a driver said: what `fault` of an answer holds; then nothing more. */
static inline void rsk_faulted(rsj_writer *out, const rsj_value *fault) {
    rsk_open(out, "failed");
    rsj_copy(out, fault);
    rsj_close_map(out);
}

/* Closes what rsk_done has opened. */
static inline void rsk_close(rsj_writer *out) {
    rsj_close_map(out);
    rsj_close_map(out);
    rsj_close_map(out);
}

/* -- the end of a method ----------------------------------------------------------------------- */

/* Hands over what was written. */
static inline int32_t rsk_answer(runsheet_buf *answer, rsj_writer *out) {
    if (out->failed) {
        free(out->at);
        memset(out, 0, sizeof *out);
        return RUNSHEET_PANIC;
    }
    answer->at = out->at;
    answer->len = out->len;
    answer->cap = out->cap;
    return RUNSHEET_OK;
}

/* The message made no sense. */
static inline int32_t rsk_refuse(runsheet_buf *answer, const char *why) {
    rsj_writer out = {0, 0, 0, 0, 0};
    rsj_open_map(&out);
    rsj_key(&out, "message");
    rsj_write_text(&out, why);
    rsj_close_map(&out);
    return rsk_answer(answer, &out) == RUNSHEET_OK ? RUNSHEET_ERROR : RUNSHEET_PANIC;
}

/* `free` of the table. */
static inline void rsk_free(runsheet_buf answer) { free(answer.at); }

/* A message about a step is read, answered by what `write` writes, and forgotten. */
static inline int32_t rsk_turn(runsheet_str message, runsheet_buf *answer,
                               void (*write)(rsj_writer *, const rsk_step *)) {
    rsk_step step;
    rsj_writer out = {0, 0, 0, 0, 0};
    int32_t status;
    if (rsk_read(&step, message)) {
        write(&out, &step);
        status = rsk_answer(answer, &out);
    } else {
        status = rsk_refuse(answer, "this is no message about a step");
    }
    rsk_forget(&step);
    return status;
}

/* `describe` of what is known as it is written: a description in JSON. */
static inline int32_t rsk_describe(runsheet_buf *answer, const char *description) {
    rsj_writer out = {0, 0, 0, 0, 0};
    rsj_write_json(&out, description);
    return rsk_answer(answer, &out);
}

/* -- the whole of a library ------------------------------------------------------------------- */

/* What a library exports: its description in JSON, then its methods, as `.turn = turn`. It stands
 * once in the file, at the end. */
#define RSK_PLUGIN(description, ...)                                                               \
    static int32_t rsk_described(runsheet_str message, runsheet_buf *answer) {                     \
        (void)message;                                                                             \
        return rsk_describe(answer, description);                                                  \
    }                                                                                              \
    RUNSHEET_EXPORT const runsheet_plugin *RUNSHEET_ENTRY(const runsheet_host *host) {             \
        static const runsheet_plugin TABLE = {                                                     \
            .size = sizeof TABLE,                                                                  \
            .minor = RUNSHEET_MINOR,                                                               \
            .free = rsk_free,                                                                      \
            .describe = rsk_described,                                                             \
            __VA_ARGS__,                                                                           \
        };                                                                                         \
        (void)host;                                                                                \
        return &TABLE;                                                                             \
    }

#endif
