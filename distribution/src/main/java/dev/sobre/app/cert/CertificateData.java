package dev.sobre.app.cert;

import dev.sobre.tls.pki.CertificateFacts;
import java.util.LinkedHashMap;
import java.util.Map;

/** A certificate as data. */
public final class CertificateData {

    private CertificateData() {}

    public static Map<String, Object> of(CertificateFacts facts) {
        var data = new LinkedHashMap<String, Object>();
        data.put("subject", facts.subject());
        data.put("issuer", facts.issuer());
        data.put("names", facts.names());
        data.put("key", facts.key());
        data.put("signature", facts.signature());
        data.put("notBefore", facts.notBefore());
        data.put("notAfter", facts.notAfter());
        data.put("daysLeft", facts.daysLeft());
        data.put("fingerprint", facts.fingerprint());
        return data;
    }
}
