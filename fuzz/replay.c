/* replay.c: runs a fuzz target over files, without libFuzzer: replay_X FOLDER|FILE...
 * So every compiler and every CI run exercises the targets on their corpora. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) return 1;
    uint8_t *p = NULL;
    size_t n = 0, cap = 0, got;
    do {
        if (n == cap) {
            cap = cap ? cap * 2 : 1 << 16;
            uint8_t *wide = realloc(p, cap);
            if (!wide) break;
            p = wide;
        }
        got = fread(p + n, 1, cap - n, f);
        n += got;
    } while (got);
    fclose(f);
    /* An exact copy: a read behind the end is then a read outside the allocation. */
    uint8_t *exact = malloc(n ? n : 1);
    if (exact && n) memcpy(exact, p, n);
    free(p);
    if (!exact) return 1;
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    return 0;
}

static int replay_folder(const char *path, unsigned *count)
{
    char name[4096];
    DIR *dir = opendir(path);
    if (!dir) return 1;
    for (struct dirent *e; (e = readdir(dir));) {
        if (e->d_name[0] == '.') continue;
        int len = snprintf(name, sizeof name, "%s/%s", path, e->d_name);
        if (len < 0 || (size_t)len >= sizeof name || replay_file(name)) {
            closedir(dir);
            return 1;
        }
        (*count)++;
    }
    closedir(dir);
    return 0;
}

int main(int argc, char **argv)
{
    unsigned count = 0;
    for (int i = 1; i < argc; i++) {
        struct stat info;
        if (stat(argv[i], &info)) return 1;
        if (S_ISDIR(info.st_mode) ? replay_folder(argv[i], &count) : replay_file(argv[i])) {
            fprintf(stderr, "replay: %s cannot be read\n", argv[i]);
            return 1;
        }
        count += !S_ISDIR(info.st_mode);
    }
    printf("%u inputs\n", count);
    return count ? 0 : 1;
}
