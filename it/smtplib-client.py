"""Python's smtplib as a script uses it: smtplib-client.py CA PORT USER PASSWORD SUBJECT TO FILE"""
import smtplib
import ssl
import sys
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path

ca, port, user, password, subject, to, file = sys.argv[1:]
mail = EmailMessage()
mail["From"], mail["To"], mail["Subject"], mail["Date"] = user, to, subject, formatdate()
mail.set_content("See the file.")
mail.add_attachment(
    Path(file).read_bytes(), maintype="application", subtype="octet-stream", filename="odd.bin"
)
trust = ssl.create_default_context(cafile=ca)
with smtplib.SMTP_SSL("localhost", int(port), context=trust) as server:
    server.login(user, password)
    server.send_message(mail)
