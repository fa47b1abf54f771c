package dev.sobre.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.BlobReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class RelationsTest {

    @Test
    void ownIdThenWhatIsAnsweredThenTheNearestReferences() throws IOException {
        var relations =
                of(
                        "Message-ID: <own@x>~In-Reply-To: Ann's <a@x> of today~"
                                + "References: <1@x>~ <2@x>\t<a@x> junk~Subject: Re: Tea~~");
        assertEquals(List.of("own@x", "a@x", "2@x", "1@x"), relations.ids());
        assertEquals(Optional.of("tea"), relations.subject());
        assertEquals(true, relations.reply());
    }

    @Test
    void aMessageMayBeAlone() throws IOException {
        assertEquals(new Relations(List.of(), Optional.empty(), false), of("~"));
        assertEquals(
                new Relations(List.of(), Optional.empty(), true),
                of("Subject: Re:~Message-ID: <>~~"));
    }

    @Test
    void onlyTheLastReferencesCount() throws IOException {
        var field = new StringBuilder("References:");
        for (int i = 0; i < 500; i++) field.append("\r\n <").append(i).append("@x>");
        var ids = of(field + "~~").ids();
        assertEquals(10, ids.size());
        assertEquals("499@x", ids.getFirst());
    }

    @Test
    void theWorstReferencesAreQuick() { // lesson 5
        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> {
                    for (String worst : new String[] {"<", "<>", "<a", ">", "<a> "}) {
                        of("In-Reply-To: " + worst.repeat(100_000) + "~~");
                        of("References: " + worst.repeat(10_000) + "~~");
                    }
                });
    }

    private static Relations of(String message) throws IOException {
        return Digest.of(BlobReader.of(message.replace("~", "\r\n").getBytes(ISO_8859_1)))
                .relations();
    }
}
