/* The tests of the plugin, as its author runs them. */
#include "checksum.c"
#include "runsheet_test.h"

#define ASKED                                                                                     \
    "{\"host\":\"WEB\",\"facility\":\"file\",\"resource\":\"/etc/motd\",\"verb\":{\"list\":null}}"
#define HEARD(answer) "[{\"request\":" ASKED ",\"answer\":" answer "}]"
#define WITH(fields) "{" fields "}"
#define FILE_OF "\"file\":\"/etc/motd\""

static const rst_turn TURNS[] = {
    {"the SHA-256 of a text", WITH("\"text\":\"abc\""), "[]",
     "{\"done\":{\"changed\":false,\"outputs\":{\"checksum\":"
     "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"size\":3}}}"},
    {"the CRC-32 of a text", WITH("\"text\":\"123456789\",\"algorithm\":\"crc32\""), "[]",
     "{\"done\":{\"changed\":false,\"outputs\":{\"checksum\":\"cbf43926\",\"size\":9}}}"},
    {"a file is asked for", WITH(FILE_OF), "[]", "{\"ask\":[" ASKED "]}"},
    {"the lines of a file", WITH(FILE_OF ",\"algorithm\":\"crc32\",\"equals\":\"50CDC2C4\""),
     HEARD("{\"value\":[{\"line\":\"ab\",\"position\":0},{\"line\":\"c\",\"position\":3}]}"),
     "{\"done\":{\"changed\":false,\"outputs\":{\"checksum\":\"50cdc2c4\",\"size\":5}}}"},
    {"another checksum than expected",
     WITH("\"text\":\"\",\"algorithm\":\"crc32\",\"equals\":\"12345678\""), "[]",
     "{\"failed\":{\"form\":{\"code\":\"checksum-differs\"},\"message\":"
     "\"the checksum is 00000000\",\"at\":[\"equals\"]}}"},
    {"a file that is not there", WITH(FILE_OF), HEARD("\"absent\""),
     "{\"failed\":{\"form\":{\"code\":\"no-such-file\"},\"message\":"
     "\"there is no such file\",\"at\":[\"file\"]}}"},
    {"a file that cannot be read", WITH(FILE_OF),
     HEARD("{\"fault\":{\"form\":{\"code\":\"permission-denied\"},\"message\":\"no\"}}"),
     "{\"failed\":{\"form\":{\"code\":\"permission-denied\"},\"message\":\"no\"}}"},
    {"a file that a plan cannot know", WITH(FILE_OF), HEARD("{\"unknown\":[\"the install\"]}"),
     "{\"unknown\":[\"the install\"]}"},
    {"a text that a plan cannot know", WITH("\"text\":{\"$\":\"unknown\",\"v\":[\"`t1`\"]}"), "[]",
     "{\"unknown\":[\"`t1`\"]}"},
    {"neither file nor text", WITH(""), "[]",
     "{\"failed\":{\"form\":{\"code\":\"bad-input\"},\"message\":"
     "\"it takes either `file` or `text`\"}}"},
};

int main(void) {
    const runsheet_plugin *plugin = RUNSHEET_ENTRY(NULL);
    int failed = RST_TURNS(plugin, "checksum", "WEB", TURNS);
    failed += rst_says(plugin, "a message that is none", "{", RUNSHEET_ERROR,
                       "{\"message\":\"this is no message about a step\"}");
    return rst_told(failed, RST_COUNT(TURNS) + 1);
}
