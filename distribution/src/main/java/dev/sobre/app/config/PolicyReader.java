package dev.sobre.app.config;

import dev.sobre.tls.Engine;
import dev.sobre.tls.TlsPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what {@code [tls]} says about versions, suites, groups and signatures. */
record PolicyReader(TomlValues toml) {
    private static final String NAMES = "\"" + String.join("\", \"", TlsPolicy.names()) + "\"";

    TlsPolicy read() throws ConfigurationError {
        String name = toml.text("tls.policy", NAMES).orElse("standard");
        TlsPolicy policy = TlsPolicy.named(name).orElseThrow(() -> toml.wrong("tls.policy", NAMES));
        return signatures(groups(suites(policy)));
    }

    /** Versions and suites belong together: each version needs a suite. */
    private TlsPolicy suites(TlsPolicy policy) throws ConfigurationError {
        var all = TlsPolicy.compatible();
        var versions = list("tls.versions", all.versions());
        var suites = list("tls.suites", all.suites());
        String[] on = versions.orElse(policy.versions()).toArray(String[]::new);
        if (suites.isEmpty()) return checked("tls.versions", () -> policy.withVersions(on));
        var known = checked("tls.versions", () -> all.withVersions(on)).versions();
        return checked(
                "tls.suites",
                () -> new TlsPolicy(known, suites.get(), policy.groups(), policy.signatures()));
    }

    private TlsPolicy groups(TlsPolicy policy) throws ConfigurationError {
        var groups = list("tls.groups", TlsPolicy.compatible().groups());
        if (groups.isEmpty()) return policy;
        return checked("tls.groups", () -> policy.withGroups(groups.get().toArray(String[]::new)));
    }

    private TlsPolicy signatures(TlsPolicy policy) throws ConfigurationError {
        var names = list("tls.signatures", TlsPolicy.compatible().signatures());
        if (names.isEmpty()) return policy;
        return checked(
                "tls.signatures", () -> policy.withSignatures(names.get().toArray(String[]::new)));
    }

    private Optional<List<String>> list(String key, List<String> all) throws ConfigurationError {
        String accepted = "lists such as [\"" + String.join("\", \"", all) + "\"]";
        var given = toml.texts(key, accepted, List.of());
        return toml.has(key) ? Optional.of(given) : Optional.empty();
    }

    private TlsPolicy checked(String key, Supplier<TlsPolicy> make) throws ConfigurationError {
        TlsPolicy policy;
        try {
            policy = make.get();
        } catch (IllegalArgumentException e) {
            throw toml.bad(key, String.valueOf(e.getMessage()));
        }
        if (!toml.has(key)) return policy;
        var objection = policy.objection(Engine.best());
        if (objection.isPresent()) throw toml.bad(key, objection.get());
        return policy;
    }
}
