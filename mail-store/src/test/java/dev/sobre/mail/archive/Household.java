package dev.sobre.mail.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.BlobReader;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.MailboxChange;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.Message;
import dev.sobre.mail.UidSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** A store with ann's account, and words to fill it and to say what is in it. */
record Household(MailStore store) {

    static final Instant DATE = Instant.parse("2024-02-29T12:34:56.789Z");

    static final List<String> ODD_NAMES =
            List.of(
                    "Lists/News/2024",
                    "a.b",
                    ".hidden",
                    "cur",
                    "A & B",
                    "&",
                    "-",
                    "~home",
                    "two  spaces ",
                    "Entwürfe/Größe",
                    "😀/✉️",
                    "caf\u00e9",
                    "INBOX/Sub",
                    "News.sbd",
                    "x.mbox",
                    "sobre-archive",
                    "sobre.archive",
                    "sobre.entries",
                    "tmp/new",
                    "l".repeat(400),
                    "ü".repeat(300),
                    "ü".repeat(299) + "v");

    static final List<String> ODD_BODIES =
            List.of(
                    "Subject: plain\r\n\r\nHello.\r\n",
                    "",
                    "\r\n",
                    "\r\n\r\n",
                    "no header at all",
                    "Subject: no final line end\r\n\r\nend",
                    "Subject: From\r\n\r\nFrom here\r\n>From there\r\n>>From\r\nFrom \r\n\r\nFrom x\r\n",
                    "From ann Thu Feb 29 12:34:56 2024\r\nSubject: a From line first\r\n\r\nFrom",
                    "Subject: blank\r\n\r\n\r\n\r\nFrom ann Thu Feb 29 12:34:56 2024\r\n\r\n\r\n",
                    "Status: RO\r\nX-UID: 77\r\nX-Keywords: a\r\nX-Sobre: 1 9\r\n\r\nown fields\r\n",
                    "X-Sobre: 1 5 9 9 9 M00000000000000000000000000000000\r\n\r\nours?\r\n",
                    "Subject: \u00fc\u00ff\u0080 8 bit\r\n\r\n\u00e4\r\n",
                    "Subject: long\r\n\r\n" + "x".repeat(200_000) + "\r\n",
                    "Subject: only a header\r\n",
                    "\r\nbody only");

    Account ann() {
        return account("ann@example.org");
    }

    Account account(String address) {
        var accounts = store.accounts();
        return accounts.find(address)
                .orElseGet(() -> accounts.create(List.of(address), "{PLAIN}x", false));
    }

    MailboxId inbox() {
        return mailbox("INBOX");
    }

    MailboxId mailbox(String name) {
        return store.find(ann().id(), name).orElseThrow().id();
    }

    MailboxId create(String name) {
        return store.alter(ann().id(), new MailboxChange.Create(name)).id();
    }

    long append(MailboxId mailbox, String body, Flags flags) {
        var source = BlobSource.Bytes.of(body.getBytes(ISO_8859_1));
        var mail = new Delivery(DeliveryId.random(), source, flags, DATE);
        return store.append(mailbox, List.of(mail)).getFirst().uid();
    }

    long append(MailboxId mailbox, String body) {
        return append(mailbox, body, Flags.NONE);
    }

    List<Message> messages(MailboxId mailbox) {
        List<Message> all = new ArrayList<>();
        try (var cursor = store.messages(mailbox, UidSet.ALL)) {
            for (var m = cursor.next(); m.isPresent(); m = cursor.next()) all.add(m.get());
        }
        return all;
    }

    String text(Message message) throws IOException {
        try (BlobReader reader = store.open(message.body())) {
            var octets = ByteBuffer.allocate((int) reader.length());
            int read = 0;
            while (octets.hasRemaining() && read >= 0)
                read = reader.read(octets.position(), octets);
            return new String(octets.array(), ISO_8859_1);
        }
    }

    List<String> texts(String mailbox) throws IOException {
        List<String> all = new ArrayList<>();
        for (var message : messages(mailbox(mailbox))) all.add(text(message));
        return all;
    }

    /** All that an export is to keep of ann's account, a line for each thing. */
    String picture() throws IOException {
        var out = new StringBuilder();
        store.metadata().of(ann().id()).forEach((name, value) -> entry(name, value, out));
        for (Mailbox m : store.list(ann().id())) {
            out.append(
                    "%s exists=%s subscribed=%s %s%n"
                            .formatted(m.name(), m.exists(), m.subscribed(), m.use()));
            if (m.exists()) picture(m, out);
        }
        return out.toString();
    }

    private static void entry(String name, ByteBuffer value, StringBuilder out) {
        byte[] octets = new byte[value.remaining()];
        value.duplicate().get(octets);
        out.append("  entry %s %d %d%n".formatted(name, octets.length, Arrays.hashCode(octets)));
    }

    private String name(AccountId account) {
        return store.accounts().get(account).map(Account::address).orElse("anyone");
    }

    private void picture(Mailbox mailbox, StringBuilder out) throws IOException {
        store.metadata().of(mailbox.id()).forEach((name, value) -> entry(name, value, out));
        var rights = new TreeMap<String, String>();
        store.sharing().list(mailbox.id()).forEach((to, r) -> rights.put(name(to), r.letters()));
        out.append("  rights %s%n".formatted(rights));
        for (Message m : messages(mailbox.id())) {
            out.append(
                    "  %d %s %s %s %s %d %d%n"
                            .formatted(
                                    m.uid(),
                                    m.flags(),
                                    m.internalDate(),
                                    m.savedDate(),
                                    m.emailId().text(),
                                    m.size(),
                                    text(m).hashCode()));
        }
    }
}
