package dev.sobre.tls.pki;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** What an OCSP response says of a certificate, once all of it was checked. RFC 6960 §3.2. */
public sealed interface OcspAnswer {

    /** It is not revoked. */
    record Good(Staple staple) implements OcspAnswer {}

    /** It was revoked at that time. */
    record Revoked(Instant since) implements OcspAnswer {}

    /**
     * Reads a file (DER or PEM) and checks it.
     *
     * @param known who may have issued the certificate, beside the well-known roots
     * @throws PkiException where the response proves nothing, with the reason
     */
    static OcspAnswer read(Path file, X509Certificate of, List<X509Certificate> known, Instant now)
            throws PkiException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Reading.MOST + 1);
            if (bytes.length > Reading.MOST) throw new PkiException("is larger than 64 KiB");
            X509Certificate issuer =
                    Roots.issuer(of, known)
                            .orElseThrow(
                                    () ->
                                            new PkiException(
                                                    "cannot be checked: add the certificate of "
                                                            + of.getIssuerX500Principal()
                                                            + " to the file of the server's"));
            return new Reading(new JcaX509CertificateHolder(issuer), now).answer(der(bytes), of);
        } catch (IOException e) {
            throw PkiException.unreadable(file, e);
        } catch (CertificateEncodingException e) {
            throw new PkiException("cannot be checked: its issuer cannot be read", e);
        } catch (PkiException e) {
            throw e.in(file);
        }
    }

    private static byte[] der(byte[] bytes) throws PkiException {
        return PemReader.blocks(bytes).stream()
                .filter(block -> block.label().equals("OCSP RESPONSE"))
                .findFirst()
                .map(PemBlock::octets)
                .orElse(bytes);
    }

    /** The checks, in the order of RFC 6960 §3.2. */
    record Reading(X509CertificateHolder issuer, Instant now) {
        private static final int MOST = 64 << 10;

        /** Clocks of responders may be ahead of ours. */
        private static final Duration CLOCK_SLACK = Duration.ofMinutes(5);

        private OcspAnswer answer(byte[] der, X509Certificate of) throws PkiException {
            try {
                var response = new OCSPResp(der);
                if (response.getStatus() != OCSPResp.SUCCESSFUL) {
                    throw new PkiException(
                            "the responder answered with error " + response.getStatus());
                }
                if (!(response.getResponseObject() instanceof BasicOCSPResp basic)) {
                    throw new PkiException("is no basic OCSP response");
                }
                var digests = new JcaDigestCalculatorProviderBuilder().build();
                SingleResp single = about(of, basic, digests);
                checkSignature(basic, digests);
                return status(der, single);
            } catch (IOException e) {
                throw new PkiException("is no OCSP response", e);
            } catch (OCSPException | OperatorCreationException | CertException e) {
                throw new PkiException("cannot be checked: " + e.getMessage(), e);
            }
        }

        private SingleResp about(
                X509Certificate of, BasicOCSPResp basic, DigestCalculatorProvider digests)
                throws OCSPException, PkiException {
            for (SingleResp each : basic.getResponses()) {
                if (each.getCertID().getSerialNumber().equals(of.getSerialNumber())
                        && each.getCertID().matchesIssuer(issuer, digests)) return each;
            }
            throw new PkiException(
                    "does not speak of the certificate with the serial number "
                            + of.getSerialNumber().toString(16)
                            + ", but of another");
        }

        /** RFC 6960 §4.2.2.2: by the issuer, or by whom it made a responder. */
        private void checkSignature(BasicOCSPResp basic, DigestCalculatorProvider digests)
                throws OCSPException, OperatorCreationException, CertException, PkiException {
            for (X509CertificateHolder signer :
                    Stream.concat(Stream.of(issuer), Stream.of(basic.getCerts())).toList()) {
                if (named(basic.getResponderId(), signer, digests)
                        && basic.isSignatureValid(verifier(signer))) {
                    checkSigner(signer);
                    return;
                }
            }
            throw new PkiException("its signature is not of the certificate's issuer");
        }

        private static boolean named(
                RespID id, X509CertificateHolder signer, DigestCalculatorProvider digests)
                throws OCSPException, OperatorCreationException {
            return id.equals(new RespID(signer.getSubject()))
                    || id.equals(
                            new RespID(
                                    signer.getSubjectPublicKeyInfo(),
                                    digests.get(RespID.HASH_SHA1)));
        }

        private void checkSigner(X509CertificateHolder signer)
                throws OperatorCreationException, CertException, PkiException {
            if (signer.equals(issuer)) return;
            if (!signer.getIssuer().equals(issuer.getSubject())
                    || !signer.isSignatureValid(verifier(issuer))) {
                throw new PkiException("its responder has no certificate of the issuer");
            }
            var purposes = Optional.ofNullable(signer.getExtensions());
            if (purposes.map(ExtendedKeyUsage::fromExtensions)
                    .filter(usage -> usage.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning))
                    .isEmpty()) {
                throw new PkiException("its responder may not sign OCSP responses");
            }
            if (!signer.isValidOn(Date.from(now))) {
                throw new PkiException("the certificate of its responder is not valid now");
            }
        }

        private static ContentVerifierProvider verifier(X509CertificateHolder of)
                throws OperatorCreationException {
            try {
                return new JcaContentVerifierProviderBuilder().build(of);
            } catch (java.security.cert.CertificateException e) {
                throw new OperatorCreationException("an unreadable certificate", e);
            }
        }

        private OcspAnswer status(byte[] der, SingleResp single) throws PkiException {
            Instant from = single.getThisUpdate().toInstant();
            if (from.isAfter(now.plus(CLOCK_SLACK))) {
                throw new PkiException("speaks of a time to come, " + from);
            }
            CertificateStatus status = single.getCertStatus();
            if (status instanceof RevokedStatus revoked) {
                return new Revoked(revoked.getRevocationTime().toInstant());
            }
            if (status != null) { // Bouncy Castle writes null for good
                throw new PkiException("says that the responder does not know the certificate");
            }
            // RFC 5019 §2.2.4: without it nobody can tell how long the answer is good.
            if (single.getNextUpdate() == null) {
                throw new PkiException("has no nextUpdate (openssl ocsp writes one with -ndays)");
            }
            Instant until = single.getNextUpdate().toInstant();
            if (!until.isAfter(now)) throw new PkiException("went stale on " + until);
            return new Good(new Staple(der, from, until));
        }
    }
}
