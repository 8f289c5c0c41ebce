/* args.h: the command line, read. */
#ifndef DL_CLI_ARGS_H
#define DL_CLI_ARGS_H

#include "commands.h"

typedef struct args {
    const command *cmd;
    dl_request req;
    dl_settings set;
    const char *progress; /* "auto", "plain", "json", "off"                                    */
    const char *out;      /* the file that the answer goes to; NULL: standard output               */
    bool exit_code, help;
    char **path; /* [n_paths] of argv                                                 */
    int n_paths;
} args;

/* False: what is wrong has been said on stderr. argv is reordered: options first. */
bool args_read(args *out, int argc, char **argv);

#endif
