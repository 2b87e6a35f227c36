"""The web pages: server-rendered, without JavaScript. `app.create_app` is the way in; docs/architecture.md, The web, says how a
page is added."""
