package dev.sobre.mail.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.Flags;
import dev.sobre.mail.MailboxId;
import dev.sobre.mail.memory.MemoryStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a text matches, beside what IMAP demands; the same with and without an index. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhatMatchesTest {

    @TempDir static Path directory;

    private final MemoryStore store = MemoryStore.with("ann@example.org", "secret");
    private final MailboxId inbox =
            store.find(store.account("ann@example.org").id(), "INBOX").orElseThrow().id();
    private Search scan;
    private Search search;

    @BeforeAll
    void open() {
        scan = Search.scanning(store, SearchSettings.DEFAULTS);
        search = Search.open(store, directory.resolve("index"), Mails.FAST);
    }

    @AfterAll
    void close() {
        scan.close();
        search.close();
    }

    private static final String MAIL =
            """
            From: "Smith, Ann" <Ann.Smith@example.org>
            To: =?UTF-8?Q?J=C3=BCrgen?= <j@example.com>, Team: a@x.example, b@x.example;
            Subject: =?UTF-8?B?w5xiZXI=?= =?UTF-8?Q?sicht?=
             of the year
            Date: Mon, 3 Feb 2025 23:30:00 -0800
            X-Empty:
            List-Id: Folded
            	value <list.example.org>
            Content-Type: multipart/mixed; boundary=b

            preamble-words
            --b
            Content-Type: text/plain; charset=UTF-8
            Content-Description: sideways

            Swimming in the lake;
            quoted  by   many. straße, ΟΔΟΣ Istanbul İzmİr ısı ﬁnal cafe\u0301
            --b
            Content-Type: text/html; charset=UTF-8

            <title>hidden</title><p>Hello, <b>wor</b>ld &amp; moon</p><p>next</p>
            --b
            Content-Type: message/rfc822

            Subject: an inner subject
            From: inner@example.net

            inner text
            --b
            Content-Type: message/delivery-status

            Action: failed
            --b
            Content-Type: application/octet-stream; name="report.bin"

            attachment-words
            --b--
            epilogue-words
            """;

    @ParameterizedTest(name = "{0} {1}: {2} ({3})")
    @CsvSource(
            delimiter = '|',
            value = {
                // key | text | matches | why
                "BODY | swim | true | a substring at the beginning of a word",
                "BODY | immin | true | a substring anywhere",
                "BODY | SWIMMING | true | letter case does not matter",
                "BODY | swimming lake | false | words in between are not left out",
                "BODY | 'lake; quoted by' | true | white space is one space, line ends too",
                "BODY | STRASSE | false | RFC 5051 is by single letters: ß is no ss",
                "BODY | straße | true | ß is ß",
                "BODY | οδος | true | the final sigma is a sigma",
                "BODY | İZMİR | true | ",
                "BODY | izmir | false | İ is I and a dot above, and the dot is not in the text",
                "BODY | ISI | true | ı is an I in capitals",
                "BODY | final | true | a ligature is its letters",
                "BODY | café | true | composed or not is the same",
                "BODY | cafe | true | a letter is found without its accent",
                "BODY | world | true | HTML as a reader sees it",
                "BODY | & moon | true | character references are characters",
                "BODY | moonnext | false | paragraphs of HTML are apart",
                "BODY | <b> | false | tags are no text",
                "BODY | hidden | false | nor is a title",
                "BODY | inner text | true | a message inside",
                "BODY | inner subject | true | its header is text of ours",
                "BODY | action: failed | true | types of MESSAGE are looked into",
                "BODY | attachment-words | false | other attachments are not",
                "BODY | preamble | false | nor is what is outside of the parts",
                "BODY | epilogue | false | ",
                "BODY | bersicht | false | not in the header",
                "BODY | sideways | false | nor in that of a part",
                "BODY | la | true | one or two letters are found, too",
                "BODY | q | true | ",
                "BODY | '' | true | the empty text is in every text",
                "TEXT | übersicht of the | true | encoded words, folded lines",
                "TEXT | sideways | true | headers of parts",
                "TEXT | report.bin | true | names of attachments",
                "TEXT | 'subject: über' | true | a field with its name",
                "TEXT | swim | true | the body",
                "TEXT | yeardate | false | nothing across fields",
                "FROM | smith, ann <ann | true | an address as it is read",
                "FROM | '\"Smith, Ann\" <ann' | true | an address as it is written",
                "FROM | example.org | true | ",
                "FROM | inner@ | false | of the message itself only",
                "TO | jürgen <j@ | true | ",
                "TO | team | true | a group's name",
                "CC | '' | false | there is no such field",
                "SUBJECT | ÜBERSICHT | true | ",
                "X-EMPTY | '' | true | there is such a field",
                "X-EMPTY | a | false | ",
                "list-id | folded value | true | unfolded",
                "LIST | folded | false | the whole name",
                "bad name | '' | false | not a name that a field can have",
            })
    void matches(String key, String text, boolean matches, String why) {
        assertEquals(matches ? 1 : 0, found(of(key, text)), why);
        assertEquals(matches ? 0 : 1, found(new SearchKey.Not(of(key, text))), why);
    }

    private static SearchKey of(String key, String text) {
        return switch (key) {
            case "BODY" -> new SearchKey.Body(text);
            case "TEXT" -> new SearchKey.Text(text);
            default -> new SearchKey.Header(key, text);
        };
    }

    private long found(SearchKey key) {
        if (store.state(inbox).messages() == 0) {
            byte[] mail = MAIL.replace("\n", "\r\n").getBytes(UTF_8);
            Mails.append(store, inbox, mail, Flags.NONE);
        }
        var read = scan.find(inbox, key);
        assertEquals(read, search.find(inbox, key), "before it is indexed, or after");
        Mails.awaitIndexed(search);
        assertEquals(read, search.find(inbox, key), "indexed");
        return read.count();
    }

    @Test
    void aTextThatIsLongerThanWhatIsIndexed() {
        var small = Mails.FAST.withTextOctets(1000);
        MailboxId drafts =
                store.find(store.account("ann@example.org").id(), "Drafts").orElseThrow().id();
        String text = "Subject: long\r\n\r\nfirst " + "some words ".repeat(1000) + "last\r\n";
        Mails.append(store, drafts, text.getBytes(UTF_8), Flags.NONE);
        Mails.append(store, drafts, "Subject: short\r\n\r\nlast".getBytes(UTF_8), Flags.NONE);
        try (var some = Search.open(store, directory.resolve("small"), small)) {
            Mails.awaitIndexed(some);
            assertEquals("1:2", some.find(drafts, new SearchKey.Body("last")).toString());
            assertEquals("1", some.find(drafts, new SearchKey.Text("words last")).toString());
            assertEquals("1", some.find(drafts, new SearchKey.Body("first")).toString());
            assertEquals(
                    "2",
                    some.find(drafts, new SearchKey.Not(new SearchKey.Text("words last")))
                            .toString());
            assertEquals(
                    "1", some.find(drafts, new SearchKey.Header("subject", "long")).toString());
        }
    }
}
