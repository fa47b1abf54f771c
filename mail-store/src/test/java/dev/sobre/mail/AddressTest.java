package dev.sobre.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses that mean the same compare as the same. */
class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "Ann@Example.ORG, ann@example.org",
        "ann@xn--bcher-kva.example, ann@b\u00fccher.example",
        "Ann@B\u00dcCHER.example, ann@b\u00fccher.example",
        "@XN--bcher-kva.example, @b\u00fccher.example",
        "xn--bcher-kva.example, b\u00fccher.example",
        "J\u00d6RG@example.org, j\u00f6rg@example.org",
        "jo\u0308rg@example.org, j\u00f6rg@example.org",
        // behind an at sign only: a local part may look like anything
        "xn--bcher-kva@example.org, xn--bcher-kva@example.org",
        "\"a@xn--bcher-kva\"@example.org, \"a@xn--bcher-kva\"@example.org",
        "Ann, ann",
    })
    void areCompared(String address, String canonical) {
        assertEquals(canonical, Address.canonical(address));
    }
}
