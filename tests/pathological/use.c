/* use.c: what a command costs: use COMMAND... runs it and prints "MILLISECONDS KIBIBYTES STATUS": its processor time, the most memory
 * that it had, its exit status (128 + signal when one ended it). */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long ms(struct timeval t) { return t.tv_sec * 1000 + t.tv_usec / 1000; }

int main(int argc, char **argv)
{
    struct rusage use;
    int status = 0;
    const pid_t child = argc > 1 ? fork() : -1;
    if (child < 0) return 2;
    if (!child) { /* what it says is for nobody */
        const int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, 1);
        dup2(nowhere, 2);
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    if (waitpid(child, &status, 0) != child || getrusage(RUSAGE_CHILDREN, &use)) return 2;
    printf("%ld %ld %d\n", ms(use.ru_utime) + ms(use.ru_stime), use.ru_maxrss,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
