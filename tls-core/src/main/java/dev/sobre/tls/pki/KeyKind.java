package dev.sobre.tls.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of key that are made; a server can show all of them but Ed25519. */
public enum KeyKind {
    P256("p256", "EC"),
    P384("p384", "EC"),
    RSA_2048("rsa-2048", "RSA"),
    RSA_3072("rsa-3072", "RSA"),
    RSA_4096("rsa-4096", "RSA"),
    ED25519("ed25519", "Ed25519");

    private final String text;
    private final String algorithm;

    KeyKind(String text, String algorithm) {
        this.text = text;
        this.algorithm = algorithm;
    }

    public static Optional<KeyKind> named(String text) {
        return Stream.of(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /** Its name, such as {@code p256} or {@code rsa-3072}. */
    public String text() {
        return text;
    }

    /** Makes a key. RSA takes seconds at worst. */
    public PrivateKey make() {
        try {
            return pair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java makes no " + text + " keys", e);
        }
    }

    KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm);
        switch (this) {
            case P256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case P384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
            case RSA_2048 -> generator.initialize(2048);
            case RSA_3072 -> generator.initialize(3072);
            case RSA_4096 -> generator.initialize(4096);
            case ED25519 -> generator.initialize(NamedParameterSpec.ED25519);
        }
        return generator.generateKeyPair();
    }
}
