package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.BytesInput;
import dev.sobre.imap.wire.CommandLimits;
import dev.sobre.mail.BlobSource;
import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.UidSet;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.mail.search.SearchSettings;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Search keys, whatever their octets: a program that can be run, or a BadMessage. */
class SearchFuzzTest {

    private static final CommandLimits LIMITS = new CommandLimits(4096, 4096, 4096);

    private static final MemoryStore STORE = MemoryStore.with("ann@example.org", "secret");
    private static final MailboxId INBOX =
            STORE.find(STORE.account("ann@example.org").id(), "INBOX").orElseThrow().id();
    private static final dev.sobre.mail.search.Search SEARCH =
            dev.sobre.mail.search.Search.scanning(STORE, SearchSettings.DEFAULTS);

    static {
        mail("Subject: =?UTF-8?Q?gr=C3=BC=C3=9Fe?=\r\nDate: 1 Feb 1994 10:00 GMT\r\n\r\nhello\r\n");
        mail(
                "From: <a@b>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--");
    }

    private static void mail(String text) {
        var body = BlobSource.Bytes.of(text.getBytes(UTF_8));
        var delivery = new Delivery(DeliveryId.random(), body, Flags.NONE, Instant.EPOCH);
        STORE.append(INBOX, List.of(delivery));
    }

    @FuzzTest(maxExecutions = 20_000)
    void keysAreRunOrRefused(byte[] octets) throws IOException {
        var now = STORE.index(INBOX);
        try {
            // As after "tag SEARCH ", with a line end at the end.
            String line = new String(octets, ISO_8859_1) + "\r\n";
            var in = BytesInput.reader(line.getBytes(ISO_8859_1), LIMITS);
            ReturnOptions.parse(in);
            var program = SearchProgram.parse(in);
            if (program.isEmpty()) return;
            var key = program.get().in(new IndexNumbers(STORE, INBOX, now));
            var found = SEARCH.find(INBOX, now, UidSet.ALL, key, () -> false);
            assertTrue(found.count() <= now.size());
        } catch (BadMessage refused) {
            assertTrue(refused.getMessage() != null);
        } catch (EOFException unfinished) {
            // A literal of which more is to come.
        }
    }
}
