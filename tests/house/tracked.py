"""The files of the project: what the version control knows, and what it would be told next."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDORED = ("static/vendor/", "tests/browser/vendor/")
BINARY = frozenset(
    {".png", ".jpg", ".jpeg", ".gif", ".ico", ".pdf", ".woff2", ".mo", ".zip", ".docx", ".xlsx"}
)


@cache
def tracked() -> tuple[Path, ...]:
    """Return the project's own text files that are there; without git, all below the known folders."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    names = done.stdout.split("\0") if done.returncode == 0 else _walked()
    paths = (ROOT / name for name in sorted(filter(None, names)) if not name.startswith(VENDORED))
    return tuple(path for path in paths if path.is_file() and path.suffix not in BINARY)


def modules(*folders: str) -> list[Path]:
    """Return the Python files of the top-level ``folders`` (default: of the application and worker.py)."""
    wanted = folders or ("feedback_app", "worker.py")
    return [path for path in tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in wanted]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _walked() -> list[str]:
    folders = ("feedback_app", "migrations", "templates", "static", "tests", "docs", "bench")
    found = [
        path for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts
    ]
    return [name(path) for path in [*found, ROOT / "worker.py", ROOT / "pyproject.toml", ROOT / "README.md"]]
