package dev.sobre.imap.wire;

import dev.sobre.mail.MailboxName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads one command (RFC 3501 §9): its first line, and the literals and lines that follow. Every
 * method either takes what its name says or throws {@link BadMessage}; the work is linear in the
 * octets, whose number is limited.
 */
public final class ImapReader {

    private static final byte[] EMPTY = {};
    private static final long NONE = -1;

    private final ImapInput input;
    private final CommandLimits limits;
    private byte[] line;
    private int at;
    private int left; // octets that the command may still have
    private int depth;
    private long pending = NONE; // octets of a literal that will come, whatever we answer

    public ImapReader(byte[] firstLine, ImapInput input, CommandLimits limits) {
        this.line = firstLine;
        this.input = input;
        this.limits = limits;
        this.left = limits.octets() - firstLine.length;
    }

    // Words.

    public String tag() throws BadMessage {
        return word(Octets.TAG, "a command starts with a tag");
    }

    /** An atom in the case it came. */
    public String atom() throws BadMessage {
        return word(Octets.ATOM, "an atom is missing");
    }

    /** An atom in capitals: a verb, a keyword of the grammar. */
    public String keyword() throws BadMessage {
        return atom().toUpperCase(Locale.ROOT);
    }

    /** The name of a FETCH item or section, in capitals: letters, digits and dots. */
    public String name() throws BadMessage {
        return word(Octets.NAME, "a name is missing").toUpperCase(Locale.ROOT);
    }

    // Punctuation.

    public void space() throws BadMessage {
        expect(' ');
    }

    public void expect(char c) throws BadMessage {
        if (take(c)) return;
        String name = c == ' ' ? "a space" : "'" + c + "'";
        throw new BadMessage(name + " is missing" + where());
    }

    /** Takes the character if it is next. */
    public boolean take(char c) {
        if (!isNext(c)) return false;
        at++;
        return true;
    }

    /** Takes the word, in any letter case, if it is next and ends there. */
    public boolean takeWord(String word) {
        int end = at + word.length();
        if (end > line.length || !ascii(at, end).equalsIgnoreCase(word)) return false;
        if (end < line.length && Octets.is(Octets.ATOM, line[end])) return false;
        at = end;
        return true;
    }

    public boolean isNext(char c) {
        return at < line.length && line[at] == c;
    }

    public boolean atEnd() {
        return at == line.length;
    }

    public void endOfLine() throws BadMessage {
        if (at != line.length) throw new BadMessage("the command goes on after its end" + where());
    }

    /** Goes one level of nesting down; see {@link #leave}. */
    public void enter() throws BadMessage {
        if (++depth > CommandLimits.DEEPEST) throw new BadMessage("lists are nested too deep");
    }

    public void leave() {
        depth--;
    }

    // Numbers and sets.

    public boolean isDigitNext() {
        return at < line.length && Octets.is(Octets.DIGIT, line[at]);
    }

    /** An unsigned 32-bit number. */
    public long number() throws BadMessage {
        long value = digits();
        if (value > 0xFFFF_FFFFL) throw new BadMessage("a number is too large");
        return value;
    }

    public long nonZero() throws BadMessage {
        long value = number();
        if (value == 0) throw new BadMessage("a number can't be zero here");
        return value;
    }

    public SequenceSet sequenceSet() throws BadMessage {
        List<SequenceSet.Range> ranges = new ArrayList<>(2);
        do {
            long first = sequenceNumber();
            long last = take(':') ? sequenceNumber() : first;
            ranges.add(new SequenceSet.Range(first, last));
        } while (take(','));
        return new SequenceSet(ranges);
    }

    // Strings.

    /** An atom, quoted string or literal, as octets. */
    public byte[] astringOctets() throws BadMessage, IOException {
        if (isNext('"')) return quoted();
        if (isNext('{')) return literal();
        return span(Octets.ASTRING, "a string is missing");
    }

    /** An atom, quoted string or literal, in UTF-8. */
    public String astring() throws BadMessage, IOException {
        return text(astringOctets());
    }

