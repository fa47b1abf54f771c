"""Python's imaplib as a script uses it: imaplib-client.py CA PORT USER PASSWORD"""
import imaplib
import ssl
import sys

ca, port, user, password = sys.argv[1:]
mail = imaplib.IMAP4_SSL("localhost", int(port), ssl_context=ssl.create_default_context(cafile=ca))


def done(answer):
    kind, data = answer
    if kind != "OK":
        raise SystemExit(f"{kind} {data}")
    return data


def find(subject):
    return done(mail.uid("SEARCH", "SUBJECT", subject))[0].decode()


done(mail.login(user, password))
draft = "Subject: grüße\r\nMIME-Version: 1.0\r\n\r\nLater.\r\n".encode()
done(mail.append("Drafts", r"(\Draft Later)", '"17-Jul-1996 02:44:25 -0700"', draft))
done(mail.select("INBOX"))

(_, text), _ = done(mail.uid("FETCH", find("read-me"), "(BODY[])"))[:2]
assert b"The body of read-me." in text, text
done(mail.uid("STORE", find("read-me"), "+FLAGS", r"(\Flagged)"))
done(mail.uid("COPY", find("read-me"), "Archive"))
done(mail.uid("MOVE", find("move-me"), "Archive"))
done(mail.uid("STORE", find("drop-me"), "+FLAGS.SILENT", r"(\Deleted)"))
done(mail.expunge())
assert find("drop-me") == "" and find("move-me") == ""
done(mail.close())

done(mail.enable("UTF8=ACCEPT"))
done(mail.create('"Entwürfe"'))
assert any("Entwürfe".encode() in line for line in done(mail.list()))
mail.logout()
