package dev.sobre.tls.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What private keys can do: sign, and tell their public halves. */
public final class Keys {
    private Keys() {}

    /** Signs with a key by the hash that fits it. */
    static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        String algorithm =
                switch (key) {
                    case ECKey ec ->
                            ec.getParams().getCurve().getField().getFieldSize() > 256
                                    ? "SHA384withECDSA"
                                    : "SHA256withECDSA";
                    case EdECKey ed -> ed.getParams().getName();
                    default -> "SHA256withRSA";
                };
        return new JcaContentSignerBuilder(algorithm).build(key);
    }

    /** The public half of a private key. */
    public static PublicKey publicOf(PrivateKey key) throws PkiException {
        try {
            return KeyFactory.getInstance(key.getAlgorithm()).generatePublic(half(key));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new PkiException("the key has no public half that can be told", e);
        }
    }

    private static KeySpec half(PrivateKey key) throws IOException, PkiException {
        if (key instanceof RSAPrivateCrtKey rsa) {
            return new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent(), rsa.getParams());
        }
        var half =
                switch (PrivateKeyFactory.createKey(key.getEncoded())) {
                    case ECPrivateKeyParameters ec -> {
                        var curve = ec.getParameters();
                        var point =
                                new FixedPointCombMultiplier().multiply(curve.getG(), ec.getD());
                        yield new ECPublicKeyParameters(point, curve);
                    }
                    case Ed25519PrivateKeyParameters ed -> ed.generatePublicKey();
                    case Ed448PrivateKeyParameters ed -> ed.generatePublicKey();
                    default -> throw new PkiException("the key is of an unknown kind");
                };
        return new X509EncodedKeySpec(
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(half).getEncoded());
    }
}