    /** A quoted string or literal, in UTF-8. */
    public String string() throws BadMessage, IOException {
        if (isNext('"')) return text(quoted());
        if (isNext('{')) return text(literal());
        throw new BadMessage("a quoted string or a literal is missing" + where());
    }

    /** A string, or empty for NIL. */
    public Optional<String> nstring() throws BadMessage, IOException {
        if (isNext('"') || isNext('{')) return Optional.of(string());
        if (keyword().equals("NIL")) return Optional.empty();
        throw new BadMessage("a string or NIL is missing");
    }

    /** A mailbox name in Unicode; INBOX comes in capitals. */
    public String mailbox() throws BadMessage, IOException {
        return MailboxName.canonical(unicode(astringOctets()));
    }

    /** The pattern of a LIST, in Unicode. */
    public String listMailbox() throws BadMessage, IOException {
        byte[] octets;
        if (isNext('"')) octets = quoted();
        else if (isNext('{')) octets = literal();
        else octets = span(Octets.LIST, "a mailbox pattern is missing");
        return unicode(octets);
    }

    /** Base64 (RFC 4648 §4) as it came, or {@code =} for nothing (RFC 4959). */
    public String base64() throws BadMessage {
        int start = at;
        while (at < line.length && line[at] > ' ' && line[at] < 0x7f) at++;
        if (at == start) throw new BadMessage("base64 is missing" + where());
        return ascii(start, at);
    }

    // Flags and dates.

    /** A flag as it came: {@code \Seen}, {@code $Forwarded}. */
    public String flag() throws BadMessage {
        return take('\\') ? "\\" + atom() : atom();
    }

    /** A parenthesised list of flags, maybe empty. */
    public List<String> flagList() throws BadMessage {
        expect('(');
        List<String> flags = new ArrayList<>();
        if (take(')')) return flags;
        do flags.add(flag());
        while (take(' '));
        expect(')');
        return flags;
    }

    /** A date with or without quotes. */
    public LocalDate date() throws BadMessage {
        boolean quoted = take('"');
        LocalDate date = ImapDates.date(atom());
        if (quoted) expect('"');
        return date;
    }

    public Instant dateTime() throws BadMessage {
        return ImapDates.dateTime(new String(quoted(), StandardCharsets.ISO_8859_1));
    }

    // The message of an APPEND, and the end of a command that failed.

    /** The start of a literal whose octets are left in the input. */
    public MessageLiteral messageLiteral() throws BadMessage {
        long length = literalHead();
        return new MessageLiteral(this, length, pending != NONE);
    }

    /** Invites the octets of a literal that wait for it. */
    void invite(long length) throws IOException {
        if (pending != NONE) return;
        input.invite();
        pending = length;
    }

    /** A view of octets of the literal under way, at most {@code most}; taken by the caller. */
    ByteBuffer literalOctets(int most) throws IOException {
        ByteBuffer some = input.octets();
        int length = (int) Math.min(some.remaining(), Math.min(most, pending));
        return some.slice(some.position(), length);
    }

    void consume(int octets) throws IOException {
        input.consume(octets);
        pending -= octets;
    }

    /** Goes on after a literal. */
    void nextLine() throws IOException, BadMessage {
        line = input.line();
        at = 0;
        pending = NONE;
        left -= line.length;
        if (left < 0) throw tooBig("the command is too long");
    }

    /**
     * Reads and drops what is left of a command that is refused, so that its literals are never
     * taken for commands. RFC 7888 §3: every line is checked for an uninvited literal at its end.
     *
     * @throws BadMessage with {@link BadMessage.Weight#FATAL} when that is too much
     */
    public void drop() throws IOException, BadMessage {
        long budget = limits.drained();
        if (pending == NONE) pending = LiteralTail.pushed(line);
        while (pending != NONE) {
            budget -= pending;
            if (budget < 0) {
                throw new BadMessage(
                        BadMessage.Weight.FATAL, "the refused command is too long to pass over");
            }
            while (pending > 0) consume(literalOctets(Integer.MAX_VALUE).remaining());
            line = input.line();
            budget -= line.length;
            at = line.length;
            pending = LiteralTail.pushed(line);
        }
    }

