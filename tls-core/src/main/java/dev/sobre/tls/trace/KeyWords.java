package dev.sobre.tls.trace;

import dev.sobre.tls.wire.Alert;
import dev.sobre.tls.wire.BadHello;
import dev.sobre.tls.wire.Numbers;
import dev.sobre.tls.wire.Octets;

/** The messages that exchange keys, change them, and prove that both have the same. */
final class KeyWords {
    private static final int NAMED_CURVE = 3;

    private KeyWords() {}

    static Told serverKeyExchange(Octets body, Conversation so) throws BadHello {
        var told =
                new Told(
                        "ServerKeyExchange",
                        "A key made for this handshake alone, signed together with both randoms by the key of the certificate: the certificate's key signs, it does not encrypt, so a later theft of it opens nothing recorded today.");
        if (exchange(so).startsWith("DHE")) {
            told.fact("prime", body.vector16().left() * 8 + " bits");
            body.vector16(); // generator
            told.fact("public value", body.vector16().left() + " bytes");
        } else if (exchange(so).startsWith("ECDHE") && body.u8() == NAMED_CURVE) {
            told.fact("group", Numbers.group(body.u16()));
            told.fact("public key", Told.hex(body.vector8().rest()));
        } else {
            return told.fact("parameters", body.left() + " bytes");
        }
        if (body.left() >= 4) {
            told.fact("scheme", IanaNames.scheme(body.u16()));
            told.fact("signature", Told.start(body.vector16().rest()));
            told.fact("signed", "client random, server random, and the parameters above");
        }
        return told;
    }

    static Told clientKeyExchange(Octets body, Conversation so) throws BadHello {
        String exchange = exchange(so);
        var told = new Told("ClientKeyExchange", "");
        if (exchange.startsWith("RSA")) {
            told.and(
                    "The client makes up the pre-master secret and encrypts it to the key of the certificate. Who ever gets that key can open what was recorded: no forward secrecy.");
            return told.fact(
                    "encrypted",
                    body.vector16().left() + " bytes: two bytes with the version, 46 random ones");
        }
        told.and(
                "The client's half. Both now compute the same pre-master secret, from it the master secret, from it the keys.");
        if (exchange.startsWith("ECDHE"))
            return told.fact("public key", Told.hex(body.vector8().rest()));
        if (exchange.startsWith("DHE"))
            return told.fact("public value", body.vector16().left() + " bytes");
        return told.fact("parameters", body.left() + " bytes");
    }

    static Told finished(Octets body, Side from, Conversation so) {
        var told =
                new Told(
                        "Finished",
                        "A MAC over the hash of all messages so far, under a secret that only the two can know. It proves that the "
                                + from.word()
                                + " has the same keys and heard the same messages: had anybody changed an offer on the way, it would not fit.");
        so.transcript()
                .hash(so.hash())
                .ifPresent(h -> told.fact("transcript hash", Told.hex(h) + " (" + so.hash() + ")"));
        told.fact("verify_data", Told.hex(body.rest()));
        if (!so.tls13()) return told;
        return told.and(
                from == Side.SERVER
                        ? "The server's keys change: it may send application data from here."
                        : "The client's keys change: both now use those for application data.");
    }

    static Told ticket(Octets body, Conversation so) throws BadHello {
        var told =
                new Told(
                        "NewSessionTicket",
                        "With it the client can resume this session later, without certificate and signature.");
        told.fact("lifetime", body.u32() + " seconds");
        if (!so.tls13())
            return told.fact(
                    "ticket", body.vector16().left() + " bytes, sealed by the server for itself");
        body.u32(); // added to the age
        told.fact("nonce", Told.hex(body.vector8().rest()));
        return told.fact(
                "ticket", body.vector16().left() + " bytes, sealed by the server for itself");
    }

    static Told keyUpdate(Octets body, Side from) throws BadHello {
        String reply = body.u8() == 1 ? " It asks the other to do the same." : "";
        return new Told(
                "KeyUpdate",
                "The "
                        + from.word()
                        + " derives its next key from the present one and uses it from its next record."
                        + reply);
    }

    static Told changeCipherSpec(Side from, Conversation so) {
        return so.tls13() || !so.decided()
                ? new Told(
                        "ChangeCipherSpec",
                        "Means nothing in TLS 1.3; it is sent so that middleboxes see what they know.")
                : new Told(
                        "ChangeCipherSpec",
                        "The "
                                + from.word()
                                + "'s keys change: from its next record on all is encrypted.");
    }

    static Told alert(byte[] content, Side from) {
        if (content.length != 2) return new Told("Alert", "Not readable.");
        int code = content[1] & 0xFF;
        if (code == 0) {
            return new Told(
                    "Alert close_notify",
                    "The " + from.word() + " ends its stream in order: nothing was cut off.");
        }
        var alert = Alert.of(code);
        String level = content[0] == 2 ? "fatal" : "a warning";
        return new Told(
                        "Alert " + alert.map(Alert::wireName).orElse("number " + code),
                        "The "
                                + from.word()
                                + (content[0] == 2 ? " breaks off" : " warns")
                                + alert.map(a -> ": " + a.meaning()).orElse("")
                                + ".")
                .fact("level", level);
    }

    private static String exchange(Conversation so) {
        return so.suite().map(suite -> suite.keyExchange()).orElse("");
    }
}
