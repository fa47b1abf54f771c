package dev.sobre.app.cert;

import dev.sobre.tls.pki.CertificateFacts;
import dev.sobre.tls.pki.PemItem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a file holds, one thing of it, as data. */
final class ItemData {

    private ItemData() {}

    static Map<String, Object> of(PemItem item, Instant now) {
        var data = new LinkedHashMap<String, Object>();
        switch (item) {
            case PemItem.Certificate it -> {
                data.put("kind", "certificate");
                data.putAll(CertificateData.of(CertificateFacts.of(it.certificate(), now)));
            }
            case PemItem.Request it -> {
                data.put("kind", "request");
                data.put("subject", it.request().subject());
                data.put("names", it.request().names());
                data.put("key", CertificateFacts.key(it.request().key()));
            }
            case PemItem.Key it -> {
                data.put("kind", "key");
                data.put("form", it.form());
                data.put("locked", it.locked());
                data.put("key", it.half().map(CertificateFacts::key));
            }
            case PemItem.RevocationList it -> {
                data.put("kind", "revocationList");
                data.put("issuer", it.list().getIssuerX500Principal().getName());
                data.put("revoked", ItemWords.revoked(it.list()));
                data.put("thisUpdate", it.list().getThisUpdate().toInstant());
                data.put("nextUpdate", ItemWords.nextUpdate(it.list()));
            }
            case PemItem.Other it -> {
                data.put("kind", "other");
                data.put("label", it.label());
            }
        }
        return data;
    }
}
