package dev.sobre.tls.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A cipher suite as IANA registered it (“TLS Cipher Suites”).
 *
 * @param reference the document that defines it; empty where the registry names none
 * @param openSslNames what OpenSSL calls it, or did; empty where it never knew it
 */
public record RegisteredSuite(
        int number, String name, String reference, List<String> openSslNames) {
    private static final String FILE = "cipher-suites.csv";

    public RegisteredSuite {
        openSslNames = List.copyOf(openSslNames);
    }

    /** All of them, by number. */
    public static List<RegisteredSuite> all() {
        return Registry.ALL;
    }

    /** A suite by its IANA name, the JDK's or OpenSSL's, or by a number such as {@code 0x0013}. */
    public static Optional<RegisteredSuite> find(String given) {
        String name = given.strip().toUpperCase(Locale.ROOT).replaceFirst("^SSL_", "TLS_");
        if (name.isEmpty()) return Optional.empty();
        return all().stream().filter(suite -> suite.is(name)).findFirst();
    }

    public String hex() {
        return "0x%04X".formatted(number);
    }

    private boolean is(String upper) {
        return name.toUpperCase(Locale.ROOT).equals(upper)
                || openSslNames.contains(upper)
                || hex().toUpperCase(Locale.ROOT).equals(upper);
    }

    private static RegisteredSuite parse(String line) {
        String[] columns = line.split(",", -1);
        return new RegisteredSuite(
                Integer.decode(columns[0]),
                columns[1],
                columns[2],
                columns[3].isEmpty() ? List.of() : List.of(columns[3].split(" ", -1)));
    }

    /** Read when first asked for. */
    private static final class Registry {
        static final List<RegisteredSuite> ALL = read();

        private static List<RegisteredSuite> read() {
            var all = new ArrayList<RegisteredSuite>();
            try (var file = RegisteredSuite.class.getResourceAsStream(FILE);
                    var in =
                            new BufferedReader(
                                    new InputStreamReader(Objects.requireNonNull(file), UTF_8))) {
                in.lines().filter(line -> !line.startsWith("#")).forEach(l -> all.add(parse(l)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return List.copyOf(all);
        }
    }
}
