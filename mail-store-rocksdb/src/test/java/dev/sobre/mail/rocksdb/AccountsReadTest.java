package dev.sobre.mail.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sobre.mail.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AccountsReadTest {

    private static final AccountId ANN = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);

    private final AccountsRead read = new AccountsRead();
    private final List<String> asked = new ArrayList<>();

    private Supplier<Optional<AccountId>> says(Optional<AccountId> answer) {
        return () -> {
            asked.add("asked");
            return answer;
        };
    }

    private Optional<AccountId> ask(Optional<AccountId> stored) {
        return read.id("ann@example.test", says(stored));
    }

    @Test
    void whatWasReadIsNotAskedForAgain() {
        assertEquals(Optional.of(ANN), ask(Optional.of(ANN)));
        assertEquals(Optional.of(ANN), ask(Optional.of(BOB)));
        assertEquals(1, asked.size());
    }

    @Test
    void afterAChangeItIsAskedForAgain() {
        ask(Optional.of(ANN));
        read.forget();
        assertEquals(Optional.of(BOB), ask(Optional.of(BOB)));
    }

    @Test
    void whoIsNotThereIsAskedForAgain() {
        assertEquals(Optional.empty(), ask(Optional.empty()));
        assertEquals(Optional.of(ANN), ask(Optional.of(ANN)));
    }

    @Test
    void whatWasReadBeforeAChangeIsNotKeptBehindIt() {
        Supplier<Optional<AccountId>> slow =
                () -> {
                    read.forget(); // while somebody is told what was
                    return Optional.of(ANN);
                };
        read.id("ann@example.test", slow);
        assertEquals(Optional.of(BOB), ask(Optional.of(BOB)));
    }

    @Test
    void addressesWithoutEndDoNotFillTheMemory() {
        for (int i = 0; i < 10_000; i++) read.id("u" + i + "@example.test", says(Optional.of(ANN)));
        for (int i = 0; i < 10_000; i++) read.id("u" + i + "@example.test", says(Optional.of(ANN)));
        assertEquals(20_000, asked.size(), 8_192, "most were forgotten in between");
    }
}
