/* The plugin `NAME`, with one kind of step: files of at least a size.
 *
 * A step is a function of its input and of the answers to its questions. It does nothing by
 * itself: it is called again from the top after every answer, by plans as well as by runs. Start
 * reading at `think`. */
#include "runsheet_kit.h"

static const char DESCRIPTION[] =
    "{\"name\": \"NAME\", \"version\": \"0.1.0\","
    " \"summary\": \"files of at least a size\","
    " \"steps\": [{\"kind\": \"NAME\", \"acts\": \"never\", \"shape\": {"
    " \"summary\": \"a file has at least a size\","
    " \"inputs\": ["
    "  {\"name\": \"file\", \"kind\": \"path\", \"required\": true,"
    "   \"doc\": \"the path of the file at `host:`\"},"
    "  {\"name\": \"at_least\", \"kind\": \"int\", \"doc\": \"how many bytes it must have\"}],"
    " \"outputs\": ["
    "  {\"name\": \"size\", \"kind\": \"int\", \"doc\": \"how many bytes it has\"}],"
    " \"example\":"
    " \"- id: it\\n  uses: NAME\\n  host: SALES\\n  with: {file: GLB\\\\REQTRANS.GLB}\\n\"}}]}";

static void measured(rsj_writer *out, const rsk_step *step, const rsj_value *file) {
    const rsj_value *size = rsj_get(file, "size");
    const rsj_value *at_least = rsj_get(step->with, "at_least");
    if (!rsj_is(size, RSJ_WHOLE)) {
        rsk_failed(out, "no-size", "this has no size", "file");
    } else if (rsj_is(at_least, RSJ_WHOLE) && size->whole < at_least->whole) {
        char words[60];
        (void)snprintf(words, sizeof words, "the file has %lld bytes", (long long)size->whole);
        rsk_failed(out, "too-small", words, "at_least");
    } else {
        rsk_done(out, 0);
        rsj_key(out, "size");
        rsj_write_whole(out, size->whole);
        rsk_close(out);
    }
}

static void think(rsj_writer *out, const rsk_step *step) {
    const rsj_value *file = rsj_get(step->with, "file");
    const rsj_value *heard = rsk_heard(step, 0);
    const rsj_value *why = rsk_unknown(step->host);
    why = why != NULL ? why : rsk_unknown(file);
    why = why != NULL ? why : rsk_unknown(rsj_get(step->with, "at_least"));
    why = why != NULL ? why : rsj_get(heard, "unknown");
    if (why != NULL) {
        rsk_not_known(out, why);
    } else if (rsk_host_name(step) == NULL || rsj_text(file) == NULL) {
        rsk_failed(out, "bad-input", "it takes a `host` and a `file`", NULL);
    } else if (heard == NULL) {
        rsk_ask(out, rsk_host_name(step), "file", rsj_text(file), "\"get\"");
    } else if (rsj_says(heard, "absent")) {
        rsk_failed(out, "no-such-file", "there is no such file", "file");
    } else if (rsj_get(heard, "fault") != NULL) {
        rsk_faulted(out, rsj_get(heard, "fault"));
    } else {
        measured(out, step, rsj_get(heard, "value"));
    }
}

static int32_t turn(runsheet_str message, runsheet_buf *answer) {
    return rsk_turn(message, answer, think);
}

RSK_PLUGIN(DESCRIPTION, .turn = turn)
