package dev.sobre.tls.lecture;

import dev.sobre.tls.DialFailed.Code;
import dev.sobre.tls.probe.Explanation.Problem;
import dev.sobre.tls.wire.Alert;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/** One sentence for each way in which the client's handshake can fail. */
record Problems(String host, int port) {

    Problem connecting(IOException cause) {
        String where = host + " port " + port;
        return switch (cause) {
            case UnknownHostException e ->
                    new Problem(Code.UNKNOWN_HOST, "no address is known for " + host);
            case SocketTimeoutException e ->
                    new Problem(
                            Code.CONNECT_TIMEOUT,
                            where + " does not answer; a firewall may drop the packets");
            case ConnectException e when lower(e).contains("refused") ->
                    new Problem(Code.REFUSED, "connection refused: nothing listens on " + where);
            default -> new Problem(Code.UNREACHABLE, "cannot reach " + where + ": " + lower(cause));
        };
    }

    Problem handshake(Exception cause, Tap tap) {
        if (tap.notTls().isPresent()) {
            return new Problem(
                    Code.NOT_TLS,
                    "the server does not speak TLS on this port: it sent " + tap.notTls().get());
        }
        return switch (cause) {
            case TlsFatalAlertReceived e -> received(e.getAlertDescription());
            case SocketTimeoutException e -> timeOut(tap.silent());
            case Tap.TooMuch e -> new Problem(Code.OTHER, String.valueOf(e.getMessage()));
            case TlsFatalAlert e -> ours(e);
            default ->
                    new Problem(
                            Code.CLOSED,
                            "the server closed the connection during the handshake, without a"
                                    + " reason");
        };
    }

    private static Problem received(int code) {
        var alert = Alert.of(code);
        String what = alert.map(Alert::wireName).orElse("number " + code);
        return new Problem(
                alert.equals(Optional.of(Alert.PROTOCOL_VERSION)) ? Code.VERSION : Code.ALERT,
                "the server broke off with the alert "
                        + what
                        + alert.map(a -> ": " + a.meaning()).orElse(""));
    }

    private static Problem timeOut(boolean silent) {
        return new Problem(
                Code.HANDSHAKE_TIMEOUT,
                silent
                        ? "the server accepted the connection and then said nothing; it may not"
                                + " speak TLS"
                        : "the server stopped in the middle of the handshake");
    }

    private static Problem ours(TlsFatalAlert alert) {
        int code = alert.getAlertDescription();
        return new Problem(
                code == Alert.PROTOCOL_VERSION.code() ? Code.VERSION : Code.OTHER,
                "this client broke off with the alert "
                        + Alert.of(code).map(Alert::wireName).orElse("number " + code)
                        + ": "
                        + Alert.of(code).map(Alert::meaning).orElse("see the last messages"));
    }

    private static String lower(Exception cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    }
}
