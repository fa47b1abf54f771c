package dev.sobre.app.cli;

import dev.sobre.app.config.Service;
import java.util.LinkedHashMap;
import java.util.Map;

/** What somebody types into a mail program's account set-up. */
record ClientSettings(String host, Map<String, Integer> ports) {

    static ClientSettings of(String host, Map<String, Integer> ports) {
        return new ClientSettings(host, ports);
    }

    String text() {
        return """
        mail program settings:
          incoming  IMAP  %s  port %d  SSL/TLS  normal password
          or        POP3  %s  port %d  SSL/TLS  normal password
          outgoing  SMTP  %s  port %d  SSL/TLS  normal password
          user name: the whole address
        """
                .formatted(
                        host,
                        port(Service.IMAPS),
                        host,
                        port(Service.POP3S),
                        host,
                        port(Service.SMTPS));
    }

    Map<String, Object> data() {
        var data = new LinkedHashMap<String, Object>();
        data.put("incoming", account("imap", Service.IMAPS));
        data.put("incomingPop3", account("pop3", Service.POP3S));
        data.put("outgoing", account("smtp", Service.SMTPS));
        return data;
    }

    private Map<String, Object> account(String protocol, Service service) {
        var data = new LinkedHashMap<String, Object>();
        data.put("protocol", protocol);
        data.put("host", host);
        data.put("port", port(service));
        data.put("security", "ssl/tls");
        data.put("authentication", "normal password");
        data.put("user", "the whole address");
        return data;
    }

    private int port(Service service) {
        return ports.getOrDefault(service.label(), service.port());
    }
}
