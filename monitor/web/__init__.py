"""The web pages: server-rendered, without JavaScript. `app.create_app` is the entry point; docs/architecture.md, The web,
explains how to add a page."""
