package dev.sobre.tls.trace;

import dev.sobre.tls.pki.CertificateFacts;
import dev.sobre.tls.wire.BadHello;
import dev.sobre.tls.wire.Octets;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** The messages that prove who one is. RFC 8446 §4.3.2, §4.4; RFC 5246 §7.4.2, §7.4.4, §7.4.8. */
final class AuthWords {
    private static final int MOST_CERTIFICATES = 10;
    private static final int STATUS_REQUEST = 5;

    private AuthWords() {}

    static Told certificate(Octets body, Side from, Conversation so) throws BadHello {
        if (so.tls13()) body.vector8(); // request context
        var list = body.vector24();
        var told = new Told("Certificate", "");
        int count = 0;
        while (list.left() > 0) {
            byte[] der = list.vector24().rest();
            boolean stapled = so.tls13() && stapled(list);
            if (++count <= MOST_CERTIFICATES) certificate(count, der, told);
            if (stapled) told.fact("  OCSP", "an answer of the authority is stapled to it");
        }
        if (count == 0) return told.and("The " + from.word() + " has no certificate to show.");
        told.and("Who the " + from.word() + " is, its own certificate first.");
        return told.and(
                so.tls13()
                        ? "It goes encrypted: who listens does not learn it."
                        : "It goes in the clear: who listens learns it.");
    }

    private static boolean stapled(Octets list) throws BadHello {
        return Hello.extensions(list).stream().anyMatch(e -> e.type() == STATUS_REQUEST);
    }

    private static void certificate(int number, byte[] der, Told told) {
        try {
            var parsed =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(der));
            var facts = CertificateFacts.of(parsed, Instant.now());
            told.fact("certificate " + number, printable(facts.subject()));
            if (!facts.names().isEmpty()) {
                told.fact("  names", printable(IanaNames.list(facts.names())));
            }
            boolean own = facts.subject().equals(facts.issuer());
            told.fact("  issued by", own ? "itself" : printable(facts.issuer()));
            told.fact("  key", facts.key() + ", signed with " + facts.signature());
            told.fact("  valid", valid(facts));
            told.fact("  fingerprint", facts.fingerprint());
        } catch (CertificateException | RuntimeException e) {
            told.fact("certificate " + number, der.length + " bytes that are no readable X.509");
        }
    }

    static Told request(Octets body, Conversation so) throws BadHello {
        var told =
                new Told(
                        "CertificateRequest",
                        "The server would like to see a certificate of the client; one without answers with an empty list.");
        if (so.tls13()) {
            body.vector8(); // context
            for (var each : Hello.extensions(body)) {
                var in = each.octets();
                switch (each.type()) {
                    case 13 -> told.fact("signatures", IanaNames.schemes(in.vector16().numbers()));
                    case 47 -> told.fact("authorities", authorities(in.vector16()));
                    default -> {} // told by no one
                }
            }
            return told;
        }
        var types = new ArrayList<String>();
        var kinds = body.vector8();
        while (kinds.left() > 0) types.add(IanaNames.clientCertificate(kinds.u8()));
        told.fact("kinds", IanaNames.list(types));
        told.fact("signatures", IanaNames.schemes(body.vector16().numbers()));
        return told.fact("authorities", authorities(body.vector16()));
    }

    static Told verify(Octets body, Side from, Conversation so) throws BadHello {
        int scheme = body.u16();
        byte[] signature = body.vector16().rest();
        var told =
                new Told(
                        "CertificateVerify",
                        "The "
                                + from.word()
                                + " signs the hash of all messages so far: it has the key that belongs to the certificate, here and now, and a recorded signature is of no use in another handshake.");
        told.fact("scheme", IanaNames.scheme(scheme));
        if (so.tls13()) {
            told.fact(
                    "signed",
                    "64 spaces, \"TLS 1.3, "
                            + from.word()
                            + " CertificateVerify\", a zero byte, and the transcript hash");
            so.transcript()
                    .hash(so.hash())
                    .ifPresent(
                            h ->
                                    told.fact(
                                            "transcript hash",
                                            Told.hex(h) + " (" + so.hash() + ")"));
        }
        return told.fact("signature", Told.start(signature));
    }

    static Told status(Octets body) throws BadHello {
        body.u8(); // ocsp
        return new Told(
                        "CertificateStatus",
                        "The authority's own word, stapled, that the certificate was not revoked.")
                .fact("OCSP answer", body.vector24().left() + " bytes");
    }

    private static String authorities(Octets list) throws BadHello {
        var names = new ArrayList<String>();
        while (list.left() > 0) names.add(name(list.vector16().rest()));
        return names.isEmpty() ? "any" : IanaNames.list(List.copyOf(names));
    }

    private static String name(byte[] der) {
        try {
            return printable(new X500Principal(der).getName());
        } catch (IllegalArgumentException e) {
            return "an unreadable name";
        }
    }

    private static String valid(CertificateFacts facts) {
        return LocalDate.ofInstant(facts.notBefore(), ZoneOffset.UTC)
                + " to "
                + LocalDate.ofInstant(facts.notAfter(), ZoneOffset.UTC)
                + (facts.daysLeft() < 0 ? ", expired" : ", " + facts.daysLeft() + " days left");
    }

    /** A certificate may say anything; a terminal must not obey it. */
    private static String printable(String text) {
        var clean = new StringBuilder();
        text.codePoints()
                .limit(300)
                .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return clean.toString();
    }
}
