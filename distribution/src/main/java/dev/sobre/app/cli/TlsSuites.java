package dev.sobre.app.cli;

import dev.sobre.app.text.Failure;
import dev.sobre.app.text.Json;
import dev.sobre.tls.CipherSuite;
import dev.sobre.tls.SuiteVerdict;
import dev.sobre.tls.TlsPolicy;
import dev.sobre.tls.wire.RegisteredSuite;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sobre tls suites}: what a policy offers, and why it does or does not offer a suite. */
@Command(
        name = "suites",
        description = {
            "Lists the cipher suites, groups and signature schemes of a policy, by preference; or"
                    + " takes one suite apart and tells why it is or is not offered."
        },
        footer = {
            "",
            "Example: ${COMMAND-FULL-NAME} --policy modern",
            "Example: ${COMMAND-FULL-NAME} --explain TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"
        })
final class TlsSuites implements Callable<Integer> {

    @Mixin private PolicyOption policy = new PolicyOption();

    @Option(
            names = "--explain",
            paramLabel = "SUITE",
            description = "Its name as IANA, OpenSSL or Java write it, or its number (0x0013).")
    private @Nullable String suite;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        var chosen = policy.chosen();
        if (suite == null) list(chosen);
        else explain(verdict(suite, chosen));
        return 0;
    }

    private void list(TlsPolicy chosen) {
        if (json) {
            var data = new LinkedHashMap<String, Object>();
            data.put("policy", policy.name());
            data.put("versions", chosen.versions());
            data.put("suites", chosen.suites());
            data.put("groups", chosen.groups());
            data.put("signatures", chosen.signatures());
            System.out.println(Json.of(data));
            return;
        }
        for (String each : chosen.suites()) {
            String number = RegisteredSuite.find(each).map(RegisteredSuite::hex).orElse("");
            String version = CipherSuite.parse(each).ofTls13() ? "TLS 1.3" : "TLS 1.2";
            System.out.println(String.format(Locale.ROOT, "%s  %s  %s", version, number, each));
        }
        System.out.println("groups      " + String.join(", ", chosen.groups()));
        System.out.println("signatures  " + String.join(", ", chosen.signatures()));
    }

    private void explain(SuiteVerdict verdict) {
        if (json) System.out.println(Json.of(data(verdict)));
        else verdict.lines(policy.name()).forEach(System.out::println);
    }

    private static SuiteVerdict verdict(String name, TlsPolicy chosen) {
        try {
            return SuiteVerdict.of(name, chosen);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    e.getMessage()
                            + "; write it as IANA (TLS_RSA_WITH_AES_128_CBC_SHA), as OpenSSL"
                            + " (AES128-SHA) or as a number (0x002F)");
        }
    }

    private Map<String, Object> data(SuiteVerdict verdict) {
        var data = new LinkedHashMap<String, Object>();
        data.put("name", verdict.name());
        data.put("number", verdict.registered().map(RegisteredSuite::hex));
        data.put("reference", verdict.registered().map(RegisteredSuite::reference));
        data.put("openSslNames", verdict.registered().map(RegisteredSuite::openSslNames));
        data.put("parts", verdict.parts().map(TlsSuites::parts));
        data.put("policy", policy.name());
        data.put("offered", verdict.offered());
        data.put("reasons", verdict.reasons().stream().map(TlsSuites::reason).toList());
        return data;
    }

    private static Map<String, Object> parts(CipherSuite it) {
        var data = new LinkedHashMap<String, Object>();
        data.put("keyExchange", it.keyExchange());
        data.put("authentication", it.authentication());
        data.put("cipher", it.cipher());
        data.put("mode", it.mode());
        data.put("hash", it.hash());
        return data;
    }

    private static Map<String, Object> reason(SuiteVerdict.Reason it) {
        var data = new LinkedHashMap<String, Object>();
        data.put("words", it.words());
        data.put("source", it.source());
        return data;
    }
}
