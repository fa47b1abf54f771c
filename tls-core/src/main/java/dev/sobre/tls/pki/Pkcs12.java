package dev.sobre.tls.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;

/** A file of keys and certificates under one passphrase, as Windows and Java like it. RFC 7292. */
final class Pkcs12 {
    private static final int VERSION = 3;

    private Pkcs12() {}

    /** By its shape: version 3, then what the passphrase opens. */
    static boolean is(byte[] file) {
        if (file.length == 0 || file[0] != DerFile.SEQUENCE) return false;
        try {
            var all = ASN1Sequence.getInstance(file);
            return all.size() >= 2
                    && all.getObjectAt(0) instanceof ASN1Integer version
                    && version.hasValue(VERSION)
                    && all.getObjectAt(1) instanceof ASN1Sequence;
        } catch (RuntimeException e) { // which of them, an ASN.1 parser never says
            return false;
        }
    }

    static List<PemItem> open(byte[] file, Optional<Passphrase> passphrase) throws PkiException {
        byte[] given =
                passphrase
                        .orElseThrow(
                                () ->
                                        new PkiException(
                                                "is PKCS#12 under a passphrase, and none was given"))
                        .octets();
        char[] text = new String(given, StandardCharsets.UTF_8).toCharArray();
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(file), text);
            var items = new ArrayList<PemItem>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, text) instanceof PrivateKey key) {
                    items.add(new PemItem.Key("PKCS#12", true, Optional.of(Keys.publicOf(key))));
                }
                for (Certificate each : certificates(store, alias)) {
                    if (each instanceof X509Certificate x) items.add(new PemItem.Certificate(x));
                }
            }
            return List.copyOf(items);
        } catch (IOException | GeneralSecurityException e) {
            throw new PkiException("the passphrase does not open it, or it is damaged", e);
        }
    }

    private static List<Certificate> certificates(KeyStore store, String alias)
            throws GeneralSecurityException {
        Certificate[] chain = store.getCertificateChain(alias);
        if (chain != null) return List.of(chain);
        Certificate one = store.getCertificate(alias);
        return one == null ? List.of() : List.of(one);
    }
}
