package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.EntryName;
import dev.sobre.mail.Mailbox;
import dev.sobre.mail.Rights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The metadata entries of one mailbox, or of the server, as one user sees them. RFC 5464 §3. */
record Annotations(SortedMap<String, ByteBuffer> entries) {

    static final String PRIVATE = "/private/";
    static final String SHARED = "/shared/";

    /** RFC 5464 §6.2.2: how to reach the administrator; clients can't change it. */
    private static final String ADMIN = "/shared/admin";

    private static final int MOST_NAMES = 100;

    /** The entries of the server: the user's own, and how to reach an administrator. */
    static Annotations ofServer(LoggedIn state) {
        var account = state.login().account().id();
        var entries = new TreeMap<>(state.store().metadata().of(account));
        state.store()
                .accounts()
                .administrator()
                .ifPresent(a -> entries.put(ADMIN, octets("mailto:" + a.address())));
        return new Annotations(entries);
    }

    /** The entries of a mailbox; private ones are its owner's. */
    static Annotations of(Mailbox mailbox, LoggedIn state) {
        SortedMap<String, ByteBuffer> all = state.store().metadata().of(mailbox.id());
        boolean own = mailbox.id().account().equals(state.login().account().id());
        return new Annotations(own ? all : new TreeMap<>(all.tailMap(SHARED)));
    }

    /** RFC 5464 §3.3: who has "l" and any of "r", "s", "w", "i", "p" gets at entries. */
    static boolean mayUse(Rights rights) {
        return rights.has('l') && rights.hasAny("rswip");
    }

    /** Reads the name of an entry, or of what is above some. */
    static String name(ImapReader in) throws BadMessage, IOException {
        String name = in.astring();
        boolean path = name.startsWith("/") && !name.endsWith("/") && !name.contains("//");
        boolean plain = name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '*' && c != '%');
        if (!path || !plain || name.length() > EntryName.LONGEST) {
            throw new BadMessage("that can't be the name of an entry");
        }
        return name;
    }

    /** Reads the names of a parenthesised list. */
    static List<String> names(ImapReader in) throws BadMessage, IOException {
        List<String> names = new ArrayList<>();
        in.expect('(');
        do {
            names.add(name(in));
            if (names.size() > MOST_NAMES) throw new BadMessage("too many entries");
        } while (in.take(' '));
        in.expect(')');
        return List.copyOf(names);
    }

    /** The untagged METADATA with the values of these entries, NIL for those that are not there. */
    void write(String mailbox, List<String> names, ImapWriter out) throws IOException {
        Map<String, Optional<ByteBuffer>> values = new TreeMap<>();
        for (String name : names) {
            values.put(name, Optional.ofNullable(entries.get(EntryName.canonical(name))));
        }
        write(mailbox, values, out);
    }

    static void write(String mailbox, Map<String, Optional<ByteBuffer>> values, ImapWriter out)
            throws IOException {
        if (values.isEmpty()) return;
        out.put("* METADATA ").mailbox(mailbox);
        String before = " (";
        for (var entry : values.entrySet()) {
            out.put(before).astring(entry.getKey()).put(' ');
            if (entry.getValue().isPresent()) out.octets(entry.getValue().get());
            else out.put("NIL");
            before = " ";
        }
        out.put(')').endLine();
    }

    private static ByteBuffer octets(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
