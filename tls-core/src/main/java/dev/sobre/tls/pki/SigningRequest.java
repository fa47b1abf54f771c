package dev.sobre.tls.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * What is sent to an authority to get a certificate: a public key and the names it is for, signed
 * by the key itself. RFC 2986.
 */
public final class SigningRequest {
    static final String LABEL = "CERTIFICATE REQUEST";

    private final PKCS10CertificationRequest request;
    private final String subject;
    private final PublicKey key;
    private final List<String> names;

    private SigningRequest(PKCS10CertificationRequest request) throws PkiException {
        this.request = request;
        subject = Subjects.text(request.getSubject());
        try {
            key = new JcaPKCS10CertificationRequest(request).getPublicKey();
            var san = request.getRequestedExtensions();
            names = san == null ? List.of() : SubjectNames.texts(san);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new PkiException("holds a damaged request", e);
        }
    }

    /**
     * Asks for a certificate.
     *
     * @param names DNS names and IP addresses
     * @param subject such as {@code CN=mail.example.org,O=Example,C=DE} (RFC 4514); without it, the
     *     first name is the common name
     */
    public static SigningRequest of(PrivateKey key, List<String> names, Optional<String> subject)
            throws PkiException {
        var checked = SubjectNames.checked(names);
        try {
            var san = new ExtensionsGenerator();
            san.addExtension(Extension.subjectAlternativeName, false, SubjectNames.of(checked));
            var builder =
                    new JcaPKCS10CertificationRequestBuilder(
                            Subjects.of(subject, checked), Keys.publicOf(key));
            builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, san.generate());
            return new SigningRequest(builder.build(Keys.signer(key)));
        } catch (IOException | OperatorCreationException e) {
            throw new PkiException("cannot sign a request with this key", e);
        }
    }

    /** Reads a request, whose signature must be its key's. */
    public static SigningRequest read(Path file) throws PkiException {
        try {
            var blocks = PemFiles.blocks(file);
            for (var block : blocks) if (is(block)) return of(block);
            throw new PkiException("holds no request" + PemFiles.instead(blocks));
        } catch (PkiException e) {
            throw e.in(file);
        }
    }

    static boolean is(PemBlock block) {
        return block.label().equals(LABEL) || block.label().equals("NEW " + LABEL);
    }

    static SigningRequest of(PemBlock block) throws PkiException {
        try {
            var request = new PKCS10CertificationRequest(block.octets());
            var verifier =
                    new JcaContentVerifierProviderBuilder()
                            .build(request.getSubjectPublicKeyInfo());
            if (request.isSignatureValid(verifier)) return new SigningRequest(request);
        } catch (IOException | OperatorCreationException | PKCSException | RuntimeException e) {
            throw new PkiException("holds a damaged request", e);
        }
        throw new PkiException("holds a request that its own key did not sign; make a new one");
    }

    /** Whose it is, as RFC 4514 writes it. */
    public String subject() {
        return subject;
    }

    /** The DNS names and IP addresses that are asked for. */
    public List<String> names() {
        return names;
    }

    public PublicKey key() {
        return key;
    }

    /** The request as PEM text. */
    public String pem() throws PkiException {
        try {
            return PemBlock.of(LABEL, request.getEncoded()).text();
        } catch (IOException e) {
            throw new PkiException("cannot encode a request", e);
        }
    }

    /** Writes the request for everybody, in place of what was there. */
    public void write(Path file) throws PkiException {
        try {
            SafeFile.writePublic(file, pem().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new PkiException("cannot write " + file + ": " + e, e);
        }
    }

    X500Name distinguishedName() {
        return request.getSubject();
    }
}
