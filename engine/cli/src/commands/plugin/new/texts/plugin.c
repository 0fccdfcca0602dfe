/* The plugin `NAME`: the facility `NAME`, whose resources are texts by name, and the kind of step
 * `NAME`, which sets one. What is done is done by the driver, in DRIVER_SOURCE; this library only
 * has the words for it, so that a plan can say what would change, and undo can take it back.
 *
 * A step is a function of its input and of the answers to its questions. It does nothing by
 * itself: it is called again from the top after every answer. Start reading at `think`. */
#include "runsheet_kit.h"

DRIVER_COMMAND

static const char DESCRIPTION[] =
    "{\"name\": \"NAME\", \"version\": \"0.1.0\","
    " \"summary\": \"texts by name\","
    " \"steps\": [{\"kind\": \"NAME\", \"shape\": {"
    " \"summary\": \"a text is set\","
    " \"inputs\": ["
    "  {\"name\": \"name\", \"kind\": \"text\", \"required\": true, \"doc\": \"which text\"},"
    "  {\"name\": \"text\", \"kind\": \"text\", \"required\": true, \"doc\": \"what it is to be\"}],"
    " \"outputs\": ["
    "  {\"name\": \"before\", \"kind\": \"any\", \"doc\": \"what it was, or null\"}],"
    " \"example\":"
    " \"- id: it\\n  uses: NAME\\n  host: HERE\\n  with: {name: motd, text: hello}\\n\"}}],"
    " \"facilities\": [{\"name\": \"NAME\"}],"
    " \"drivers\": [{\"name\": \"NAME\", \"facility\": \"NAME\","
    "  \"run\": [" DRIVER "]}]}";

static void done(rsj_writer *out, const rsj_value *before, int changed) {
    rsk_done(out, changed);
    rsj_key(out, "before");
    rsj_copy(out, before);
    rsk_close(out);
}

static void think(rsj_writer *out, const rsk_step *step) {
    const rsj_value *name = rsj_get(step->with, "name");
    const rsj_value *text = rsj_get(step->with, "text");
    const rsj_value *read = rsk_heard(step, 0), *wrote = rsk_heard(step, 1);
    const rsj_value *before = rsj_get(read, "value");
    const rsj_value *why = rsk_unknown(step->host);
    why = why != NULL ? why : rsk_unknown(name);
    why = why != NULL ? why : rsk_unknown(text);
    why = why != NULL ? why : rsj_get(read, "unknown");
    if (why != NULL) {
        rsk_not_known(out, why);
    } else if (rsk_host_name(step) == NULL || rsj_text(name) == NULL || rsj_text(text) == NULL) {
        rsk_failed(out, "bad-input", "it takes a `host`, a `name` and a `text`", NULL);
    } else if (read == NULL) {
        rsk_ask(out, rsk_host_name(step), "NAME", rsj_text(name), "\"get\"");
    } else if (rsj_get(read, "fault") != NULL) {
        rsk_faulted(out, rsj_get(read, "fault"));
    } else if (rsj_says(before, rsj_text(text))) {
        done(out, before, 0);
    } else if (wrote == NULL) {
        rsk_asks(out, rsk_host_name(step), "NAME", rsj_text(name));
        rsj_open_map(out);
        rsj_key(out, "put");
        rsj_copy(out, text);
        rsj_close_map(out);
        rsk_asked(out);
    } else if (rsj_get(wrote, "fault") != NULL) {
        rsk_faulted(out, rsj_get(wrote, "fault"));
    } else {
        done(out, before, 1);
    }
}

static int32_t turn(runsheet_str message, runsheet_buf *answer) {
    return rsk_turn(message, answer, think);
}

RSK_PLUGIN(DESCRIPTION, .turn = turn)
