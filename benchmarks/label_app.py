"""The yardstick for launching: a Textual app that shows one label."""

from textual.app import App, ComposeResult
from textual.widgets import Label


class LabelApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Label("the-first-paint")


LabelApp().run()
