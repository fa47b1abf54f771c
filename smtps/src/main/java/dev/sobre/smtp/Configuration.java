package dev.sobre.smtp;

import java.util.Optional;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.smtp.SMTPConfiguration;

/** Our settings, as far as James's handlers ask for them. */
record Configuration(SmtpSettings settings) implements SMTPConfiguration {

    @Override
    public String getHelloName() {
        return settings.hostname();
    }

    @Override
    public String getGreeting() {
        return settings.hostname() + " ESMTP ready";
    }

    @Override
    public String getSoftwareName() {
        return "Sobre";
    }

    @Override
    public long getMaxMessageSize() {
        return settings.allowance().octets();
    }

    @Override
    public boolean isRelayingAllowed(String remoteIp) {
        return false;
    }

    @Override
    public boolean isAuthAnnounced(String remoteIp, boolean tlsStarted) {
        return true;
    }

    @Override
    public boolean useHeloEhloEnforcement() {
        return true;
    }

    @Override
    public boolean useAddressBracketsEnforcement() {
        return true;
    }

    @Override
    public boolean isPlainAuthEnabled() {
        return true;
    }

    @Override
    public Optional<OidcSASLConfiguration> saslConfiguration() {
        return Optional.empty();
    }
}
