/* embed.c: the library in thirty lines: prints the account of the pages named on the command line.
 *   cc embed.c $(pkg-config --cflags --libs dateline) && ./a.out pages/ */
#include <dateline/dateline.h>
#include <stdio.h>

static void failed(void *ctx, const dl_error *err)
{
    (void)ctx;
    fprintf(stderr, "%s: %s\n", err->where, err->message);
}

int main(int argc, char **argv)
{
    dl_pile *pile;
    dl_error err = { 0 };
    const dl_settings set = { .failed = failed };
    const dl_request ask = { .what = DL_BRIEF, .format = DL_TEXT, .width = 100 };
    dl_status st = dl_pile_open(&pile, &set, &err);
    if (!st) {
        for (int i = 1; !st && i < argc; i++) st = dl_pile_add(pile, argv[i], &err);
        if (!st) st = dl_pile_write(pile, &ask, dl_to_file, stdout, NULL, &err);
        dl_pile_close(pile);
    }
    if (st) fprintf(stderr, "%s: %s\n", err.where, err.message);
    return st ? 1 : 0;
}
