package dev.sobre.mail.archive;

import dev.sobre.mail.Flags;
import dev.sobre.mail.Numbering;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads one mbox file. A message begins at a {@code From } line that has a date and comes after an
 * empty line or first of all; such a line without a date is text, as Dovecot has it. A {@code >} in
 * front of quoted ones goes (mboxrd).
 */
final class MboxReader implements MailboxReader {

    private static final int MOST_DOUBTS = 100;
    private static final byte[] LF = {'\n'};
    private static final byte[] NONE = {};

    private final Lines lines;
    private final String place;
    private final Instant fileTime;
    private boolean more; // there is a piece that was not looked at
    private boolean afterBlank = true;
    private boolean started;
    private byte[] lineEnd = NONE; // held back
    private long written;
    private List<PassedOver> doubts = new ArrayList<>();
    private int number;
    private long start;
    private Optional<Instant> date = Optional.empty();
    private Optional<MboxOwn> own = Optional.empty();
    private StatusFields status = new StatusFields();
    private Optional<Numbering> numbers = Optional.empty();

    private MboxReader(Lines lines, String place, Instant fileTime) {
        this.lines = lines;
        this.place = place;
        this.fileTime = fileTime;
    }

    static MboxReader open(Path file, String place) throws IOException {
        return new MboxReader(Lines.of(file), place, Files.getLastModifiedTime(file).toInstant());
    }

    @Override
    public boolean next() throws IOException {
        if (!started) more = lines.next();
        while (more && !isSeparator()) advance();
        if (!started && lines.position() > 0) {
            doubt("its first " + lines.position() + " octets belong to no message");
        }
        started = true;
        if (!more) return false;
        number++;
        start = lines.position();
        date = Separator.date(lines.text());
        own = Optional.empty();
        status = new StatusFields();
        advance();
        return true;
    }

    private void advance() throws IOException {
        afterBlank = lines.isBlank();
        more = lines.next();
    }

    private boolean isSeparator() {
        if (!afterBlank || !lines.begins() || !lines.startsWith(Separator.FROM)) return false;
        if (!started || Separator.date(lines.text()).isPresent()) return true;
        doubt(
                "the line at octet "
                        + lines.position()
                        + " begins with `From ` but has no date, so it is taken as text");
        return false;
    }

    private void doubt(String reason) {
        var doubt = new PassedOver(place, reason);
        if (doubts.size() < MOST_DOUBTS && !doubts.contains(doubt)) doubts.add(doubt);
    }

    @Override
    public List<PassedOver> doubts() {
        var all = doubts;
        doubts = new ArrayList<>();
        return all;
    }

    @Override
    public String where() {
        return place + ", message " + number + " at octet " + start;
    }

    @Override
    public void copyTo(OutputStream to) throws IOException {
        afterBlank = false;
        written = 0;
        own = more ? MboxOwn.parse(lines.text()) : Optional.empty();
        if (own.isPresent()) ownFields(own.get().fields());
        else strangeHeader(to);
        text(to);
    }

    /** The fields that we wrote, all of one line. */
    private void ownFields(int count) throws IOException {
        advance();
        for (int i = 0; i < count && more; i++) {
            status.take(lines.text());
            advance();
        }
        afterBlank = false;
        if (numbers.isEmpty()) numbers = status.numbers();
    }

    /** A header that another program wrote its fields into. */
    private void strangeHeader(OutputStream to) throws IOException {
        boolean dropped = false;
        while (more && !lines.isBlank() && !isSeparator()) {
            boolean folded = lines.text().startsWith(" ") || lines.text().startsWith("\t");
            if (lines.begins() && !folded) dropped = status.take(lines.text());
            if (!dropped) write(to);
            advance();
        }
        if (numbers.isEmpty()) numbers = status.numbers();
    }

    /** The rest, up to the empty line before the next message. */
    private void text(OutputStream to) throws IOException {
        boolean held = false; // an empty line that may be the one before the next message
        while (more && !isSeparator()) {
            if (held) {
                give(to);
                lineEnd = LF;
            }
            held = lines.isBlank();
            if (!held) write(to);
            advance();
        }
        // A message that ends without a line end got one, for the next one to begin a line.
        if (own.isEmpty() || written < own.get().octets()) give(to);
        lineEnd = NONE;
    }

    /** Writes the piece; its line end is held back, for it may not be the message's. */
    private void write(OutputStream to) throws IOException {
        give(to);
        int quote = lines.isQuoted(Separator.FROM) ? 1 : 0;
        int length = lines.lengthOfText() - quote;
        to.write(lines.buffer(), lines.from() + quote, length);
        written += length;
        lineEnd = lines.ends() ? LF : NONE;
    }

    private void give(OutputStream to) throws IOException {
        to.write(lineEnd);
        if (lineEnd.length > 0) written += 2; // in CRLF form
        lineEnd = NONE;
    }

    @Override
    public Facts facts() {
        Flags flags = status.flags();
        Instant known = date.or(status::date).orElse(fileTime);
        return own.map(
                        o ->
                                new Facts(
                                        status.uid(),
                                        flags,
                                        o.date(),
                                        Optional.of(o.saved()),
                                        Optional.of(o.email()),
                                        OptionalLong.of(o.octets()),
                                        true))
                .orElseGet(
                        () ->
                                new Facts(
                                        status.uid(),
                                        flags,
                                        known,
                                        Optional.empty(),
                                        Optional.empty(),
                                        OptionalLong.empty(),
                                        false));
    }

    @Override
    public Optional<Numbering> numbers() {
        return numbers;
    }

    @Override
    public long octetsRead() {
        return lines.position();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
