"""The rules of law: pure functions over text, no I/O."""

from core.law.invented import add_invented_reporters

add_invented_reporters()  # before any module here loads eyecite, which reads the table once
