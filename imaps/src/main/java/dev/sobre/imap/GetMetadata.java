package dev.sobre.imap;

import dev.sobre.imap.State.LoggedIn;
import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import dev.sobre.mail.EntryName;
import dev.sobre.mail.Mailbox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** GETMETADATA: the values of entries. RFC 5464 §4.2. */
record GetMetadata(String mailbox, List<String> names, Options options)
        implements Command<LoggedIn> {

    /**
     * @param maxSize the longest value that is wanted, in octets
     * @param depth how many levels below the names are wanted too
     */
    record Options(long maxSize, int depth) {

        static final Options NONE = new Options(Long.MAX_VALUE, 0);

        static Options parse(ImapReader in) throws BadMessage {
            var options = NONE;
            do {
                String option = in.keyword();
                in.space();
                options =
                        switch (option) {
                            case "MAXSIZE" -> new Options(in.number(), options.depth);
                            case "DEPTH" -> new Options(options.maxSize, depth(in));
                            default -> throw new BadMessage("the options are MAXSIZE and DEPTH");
                        };
            } while (in.take(' '));
            in.expect(')');
            return options;
        }

        private static int depth(ImapReader in) throws BadMessage {
            return switch (in.keyword()) {
                case "0" -> 0;
                case "1" -> 1;
                case "INFINITY" -> Integer.MAX_VALUE;
                default -> throw new BadMessage("DEPTH is 0, 1 or infinity");
            };
        }
    }

    /** The options stand before the mailbox (§5) or behind it (the examples of §4.2). */
    static GetMetadata parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        Optional<Options> options = Optional.empty();
        if (in.take('(')) {
            options = Optional.of(Options.parse(in));
            in.space();
        }
        String mailbox = in.mailbox();
        in.space();
        // A name begins with a slash, or as a string.
        boolean named = in.isNext("(/") || in.isNext("(\"") || in.isNext("({");
        if (options.isEmpty() && in.isNext('(') && !named) {
            in.expect('(');
            options = Optional.of(Options.parse(in));
            in.space();
        }
        List<String> names = in.isNext('(') ? Annotations.names(in) : List.of(Annotations.name(in));
        in.endOfLine();
        return new GetMetadata(mailbox, names, options.orElse(Options.NONE));
    }

    @Override
    public Reply run(LoggedIn state, ImapWriter out) throws IOException {
        if (mailbox.isEmpty()) return tell(Annotations.ofServer(state), out);
        Optional<Mailbox> found = state.login().find(mailbox);
        if (found.isEmpty() || !Annotations.mayUse(state.login().rights(found.get().id()))) {
            return state.login().refusal(mailbox, "NONEXISTENT");
        }
        return tell(Annotations.of(found.get(), state), out);
    }

    private Reply tell(Annotations present, ImapWriter out) throws IOException {
        Map<String, Optional<ByteBuffer>> values = new TreeMap<>();
        long longest = 0;
        for (String name : names) {
            String wanted = EntryName.canonical(name);
            if (!present.entries().containsKey(wanted) && options.depth == 0) {
                values.put(name, Optional.empty());
            }
            for (var entry : present.entries().tailMap(wanted).entrySet()) {
                if (!entry.getKey().startsWith(wanted)) break;
                if (!isWithin(entry.getKey(), wanted)) continue;
                int size = entry.getValue().remaining();
                String shown = entry.getKey().equals(wanted) ? name : entry.getKey();
                if (size <= options.maxSize) values.put(shown, Optional.of(entry.getValue()));
                else longest = Math.max(longest, size);
            }
        }
        Annotations.write(mailbox, values, out);
        var reply = Reply.ok("GETMETADATA completed");
        return longest == 0 ? reply : reply.code("METADATA LONGENTRIES " + longest);
    }

    /** RFC 5464 §4.2.2: the entry itself, or one at most so many levels below. */
    private boolean isWithin(String entry, String wanted) {
        String below = entry.substring(wanted.length());
        if (below.isEmpty()) return true;
        return below.startsWith("/")
                && below.chars().filter(c -> c == '/').count() <= options.depth;
    }
}
