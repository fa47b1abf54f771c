package dev.sobre.tls.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engines' ways to say which alert came. */
class AlertTest {
    @ParameterizedTest
    @CsvSource({
        "error:10000418:SSL routines:OPENSSL_internal:TLSV1_ALERT_UNKNOWN_CA, UNKNOWN_CA",
        "error:10000416:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_UNKNOWN,"
                + " CERTIFICATE_UNKNOWN",
        "error:1:SSL routines:OPENSSL_internal:TLSV1_UNRECOGNIZED_NAME, UNRECOGNIZED_NAME",
        "(bad_certificate) Received fatal alert: bad_certificate, BAD_CERTIFICATE",
        "Received fatal alert: protocol_version, PROTOCOL_VERSION"
    })
    void findsTheAlert(String message, Alert alert) {
        assertEquals(Optional.of(alert), Alert.received(message));
    }

    @Test
    void ourOwnComplaintIsNoAlert() {
        assertEquals(
                Optional.empty(),
                Alert.received("error:1:SSL routines:OPENSSL_internal:NO_SHARED_CIPHER"));
    }

    @Test
    void goesIntoARecord() {
        assertEquals(120, Alert.NO_APPLICATION_PROTOCOL.record()[6]);
        assertEquals(Optional.of(Alert.UNKNOWN_CA), Alert.of(48));
    }
}
