#!/usr/bin/env python3
"""Thunderbird as its user drives it: fetches what is in the inbox, shows one mail, moves it away.

    thunderbird.py PROFILE CA PORT USER PASSWORD SUBJECT MAILBOX

Writes a profile, starts Thunderbird (which wants a display) and tells it by Marionette, its own remote
control, what a user would tell it with the mouse. Prints what Thunderbird shows; ends with 0 when the
mail of SUBJECT was shown and moved to MAILBOX.
"""
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time

PATIENCE = 120  # seconds for each step; a loaded machine is slow to start Thunderbird

PREFERENCES = {
    "mail.accountmanager.accounts": "account1",
    "mail.accountmanager.defaultaccount": "account1",
    "mail.account.account1.server": "server1",
    "mail.account.account1.identities": "id1",
    "mail.server.server1.type": "imap",
    "mail.server.server1.hostname": "localhost",
    "mail.server.server1.name": "Sobre",
    "mail.server.server1.socketType": 3,  # TLS from the first octet
    "mail.server.server1.authMethod": 3,  # the password, inside TLS
    "mail.server.server1.login_at_startup": False,  # not before it knows authority and password
    "mail.server.server1.check_new_mail": False,
    "mail.identity.id1.valid": True,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.spotlight.firstRunDone": True,
    "mail.winsearch.firstRunDone": True,
    "mailnews.start_page.enabled": False,
    "mail.rights.version": 1,
    "app.update.auto": False,
    "app.donation.eoy.version.viewed": 999,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "extensions.update.enabled": False,
    "marionette.port": 0,  # a free one, which it writes into the profile
}

# What follows runs in Thunderbird, as the body of an asynchronous function.
TRUST_AND_KNOW = """
const [authority, user, password] = arguments;
const authorities = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB);
authorities.addCertFromBase64(authority, "C,,");
const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
login.init("imap://localhost", null, "imap://localhost", user, password, "", "");
await Services.logins.addLoginAsync(login);
return "knows the authority and the password";
"""

FETCH = """
const [expected] = arguments;
pane.displayFolder(folder("INBOX"));
await until("mail", () => folder("INBOX").getTotalMessages(false) >= expected);
await until("bodies", () => [...folder("INBOX").messages].every(each => each.offlineMessageSize > 0));
return "fetched " + [...folder("INBOX").messages].map(each => each.mime2DecodedSubject).join(", ");
"""

SHOW = """
const [subject] = arguments;
const row = await until("such a row", () => rows().indexOf(subject) + 1) - 1;
pane.threadTree.selectedIndex = row;
const text = await until("text", () => {
    const shown = pane.messageBrowser.contentWindow.getMessagePaneBrowser().contentDocument;
    return shown.body.textContent.includes("body of " + subject) && shown.body.textContent;
});
await until("mark that it is read", () => pane.gDBView.getMsgHdrAt(row).isRead);
return "shows " + text.trim();
"""

MOVE = """
const [subject, mailbox] = arguments;
pane.commandController.doCommand("cmd_moveMessage", folder(mailbox));
await until("end of it in the inbox", () => !rows().includes(subject));
pane.displayFolder(folder(mailbox));
await until("trace of it in " + mailbox, () => rows().includes(subject));
await until("body of it", () => [...folder(mailbox).messages].every(each => each.offlineMessageSize > 0));
return "moved it to " + mailbox;
"""

SURROUNDINGS = """
const done = arguments[arguments.length - 1];
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const window = Services.wm.getMostRecentWindow("mail:3pane");
const pane = window.document.getElementById("tabmail").currentAbout3Pane;
const mailboxes = MailServices.accounts.accounts[0].incomingServer.rootFolder;
const folder = name => mailboxes.subFolders.find(each => each.name == name);
const rows = () => Array.from({ length: pane.gDBView.rowCount },
    (_, row) => pane.gDBView.getMsgHdrAt(row).mime2DecodedSubject);
const until = async (what, holds) => {
    let last;
    for (const end = Date.now() + %d; Date.now() < end; ) {
        try {
            const held = await holds();
            if (held) return held;
        } catch (problem) {
            last = problem; // not there yet
        }
        await new Promise(resolve => window.setTimeout(resolve, 100));
    }
    throw new Error("there is no " + what + (last ? ": " + last : ""));
};
(async () => { %s })().then(done, problem => done("failed: " + problem));
"""


class Marionette:
    """A conversation with Thunderbird's remote control: LENGTH:[type, id, error, result]."""

    def __init__(self, port):
        self.stream = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.file = self.stream.makefile("rwb")
        self.number = 0
        self.receive()  # the greeting

    def receive(self):
        length = b""
        while (digit := self.file.read(1)) != b":":
            if not digit:
                raise SystemExit("Thunderbird hung up")
            length += digit
        return json.loads(self.file.read(int(length)))

    def ask(self, command, **parameters):
        self.number += 1
        text = json.dumps([0, self.number, command, parameters]).encode()
        self.file.write(b"%d:%s" % (len(text), text))
        self.file.flush()
        _, _, error, result = self.receive()
        if error:
            raise SystemExit(f"{command}: {error['error']}: {error['message']}")
        return result

    def run(self, script, *arguments):
        body = SURROUNDINGS % (PATIENCE * 1000, script)
        answer = self.ask("WebDriver:ExecuteAsyncScript", script=body, args=arguments)["value"]
        print("Thunderbird", answer, flush=True)
        if answer.startswith("failed"):
            raise SystemExit(1)


def write_profile(profile, port, user):
    profile.mkdir(parents=True)
    preferences = PREFERENCES | {
        "mail.server.server1.port": port,
        "mail.server.server1.userName": user,
        "mail.identity.id1.useremail": user,
    }
    lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in preferences.items())
    (profile / "user.js").write_text("\n".join(lines) + "\n")


def start(profile):
    program = ["thunderbird", "--no-remote", "--profile", profile]
    running = subprocess.Popen(
        [*program, "--marionette", "--remote-allow-system-access"],
        env=os.environ | {"HOME": str(profile)},
        stdin=subprocess.DEVNULL,
    )
    port = profile / "MarionetteActivePort"
    end = time.monotonic() + PATIENCE
    while not (port.exists() and port.read_text()):
        if running.poll() is not None or time.monotonic() > end:
            raise SystemExit("Thunderbird does not start")
        time.sleep(0.1)
    return running, Marionette(int(port.read_text()))


def main(profile, authority, port, user, password, subject, mailbox):
    profile = pathlib.Path(profile).absolute()
    write_profile(profile, int(port), user)
    running, thunderbird = start(profile)
    try:
        timeouts = {"script": 2 * PATIENCE * 1000}
        thunderbird.ask("WebDriver:NewSession", capabilities={"alwaysMatch": {"timeouts": timeouts}})
        thunderbird.ask("Marionette:SetContext", value="chrome")
        pem = pathlib.Path(authority).read_text()
        thunderbird.run(TRUST_AND_KNOW, "".join(re.findall("^[A-Za-z0-9+/=]+$", pem, re.M)), user, password)
        thunderbird.run(FETCH, 2)
        thunderbird.run(SHOW, subject)
        thunderbird.run(MOVE, subject, mailbox)
        thunderbird.ask("Marionette:Quit")
        running.wait(PATIENCE)
    finally:
        running.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