    CommandLimits limits() {
        return limits;
    }

    // How it is done.

    private String word(int kind, String missing) throws BadMessage {
        int start = at;
        while (at < line.length && Octets.is(kind, line[at])) at++;
        if (at == start) throw new BadMessage(missing + where());
        return ascii(start, at);
    }

    private byte[] span(int kind, String missing) throws BadMessage {
        int start = at;
        while (at < line.length && Octets.is(kind, line[at])) at++;
        if (at == start) throw new BadMessage(missing + where());
        return Arrays.copyOfRange(line, start, at);
    }

    @SuppressWarnings("deprecation") // the octets are ASCII, checked; no decoder is faster
    private String ascii(int from, int to) {
        return new String(line, 0, from, to - from);
    }

    private String where() {
        return at == line.length ? " at the end" : " at octet " + (at + 1);
    }

    private long digits() throws BadMessage {
        int start = at;
        long value = 0;
        while (at < line.length && Octets.is(Octets.DIGIT, line[at])) {
            if (at - start > 18) throw new BadMessage("a number is too large");
            value = value * 10 + (line[at++] - '0');
        }
        if (at == start) throw new BadMessage("a number is missing" + where());
        return value;
    }

    private long sequenceNumber() throws BadMessage {
        return take('*') ? SequenceSet.STAR : nonZero();
    }

    /** RFC 3501 §9: quoted. Octets above 127 are taken too: clients send UTF-8 here. */
    private byte[] quoted() throws BadMessage {
        if (!take('"')) throw new BadMessage("a quoted string is missing" + where());
        byte[] out = new byte[line.length - at];
        int length = 0;
        while (at < line.length) {
            byte c = line[at++];
            if (c == '"') return Arrays.copyOf(out, length);
            if (c == 0 || c == '\r') throw new BadMessage("NUL or CR in a quoted string");
            if (c == '\\') {
                if (at == line.length || (line[at] != '"' && line[at] != '\\')) {
                    throw new BadMessage("a backslash stands before \" or \\ only");
                }
                c = line[at++];
            }
            out[length++] = c;
        }
        throw new BadMessage("a quoted string has no end");
    }

    private byte[] literal() throws BadMessage, IOException {
        long length = literalHead();
        if (pending > limits.pushed()) throw tooBig("the literal is too long");
        if (length > left) throw tooBig("the command is too long");
        invite(length);
        byte[] octets = new byte[(int) length];
        int done = 0;
        while (done < octets.length) {
            ByteBuffer some = literalOctets(octets.length - done);
            int taken = some.remaining();
            some.get(octets, done, taken);
            consume(taken);
            done += taken;
        }
        left -= octets.length;
        nextLine();
        for (byte c : octets) if (c == 0) throw new BadMessage("NUL in a literal");
        return octets;
    }

    /** Takes {@code {123}} or {@code {123+}}, which ends its line; the latter is pending then. */
    private long literalHead() throws BadMessage {
        expect('{');
        int start = at;
        long length = 0;
        while (isDigitNext()) {
            if (at - start > 17) throw tooBig("the literal is too long");
            length = length * 10 + (line[at++] - '0');
        }
        if (at == start) throw new BadMessage("the length of a literal is missing" + where());
        boolean pushed = take('+');
        expect('}');
        endOfLine();
        line = EMPTY;
        at = 0;
        if (pushed) pending = length;
        return length;
    }

    private static BadMessage tooBig(String why) {
        return new BadMessage(BadMessage.Weight.TOO_BIG, why);
    }

    private static String text(byte[] octets) throws BadMessage {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            throw new BadMessage("a string is not valid UTF-8");
        }
    }

    private static String unicode(byte[] octets) throws BadMessage {
        return ModifiedUtf7.decode(new String(octets, StandardCharsets.ISO_8859_1))
                .orElseThrow(() -> new BadMessage("the mailbox name is not in modified UTF-7"));
    }
}
