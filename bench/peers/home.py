"""home.py: where a bench keeps the programs that it compares with, and how each registry's ordinary client puts them there."""
import os, re, shutil, subprocess, sys
from pathlib import Path

PEERS = Path(__file__).resolve().parent


def quiet(*argv, cwd=None, env=None):
    """The reason why a command failed, in a line; None: it did not."""
    try:
        r = subprocess.run(argv, cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=1800)
    except (OSError, subprocess.TimeoutExpired) as e:
        return f"{argv[0]}: {e}"[:160]
    last = [l for l in (r.stderr + r.stdout).splitlines() if "rror" in l] or (r.stderr + r.stdout).splitlines()
    return None if r.returncode == 0 else last[0].strip()[:160] if last else f"exit {r.returncode}"


def newer_python():
    """A Python above the one of the environment, for packages that need one; None: the machine has none."""
    found = [shutil.which(f"python3.{n}") for n in (14, 13, 12)] + sorted(map(str, Path.home().glob(".pyenv/versions/3.1[2-9]*/bin/python3")))
    return next((p for p in found if p and not quiet(p, "-c", "import venv, sys; assert sys.version_info >= (3, 12)")), None)


class Home:
    """A folder under build/bench: a Python environment, Node modules, what Rust, Go and Java built."""
    def __init__(self, path):
        self.path = Path(path)

    def __truediv__(self, name):
        return self.path / name

    # ---- PyPI
    def venv_python(self, name="venv", maker=sys.executable):
        py = self / name / "bin" / "python"
        if not py.exists():
            print("making", self / name, file=sys.stderr)
            subprocess.run([maker, "-m", "venv", str(self / name)], check=True)
            subprocess.run([str(py), "-m", "pip", "install", "-q", "-U", "pip"], check=True)
        return py

    def python_of(self, peer):
        """The environment that holds a peer of PyPI."""
        own = self / f"venv-{peer}" / "bin" / "python"
        return str(own if own.exists() else self / "venv" / "bin" / "python")

    def pip_newer(self, peer, package):
        maker = newer_python()
        if not maker:
            return "needs a newer Python than there is"
        why = quiet(str(self.venv_python(f"venv-{peer}", maker)), "-m", "pip", "install", "-q", "--prefer-binary", package)
        if why:
            shutil.rmtree(self / f"venv-{peer}")
        return why

    def pip(self, *packages):
        have = self / "venv" / "have"
        known = set(have.read_text().split("\n")) if have.exists() else set()
        if set(packages) <= known:
            return None
        why = quiet(str(self.venv_python()), "-m", "pip", "install", "-q", "--prefer-binary", *packages)
        if not why:
            have.write_text("\n".join(sorted(known | set(packages) - {""})))
        return why

    def pip_version(self, peer, package):
        ask = f"import importlib.metadata as m; print(m.version({package!r}))"
        return subprocess.run([self.python_of(peer), "-c", ask], capture_output=True, text=True).stdout.strip()

    # ---- npm
    def npm(self, *packages):
        d = self / "node"
        d.mkdir(exist_ok=True)
        if not (d / "package.json").exists():
            (d / "package.json").write_text('{"private":true,"type":"module"}')
        for p in packages:
            if not (d / "node_modules" / p[:p.rindex("@")]).exists():
                why = quiet("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", p, cwd=d)
                if why:
                    return why
        return None

    # ---- crates.io, Go modules, Maven Central
    def copied(self, kind):
        """The sources beside the caches, so that locks and sums are written there."""
        d = self / f"{kind}-src"
        shutil.copytree(PEERS / kind, d, dirs_exist_ok=True)
        return d

    def cargo(self, kind="rust"):
        return quiet("cargo", "build", "--release", "--quiet", cwd=self.copied(kind), env={"CARGO_TARGET_DIR": str(self / kind)})

    def crate_version(self, package, kind="rust"):
        m = re.search(rf'^name = "{re.escape(package)}"\nversion = "([^"]+)"', (self / f"{kind}-src" / "Cargo.lock").read_text(), re.M)
        return m.group(1) if m else "?"

    def go(self, kind="go"):
        d = self.copied(kind)
        return quiet("go", "mod", "tidy", cwd=d) or quiet("go", "build", "-o", str(self / f"{kind}-peers"), ".", cwd=d)

    def go_version(self, package, kind="go"):
        m = re.search(rf"^\s*(?:require )?{re.escape(package)} v(\S+)", (self / f"{kind}-src" / "go.mod").read_text(), re.M)
        return m.group(1) if m else "?"

    def java(self, kind="java"):
        """The jars that pom.xml names, and the classes of the sources beside it."""
        d, jars = self.copied(kind), str(self / f"{kind}-jars")
        return quiet("mvn", "-q", "-B", "-f", str(d / "pom.xml"), "dependency:copy-dependencies", f"-DoutputDirectory={jars}") or \
            quiet("javac", "-cp", f"{jars}/*", "-d", str(self / kind), *map(str, d.glob("*.java")))

    def jar_version(self, package, kind="java"):
        found = sorted((self / f"{kind}-jars").glob(f"{package}-[0-9]*.jar"), key=lambda f: len(f.name))  # without a classifier
        return found[0].stem[len(package) + 1:] if found else "?"
