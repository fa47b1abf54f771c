package dev.sobre.mail.search;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.sobre.mail.Delivery;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Flags;
import dev.sobre.mail.MailStore;
import dev.sobre.mail.MailboxId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes mails of many forms, of which it knows what they say. */
final class Mails {

    /** Settings for tests, which do not like to wait, and ask the same more than once. */
    static final SearchSettings FAST =
            SearchSettings.DEFAULTS
                    .withAnswers(0)
                    .withEverything(true)
                    .withTimes(
                            new SearchSettings.Times(
                                    Duration.ofMillis(10),
                                    Duration.ofMillis(50),
                                    Duration.ofMillis(100),
                                    Duration.ofSeconds(30)));

    private static final List<String> WORDS =
            List.of(
                    "invoice",
                    "Meeting",
                    "STRASSE",
                    "straße",
                    "GROẞ",
                    "groß",
                    "İstanbul",
                    "ısı",
                    "Isı",
                    "ΟΔΟΣ",
                    "οδός",
                    "σίγμα",
                    "会議",
                    "資料",
                    "東京都",
                    "회의",
                    "각각",
                    "🎉",
                    "👩‍👩‍👧",
                    "café",
                    "cafe\u0301",
                    "naïve",
                    "Ǆemper",
                    "ﬁnal",
                    "①",
                    "Привет",
                    "ПОКА",
                    "שלום",
                    "مرحبا",
                    "a",
                    "the",
                    "of",
                    "x-y_z",
                    "<b>",
                    "&amp;",
                    "100%",
                    "=?q?",
                    "aaaa",
                    "aaaaab",
                    "tab\tbed",
                    "two  spaces",
                    "\u00a0nbsp",
                    "ﷺ",
                    "K",
                    "ſtyle");

    /** A mail and the texts in it, decoded. */
    @SuppressWarnings("ArrayRecordComponent")
    record Mail(byte[] octets, String subject, String body) {}

    private final Random random;

    Mails(Random random) {
        this.random = random;
    }

    /** A few words, perhaps cut within one, so that they are found in some mails and not others. */
    String needle() {
        String text = words(1 + random.nextInt(2));
        int length = text.codePointCount(0, text.length());
        int from = random.nextInt(length);
        int to = from + 1 + random.nextInt(length - from);
        String cut =
                text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
        return switch (random.nextInt(4)) {
            case 0 -> cut.toUpperCase(Locale.ROOT);
            case 1 -> cut.toLowerCase(Locale.ROOT);
            case 2 -> Normalizer.normalize(cut, Normalizer.Form.NFD);
            default -> cut;
        };
    }

    String words(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (i > 0) text.append(random.nextInt(8) == 0 ? "\r\n" : " ");
            text.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }

    Mail next() {
        String subject = words(1 + random.nextInt(4)).replace("\r\n", " ");
        String body = words(1 + random.nextInt(60));
        var mail = new StringBuilder();
        mail.append("From: \"Ann Example\" <ann@example.org>\r\nTo: bob@example.org\r\n");
        mail.append("Date: Mon, 3 Feb 2025 10:00:00 +0100\r\n");
        mail.append("Subject: ").append(header(subject)).append("\r\nX-Kind: ");
        mail.append(random.nextInt(5)).append("\r\nMIME-Version: 1.0\r\n");
        switch (random.nextInt(3)) {
            case 0 -> part(mail, "text/plain", body);
            case 1 -> part(mail, "text/html", html(body));
            default -> {
                mail.append("Content-Type: multipart/mixed; boundary=\"#\"\r\n\r\n--#\r\n");
                part(mail, "text/plain", body);
                mail.append("\r\n--#\r\nContent-Type: image/png; name=\"picture.png\"\r\n");
                mail.append("Content-Transfer-Encoding: base64\r\n\r\naW52b2ljZQ==\r\n--#--\r\n");
            }
        }
        return new Mail(mail.toString().getBytes(ISO_8859_1), subject, body);
    }

    private String html(String text) {
        String safe = text.replace("&", "&amp;").replace("<", "&lt;");
        return "<html><head><title>none</title></head><body><p>" + safe + "</p></body></html>";
    }

    /** Appends a part, whose octets stand for themselves as ISO-8859-1. */
    private void part(StringBuilder mail, String type, String text) {
        Charset charset = charset(text);
        mail.append("Content-Type: ").append(type).append("; charset=").append(charset.name());
        byte[] octets = text.getBytes(charset);
        switch (random.nextInt(3)) {
            case 0 -> {
                mail.append("\r\nContent-Transfer-Encoding: base64\r\n\r\n");
                mail.append(Base64.getMimeEncoder().encodeToString(octets)).append("\r\n");
            }
            case 1 -> {
                mail.append("\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
                mail.append(quotedPrintable(octets)).append("\r\n");
            }
            default ->
                    mail.append("\r\n\r\n").append(new String(octets, ISO_8859_1)).append("\r\n");
        }
    }

    private Charset charset(String text) {
        var fit = new ArrayList<Charset>(List.of(UTF_8));
        for (String name : List.of("ISO-8859-1", "windows-1251", "ISO-8859-7", "Shift_JIS")) {
            Charset each = Charset.forName(name);
            if (new String(text.getBytes(each), each).equals(text)) fit.add(each);
        }
        return fit.get(random.nextInt(fit.size()));
    }

    private static String quotedPrintable(byte[] octets) {
        var out = new StringBuilder();
        int column = 0;
        for (byte b : octets) {
            out.append(String.format("=%02X", b));
            if (++column % 20 == 0) out.append("=\r\n");
        }
        return out.toString();
    }

    private String header(String text) {
        if (US_ASCII.newEncoder().canEncode(text) && !text.contains("=?")) return text;
        if (random.nextBoolean() && !text.contains("=?")) {
            return new String(text.getBytes(UTF_8), ISO_8859_1); // RFC 6532
        }
        var words = new ArrayList<String>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 10);
            if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) end++;
            var octets = text.substring(at, end).getBytes(UTF_8);
            words.add("=?UTF-8?B?" + Base64.getEncoder().encodeToString(octets) + "?=");
            at = end;
        }
        return String.join("\r\n ", words);
    }

    /** What is compared, said another way than the code says it. */
    static String folded(String text) {
        var out = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            String title = Character.toString(Character.toTitleCase(c));
                            Normalizer.normalize(title, Normalizer.Form.NFKD)
                                    .codePoints()
                                    .map(Character::toTitleCase)
                                    .forEach(out::appendCodePoint);
                        });
        return out.toString().replaceAll("[\\s\\x00-\\x20\\x7f]+", " ");
    }

    static long append(MailStore store, MailboxId mailbox, byte[] mail, Flags flags) {
        return append(store, mailbox, mail, flags, Instant.now());
    }

    static long append(MailStore store, MailboxId mailbox, byte[] mail, Flags flags, Instant date) {
        try (var sink = store.sink(100_000_000)) {
            sink.write(ByteBuffer.wrap(mail));
            var delivery = new Delivery(DeliveryId.random(), sink.finish(), flags, date);
            return store.append(mailbox, List.of(delivery)).getFirst().uid();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static void awaitIndexed(Search search) {
        await().atMost(60, SECONDS).pollInterval(5, MILLISECONDS).until(search::isIndexed);
    }
}
