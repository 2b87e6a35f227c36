"""The program's output as JSON and as text, shared by the commands and the web pages."""
