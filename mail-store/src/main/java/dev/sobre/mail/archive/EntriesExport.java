package dev.sobre.mail.archive;

import dev.sobre.mail.Account;
import dev.sobre.mail.AccountId;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Rights;
import dev.sobre.mail.Sharing;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the file of an archive that has what is attached to mailboxes: metadata entries (RFC 5464)
 * and who else may use them (RFC 4314). Values are base64 in pieces, so that lines stay short.
 */
final class EntriesExport {

    static final String FILE = "sobre.entries";
    static final String FIRST = "sobre-entries 1";
    static final String ANYONE = "anyone";

    /** Octets of a value on one line. */
    private static final int PIECE = 12 << 10;

    private final MailStore store;
    private final Tally tally;
    private final OutFile out;

    private EntriesExport(MailStore store, Tally tally, OutFile out) {
        this.store = store;
        this.tally = tally;
        this.out = out;
    }

    /**
     * Does it.
     *
     * @param whole the account whose own entries are written, too
     */
    static void run(
            MailStore store,
            Optional<Account> whole,
            List<Mailbox> mailboxes,
            Path archive,
            Tally tally)
            throws IOException {
        Path unfinished = archive.resolve(FILE + ".tmp");
        try (var out = OutFile.create(unfinished)) {
            var export = new EntriesExport(store, tally, out);
            export.line(FIRST);
            if (whole.isPresent()) export.write(whole.get());
            for (var mailbox : mailboxes) export.write(mailbox);
            out.sync();
        }
        Folders.name(unfinished, archive.resolve(FILE));
    }

    private void write(Account account) throws IOException {
        try {
            write("account", store.metadata().of(account.id()), Map.of());
        } catch (StoreException e) {
            tally.passOver("the account's entries", String.valueOf(e.getMessage()));
        }
    }

    private void write(Mailbox m) throws IOException {
        try {
            var entries = store.metadata().of(m.id());
            write("mailbox " + m.name(), entries, store.sharing().list(m.id()));
        } catch (StoreException e) {
            tally.passOver(m.name() + ", its entries", String.valueOf(e.getMessage()));
        }
    }

    private void write(String of, Map<String, ByteBuffer> entries, Map<AccountId, Rights> rights)
            throws IOException {
        if (entries.isEmpty() && rights.isEmpty()) return;
        line(of);
        for (var entry : entries.entrySet()) {
            line("entry " + entry.getKey());
            value(entry.getValue().duplicate());
        }
        List<String> lines = new ArrayList<>();
        rights.forEach(
                (to, r) -> name(to).ifPresent(n -> lines.add("rights " + r.letters() + " " + n)));
        lines.sort(null);
        for (String line : lines) line(line);
    }

    private void value(ByteBuffer value) throws IOException {
        while (value.hasRemaining()) {
            byte[] piece = new byte[Math.min(PIECE, value.remaining())];
            value.get(piece);
            line("value " + Base64.getEncoder().encodeToString(piece));
        }
    }

    private Optional<String> name(AccountId account) {
        if (account.equals(Sharing.ANYONE)) return Optional.of(ANYONE);
        return store.accounts().get(account).map(Account::address);
    }

    private void line(String text) throws IOException {
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
