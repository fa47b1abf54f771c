package dev.sobre.imap.wire;

import dev.sobre.mail.Flag;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads one command (RFC 3501 §9): its first line, and the literals and lines that follow. Every
 * method either takes what its name says or throws {@link BadMessage}; the work is linear in the
 * octets, whose number is limited.
 */
public final class ImapReader {

    private static final int MOST_FLAGS = 100;

    private final CommandOctets octets;
    private final NameForm names;
    private String tag = "";
    private int depth;

    public ImapReader(byte[] firstLine, ImapInput input, CommandLimits limits, NameForm names) {
        this.octets = new CommandOctets(firstLine, input, limits);
        this.names = names;
    }

    /** Reads names of mailboxes as RFC 3501 writes them. */
    public ImapReader(byte[] firstLine, ImapInput input, CommandLimits limits) {
        this(firstLine, input, limits, NameForm.MODIFIED_UTF7);
    }

    /** Reads what stands in one line, and nothing after it. */
    static ImapReader of(String line) {
        int octets = line.length();
        var limits = new CommandLimits(4 * octets, 0, 0);
        return new ImapReader(line.getBytes(StandardCharsets.UTF_8), ImapInput.NONE, limits);
    }

    // Words.

    public String tag() throws BadMessage {
        tag = octets.word(Octets.TAG, "a command starts with a tag");
        return tag;
    }

    /** The tag that was read, for answers that name it. */
    public String lastTag() {
        return tag;
    }

    /** An atom in the case it came. */
    public String atom() throws BadMessage {
        return octets.word(Octets.ATOM, "an atom is missing");
    }

    /** An atom in capitals: a verb, a keyword of the grammar. */
    public String keyword() throws BadMessage {
        return atom().toUpperCase(Locale.ROOT);
    }

    /** The name of a FETCH item or section, in capitals: letters, digits and dots. */
    public String name() throws BadMessage {
        return octets.word(Octets.NAME, "a name is missing").toUpperCase(Locale.ROOT);
    }

    /** Takes the word, in any letter case, if it is next and ends there. */
    public boolean takeWord(String word) {
        return octets.takeWord(word);
    }

    // Punctuation.

    public void space() throws BadMessage {
        octets.expect(' ');
    }

    public void expect(char c) throws BadMessage {
        octets.expect(c);
    }

    /** Takes the character if it is next. */
    public boolean take(char c) {
        return octets.take(c);
    }

    public boolean isNext(char c) {
        return octets.isNext(c);
    }

    public boolean isNext(String text) {
        return octets.isNext(text);
    }

    public boolean isDigitNext() {
        return octets.isNext(Octets.DIGIT);
    }

    public boolean atEnd() {
        return octets.atEnd();
    }

    public void endOfLine() throws BadMessage {
        octets.endOfLine();
    }

    /** Goes one level of nesting down; see {@link #leave}. */
    public void enter() throws BadMessage {
        if (++depth > CommandLimits.DEEPEST) throw new BadMessage("lists are nested too deep");
    }

    public void leave() {
        depth--;
    }

    // Numbers and sets.

    /** An unsigned 32-bit number. */
    public long number() throws BadMessage {
        long value = octets.digits();
        if (value > 0xFFFF_FFFFL) throw new BadMessage("a number is too large");
        return value;
    }

    public long nonZero() throws BadMessage {
        long value = number();
        if (value == 0) throw new BadMessage("a number can't be zero here");
        return value;
    }

    /** A mod-sequence-value: an unsigned 63-bit number but zero (RFC 7162 §7). */
    public long modSeq() throws BadMessage {
        long value = modSeqOrZero();
        if (value == 0) throw new BadMessage("a MODSEQ can't be zero here");
        return value;
    }

    public long modSeqOrZero() throws BadMessage {
        return octets.digits();
    }

    /** Numbers, or {@code $} (RFC 5182) alone. */
    public SequenceSet sequenceSet() throws BadMessage {
        if (take('$')) return SequenceSet.SAVED;
        List<SequenceSet.Range> ranges = new ArrayList<>(2);
        do {
            long first = sequenceNumber();
            long last = take(':') ? sequenceNumber() : first;
            ranges.add(new SequenceSet.Range(first, last));
        } while (take(','));
        return new SequenceSet(ranges);
    }

    private long sequenceNumber() throws BadMessage {
        return take('*') ? SequenceSet.STAR : nonZero();
    }

    // Strings.

    /** An atom, quoted string or literal, in UTF-8. */
    public String astring() throws BadMessage, IOException {
        return text(astringOctets());
    }

    /**
     * An atom, quoted string or literal, in a charset.
     *
     * @throws BadMessage with {@link BadMessage.Weight#CHARSET} when it is no text in that
     */
    public String astring(Charset charset) throws BadMessage, IOException {
        return text(astringOctets(), charset, BadMessage.Weight.CHARSET);
    }

    /** A quoted string, in UTF-8; no literal will do. */
    public String quoted() throws BadMessage {
        return text(octets.quoted());
    }

