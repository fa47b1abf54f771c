package dev.sobre.imap;

import dev.sobre.imap.wire.BadMessage;
import dev.sobre.imap.wire.ImapReader;
import dev.sobre.imap.wire.ImapWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** ID: the client says what it is, and hears what we are. RFC 2971. */
record Id(List<Field> fields) implements Command<State> {

    /** One thing that a client says of itself; {@code value} is empty for NIL. */
    record Field(String name, String value) {}

    private static final int MOST_FIELDS = 30; // RFC 2971 §3.3, as the next two
    private static final int LONGEST_NAME = 30;
    private static final int LONGEST_VALUE = 1024;

    static Id parse(ImapReader in) throws BadMessage, IOException {
        in.space();
        List<Field> fields = new ArrayList<>();
        if (in.take('(')) {
            while (!in.take(')')) {
                if (!fields.isEmpty()) in.space();
                fields.add(field(in));
                if (fields.size() > MOST_FIELDS) throw new BadMessage("ID has too many fields");
            }
        } else if (in.nstring().isPresent()) {
            throw new BadMessage("ID takes a list or NIL");
        }
        in.endOfLine();
        return new Id(List.copyOf(fields));
    }

    private static Field field(ImapReader in) throws BadMessage, IOException {
        String name = in.string();
        in.space();
        String value = in.nstring().orElse("");
        if (name.length() > LONGEST_NAME || value.length() > LONGEST_VALUE) {
            throw new BadMessage("a field of ID is too long");
        }
        return new Field(name, value);
    }

    @Override
    public Reply run(State state, ImapWriter out) throws IOException {
        String name = state.client().service().settings().name();
        out.put("* ID (\"name\" ").string(name).put(')').endLine();
        return Reply.ok("ID completed");
    }
}
