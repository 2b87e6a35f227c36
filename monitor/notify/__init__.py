"""What is sent, to whom and when: routes, contents, texts and links. Pure."""
