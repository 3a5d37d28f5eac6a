"""Loading this loads all that a worker needs: the application is made once, for nobody, and opens nothing."""

import tempfile
from pathlib import Path

from feedback_app.app import create_app
from feedback_app.config import Settings

with tempfile.TemporaryDirectory() as folder:
    create_app(Settings(DATABASE_URL="", data_dir=Path(folder), secret_key="warm"))