    /** A quoted string or literal, in UTF-8. */
    public String string() throws BadMessage, IOException {
        if (isNext('"')) return text(octets.quoted());
        if (isNext('{')) return text(octets.literal());
        throw new BadMessage("a quoted string or a literal is missing" + octets.where());
    }

    /** A string, or empty for NIL. */
    public Optional<String> nstring() throws BadMessage, IOException {
        if (isNext('"') || isNext('{')) return Optional.of(string());
        if (keyword().equals("NIL")) return Optional.empty();
        throw new BadMessage("a string or NIL is missing");
    }

    /** The octets of a string, which may be a {@code ~} literal (RFC 3516); empty for NIL. */
    public Optional<byte[]> nstring8() throws BadMessage, IOException {
        if (isNext('"')) return Optional.of(octets.quoted());
        if (isNext('{')) return Optional.of(octets.literal());
        if (take('~')) return Optional.of(octets.literal8());
        if (keyword().equals("NIL")) return Optional.empty();
        throw new BadMessage("a string or NIL is missing");
    }

    /** A mailbox name in Unicode; INBOX comes in capitals. */
    public String mailbox() throws BadMessage, IOException {
        return MailboxName.canonical(names.decode(astringOctets()));
    }

    /** The pattern of a LIST, in Unicode. */
    public String listMailbox() throws BadMessage, IOException {
        if (isNext('"')) return names.decode(octets.quoted());
        if (isNext('{')) return names.decode(octets.literal());
        return names.decode(octets.span(Octets.LIST, "a mailbox pattern is missing"));
    }

    /** Base64 (RFC 4648 §4) as it came, or {@code =} for nothing (RFC 4959). */
    public String base64() throws BadMessage {
        return octets.visible("base64 is missing");
    }

    private byte[] astringOctets() throws BadMessage, IOException {
        if (isNext('"')) return octets.quoted();
        if (isNext('{')) return octets.literal();
        return octets.span(Octets.ASTRING, "a string is missing");
    }

    private static String text(byte[] octets) throws BadMessage {
        return text(octets, StandardCharsets.UTF_8, BadMessage.Weight.SYNTAX);
    }

    private static String text(byte[] octets, Charset charset, BadMessage.Weight otherwise)
            throws BadMessage {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            throw new BadMessage(otherwise, "a string is not valid " + charset.name());
        }
    }

    // Flags and dates.

    /** A flag as it came: {@code \Seen}, {@code $Forwarded}. */
    private String flag() throws BadMessage {
        return take('\\') ? "\\" + atom() : atom();
    }

    /** Flags up to the end of the line or list, one at least. */
    private List<String> flags() throws BadMessage {
        List<String> flags = new ArrayList<>();
        do {
            flags.add(flag());
            if (flags.size() > MOST_FLAGS) throw new BadMessage("too many flags");
        } while (take(' '));
        return flags;
    }

    /** A parenthesised list of flags, maybe empty. */
    public List<String> flagList() throws BadMessage {
        expect('(');
        if (take(')')) return List.of();
        List<String> flags = flags();
        expect(')');
        return flags;
    }

    /**
     * Flags of a message, in parentheses or, up to the end of the line, without.
     *
     * @throws BadMessage also for {@code \Recent}, which clients can't change (RFC 3501 §2.3.2),
     *     and for whatever else begins with a backslash and is no system flag
     */
    public Flags messageFlags() throws BadMessage {
        List<String> words = isNext('(') ? flagList() : flags();
        for (String word : words) if (word.startsWith("\\")) checkSystemFlag(word);
        return Flags.parse(words);
    }

    private static void checkSystemFlag(String word) throws BadMessage {
        for (Flag known : Flag.values()) if (known.wire().equalsIgnoreCase(word)) return;
        throw new BadMessage(
                word.equalsIgnoreCase("\\Recent")
                        ? "\\Recent is the server's to set"
                        : "there is no system flag " + word + "; a keyword has no backslash");
    }

    /** A date with or without quotes. */
    public LocalDate date() throws BadMessage {
        boolean quoted = take('"');
        LocalDate date = ImapDates.date(atom());
        if (quoted) expect('"');
        return date;
    }

    public Instant dateTime() throws BadMessage {
        return ImapDates.dateTime(new String(octets.quoted(), StandardCharsets.ISO_8859_1));
    }

    // The messages of an APPEND, and the end of a command that failed.

    /** The start of a literal whose octets are left in the input. */
    public MessageLiteral messageLiteral() throws BadMessage {
        boolean binary = take('~'); // RFC 3516 §7: literal8
        long length = octets.literalHead();
        return new MessageLiteral(octets, length, octets.isPending(), binary);
    }

    /**
     * Reads and drops what is left of a command that is refused, so that its literals are never
     * taken for commands. RFC 7888 §3: every line is checked for an uninvited literal at its end.
     *
     * @throws BadMessage with {@link BadMessage.Weight#FATAL} when that is too much
     */
    public void drop() throws IOException, BadMessage {
        octets.drop();
    }
}
