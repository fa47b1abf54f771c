package dev.sobre.app.cli;

import dev.sobre.line.sasl.PasswordHash;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailDate;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Submission;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The one account of a demonstration: an administrator who has got a welcome mail. */
record DemoUser(String address, String password) {

    void moveIn(MailStore store) {
        var account =
                store.accounts().create(List.of(address), PasswordHash.argon2id(password), true);
        var inbox =
                store.list(account.id()).stream()
                        .filter(mailbox -> mailbox.name().equals(Mailbox.INBOX))
                        .findFirst()
                        .orElseThrow();
        var body = BlobSource.Bytes.of(welcome().getBytes(StandardCharsets.UTF_8));
        store.accept(
                new Submission(
                        DeliveryId.random(),
                        address,
                        body,
                        Instant.now(),
                        List.of(inbox.id()),
                        List.of()));
    }

    private String welcome() {
        return """
        From: Sobre <%s>
        To: <%s>
        Date: %s
        Message-ID: <welcome@localhost>
        Subject: Welcome to Sobre
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        This mail was put into your inbox when the demonstration started.
        Nothing of it stays when you stop it: not this mail, not the account,
        not the certificate authority.
        """
                .formatted(address, address, MailDate.of(Instant.now()))
                .replace("\n", "\r\n");
    }

    @Override
    public String toString() {
        return "DemoUser[" + address + "]";
    }
}
