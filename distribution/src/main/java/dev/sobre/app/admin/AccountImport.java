package dev.sobre.app.admin;

import dev.sobre.app.text.Counted;
import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.line.Terminal;
import dev.sobre.line.sasl.PasswordHash;
import dev.sobre.line.sasl.PasswordHash.Reading;
import dev.sobre.mail.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code account import}: makes accounts from lines {@code address:password}. A password is plain,
 * or a hash with a Dovecot scheme in front, which is kept and replaced at the next login.
 */
@Command(
        name = "import",
        description = {
            "Makes accounts from a file of lines ADDRESS:PASSWORD.",
            "A password is plain, or a hash in Dovecot's form: {ARGON2ID}, {SHA512-CRYPT} or"
                    + " {BLF-CRYPT} in front; such a hash is kept, and replaced at the next login.",
            "Lines that are not taken are listed with their numbers."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} accounts.txt"})
final class AccountImport implements AdminCommand {

    @Parameters(paramLabel = "FILE", description = "The file; - for standard input.")
    private Path file = Path.of("-");

    @Option(names = "--json", description = "Print one JSON object at the end.")
    private boolean json;

    private record Refused(int line, String reason) {}

    private final List<Refused> refused = new ArrayList<>();
    private int taken;

    @Override
    public Optional<Path> input() {
        return file.toString().equals("-") ? Optional.empty() : Optional.of(file);
    }

    @Override
    public int run(Office office, Caller caller) throws IOException {
        var terminal = caller.terminal();
        var input = caller.input();
        var lines = new CountedLines(input.octets());
        var bar = new ProgressBar(terminal, input.length());
        while (lines.next()) {
            if (terminal.interrupted()) throw new Failure("stopped after line " + lines.number());
            var problem = take(lines.text(), office);
            if (problem.isPresent()) refuse(lines.number(), problem.get(), bar, terminal);
            bar.show(lines.octets(), Counted.of(taken, "account"));
        }
        bar.clear();
        terminal.println(
                json
                        ? Json.of(data())
                        : Counted.of(taken, "account")
                                + " added, "
                                + Counted.of(refused.size(), "line")
                                + " not taken");
        return refused.isEmpty() ? 0 : 1;
    }

    private void refuse(int line, String reason, ProgressBar bar, Terminal terminal)
            throws IOException {
        refused.add(new Refused(line, reason));
        if (json) return;
        bar.clear();
        terminal.println("line " + line + " not taken: " + reason);
    }

    private Map<String, Object> data() {
        var data = new LinkedHashMap<String, Object>();
        data.put("added", taken);
        data.put(
                "refused",
                refused.stream()
                        .map(each -> Map.of("line", each.line(), "reason", each.reason()))
                        .toList());
        return data;
    }

    /** What is wrong with a line, or nothing. */
    private Optional<String> take(String line, Office office) {
        if (line.isBlank() || line.startsWith("#")) return Optional.empty();
        int colon = line.indexOf(':');
        if (colon < 0) return Optional.of("there is no colon between address and password");
        try {
            String address = AccountGroup.address(line.substring(0, colon).strip(), office);
            String password = password(line.substring(colon + 1));
            office.accounts().create(List.of(address), password, false);
            taken++;
            return Optional.empty();
        } catch (Failure | StoreException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String password(String text) {
        if (text.isEmpty()) throw new Failure("the password is empty");
        if (!text.startsWith("{")) return hashed(text);
        // A line of Dovecot's passwd-file goes on after the hash with further fields.
        int end = text.indexOf(':');
        String hash = end < 0 ? text : text.substring(0, end);
        return switch (PasswordHash.parse(hash)) {
            case Reading.Unsupported(String reason) -> throw new Failure(reason);
            case Reading.Supported _ when isPlain(hash) -> hashed(plain(hash));
            case Reading.Supported _ -> hash;
        };
    }

    private static String hashed(String password) {
        if (!PasswordHash.usable(password)) throw new Failure("the password can't be used");
        return PasswordHash.argon2id(password);
    }

    private static boolean isPlain(String hash) {
        String scheme = hash.toUpperCase(Locale.ROOT);
        return scheme.startsWith("{PLAIN}") || scheme.startsWith("{CLEARTEXT}");
    }

    private static String plain(String hash) {
        return hash.substring(hash.indexOf('}') + 1);
    }
}
