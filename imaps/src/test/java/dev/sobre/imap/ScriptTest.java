package dev.sobre.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.sobre.mail.AccountChange;
import dev.sobre.mail.Quota;
import dev.sobre.mail.memory.MemoryStore;
import dev.sobre.tls.Identity;
import dev.sobre.tls.TlsContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the scripts in {@code scripts/}, each section against a server and a store of its own. */
class ScriptTest {

    private static final TlsContext TLS = TlsContext.of(Identity.selfSigned("localhost"));

    @TestFactory
    Stream<DynamicContainer> scripts() throws Exception {
        Path folder = Path.of(ScriptTest.class.getResource("scripts").toURI());
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        return files.stream()
                .map(f -> DynamicContainer.dynamicContainer(f.getFileName().toString(), tests(f)));
    }

    private static Stream<DynamicTest> tests(Path file) {
        List<List<String>> sections = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith("===")) sections.add(new ArrayList<>());
            if (!sections.isEmpty()) sections.getLast().add(line);
        }
        return sections.stream()
                .map(s -> DynamicTest.dynamicTest(s.getFirst().substring(4), () -> run(s)));
    }

    /** As octets, since a script may hold any. */
    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, UTF_8).stream()
                    .map(line -> new String(line.getBytes(UTF_8), ISO_8859_1))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(List<String> section) throws IOException {
        var store =
                MemoryStore.with("ann@example.org", "secret")
                        .and("bob@example.org", "hidden")
                        .and("carol@example.org", "little")
                        .and("dave@example.org", "modest")
                        .and("root@example.org", "mighty");
        var little = new AccountChange.Limit(new Quota(30, 0));
        store.accounts().change(store.account("carol@example.org").id(), List.of(little));
        List<AccountChange> off =
                Stream.of("MOVE", "LITERAL+", "LIST-EXTENDED", "UIDONLY", "MESSAGELIMIT")
                        .<AccountChange>map(AccountChange.SwitchOff::new)
                        .toList();
        store.accounts().change(store.account("dave@example.org").id(), off);
        List<AccountChange> mighty = List.of(new AccountChange.Administrator(true));
        store.accounts().change(store.account("root@example.org").id(), mighty);
        var settings =
                ImapSettings.onLoopback(0)
                        .withCompression(section.contains(Script.COMPRESSION))
                        .withMessagesAtOnce(messagesAtOnce(section))
                        .withheld(withheld(section));
        try (var server = ImapsServer.start(settings, TLS, store, store.authenticator());
                var script = new Script(section.subList(1, section.size()), server.port())) {
            script.run();
        }
    }

    private static long messagesAtOnce(List<String> section) {
        return section.stream()
                .filter(line -> line.startsWith(Script.MESSAGES_AT_ONCE))
                .mapToLong(line -> Long.parseLong(line.substring(Script.MESSAGES_AT_ONCE.length())))
                .findFirst()
                .orElse(0);
    }

    /** What {@code withhold: MOVE IDLE} names. */
    private static Set<String> withheld(List<String> section) {
        return section.stream()
                .filter(line -> line.startsWith(Script.WITHHOLD))
                .flatMap(line -> Stream.of(line.substring(Script.WITHHOLD.length()).split(" ")))
                .collect(toUnmodifiableSet());
    }
}
