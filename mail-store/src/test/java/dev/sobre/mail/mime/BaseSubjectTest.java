package dev.sobre.mail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5256 §2.1. */
class BaseSubjectTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "hello                     # hello       # false",
                "Re: hello                 # hello       # true",
                "RE : re:fwd: Fw: hello    # hello       # true",
                "Re[2]: hello              # hello       # true",
                "[list] Re: hello          # hello       # true",
                "Re: [list] hello          # hello       # true",
                "[list] hello              # hello       # false",
                "[a] [b] hello             # hello       # false",
                "[list]                    # [list]      # false",
                "[a [b] hello              # [a [b] hello # false",
                "hello (fwd)(FWD)          # hello       # true",
                "[fwd: hello]              # hello       # true",
                "[Fwd: Re: hello (fwd)]    # hello       # true",
                "Re:                       # ``          # true",
                "Reply: hello              # Reply: hello # false",
                "Regards                   # Regards     # false",
                "a  b\t c                  # a b c       # false",
                "=?utf-8?q?Re=3A_=C3=A4?=  # ä           # true",
                "``                        # ``          # false",
            })
    void base(String subject, String text, boolean reply) {
        assertEquals(new BaseSubject(text, reply), BaseSubject.of(subject));
    }

    @Test
    void theWorstSubjectIsQuick() { // lesson 5
        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> {
                    for (String worst :
                            new String[] {"[", "[]", "[a] ", "Re:", "[fwd:", "(fwd)", " "}) {
                        BaseSubject.of(worst.repeat(1_000_000));
                    }
                });
    }
}
