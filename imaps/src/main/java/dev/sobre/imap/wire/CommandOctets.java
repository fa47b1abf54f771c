package dev.sobre.imap.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The octets of one command: the line being read, and the literals and lines that follow it. Counts
 * them against the limits.
 */
final class CommandOctets {

    private static final byte[] EMPTY = {};
    private static final long NONE = -1;

    private final ImapInput input;
    private final CommandLimits limits;
    private byte[] line;
    private int at;
    private int left; // octets that the command may still have
    private long pending = NONE; // octets of a literal that will come, whatever we answer

    CommandOctets(byte[] firstLine, ImapInput input, CommandLimits limits) {
        this.line = firstLine;
        this.input = input;
        this.limits = limits;
        this.left = limits.octets() - firstLine.length;
    }

    CommandLimits limits() {
        return limits;
    }

    // The line.

    boolean atEnd() {
        return at == line.length;
    }

    boolean isNext(char c) {
        return at < line.length && line[at] == c;
    }

    boolean isNext(String text) {
        int end = at + text.length();
        return end <= line.length && ascii(at, end).equals(text);
    }

    boolean isNext(int kind) {
        return at < line.length && Octets.is(kind, line[at]);
    }

    /** Takes the character if it is next. */
    boolean take(char c) {
        if (!isNext(c)) return false;
        at++;
        return true;
    }

    /** Takes the word, in any letter case, if it is next and ends there. */
    boolean takeWord(String word) {
        int end = at + word.length();
        if (end > line.length || !ascii(at, end).equalsIgnoreCase(word)) return false;
        if (end < line.length && Octets.is(Octets.ATOM, line[end])) return false;
        at = end;
        return true;
    }

    void expect(char c) throws BadMessage {
        if (take(c)) return;
        String name = c == ' ' ? "a space" : "'" + c + "'";
        throw new BadMessage(name + " is missing" + where());
    }

    void endOfLine() throws BadMessage {
        if (!atEnd()) throw new BadMessage("the command goes on after its end" + where());
    }

    /** Takes octets of a kind, one at least. */
    String word(int kind, String missing) throws BadMessage {
        int start = at;
        pass(kind, missing);
        return ascii(start, at);
    }

    /** Takes octets of a kind, one at least. */
    byte[] span(int kind, String missing) throws BadMessage {
        int start = at;
        pass(kind, missing);
        return Arrays.copyOfRange(line, start, at);
    }

    /** Takes visible characters, one at least. */
    String visible(String missing) throws BadMessage {
        int start = at;
        while (at < line.length && line[at] > ' ' && line[at] < 0x7f) at++;
        if (at == start) throw new BadMessage(missing + where());
        return ascii(start, at);
    }

    /** An unsigned 63-bit number. */
    long digits() throws BadMessage {
        int start = at;
        long value = 0;
        while (isNext(Octets.DIGIT)) {
            int digit = line[at++] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw new BadMessage("a number is too large");
            }
            value = value * 10 + digit;
        }
        if (at == start) throw new BadMessage("a number is missing" + where());
        return value;
    }

    /** RFC 3501 §9: quoted. Octets above 127 are taken too: clients send UTF-8 here. */
    byte[] quoted() throws BadMessage {
        if (!take('"')) throw new BadMessage("a quoted string is missing" + where());
        byte[] out = new byte[line.length - at];
        int length = 0;
        while (at < line.length) {
            byte c = line[at++];
            if (c == '"') return Arrays.copyOf(out, length);
            if (c == 0 || c == '\r') throw new BadMessage("NUL or CR in a quoted string");
            if (c == '\\') {
                if (!isNext('"') && !isNext('\\')) {
                    throw new BadMessage("a backslash stands before \" or \\ only");
                }
                c = line[at++];
            }
            out[length++] = c;
        }
        throw new BadMessage("a quoted string has no end");
    }

    /** Where we are, for the words of a refusal. */
    String where() {
        return atEnd() ? " at the end" : " at octet " + (at + 1);
    }

    private void pass(int kind, String missing) throws BadMessage {
        int start = at;
        while (isNext(kind)) at++;
        if (at == start) throw new BadMessage(missing + where());
    }

    private String ascii(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    // Literals.

    byte[] literal() throws BadMessage, IOException {
        byte[] octets = literal8();
        for (byte c : octets) if (c == 0) throw new BadMessage("NUL in a literal");
        return octets;
    }

    /** Octets of any kind (RFC 9051 §9: literal8). */
    byte[] literal8() throws BadMessage, IOException {
        long length = literalHead();
        if (isPending() && limits.pushed() == CommandLimits.NONE_PUSHED) {
            throw new BadMessage("a literal waits for '+' here");
        }
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
        return octets;
    }

    /** Takes {@code {123}} or {@code {123+}}, which ends its line; the latter is pending then. */
    long literalHead() throws BadMessage {
        expect('{');
        long length = digits();
        boolean pushed = take('+');
        expect('}');
        endOfLine();
        line = EMPTY;
        at = 0;
        if (pushed) pending = length;
        return length;
    }

    /** Whether octets of a literal will come whatever we answer. */
    boolean isPending() {
        return pending != NONE;
    }

    /** Invites the octets of a literal that wait for it. */
    void invite(long length) throws IOException {
        if (isPending()) return;
        input.invite();
        pending = length;
    }

    /** A view of octets of the literal under way, at most {@code most}; see {@link #consume}. */
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

    /** See {@link ImapReader#drop}. */
    void drop() throws IOException, BadMessage {
        long budget = limits.drained();
        if (!isPending()) pending = LiteralTail.pushed(line);
        while (isPending()) {
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

    private static BadMessage tooBig(String why) {
        return new BadMessage(BadMessage.Weight.TOO_BIG, why);
    }
}
