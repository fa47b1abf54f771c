package dev.sobre.smtp.relay;

import dev.sobre.mail.BlobRef;
import dev.sobre.mail.DeliveryId;
import dev.sobre.mail.Spool.Claim;
import dev.sobre.mail.Spool.Entry;
import dev.sobre.mail.Terms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** One mail for those of its recipients that are at one destination; at least one. */
record Consignment(List<Claim> claims) {

    /** As many as RFC 5321 §4.5.3.1.8 lets every server take at once. */
    private static final int MOST = 100;

    Consignment {
        claims = List.copyOf(claims);
    }

    /** Puts together what is of one mail and needs the same. */
    static List<Consignment> of(List<Claim> claims) {
        record Kind(DeliveryId mail, boolean utf8) {}
        var kinds = new LinkedHashMap<Kind, List<Claim>>();
        for (Claim claim : claims) {
            var kind = new Kind(claim.mail(), claim.entry().terms().utf8());
            kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(claim);
        }
        List<Consignment> all = new ArrayList<>();
        for (List<Claim> same : kinds.values()) {
            for (int from = 0; from < same.size(); from += MOST) {
                all.add(new Consignment(same.subList(from, Math.min(same.size(), from + MOST))));
            }
        }
        return all;
    }

    Claim first() {
        return claims.getFirst();
    }

    BlobRef body() {
        return first().body();
    }

    String sender() {
        return first().sender();
    }

    Entry entry() {
        return first().entry();
    }

    Terms terms() {
        return entry().terms();
    }
}
