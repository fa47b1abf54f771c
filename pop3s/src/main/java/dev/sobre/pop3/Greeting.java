package dev.sobre.pop3;

import org.apache.james.protocols.api.ProtocolConfiguration;

/** Our settings, as far as James's handlers ask for them. */
record Greeting(String getHelloName) implements ProtocolConfiguration {

    /** Without a time stamp in angle brackets, which would announce APOP (RFC 1939 §7). */
    @Override
    public String getGreeting() {
        return getHelloName + " POP3 ready";
    }

    @Override
    public String getSoftwareName() {
        return "Sobre";
    }
}
