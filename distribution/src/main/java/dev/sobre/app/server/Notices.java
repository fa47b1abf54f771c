package dev.sobre.app.server;

import dev.sobre.app.admin.Refusal;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.MailDate;
import dev.sobre.mail.StoreException;
import dev.sobre.smtp.relay.Returns;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mails to the postmaster about what an administrator should look at soon. */
record Notices(String hostname, String domain, Returns post) {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    /** Tells of a user who sends very much. Does not wait: a session calls. */
    void ofTooMuch(String account, Refusal what) {
        Thread.startVirtualThread(
                () -> {
                    try {
                        send(account, what);
                    } catch (StoreException e) {
                        LOG.warn("the postmaster could not be told of {}", account, e);
                    }
                });
    }

    private void send(String account, Refusal what) {
        var id = DeliveryId.random();
        String postmaster = "postmaster@" + domain;
        String mail =
                """
                Return-Path: <>
                From: Mail Server <%s>
                To: <%s>
                Subject: A user sends very much mail
                Date: %s
                Message-ID: <%s@%s>
                Auto-Submitted: auto-generated
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                This is the mail server %s.

                %s has %s.

                What to do: ask the user. If it was somebody else,
                  sobre account passwd %s
                gives the account another password and ends its sessions, and
                  sobre queue list
                shows what waits to leave. Until then it is put off beyond that limit.

                There is one such mail a day for an account.
                """
                        .formatted(
                                postmaster,
                                postmaster,
                                MailDate.of(what.when()),
                                id.hex(),
                                hostname,
                                hostname,
                                account,
                                what.what(),
                                account);
        byte[] octets = mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        post.bring(id, postmaster, octets);
    }
}
