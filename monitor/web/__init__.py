"""The web pages. The server renders the pages, and they need no JavaScript. `app.create_app` is the entry point;
docs/architecture.md, The web, explains how to add a page."""
