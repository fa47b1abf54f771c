package dev.sobre.line;

import dev.sobre.tls.TlsInfo;
import dev.sobre.tls.Traffic;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/** An open session, as an administrator sees it. */
public record SessionInfo(
        long id,
        String service,
        InetSocketAddress remote,
        Optional<String> user,
        Instant since,
        TlsInfo tls,
        Traffic traffic) {}
