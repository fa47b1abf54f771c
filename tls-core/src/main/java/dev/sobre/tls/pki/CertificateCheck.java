package dev.sobre.tls.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a file of certificates would do for a server.
 *
 * @param file all its certificates, in its order
 * @param key the key that shall belong to them, if it is known
 * @param names the hosts that clients will call the server by
 * @param trusted authorities that clients trust beside the well-known ones
 */
public record CertificateCheck(
        List<X509Certificate> file,
        Optional<PrivateKey> key,
        List<String> names,
        List<X509Certificate> trusted,
        Instant now) {

    private static final Duration SOON = Duration.ofDays(30);

    /** What browsers and phones accept at most. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(398);

    /** RFC 7633: the certificate demands a staple. */
    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";

    private static final String REPLACE = "get a new one from its authority";

    public CertificateCheck {
        file = List.copyOf(file);
        names = List.copyOf(names);
        trusted = List.copyOf(trusted);
        if (file.isEmpty()) throw new IllegalArgumentException("no certificate to check");
    }

    /** All that is wrong or odd, the grave first. */
    public List<Finding> findings() throws PkiException {
        var found = new ArrayList<Finding>();
        if (key.isPresent() && of(key.get()).isEmpty()) {
            found.add(
                    grave(
                            "KEY_MISMATCH",
                            "the key belongs to no certificate of the file",
                            "find the key that the request was made with, or make a new request"
                                    + " with this one"));
        }
        X509Certificate leaf = leaf();
        var chain = Chains.from(leaf, file);
        leaf(leaf, found);
        for (var each : chain) certificate(each, found);
        chain(chain, found);
        order(chain, found);
        return found.stream().sorted((a, b) -> Boolean.compare(b.grave(), a.grave())).toList();
    }

    /** The server's own certificate: the one of the key, or the one that issued no other. */
    public X509Certificate leaf() throws PkiException {
        var own = key.isPresent() ? of(key.get()) : Optional.<X509Certificate>empty();
        return own.orElseGet(this::end);
    }

    /** The certificate of a key. */
    private Optional<X509Certificate> of(PrivateKey key) throws PkiException {
        var half = Keys.publicOf(key);
        return file.stream().filter(c -> c.getPublicKey().equals(half)).findFirst();
    }

    /** The certificate that issued no other. */
    private X509Certificate end() {
        Predicate<X509Certificate> issued =
                one -> file.stream().anyMatch(c -> !c.equals(one) && Chains.signed(c, one));
        return file.stream().filter(issued.negate()).findFirst().orElse(file.getFirst());
    }

    private void leaf(X509Certificate leaf, List<Finding> found) {
        Suitability.unfitKey(leaf.getPublicKey())
                .ifPresent(
                        say ->
                                found.add(
                                        grave(
                                                "KEY_KIND",
                                                say,
                                                "make another key with sobre cert key, and a"
                                                        + " certificate for it")));
        Suitability.unfitNames(leaf)
                .ifPresent(say -> found.add(grave("NO_NAMES", say, "make a new request")));
        Suitability.unfitPurpose(leaf)
                .ifPresent(say -> found.add(grave("PURPOSE", say, "ask for a server's")));
        for (String name : names) {
            if (Names.match(leaf, name)) continue;
            String has = String.join(", ", Names.of(leaf));
            found.add(
                    grave(
                            "NAME",
                            "it is not for " + name + (has.isEmpty() ? "" : ", only for " + has),
                            "let clients use a name that it has, or get one for " + name));
        }
        if (leaf.getBasicConstraints() >= 0) {
            found.add(
                    odd(
                            "AUTHORITY",
                            "it is an authority's own certificate, which some clients refuse for"
                                    + " a server",
                            "make one with sobre cert self-signed or sobre cert ca issue"));
        }
        if (leaf.getExtensionValue(TLS_FEATURE) != null) {
            found.add(
                    odd(
                            "MUST_STAPLE",
                            "it demands an OCSP staple from the server (RFC 7633)",
                            "set tls.ocsp-response, or get one without that demand"));
        }
        Instant begin = leaf.getNotBefore().toInstant();
        if (begin.plus(LONGEST_LIFE).isBefore(leaf.getNotAfter().toInstant())) {
            found.add(
                    odd(
                            "LONG_LIFE",
                            "it is valid for more than 398 days, which some clients refuse",
                            "get one for at most 398 days"));
        }
    }

    private void certificate(X509Certificate each, List<Finding> found) {
        String whose = each.getSubjectX500Principal().getName() + ": ";
        Suitability.weakSignature(each)
                .ifPresent(say -> found.add(grave("WEAK_SIGNATURE", say, REPLACE)));
        if (each.getBasicConstraints() >= 0 && each.getPublicKey() instanceof RSAKey) {
            Suitability.unfitKey(each.getPublicKey())
                    .ifPresent(say -> found.add(grave("WEAK_ISSUER", whose + say, REPLACE)));
        }
        Instant end = each.getNotAfter().toInstant();
        var time = Suitability.unfitTime(each, now);
        if (time.isPresent()) {
            String code = end.isBefore(now) ? "EXPIRED" : "NOT_YET_VALID";
            found.add(grave(code, whose + time.get(), REPLACE + ", and look at the clock"));
        } else if (end.isBefore(now.plus(SOON))) {
            long days = Duration.between(now, end).toDays();
            found.add(odd("EXPIRES_SOON", whose + "it expires in " + days + " days", REPLACE));
        }
    }

    /** RFC 5280 §6: up to something that clients trust. */
    private void chain(List<X509Certificate> chain, List<Finding> found) {
        X509Certificate last = chain.getLast();
        var anchor = Chains.issuer(last, file).or(() -> Roots.issuer(last, trusted));
        if (anchor.isEmpty()) {
            String issuer = last.getIssuerX500Principal().getName();
            found.add(
                    grave(
                            "CHAIN_INCOMPLETE",
                            issuer
                                    + ", which issued the last one, is not there and no well-known root",
                            "append its certificate"
                                    + Chains.whereIssuerIs(last)
                                            .map(url -> ", from " + url)
                                            .orElse("")
                                    + ", or name it with --ca if clients trust it"));
            return;
        }
        boolean known = Roots.known(anchor.get(), trusted);
        if (!known) {
            found.add(
                    odd(
                            "ROOT_UNKNOWN",
                            "only clients that trust "
                                    + anchor.get().getSubjectX500Principal().getName()
                                    + " accept it",
                            "have clients trust that certificate; name it here with --ca"));
        }
        if (found.stream().anyMatch(Finding::grave)) return; // the walk would say the same again
        var path = new ArrayList<>(chain);
        if (!path.contains(anchor.get())) path.add(anchor.get());
        Chains.problem(path, now)
                .ifPresent(say -> found.add(grave("PATH", "clients refuse it: " + say, REPLACE)));
    }

    private void order(List<X509Certificate> chain, List<Finding> found) {
        var rest = new ArrayList<>(file);
        rest.removeAll(chain);
        rest.removeIf(Chains::selfSigned);
        if (!rest.isEmpty()) {
            found.add(
                    odd(
                            "EXTRA",
                            rest.getFirst().getSubjectX500Principal().getName()
                                    + " is in the file but not part of the chain",
                            "take it out"));
        }
        var sent = file.stream().filter(chain::contains).distinct().toList();
        if (sent.equals(chain)) return;
        found.add(
                odd(
                        "ORDER",
                        "the certificates are not in order, own first; Sobre sorts them, other"
                                + " programs may not",
                        "put each one's issuer right below it"));
    }

    private static Finding grave(String code, String sentence, String remedy) {
        return new Finding(code, true, sentence, remedy);
    }

    private static Finding odd(String code, String sentence, String remedy) {
        return new Finding(code, false, sentence, remedy);
    }
}
