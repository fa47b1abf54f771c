package dev.sobre.smtp;

import dev.sobre.mail.Address;

/**
 * A mailbox as an envelope names it (RFC 5321 §4.1.2), without its source route and quoting.
 *
 * @param local the local part as its owner writes it: unquoted, in the case it came in
 * @param domain a domain or an address literal; empty for {@code <Postmaster>} only
 */
public record MailPath(String local, String domain) {

    /** Whether it can be written without SMTPUTF8. */
    boolean isAscii() {
        return Grammar.isAscii(local) && Grammar.isAscii(domain);
    }

    /** The address under which accounts are looked up, {@code local@domain}. */
    public String address() {
        return domain.isEmpty() ? local : local + "@" + domain;
    }

    /** Whether this is that address, in any letter case. */
    public boolean is(String address) {
        return Address.canonical(address()).equals(Address.canonical(address));
    }

    /** The mailbox with as little quoting as it needs (RFC 5321 §4.1.2), without brackets. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        if (Grammar.isDotString(local)) text.append(local);
        else quote(text);
        if (!domain.isEmpty()) text.append('@').append(domain);
        return text.toString();
    }

    private void quote(StringBuilder text) {
        text.append('"');
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c == '"' || c == '\\') text.append('\\');
            text.append(c);
        }
        text.append('"');
    }
}
