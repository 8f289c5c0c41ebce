"""table.py: what every bench of peers prints: figures, one table, the machine it was made on."""
import datetime, os, platform, subprocess


def num(x, nd=3):
    return "-" if x is None else f"{x:.{nd}f}".removeprefix("0") if nd == 3 else f"{x:.{nd}f}"


def show(head, rows, names, markdown):
    """The first `names` columns hold words, the others figures."""
    if markdown:
        print("| " + " | ".join(head) + " |\n|" + "---|" * names + "---:|" * (len(head) - names))
        for r in rows:
            print("| " + " | ".join(r) + " |")
        return
    w = [max(len(r[i]) for r in [head, *rows]) for i in range(len(head))]
    for r in [head, *rows]:
        print("  ".join(x.ljust(w[i]) if i < names else x.rjust(w[i]) for i, x in enumerate(r)).rstrip())


def machine(dateline):
    """The day, the program's version and models, the machine."""
    ours = subprocess.run([dateline, "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.machine())
    return f"{datetime.date.today()}, {ours}, {os.cpu_count()} cores of {cpu}"
