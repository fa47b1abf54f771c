"""Writes out what is attached to a mail: attachment.py MAIL > FILE"""
import email
import email.policy
import sys

with open(sys.argv[1], "rb") as file:
    mail = email.message_from_binary_file(file, policy=email.policy.default)
(attached,) = mail.iter_attachments()
sys.stdout.buffer.write(attached.get_payload(decode=True))
