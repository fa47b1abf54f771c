package dev.sobre.app.cli;

import dev.sobre.app.config.ConfigurationReader;
import dev.sobre.app.home.DkimKeyFile;
import dev.sobre.app.home.Home;
import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.app.text.Reason;
import dev.sobre.smtp.dkim.DkimKey;
import dev.sobre.tls.pki.KeyKind;
import dev.sobre.tls.pki.PkiException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sobre dkim key}: makes a domain's keys, or shows what the DNS must have of them. */
@Command(
        name = "key",
        description = {
            "Makes two keys for a domain, Ed25519 and RSA, as not every receiver knows the first,"
                    + " and prints what the DNS must have of them. Mail is signed with them once their"
                    + " files are in dkim.keys of sobre.toml; put the records into the DNS before."
        },
        footer = {"", "Example: ${COMMAND-FULL-NAME} --home /srv/mail example.org"})
final class DkimKeyCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(paramLabel = "DOMAIN", description = "The domain, as in its addresses.")
    private String domain = "";

    @Option(
            names = "--selector",
            paramLabel = "NAME",
            defaultValue = "s1",
            description = {
                "What the keys are told apart by: they become NAME-ed25519 and NAME-rsa (default:"
                        + " ${DEFAULT-VALUE}). To change keys, make new ones under another name."
            })
    private String selector = "";

    @Option(names = "--show", description = "Make none; print the records of those there are.")
    private boolean show;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws PkiException {
        Home there = home.existing();
        String name = domain.toLowerCase(Locale.ROOT);
        if (!ConfigurationReader.isName(name)) {
            throw Failure.usage(
                    domain + " can't be a domain; write it as the DNS has it, such as example.org");
        }
        Path folder = there.dkim().resolve(name);
        var keys = show ? existing(folder) : make(folder);
        var out = spec.commandLine().getOut();
        if (json)
            out.println(Json.of(Map.of("keys", keys.entrySet().stream().map(this::data).toList())));
        else say(out, there, keys);
        out.flush();
        return 0;
    }

    private Map<Path, DkimKey> make(Path folder) throws PkiException {
        if (!selector.matches("[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?")) {
            throw Failure.usage("a selector has small letters, digits and hyphens only");
        }
        Path edwards = folder.resolve(selector + "-ed25519.key");
        Path rsa = folder.resolve(selector + "-rsa.key");
        for (Path file : List.of(edwards, rsa)) {
            if (Files.exists(file)) {
                throw new Failure(
                        file
                                + " is there already; see it with --show, or make others with"
                                + " --selector s2");
            }
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Failure("can't make " + folder + ": " + Reason.of(e), e);
        }
        var made = new LinkedHashMap<Path, DkimKey>();
        made.put(edwards, DkimKeyFile.make(edwards, KeyKind.ED25519));
        made.put(rsa, DkimKeyFile.make(rsa, KeyKind.RSA_2048));
        return made;
    }

    private Map<Path, DkimKey> existing(Path folder) throws PkiException {
        var found = new LinkedHashMap<Path, DkimKey>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    if (file.toString().endsWith(".key")) found.put(file, DkimKeyFile.read(file));
                }
            } catch (IOException e) {
                throw new Failure("can't read " + folder + ": " + Reason.of(e), e);
            }
        }
        if (found.isEmpty()) {
            throw new Failure("there are no keys in " + folder + "; make them without --show");
        }
        return found;
    }

    private void say(PrintWriter out, Home there, Map<Path, DkimKey> keys) {
        keys.forEach(
                (file, key) -> {
                    out.println("; " + file);
                    out.println(key.zoneLine());
                });
        out.println();
        out.println("next: put these records into the DNS of " + domain + ", then into");
        out.println(there.configurationFile() + ", and start the server again:");
        out.println("[dkim]");
        out.println(
                keys.keySet().stream()
                        .map(file -> '"' + there.root().relativize(file).toString() + '"')
                        .collect(Collectors.joining(", ", "keys = [", "]")));
    }

    private Map<String, Object> data(Map.Entry<Path, DkimKey> each) {
        var data = new LinkedHashMap<String, Object>();
        data.put("file", each.getKey().toString());
        data.put("domain", each.getValue().domain());
        data.put("name", each.getValue().recordName());
        data.put("text", each.getValue().recordText());
        return data;
    }
}
