/* Reads texts from the standard input, one a line, and writes each again as it was understood; of
 * one that is no JSON, why and where. */
#include "runsheet_json.h"

static void again(const char *text, size_t len) {
    rsj_document document;
    rsj_writer writer = {0, 0, 0, 0, 0};
    /* To the byte, so that reading past the end is seen by whoever watches. */
    char *exact = (char *)malloc(len > 0 ? len : 1);
    int read;
    if (exact == NULL) {
        abort();
    }
    memcpy(exact, text, len);
    read = rsj_read(&document, exact, len);
    free(exact);
    if (read) {
        rsj_copy(&writer, document.root);
        (void)fwrite(writer.at, 1, writer.len, stdout);
        (void)printf("%s\n", writer.failed ? "failed" : "");
    } else {
        (void)printf("! %s at %u\n", document.why, (unsigned)document.place);
    }
    free(writer.at);
    rsj_forget(&document);
}

int main(void) {
    static char line[1 << 20];
    while (fgets(line, sizeof line, stdin) != NULL) {
        again(line, strcspn(line, "\n"));
    }
    return 0;
}
